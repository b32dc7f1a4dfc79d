"""The accounts console in this process, with its own state in a temporary folder."""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import django
import pytest

STATE = Path(tempfile.mkdtemp(prefix="projecthub-accounts-"))
atexit.register(shutil.rmtree, STATE, ignore_errors=True)
ACCOUNTS_URL = "http://127.0.0.1:8001/"
HUB_URL = "http://127.0.0.1:8000/50123/"
ENVIRONMENT = {
    "PROJECTHUB_STATE": str(STATE),
    "PROJECTHUB_PROJECT": "50123",
    "PROJECTHUB_PROJECT_TITLE": "Sleep & heart health",
    "PROJECTHUB_PROJECT_UNIT": "Health",
    "PROJECTHUB_PROJECT_STORAGE": "200 GB",
    "PROJECTHUB_HUB_URL": HUB_URL,
    "PROJECTHUB_ACCOUNTS_URL": ACCOUNTS_URL,
    "PROJECTHUB_SMTP_HOST": "127.0.0.1",
    "PROJECTHUB_SMTP_PORT": "2525",
    "PROJECTHUB_MAIL_FROM": "JupyterHub <hub@research.example>",
    "PROJECTHUB_SECRET_KEY": secrets.token_hex(32),
    "PROJECTHUB_OIDC_CLIENT_ID": "hub",
    "PROJECTHUB_OIDC_CLIENT_SECRET": secrets.token_hex(32),
    "PROJECTHUB_API_TOKEN": secrets.token_hex(32),
}
# Django reads its settings once in a process; the environment itself stays as it was.
with mock.patch.dict(os.environ, {**ENVIRONMENT, "DJANGO_SETTINGS_MODULE": "projecthub.accounts.config"}):
    django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.core import mail  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import override_settings, setup_test_environment, teardown_test_environment  # noqa: E402

from projecthub.accounts.models import Invitation  # noqa: E402
from projecthub.accounts.start import prepare  # noqa: E402

from .journey import Journey  # noqa: E402


@pytest.fixture(scope="session", autouse=True)
def console() -> Iterator[None]:
    """A migrated database, mails kept in memory, and a hasher that costs nothing."""
    setup_test_environment()
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher", "projecthub.accounts.hashers.KeyHasher"]
    with override_settings(PASSWORD_HASHERS=hashers):
        prepare()
        yield
    connections.close_all()
    teardown_test_environment()


@pytest.fixture(autouse=True)
def clean(console: None) -> Iterator[None]:
    """Start from an empty database, no rate used, and no mail."""
    mail.outbox.clear()
    yield
    cache.clear()
    for model in (User, Session, Invitation):
        model.objects.all().delete()


@pytest.fixture
def environment() -> dict[str, str]:
    return dict(ENVIRONMENT)


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "127.0.0.1:8001"})


@pytest.fixture
def journey(client: Client) -> Journey:
    """A browser session, with the steps that a person takes in it."""
    return Journey(client, ENVIRONMENT["PROJECTHUB_API_TOKEN"])
