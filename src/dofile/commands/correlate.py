"""`correlate`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dofile import errors
from dofile.commands.sample import complete, taken
from dofile.layout.text import LINE, abbrev, fixed
from dofile.session import Session
from dofile.syntax import Call
from dofile.values import MISSING, Floats

_CELL = 9


def correlate(session: Session, call: Call) -> None:
    """Show correlations over the observations that have all variables. Raises r(2000), r(2001), r(109)."""
    data, names = session.data, call.names
    for name in names:
        if data[name].is_string:
            raise errors.string_not_allowed(name)
    rows = complete(data, names, call.rows)
    if not len(rows):
        raise errors.no_observations()
    if len(rows) < 2:
        raise errors.insufficient_observations()
    matrix = correlations(np.column_stack([taken(data[name], rows) for name in names]))
    session.out(_table(len(rows), names, matrix))
    session.r.clear()
    session.r.set("N", len(rows))
    if len(names) > 1:
        session.r.set("rho", float(matrix[1, 0]))
    session.r.matrix("C", matrix, names, names)


def correlations(columns: Floats) -> Floats:
    """Return the correlations of the columns of an array (observations in rows); missing where one is constant."""
    constant = columns.min(axis=0) == columns.max(axis=0)
    with np.errstate(all="ignore"):
        matrix = np.atleast_2d(np.corrcoef(columns, rowvar=False))
    matrix[np.diag_indices_from(matrix)] = 1.0
    matrix[constant, :] = matrix[:, constant] = MISSING
    return np.nan_to_num(matrix, nan=MISSING)


def _table(n: int, names: Sequence[str], values: Floats) -> str:
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
