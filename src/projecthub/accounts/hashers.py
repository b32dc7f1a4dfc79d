"""A hasher for keys that machines make."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class KeyHasher(PBKDF2PasswordHasher):
    """Keeps a long random key; slow hashing protects guessable words and would only cost time here."""

    algorithm = "pbkdf2_sha256_key"
    iterations = 1
