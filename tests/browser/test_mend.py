"""The product changes, the check finds it, a person accepts it, and the guide is true again: against the real hub."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import projecthub
from walkthrough.evidence import evidence_path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = Path(projecthub.__file__).parent / "accounts/templates"
SENTENCE = "   and click {click}`%s`.\n"
ALT = "   ![The page Check your e-mail: six digits in the field Verification code, and the %s\n"
SETTINGS = "[pytest]\nwalkthrough_pages = docs/*.md\nwalkthrough_product = overlay/**\n"
OLD, NEW = "Confirm Account", "Verify account"


def command(root: Path, *words: str) -> tuple[int, str]:
    """Exit status and output of a command that walks the hub with its changed templates."""
    done = subprocess.run(
        [sys.executable, "-m", "walkthrough", *words],
        cwd=root,
        env={**os.environ, "PROJECTHUB_OVERLAY": str(root / "overlay"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def git(root: Path, *words: str) -> str:
    person = ("-c", "user.name=jdoe", "-c", "user.email=jdoe@research.example")
    return subprocess.run(["git", *person, *words], cwd=root, capture_output=True, text=True, check=True).stdout


def copied(root: Path) -> Path:
    """A committed copy of the guide, and a hub that confirms by another button and asks for the password earlier."""
    shutil.copytree(ROOT / "docs", root / "docs", ignore=shutil.ignore_patterns("_*", "__pycache__"))
    (root / "notebooks").symlink_to(ROOT / "notebooks")
    (root / "pytest.ini").write_text(SETTINGS, "utf-8")
    (root / ".gitignore").write_text(".walkthrough/\noverlay/\n__pycache__/\n.pytest_cache/\n", "utf-8")
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "The guide as it was")
    confirm = (TEMPLATES / "accounts/confirm.html").read_text("utf-8")
    assert OLD in confirm
    signup = (TEMPLATES / "accounts/signup.html").read_text("utf-8").splitlines(keepends=True)
    # The two fields as they stand where nothing was wrong before.
    at = next(number for number, line in enumerate(signup) if "field=form.password1" in line and "about=" not in line)
    assert "field=form.email" in signup[at - 1]
    signup[at - 1], signup[at] = signup[at], signup[at - 1]
    (root / "overlay/accounts").mkdir(parents=True)
    (root / "overlay/accounts/confirm.html").write_text(confirm.replace(OLD, NEW), "utf-8")
    (root / "overlay/accounts/signup.html").write_text("".join(signup), "utf-8")
    return root


def test_a_renamed_button_and_a_moved_field_are_found_accepted_and_true_again(tmp_path: Path) -> None:
    """One run finds both, the diff changes the two lines that name the button, and then the check is green."""
    root = copied(tmp_path / "a guide")
    page = "docs/login.md"
    status, text = command(root, "check", page)
    assert status == 1, text
    assert "layout: the field **Password** now comes before **E-mail address**" in text
    lines = (root / page).read_text("utf-8").splitlines(keepends=True)
    where = f"{page}:{lines.index(SENTENCE % OLD) + 1}"
    told = "label: the button that the page calls **Confirm Account** is now called **Verify account**"
    assert f"{where}: step 4: {told}" in text
    assert f"walkthrough accept {where}" in text
    status, text = command(root, "accept", "--dry-run", page)
    assert status == 0, text
    assert git(root, "status", "--porcelain") == ""
    status, text = command(root, "accept", page)
    assert status == 0, text
    for line in (SENTENCE, ALT):
        assert f"-{line % OLD}+{line % NEW}" in text
    assert "read the sentence again: the field **Password** now comes before **E-mail address**" in text
    evidence = evidence_path(Path(page)).as_posix()
    changed = ["docs/images/jup_code.png", "docs/images/jup_createuser.png", evidence, page]
    assert git(root, "diff", "--name-only").splitlines() == changed
    assert git(root, "diff", "--numstat", "--", page).split()[:2] == ["2", "2"]
    status, text = command(root, "check", page)
    assert status == 0, text
    status, text = command(root, "check", page)
    assert status == 0
    assert f"{page}: unchanged since it was verified" in text
