"""A session: data, results and macros, and the running of do-files in it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dofile import control, source
from dofile.data import Dataset
from dofile.evaluate import Frame, Groups
from dofile.macros import Macros
from dofile.results import Results
from dofile.values import Rows


class Session:
    """Runs do-files, one after another, on one dataset.

    `write` gets the output, in pieces that hold their own line ends; `show` gets each graph, as SVG text; `folder` is
    where relative paths begin, the working directory where it is None.
    """

    def __init__(
        self,
        write: Callable[[str], Any] | None = None,
        show: Callable[[str], Any] | None = None,
        folder: Path | None = None,
    ) -> None:
        self._write: Callable[[str], Any] = write or sys.stdout.write
        self._show = show
        self.folder = folder
        self.data: Dataset = Dataset()
        self.r = Results()
        self.e = Results()
        self.scalars: dict[str, float | str] = {}
        self.rc = 0
        self.quiet = False
        self.macros = Macros(self.compute, self.extended)

    def run(self, text: str, path: str = "") -> None:
        """Run a do-file. Raises DoError at the first command that fails, with its line in `where`.

        The data stays as the commands before have left it. Local macros last until the end of the session, as they do
        for commands typed one after another.
        """
        for statement in control.chained(source.parse(text)):
            control.execute(self, statement)

    def out(self, text: str = "") -> None:
        """Print a line or a block of lines, unless the command runs quietly."""
        self.write(text + "\n")

    def write(self, text: str) -> None:
        """Print a text without an end of line, unless the command runs quietly."""
        if not self.quiet:
            self._write(text)

    def display(self, svg: str) -> None:
        """Show a graph, unless the command runs quietly."""
        if not self.quiet and self._show is not None:
            self._show(svg)

    def path(self, name: str, suffix: str = "") -> Path:
        """Return the path that a file's name means, with the suffix where it has none."""
        found = Path(name).expanduser()
        if suffix and not found.suffix:
            found = found.with_name(found.name + suffix)
        return found if self.folder is None else self.folder / found

    def frame(self, rows: Rows | None = None, groups: Groups | None = None) -> Frame:
        """Return what an expression can see here. `rows` None, or all of them: every observation."""
        if rows is not None and len(rows) == self.data.n:
            rows = None
        return Frame(self.data, rows, groups, self.r, self.e, self.scalars, self.rc)

    def compute(self, text: str) -> str:
        """Return the value of an expression as a macro holds it. Raises DoError."""
        from dofile.extended import macro_text  # noqa: PLC0415

        return macro_text(self, text)

    def extended(self, text: str) -> str:
        """Return the value of an extended macro function. Raises r(198) for those that are not in the subset."""
        from dofile.extended import extended  # noqa: PLC0415

        return extended(self, text)
