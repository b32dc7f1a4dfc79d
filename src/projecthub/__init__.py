"""The system that the guide is about: one JupyterHub per project, with its accounts console and its mail."""
