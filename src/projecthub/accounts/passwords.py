"""Invitation passwords: random, of one fixed shape, free of characters that look alike."""

import secrets

# A: capital, a: small letter, 9: digit. All have this shape, so that one example can stand in for any.
SHAPE = "Aaaa-9999-aaaa-9A"

# No vowels, so that no word appears by chance; no 0/O, 1/l/I, 2/Z, 5/S or 8/B beside each other.
_CHARACTERS = {"A": "CDFGHJKMNPQRTVWXY", "a": "bcdfghjkmnpqrtvwxyz", "9": "234679"}


def new_password() -> str:
    """Make a password of `SHAPE`, about 52 random bits."""
    return "".join(secrets.choice(_CHARACTERS[kind]) if kind in _CHARACTERS else kind for kind in SHAPE)


def example_password() -> str:
    """The example of `SHAPE` for documents and pictures; never given to anybody."""
    return "Wxyz-4627-mnkp-7Q"
