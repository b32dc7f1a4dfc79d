"""Which observations and numbers a statistical command works on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from numpy.typing import NDArray

from dofile import errors
from dofile.data import Dataset, Variable
from dofile.syntax import Call
from dofile.values import MISSING, Floats, Rows


def taken(variable: Variable, rows: Rows) -> NDArray[Any]:
    """Return a variable's values in these rows, which are in order and each there once."""
    return variable.data if len(rows) == len(variable.data) else variable.data[rows]


def numbers(variable: Variable, rows: Rows) -> Floats:
    """Return the numbers of a variable that are not missing. Raises r(109) for text."""
    if variable.is_string:
        raise errors.string_not_allowed(variable.name)
    values = taken(variable, rows)
    return values if variable.complete else values[values < MISSING]


def complete(data: Dataset, names: Iterable[str], rows: Rows) -> Rows:
    """Return those of the rows in which none of the variables is missing."""
    for name in dict.fromkeys(names):
        if not data[name].complete:
            rows = rows[~data[name].missing()[rows]]
    return rows


def level(call: Call) -> float:
    """Return the level of confidence. Raises r(198) where it is out of range."""
    chosen = float(call.options.get("level", 95.0))
    if not 10 <= chosen <= 99.99:
        raise errors.DoError(198, "level() must be between 10 and 99.99 inclusive")
    return chosen
