"""A do-file's log: each command as it was written, behind a dot, and what it prints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dofile import control, source
from dofile.control import Chain
from dofile.kernel.code import indent
from dofile.session import Session


class Log:
    """Runs a do-file and writes its log in pieces, as it comes.

    Graphs become `name`-1.svg and so on in the folder `graphs`; where that is None, the log says that there was one.
    """

    def __init__(self, write: Callable[[str], object], graphs: Path | None, name: str) -> None:
        self._write = write
        self._graphs = graphs
        self._name = name
        self._drawn = 0

    def run(self, text: str) -> None:
        """Run a do-file in a session of its own. Raises DoError at the first command that fails."""
        session = Session(write=self._write, show=self._draw)
        lines = text.splitlines()
        shown = 0
        for chain in control.chained(source.parse(text)):
            last = _last_line(chain, lines)
            self._echo(lines[shown : chain.first.where - 1], lines[max(shown, chain.first.where - 1) : last])
            shown = max(shown, last)
            control.execute(session, chain)
            self._write("\n")
        self._echo(lines[shown:], [])

    def _echo(self, before: list[str], command: list[str]) -> None:
        """Write the lines of comments, each behind a dot, and a command's lines behind a dot and its marks."""
        for line in before:
            self._write(f". {line}".rstrip() + "\n")
        for number, line in enumerate(command, 1):
            continued = number > 1 and command[number - 2].rstrip().endswith("///")
            mark = ". " if number == 1 else "> " if continued else f"{number:>3}. "
            self._write(f"{mark}{line}".rstrip() + "\n")

    def _draw(self, svg: str) -> None:
        self._drawn += 1
        if self._graphs is None:
            self._write("(graph not kept; --graphs FOLDER keeps it)\n")
            return
        file = self._graphs / f"{self._name}-{self._drawn}.svg"
        file.write_text(svg, encoding="utf-8")
        self._write(f"(graph kept as {file})\n")


def _last_line(chain: Chain, lines: list[str]) -> int:
    """Return the number of a command's last line: where nothing is left open."""
    first, last = chain.first.where - 1, max(part.where for part in (chain.first, *chain.others))
    while last < len(lines) and indent("\n".join(lines[first:last])) is not None:
        last += 1
    return last
