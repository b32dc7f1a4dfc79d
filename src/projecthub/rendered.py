"""Which shipped files a running hub's pages, mails and styles are made of, noted each time that one is used.

With the setting ``PROJECTHUB_RENDERED``, each part of a hub appends a line of JSON to that file for each template that
it renders and each static file that it serves: ``{"file": …, "address": …}``, with an address for static files alone.
So whoever looks at a page can say which templates it comes from, whatever they extend and include. A file of an overlay
is noted as the shipped one in whose place it stands; libraries' own templates are left out.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.ext import Extension

VARIABLE: Final = "PROJECTHUB_RENDERED"
_PACKAGE = Path(__file__).resolve().parent


def problem(path: Path) -> str:
    """What is wrong with a path to note in; empty where it will do."""
    try:
        kind = path.stat().st_mode if path.exists() else stat.S_IFREG
    except OSError:
        kind = 0
    if path.is_absolute() and path.parent.is_dir() and stat.S_ISREG(kind):
        return ""
    return "an absolute path to a file, new or not, in a folder that exists"


class Notes:
    """Appends to ``path`` what is used; with None, does nothing.

    ``overlays`` are folders whose files stand in the place of shipped ones: overlay → folder of the shipped files.
    Each line is one write to a file opened for appending, so that threads and processes can share it.
    """

    def __init__(self, path: Path | None, overlays: Mapping[Path, Path] | None = None) -> None:
        self._overlays = {Path(os.path.realpath(over)): shipped for over, shipped in (overlays or {}).items()}
        self._file = None if path is None else os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._shipped = lru_cache(maxsize=1024)(self._find_shipped)

    def note(self, file: str | Path | None, address: str = "") -> None:
        """Note one use of a file; of a static one, with the address that the browser asked for."""
        if self._file is None or file is None:
            return
        if shipped := self._shipped(str(file)):
            line = json.dumps({"file": shipped, "address": address}, ensure_ascii=False)
            os.write(self._file, line.encode() + b"\n")

    def _find_shipped(self, file: str) -> str | None:
        path = Path(os.path.realpath(file))
        for overlay, folder in self._overlays.items():
            if path.is_relative_to(overlay):
                shipped = folder / path.relative_to(overlay)
                return str(shipped if shipped.is_file() else path)
        return str(path) if path.is_relative_to(_PACKAGE) else None

    def jinja(self) -> type[Extension]:
        """An extension for Jinja that notes each template each time that it is rendered, extended or included."""
        from jinja2 import Template  # noqa: PLC0415 - Django's part does without Jinja
        from jinja2.ext import Extension  # noqa: PLC0415

        note = self.note

        class Noted(Template):
            @classmethod
            def from_code(cls, *args: Any, **others: Any) -> Template:
                template = super().from_code(*args, **others)
                render = template.root_render_func

                # What renders, extends, includes and imports a template all call this.
                def noted(*args: Any, **others: Any) -> Any:
                    note(template.filename)
                    return render(*args, **others)

                template.root_render_func = noted
                return template

        class NotesTemplates(Extension):
            identifier = f"{__name__}.NotesTemplates"

            def __init__(self, environment: Environment) -> None:
                super().__init__(environment)
                environment.template_class = Noted

        return NotesTemplates


class Used:
    """Reads what a hub has noted, from one call to the next."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_to = 0
        self._static: dict[str, Path] = {}

    def since(self, addresses: Iterable[str] = ()) -> set[Path]:
        """The files that have been used since the last call.

        ``addresses`` are those that the browser has asked for: a static file that it had kept from an earlier page is
        used too, and no server hears of it. One that the hub has never served names no file.
        """
        used = set()
        for line in self._lines():
            noted = json.loads(line)
            file = Path(noted["file"])
            used.add(file)
            if noted["address"]:
                self._static[_place(noted["address"])] = file
        used |= {self._static[place] for place in map(_place, addresses) if place in self._static}
        return used

    def _lines(self) -> list[bytes]:
        try:
            with self._path.open("rb") as file:
                file.seek(self._read_to)
                whole = file.read().rpartition(b"\n")[0]
        except FileNotFoundError:
            return []
        if not whole:
            return []
        self._read_to += len(whole) + 1
        return whole.split(b"\n")


def _place(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}"
