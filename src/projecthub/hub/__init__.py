"""The project's JupyterHub: its configuration, its sign-in, its pages, and the proxy in front of it."""
