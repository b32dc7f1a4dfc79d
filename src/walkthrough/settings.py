"""The project's settings, read as pytest reads them, without pytest: a command that has nothing to do ends at once."""

from __future__ import annotations

import configparser
import os
import shlex
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Final

from walkthrough.model import GuideError

_FILES: Final = (
    ("pytest.toml", ("pytest",)),
    (".pytest.toml", ("pytest",)),
    ("pytest.ini", ("pytest",)),
    (".pytest.ini", ("pytest",)),
    ("pyproject.toml", ("tool", "pytest")),
    ("tox.ini", ("pytest",)),
    ("setup.cfg", ("tool:pytest",)),
)


NAMES: Final = (
    "walkthrough_pages",
    "walkthrough_artifacts",
    "walkthrough_product",
    "walkthrough_rendered",
    "walkthrough_environment",
    "walkthrough_other_roles",
    "pythonpath",
)
"""Those of pytest's settings that are read here."""


class SettingsError(Exception):
    """The project's settings cannot be read, or are not there."""


@dataclass(frozen=True)
class Settings:
    """What the commands need to know of a project. ``root`` is its folder, ``file`` where its settings stand.

    ``pages``, ``product`` and ``rendered`` are globs relative to the root: the pages that hold walkthroughs, the files
    that make up the product, and those of them that steps are known to be made of (templates, static files).
    ``environment`` are globs of the names of variables on which the product depends, ``pythonpath`` the folders from
    which pytest imports, relative to the root.
    """

    root: Path
    file: Path
    pages: tuple[str, ...]
    artifacts: str = ".walkthrough"
    product: tuple[str, ...] = ()
    rendered: tuple[str, ...] = ()
    environment: tuple[str, ...] = ()
    other_roles: tuple[str, ...] = ()
    pythonpath: tuple[str, ...] = ()

    @property
    def artifacts_folder(self) -> Path:
        """Where runs leave what they found."""
        return self.root / self.artifacts

    def found_pages(self) -> list[Path]:
        """The pages that hold a walkthrough, or that cannot be read as they are, as paths relative to the root."""
        return [path for path in self.page_files() if self._holds_walkthrough(self.root / path)]

    def page_files(self) -> list[Path]:
        """The Markdown files that ``pages`` names, whatever they hold, as paths relative to the root."""
        paths = {path for pattern in self.pages for path in glob(self.root, pattern) if path.suffix == ".md"}
        return [path.relative_to(self.root) for path in sorted(paths)]

    def _holds_walkthrough(self, path: Path) -> bool:
        from walkthrough.parse import parse, read_text  # noqa: PLC0415 - not for reading the settings alone

        if not may_hold_walkthrough(path):
            return False
        try:
            return bool(parse(read_text(path, path.name), path.name, self.other_roles).walkthroughs)
        except GuideError:
            return True


def may_hold_walkthrough(path: Path) -> bool:
    """Whether a walkthrough can stand in a file, or it cannot be read; not in a link that leads nowhere, as an editor
    may put beside what it has open.
    """
    try:
        return path.is_file() and b"{walkthrough}" in path.read_bytes()
    except OSError:
        return True


def glob(root: Path, pattern: str) -> Iterator[Path]:
    """What fits a glob; two stars at its end stand for all below a folder, in which Python's versions differ."""
    return root.glob(f"{pattern}/*" if pattern.endswith("**") else pattern)


def read_settings(folder: Path | None = None) -> Settings:
    """Read the settings of the project in which a folder, else the current one, stands. Raises `SettingsError`."""
    start = (folder or Path.cwd()).absolute()
    for parent in (start, *start.parents):
        for name, section in _FILES:
            if (parent / name).is_file():
                values = _values(parent / name, section)
                if values is not None:
                    return settings_from(parent, parent / name, values)
    raise SettingsError(
        f"{start}: expected pytest's settings, with walkthrough_pages in them, in this folder or above it; found none"
    )


def named_pages(settings: Settings, names: Sequence[str]) -> list[str]:
    """The pages that hold walkthroughs and that are named, by themselves or by a folder; all where none is named.

    Raises `SettingsError` for a name that means none.
    """
    found = [path.as_posix() for path in settings.found_pages()]
    if not found:
        raise SettingsError(f"{settings.file}: walkthrough_pages names no page that holds a walkthrough")
    wanted = [] if names else found
    for name in names:
        path = Path(name).absolute().resolve()
        mine = [page for page in found if (settings.root / page).resolve().is_relative_to(path)]
        if not mine:
            raise SettingsError(f"{name}: expected a page that holds a walkthrough; these do: {', '.join(found)}")
        wanted += mine
    return list(dict.fromkeys(wanted))


def _values(path: Path, section: tuple[str, ...]) -> Mapping[str, Any] | None:
    """The settings that a file holds; None where it holds none for pytest."""
    try:
        if path.suffix == ".toml":
            values: Any = tomllib.loads(path.read_text("utf-8"))
            for name in section:
                values = values.get(name)
                if values is None:
                    return None
            return {**values, **values.get("ini_options", {})}
        parser = configparser.ConfigParser(interpolation=None)
        parser.read_string(path.read_text("utf-8"))
    except (OSError, ValueError, configparser.Error) as error:
        raise SettingsError(f"{path}: cannot be read: {error}") from None
    if parser.has_section(section[0]):
        return dict(parser[section[0]])
    return {} if path.name.endswith("pytest.ini") else None


def settings_from(root: Path, file: Path, values: Mapping[str, Any]) -> Settings:
    """The settings, from pytest's by their names, as they stand in a file or as pytest has read them.

    Raises `SettingsError`.
    """
    pages = _words(values.get("walkthrough_pages", ()))
    if not pages:
        raise SettingsError(f"{file}: expected walkthrough_pages, globs of the pages with walkthroughs; found none")
    if outside := outside_globs(pages):
        raise SettingsError(f"{file}: {outside}")
    return Settings(
        root,
        file,
        pages,
        str(values.get("walkthrough_artifacts", Settings.artifacts)),
        relative_globs(root, _words(values.get("walkthrough_product", ()))),
        relative_globs(root, _words(values.get("walkthrough_rendered", ()))),
        _words(values.get("walkthrough_environment", ())),
        _words(values.get("walkthrough_other_roles", ())),
        relative_globs(root, _words(values.get("pythonpath", ()))),
    )


def outside_globs(pages: Iterable[str]) -> str:
    """What is wrong with globs of pages that lead out of the project's folder; empty where none does."""
    wrong = [each for each in pages if PurePath(each).is_absolute() or ".." in PurePath(each).parts]
    return f"walkthrough_pages: expected globs within the project's folder; found {wrong[0]}" if wrong else ""


def relative_globs(root: Path, patterns: Iterable[str]) -> tuple[str, ...]:
    """Globs relative to the root, also those that were given from the file system's root, or with folders up again."""
    return tuple(_relative_glob(root, pattern) for pattern in patterns)


def _relative_glob(root: Path, pattern: str) -> str:
    path = Path(pattern)
    if path.is_absolute() and not path.is_relative_to(root):
        return Path(os.path.relpath(path, root.resolve())).as_posix()
    return Path(os.path.relpath(root / path, root)).as_posix()


def _words(value: Any) -> tuple[str, ...]:
    return tuple(shlex.split(value)) if isinstance(value, str) else tuple(map(str, value))
