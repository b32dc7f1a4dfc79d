"""Statistics: numpy arrays in, frozen dataclasses of results out. Nothing here knows of datasets or of text."""
