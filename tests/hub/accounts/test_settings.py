"""Settings from the environment, the system checks, and the start of the process."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.test import override_settings

from projecthub.accounts.checks import TAG
from projecthub.settings import Settings, SettingsError

REQUIRED = [
    "STATE", "PROJECT", "PROJECT_TITLE", "PROJECT_UNIT", "PROJECT_STORAGE", "HUB_URL", "ACCOUNTS_URL", "SMTP_HOST",
    "SMTP_PORT", "MAIL_FROM", "SECRET_KEY", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "API_TOKEN",
]  # fmt: skip


@pytest.mark.parametrize("name", REQUIRED)
def test_missing_setting(environment: dict[str, str], name: str):
    """A missing setting is refused by its name, with what is allowed."""
    del environment[f"PROJECTHUB_{name}"]
    with pytest.raises(SettingsError, match=f"PROJECTHUB_{name} is missing; allowed: "):
        Settings.from_environment(environment)


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("STATE", "relative", "absolute path"),
        ("PROJECT", "abc", "digits"),
        ("PROJECT_UNIT", "Wealth", "Health, Human Services, International"),
        ("HUB_URL", "127.0.0.1:8000/50123/", "http or https"),
        ("HUB_URL", "http://127.0.0.1/50123", "ends with /"),
        ("ACCOUNTS_BIND", "8001", "HOST:PORT"),
        ("ACCOUNTS_BIND", "127.0.0.1:99999", "HOST:PORT"),
        ("SMTP_PORT", "smtp", "1 to 65535"),
        ("SMTP_TLS", "yes", "none, starttls, tls"),
        ("MAIL_FROM", "nobody", "e-mail address"),
        ("OVERLAY", "/does/not/exist", "exists"),
        ("TRUSTED_PROXIES", "-1", "whole number"),
        ("PASSWORD_WAIT_DAYS", "-1", "0 to 99999"),
        ("PASSWORD_WAIT_DAYS", "a week", "0 to 99999"),
    ],
)
def test_wrong_setting(environment: dict[str, str], name: str, value: str, allowed: str):
    """A wrong setting is refused by its name and value, with what is allowed."""
    environment[f"PROJECTHUB_{name}"] = value
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(environment)
    assert f"PROJECTHUB_{name} is wrong: {value!r}; allowed: " in str(caught.value)
    assert allowed in str(caught.value)


@pytest.mark.parametrize("name", ["SECRET_KEY", "OIDC_CLIENT_SECRET", "API_TOKEN", "DATABASE_URL"])
def test_secrets_stay_secret(environment: dict[str, str], name: str):
    """A secret's value is neither in a message nor in the settings' repr."""
    environment[f"PROJECTHUB_{name}"] = "too-short"
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(environment)
    assert "too-short" not in str(caught.value)
    good = environment | {f"PROJECTHUB_{name}": "postgresql://" + "secret" * 10}
    assert "secretsecret" not in repr(Settings.from_environment(good))


def test_all_problems_at_once(environment: dict[str, str]):
    """Every problem is told at once."""
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({})
    assert len(caught.value.problems) == len(REQUIRED)


def test_checks_pass():
    """The shipped settings pass the system checks."""
    assert run_checks(tags=[TAG]) == []


def test_checks_guard_the_sign_up():
    """Sign-up without a verified address, or with the library's own form, fails the system checks."""
    with override_settings(ACCOUNT_EMAIL_VERIFICATION="none", ACCOUNT_FORMS={}):
        assert [problem.id for problem in run_checks(tags=[TAG])] == [
            "projecthub.E001",
            "projecthub.E002",
            "projecthub.E002",
        ]


def test_checks_ask_for_https(environment: dict[str, str]):
    """An address that people reach through a network should be https."""
    environment["PROJECTHUB_HUB_URL"] = "http://hub.research.example/50123/"
    with override_settings(PROJECTHUB=Settings.from_environment(environment)):
        (problem,) = run_checks(tags=[TAG])
    assert (problem.id, "PROJECTHUB_HUB_URL" in problem.msg) == ("projecthub.W001", True)


def start(environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "projecthub.accounts"],
        env={"PATH": os.environ["PATH"], **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_process_serves_and_stops(environment: dict[str, str], tmp_path: Path):
    """The process prepares a fresh state folder, serves, stops on SIGTERM, and tells no secret."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/"
    environment |= {
        "PROJECTHUB_STATE": str(tmp_path / "state"),
        "PROJECTHUB_ACCOUNTS_URL": url,
        "PROJECTHUB_ACCOUNTS_BIND": f"127.0.0.1:{port}",
    }
    with start(environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == f"The accounts console is at {url}"
        with urllib.request.urlopen(f"{url}static/theme/projecthub.css", timeout=10) as answer:
            assert answer.headers["Content-Type"].startswith("text/css")
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (0, "", "")


def test_process_refuses_bad_settings(environment: dict[str, str]):
    """A bad setting ends the process at once, with its name."""
    environment["PROJECTHUB_PROJECT_UNIT"] = "Wealth"
    with start(environment) as process:
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (2, "")
    assert "PROJECTHUB_PROJECT_UNIT is wrong: 'Wealth'" in err
