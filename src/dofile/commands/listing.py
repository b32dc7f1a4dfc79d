"""`list`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dofile import errors
from dofile.data import Dataset
from dofile.format import parse
from dofile.layout.text import abbrev
from dofile.session import Session
from dofile.syntax import Call
from dofile.values import Rows

_LINE = 80


@dataclass(frozen=True)
class Column:
    """A column: its heading and its values, not padded, and whether they stand on the left."""

    heading: str
    values: tuple[str, ...]
    left: bool

    @property
    def width(self) -> int:
        """How many characters the widest of them has."""
        return max(len(self.heading), *(len(value) for value in self.values)) if self.values else len(self.heading)

    def padded(self, text: str) -> str:
        """Return a text of the column's width."""
        return text.ljust(self.width) if self.left else text.rjust(self.width)


def list_(session: Session, call: Call) -> None:
    """Show the values of observations, in a table."""
    data, options = session.data, call.options
    names = call.names
    if not names:
        raise errors.no_variables()
    if not len(call.rows):
        return
    columns = [column(data, name, call.rows, "nolabel" not in options) for name in names]
    clean = "clean" in options
    number = 0 if "noobs" in options else max(len(str(int(call.rows[-1]) - call.first + 1)), 3) + 1
    margin = " " * (2 if not number else number + 1)
    total = len(margin) + sum(each.width for each in columns) + 3 * len(columns) + 1
    if total > _LINE:
        raise errors.DoError(198, f"list: a table of {total} columns; wider ones than {_LINE} are not in the subset")
    breaks = _breaks(call, data)
    heads = "   ".join(each.padded(each.heading) for each in columns)
    rows = ["   ".join(each.padded(each.values[at]) for each in columns) for at in range(len(call.rows))]
    marks = ["" if not number else f"{int(row) - call.first + 1:>{number - 1}}. " for row in call.rows]
    if clean:
        space = " " * (number + 3 if number else 4)
        body = [f"{mark + '  ' if mark else space}{row}  " for mark, row in zip(marks, rows, strict=True)]
        session.out("\n".join(["", f"{space}{heads}  ", *body]))
        return
    rule = "-" * (len(heads) + 2)
    lines = ["", f"{margin}+{rule}+", f"{margin}| {heads} |", f"{margin}|{rule}|"]
    for at, (mark, row) in enumerate(zip(marks, rows, strict=True)):
        if at in breaks:
            lines.append(f"{margin}|{rule}|")
        lines.append(f"{mark or margin}| {row} |")
    session.out("\n".join([*lines, f"{margin}+{rule}+"]))


def _breaks(call: Call, data: Dataset) -> set[int]:
    """Return before which rows there is a line."""
    if "sepby" in call.options:
        found: set[int] = set()
        for name in call.options["sepby"]:
            values = data[name].data[call.rows]
            found |= {int(at) + 1 for at in np.flatnonzero(values[1:] != values[:-1])}
        return found
    step = int(call.options.get("separator", 5))
    return set(range(step, len(call.rows), step)) if step > 0 else set()


def column(data: Dataset, name: str, rows: Rows, label: bool) -> Column:
    """Return a variable's values as they are shown, with their labels where `label` is true."""
    variable = data[name]
    values = tuple(data.shown(name, value, labels=label) for value in variable.data[rows].tolist())
    if variable.type == "strL":
        values = tuple(value[: parse(variable.format).width] if len(value) > 244 else value for value in values)
    room = max([8, *map(len, values)])
    return Column(abbrev(name, room), values, parse(variable.format).align == "-")
