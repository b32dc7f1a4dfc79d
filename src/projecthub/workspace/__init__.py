"""The workspace: JupyterLab, in a home for each member and a folder that the project shares."""
