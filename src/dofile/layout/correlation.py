"""`correlate` as text."""

from __future__ import annotations

from collections.abc import Sequence

from dofile.layout.text import LINE, abbrev, fixed
from dofile.values import Floats

_CELL = 9


def matrix(n: int, names: Sequence[str], values: Floats) -> str:
    """Return the lower triangle of a matrix of correlations, in panels where it is too wide."""
    room = (LINE - 14) // _CELL
    lines = [f"(obs={n:,})"]
    for start in range(0, len(names), room):
        columns = range(start, min(start + room, len(names)))
        lines += ["", " " * 13 + "|" + "".join(f"{abbrev(names[j], 8):>{_CELL}}" for j in columns)]
        lines.append("-" * 13 + "+" + "-" * _CELL * len(columns))
        for i in range(start, len(names)):
            cells = "".join(fixed(float(values[i, j]), _CELL, 4) for j in columns if j <= i)
            lines.append(f"{abbrev(names[i], 12):>12} |{cells}")
    return "\n".join([*lines, ""])
