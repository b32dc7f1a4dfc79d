"""The Jupyter kernel: do-files in notebooks, cell by cell."""
