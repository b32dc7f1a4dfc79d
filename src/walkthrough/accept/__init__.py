"""Accepting what a run has found: sentence, alternative text, picture and evidence are mended together.

`target` reads what is meant, `plan` decides what becomes of a page (`labels`, `mentions`, `proof`, `text`), `write`
does it, `show` tells a person. No browser is started.
"""
