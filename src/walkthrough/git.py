"""What git knows of a project: what has changed since a revision, and what a file held then."""

from __future__ import annotations

import subprocess
from pathlib import Path


class GitError(Exception):
    """Git is not there, the project is in no repository, or the revision is not known."""


def changed_files(root: Path, revision: str) -> list[str]:
    """The files below ``root``, relative to it, that differ from a revision; those that git does not know yet too.

    Raises `GitError`.
    """
    _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", told=revision)
    listed = _git(root, "diff", "--name-only", "--no-renames", "--relative", "-z", revision, "--")
    listed += _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return sorted({name for name in listed.decode("utf-8", "surrogateescape").split("\0") if name})


def text_at(root: Path, revision: str, path: str) -> str | None:
    """What a file held in a revision; None where it was not there, or is no text."""
    try:
        return _git(root, "show", f"{revision}:./{path}").decode("utf-8")
    except (GitError, UnicodeDecodeError):
        return None


def _git(root: Path, *arguments: str, told: str | None = None) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
    except OSError as error:
        raise GitError(f"git does not start: {error.strerror}; what has changed is asked of git") from None
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.decode(errors="replace").strip()
    if told is not None and "not a git repository" not in said:
        raise GitError(f"--since {told}: expected a revision of this repository, such as HEAD~1 or main; found none")
    raise GitError(f"git {arguments[0]}: {said.splitlines()[0] if said else 'failed'}")
