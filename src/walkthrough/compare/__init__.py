"""What was committed beside what a run saw: from two views, or two pictures, to a verdict for a writer.

Pure functions; nothing here knows Playwright, pytest or Sphinx.
"""
