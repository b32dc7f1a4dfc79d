"""What git knows of a project: what has changed since a revision, and what a file held then."""

from __future__ import annotations

import posixpath
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath


class GitError(Exception):
    """Git is not there, the project is in no repository, or the revision is not known."""


@dataclass(frozen=True)
class Changes:
    """What differs from a revision, and what git keeps at all, as paths relative to the project's folder.

    ``files`` differ, or are not known to git yet; ``modules`` are submodules in which something differs. ``kept`` are
    the files that git keeps, in submodules too.
    """

    files: frozenset[str]
    modules: frozenset[str]
    kept: frozenset[str]

    def tell(self, path: str) -> bool | None:
        """Whether a file differs; None where git cannot tell, as for a file that it ignores or that lies elsewhere."""
        above = {parent.as_posix() for parent in PurePosixPath(path).parents}
        if path in self.files or above & self.modules:
            return True
        return False if path in self.kept else None


def changes(root: Path, revision: str) -> Changes:
    """What differs from a revision in the repository in which a project's folder stands; all of it, since a product can
    stand beside the project. Raises `GitError`.
    """
    _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", told=revision)
    below = _git(root, "rev-parse", "--show-prefix").decode("utf-8", "surrogateescape").rstrip("\n") or "."
    top = Path(_git(root, "rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape").rstrip("\n"))

    def names(command: str, *arguments: str) -> list[str]:
        listed = _git(top, command, "-z", *arguments).decode("utf-8", "surrogateescape")
        return [name for name in listed.split("\0") if name]

    def here(found: Iterable[str]) -> frozenset[str]:
        return frozenset(posixpath.relpath(name, below) for name in found)

    differing = names(
        "diff", "--name-only", "--no-renames", "--no-relative", "--ignore-submodules=none", revision, "--"
    )
    staged = (entry.partition("\t") for entry in names("ls-files", "--stage"))
    modules = {name for facts, _, name in staged if facts.startswith("160000 ")}
    new = names("ls-files", "--others", "--exclude-standard")
    kept = names("ls-files", "--recurse-submodules")
    return Changes(here([*differing, *new]), here(modules.intersection(differing)), here(kept))


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
    if told is not None and not said:
        raise GitError(f"--since {told}: expected a revision of this repository, such as HEAD~1 or main; found none")
    raise GitError(f"git {arguments[0]}: {said.splitlines()[0] if said else 'failed'}")
