"""Which observations and numbers a statistical command works on, and the text of a value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from dofile import errors
from dofile.format import fmt
from dofile.values import MISSING, Floats, Rows, missing_name

if TYPE_CHECKING:
    from dofile.data import Dataset, Variable
    from dofile.syntax import Call


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


def value_text(data: Dataset, name: str, value: float | str, *, labels: bool = True) -> str:
    """Return a value as tables show it: its label, or the number in its variable's format."""
    if isinstance(value, str):
        return value
    if labels and (text := data.labels(name).get(value)) is not None:
        return text
    return missing_name(value) if value >= MISSING else fmt(value, data[name].format).strip()
