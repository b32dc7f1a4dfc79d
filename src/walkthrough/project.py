"""The files of a project on which its pages rest: those of the product, and those of the fixtures.

Nothing here imports pytest: what a command that has nothing to do needs to know is found without.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import Final

from walkthrough.settings import Settings

_NOT_SOURCE: Final = frozenset({"__pycache__", ".git", "node_modules"})
_MAGIC: Final = re.compile(r"[*?[]")


def relative(settings: Settings, file: Path) -> str:
    """A file's path relative to the project's folder, with ``..`` where it stands outside."""
    return Path(os.path.relpath(file, settings.root)).as_posix()


def matches(path: str, patterns: Iterable[str]) -> bool:
    """Whether a path fits one of the globs, in which ``**`` stands for any number of folders."""
    parts = path.split("/")
    return any(_fits(parts, list(PurePosixPath(pattern).parts)) for pattern in patterns)


def _fits(parts: list[str], pattern: list[str]) -> bool:
    if not pattern:
        return not parts
    if pattern[0] == "**":
        # At its end it stands for all that is below a folder.
        rest = pattern[1:] or ["*"]
        return any(_fits(parts[start:], rest) for start in range(len(parts)))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _fits(parts[1:], pattern[1:])


def product_files(settings: Settings) -> list[Path]:
    """The files that ``walkthrough_product`` names, without what Python compiles and libraries bring."""
    found: set[str] = set()
    for pattern in settings.product:
        parts = PurePosixPath(pattern).parts
        fixed = [*takewhile(lambda part: not _MAGIC.search(part), parts)]
        start, rest = settings.root.joinpath(*fixed), "/".join(parts[len(fixed) :])
        if not rest:
            found |= {str(start)} if start.is_file() else set()
        elif _NOT_SOURCE.isdisjoint(fixed):
            found |= {f"{start}/{name}" for name in files_below(start) if matches(name, [rest])}
    return [Path(each) for each in sorted(found)]


def files_below(folder: Path) -> Iterator[str]:
    """The source files below a folder, as paths relative to it. Links are followed, unless they lead back up."""
    real = os.path.realpath(folder)
    waiting = [("", real, frozenset({real}))]
    while waiting:
        below, real, above = waiting.pop()
        try:
            entries = [*os.scandir(real)]
        except OSError:
            continue
        for entry in entries:
            if entry.name in _NOT_SOURCE:
                continue
            inner = os.path.realpath(entry.path) if entry.is_symlink() else entry.path
            if os.path.isdir(inner):
                if inner not in above:
                    waiting.append((f"{below}{entry.name}/", inner, above | {inner}))
            elif os.path.isfile(inner):
                yield below + entry.name


def fixtures_of(settings: Settings, page: str) -> tuple[str, ...]:
    """The conftest files beside a page and above it, and the project's modules that they import, relative to the root.

    Whether they are there or not: one that comes or goes is a change.
    """
    folders = Path(page).parents
    bases = [*folders, *(Path(each) for each in settings.pythonpath)]
    found: dict[str, None] = {}
    waiting = [(folder / "conftest.py").as_posix() for folder in reversed(folders)]
    while waiting:
        file = waiting.pop()
        if file in found:
            continue
        found[file] = None
        path = settings.root / file
        try:
            facts = path.stat()
        except OSError:
            continue
        for up, names in _imports(str(path), facts.st_mtime_ns, facts.st_size):
            for base in [PurePosixPath(file).parents[up - 1]] if up else bases:
                waiting += [(base / name).as_posix() for name in names]
    return tuple(found)


@cache
def _imports(file: str, _time: int, _size: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """What a Python file imports, plugins of pytest too: by how many dots, and which files that may be."""
    try:
        tree = ast.parse(Path(file).read_bytes())
    except (OSError, ValueError, SyntaxError):  # then the run will tell
        return ()
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(0, each.name) for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = f"{node.module}." if node.module else ""
            found += [(node.level, start + each.name) for each in node.names]
        elif isinstance(node, ast.Assign) and "pytest_plugins" in {getattr(each, "id", "") for each in node.targets}:
            plugins = [each.value for each in ast.walk(node.value) if isinstance(each, ast.Constant)]
            found += [(0, each) for each in plugins if isinstance(each, str)]
    return tuple((level, _modules(name)) for level, name in found)


def _modules(name: str) -> tuple[str, ...]:
    parts = name.split(".")
    paths = ["/".join(parts[: end + 1]) for end in range(len(parts))]
    return tuple(path + end for path in paths for end in (".py", "/__init__.py"))
