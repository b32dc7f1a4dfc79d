"""What a new workspace holds: the person's home, and in it the way to the project's shared folder."""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from projecthub.workspace.files import put

# Seeded files all bear one date, so that a file list looks the same whenever it was made.
SEEDED = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)

_README = """\
# Project {number}

{title}

This folder is the storage bucket of project {number}. All members of the project see and change the same files here.

| | |
|---|---|
| Project number | {number} |
| Unit | {unit} |
| Storage | {storage} |

Keep here what the project works on together: datasets, notebooks, results. The folder above this one is your home:
its files are yours alone.
"""

_BASHRC = """\
# The prompt: who and where, whatever machine this is.
PS1='${{USER}}:\\w$ '
# A terminal that is opened in the project's folder shows it where it stands in the home.
shared=$(readlink -f ~/{bucket})
case "$PWD/" in "$shared"/*) cd ~/{bucket}"${{PWD#"$shared"}}" ;; esac
unset shared
"""


def home_of(state: Path, username: str) -> Path:
    """Return the folder of a person's home, for any user name."""
    name = quote(username, safe="@+")
    return state / "homes" / (f"%2E{name[1:]}" if name.startswith(".") else name)


def seed(state: Path, home: Path, bucket: str, project: dict[str, str], files: Sequence[Path] = ()) -> None:
    """Make a home and the shared folder, where they are not there yet; never touch what a member changed.

    The shared folder begins with `files`, as `projecthub.workspace.files.put` puts them there.
    """
    shared = state / bucket
    if not shared.exists():
        # Whole or not at all: it is never seeded a second time.
        with tempfile.TemporaryDirectory(prefix=f".{bucket}.", dir=state) as draft:
            made = Path(draft, bucket)
            made.mkdir()
            _write(made / "README.md", _README.format(**project), 0o660)
            put(files, made)
            for path in [*made.rglob("*"), made]:
                # New files belong to the folder's group, and the group may write: members share them.
                path.chmod(0o2770 if path.is_dir() else 0o660)
                _date(path)
            made.rename(shared)
    if not home.exists():
        home.mkdir(mode=0o700, parents=True)
        _write(home / ".bashrc", _BASHRC.format(bucket=shlex.quote(bucket)), 0o600)
        (home / bucket).symlink_to(os.path.relpath(shared, home))
        _date(home / bucket)
        _date(home)


def _write(path: Path, text: str, mode: int) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    _date(path)


def _date(path: Path) -> None:
    moment = SEEDED.timestamp()
    os.utime(path, (moment, moment), follow_symlinks=False)
