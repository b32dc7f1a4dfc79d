"""The login guide against the real hub: it passes as the product stands, and fails at its line when the product drifts.

Each test starts a hub of its own through the guide's own fixtures, with templates that it has changed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

import projecthub
from tests import PLAIN

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ("jup_invite", "jup_signup", "jup_createuser", "jup_code", "hub_signin", "hub_view")


@dataclass
class Guide:
    """A copy of the guide's page and fixtures, beside a folder for changed templates."""

    path: Path

    @property
    def page(self) -> Path:
        return self.path / "docs/login.md"

    @property
    def overlay(self) -> Path:
        return self.path / "overlay"

    def change(self, template: str, old: str, new: str) -> None:
        """Put a copy of a shipped template with one change into the overlay."""
        (shipped,) = Path(projecthub.__file__).parent.glob(f"*/templates/{template.removeprefix('hub/')}")
        text = shipped.read_text("utf-8")
        assert old in text
        changed = self.overlay / template
        changed.parent.mkdir(parents=True, exist_ok=True)
        changed.write_text(text.replace(old, new), "utf-8")

    def line(self, piece: str) -> int:
        """The number of the page's first line that holds this."""
        lines = self.page.read_text("utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if piece in line)

    def run(self, *args: str) -> tuple[int, str]:
        """Exit status and output of a pytest of its own."""
        command = [sys.executable, "-m", "pytest", str(self.page), *PLAIN, *args]
        env = {**os.environ, "PROJECTHUB_OVERLAY": str(self.overlay), "COLUMNS": "200"}
        done = subprocess.run(command, cwd=self.path, env=env, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def fails(self) -> str:
        """Run, expect drift to be found, and give what was told."""
        status, text = self.run()
        assert status == 1, text
        return text


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    """A copy with a space in its path; a shorter patience than the page's, since drift is what is expected."""
    guide = Guide(tmp_path / "a guide")
    shutil.copytree(ROOT / "docs", guide.path / "docs", ignore=shutil.ignore_patterns("_*", "__pycache__"))
    (guide.path / "notebooks").symlink_to(ROOT / "notebooks")
    guide.overlay.mkdir()
    (guide.path / "pytest.ini").write_text("[pytest]\nwalkthrough_pages = docs/*.md\nwalkthrough_trace = on\n", "utf-8")
    return guide


def impatient(guide: Guide) -> Guide:
    """Wait five seconds for each thing: enough for every page before the workspace."""
    text, count = re.subn(r":timeout: \d+", ":timeout: 5", guide.page.read_text("utf-8"))
    assert count == 1
    guide.page.write_text(text, "utf-8")
    return guide


def test_the_guide_is_true_and_its_pictures_are_the_same_in_each_run(guide: Guide) -> None:
    """Two runs with other addresses, passwords, codes and times write the same bytes, and no secret."""
    first, text = guide.run("--walkthrough-update")
    assert first == 0, text
    images = guide.path / "docs/images"
    before = {path.name: path.read_bytes() for path in images.iterdir()}
    assert {f"{name}.png" for name in PICTURES} < before.keys()
    second, text = guide.run("--walkthrough-update")
    assert second == 0, text
    assert {path.name: path.read_bytes() for path in images.iterdir()} == before
    assert b"127.0.0.1" not in before["login.evidence.json"]


def test_a_new_subject_and_another_order_are_told_in_one_run(guide: Guide) -> None:
    """A walk goes on with the mail that came, and ends where **Sign up** leads to signing in first."""
    guide.change("mail/invitation_subject.txt", "Your JupyterHub invitation", "Welcome to JupyterHub")
    guide.change("hub/login.html", 'href="{{ signup_url }}"', 'href="{{ authenticator_login_url }}"')
    text = impatient(guide).fails()
    where = f"docs/login.md:{guide.line('{mail}`')}"
    assert f"{where}: step 1: label: the e-mail" in text
    assert "now has the subject *Welcome to JupyterHub*" in text
    assert f"walkthrough accept {where}" in text
    expected = "step 3: expected a field “E-mail address”"
    assert f"docs/login.md:{guide.line('{fill}`E-mail address')}: {expected}" in text
    assert "textbox “User name”" in text
    assert "not reached: steps 4 to 6, since step 3 failed" in text


def test_a_page_about_members_does_not_hang_on_the_pages_before(guide: Guide) -> None:
    """Whatever sign-up and sign-in have become, what members do is walked; the other pages tell of the rest."""
    for name in ("signup", "confirm", "login"):
        guide.change(f"accounts/{name}.html", "<button", "<i")
    step = "1. In the workspace at {open}`your project's address <hub.url>` is the {see}`Launcher`."
    guide.page.write_text(f":::{{walkthrough}} member\n:persona: member\n:timeout: 60\n\n{step}\n:::\n", "utf-8")
    status, text = guide.run("--walkthrough-update")
    assert status == 0, text
    evidence = json.loads((guide.path / "docs/images/login.evidence.json").read_text("utf-8"))
    (walked,) = [each for each in evidence["walkthroughs"] if each["name"] == "member"]
    assert not [source for step in walked["steps"] for source in step["sources"] if "accounts/" in source]


def test_mail_without_a_code_fails_at_the_step_that_needs_it(guide: Guide) -> None:
    """A code mail whose code is gone: the step says what came instead."""
    guide.change("mail/code_message.html", "{{ code }}", "")
    guide.change("mail/code_message.txt", "{{ code }}", "")
    text = impatient(guide).fails()
    assert f"docs/login.md:{guide.line('{fill}`Verification code')}: step 4: expected a value" in text
    assert "Your verification code" in text


def test_what_a_failure_leaves_holds_no_secret(guide: Guide) -> None:
    """The trace, the outcome, the gallery and every report of a failing run hold neither password nor code.

    It fails in both ways: a field under a name that means another thing, and a button that is not there.
    """
    conftest = guide.path / "docs/conftest.py"
    spy = "\n\nclass Spy(Secret):\n    def __init__(self, actual, example):\n"
    spy += "        super().__init__(actual, example)\n        open('secrets.txt', 'a').write(actual + '\\n')\n"
    spy += "\n\nSecret = Spy\n"
    conftest.write_text(conftest.read_text("utf-8") + spy, "utf-8")
    guide.change("accounts/confirm.html", "Verification code", "Telephone number")
    confirm = guide.overlay / "accounts/confirm.html"
    confirm.write_text(confirm.read_text("utf-8").replace("Confirm Account</button>", "</button>"), "utf-8")
    status, text = impatient(guide).run("--junitxml=report.xml", "-vv", "-l")
    assert status == 1, text
    renamed = "label: what the page calls **Verification code** is now called **Telephone number**"
    assert f"also: docs/login.md:{guide.line('{fill}`Verification code')}: {renamed}" in text
    assert f"docs/login.md:{guide.line('{click}`Confirm Account`')}: step 4: expected a button" in text
    secrets = (guide.path / "secrets.txt").read_text("utf-8").split()
    assert len(secrets) >= 2
    trace = guide.path / ".walkthrough/docs+login+sign-up/trace.zip"
    kept = [path for path in (guide.path / ".walkthrough").rglob("*") if path.is_file()]
    assert {"outcome.json", "report.json", "report.html", "junit.xml", "hub.log"} <= {path.name for path in kept}
    contents = [text.encode(), (guide.path / "report.xml").read_bytes(), *(path.read_bytes() for path in kept)]
    with zipfile.ZipFile(trace) as archive:
        contents += [archive.read(name) for name in archive.namelist()]
    for secret in secrets:
        assert not any(secret.encode() in content for content in contents)


def test_a_hub_that_dies_on_the_way_fails_the_step_in_words(guide: Guide) -> None:
    """Where the hub is gone in the middle, the step says so; nothing hangs, and no traceback is shown."""
    conftest = guide.path / "docs/conftest.py"
    text = conftest.read_text("utf-8")
    stop = "    invitation = hub.invite(str(researcher.email))\n"
    assert stop in text
    conftest.write_text(text.replace(stop, stop + "    hub.stop()\n"), "utf-8")
    said = impatient(guide).fails()
    assert f"docs/login.md:{guide.line('{mail}`')}: step 1: expected an e-mail" in said
    assert "does not answer" in said
    assert "Traceback" not in said
