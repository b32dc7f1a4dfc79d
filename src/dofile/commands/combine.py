"""What `merge` and `append` share: types that hold both sides' values, and value labels."""

from __future__ import annotations

import numpy as np

from dofile.data import Dataset, Variable
from dofile.errors import DoError
from dofile.session import Session
from dofile.values import MISSING, NUMERIC, is_string, wider_string


def wider(one: str, other: str) -> str:
    """Return the type that holds what both types hold."""
    if is_string(one):
        return wider_string(one, other)
    if {one, other} == {"long", "float"}:
        return "double"
    return max(one, other, key=NUMERIC.index)


def check(master: Dataset, using: Dataset, names: list[str]) -> None:
    """Check that variables which are in both are text in both or in neither. Raises r(106)."""
    for name in names:
        mine, theirs = master[name], using[name]
        if mine.is_string != theirs.is_string:
            raise DoError(106, f"variable {name} is {mine.type} in master but {theirs.type} in using data")


def widened(session: Session, mine: Variable, theirs: Variable) -> str:
    """Return the type for both sides' values, and say so where the data's own has to change."""
    kind = wider(mine.type, theirs.type)
    if kind != mine.type:
        session.out(f"(variable {mine.name} was {mine.type}, now {kind} to accommodate using data's values)")
    return kind


def take_labels(session: Session, using: Dataset, names: list[str]) -> None:
    """Add the value labels that these variables have in the file; those that the data has stay."""
    labels = session.data.value_labels
    for name in names:
        label = using[name].value_label
        if not label or label not in using.value_labels:
            continue
        if label not in labels:
            labels[label] = using.value_labels[label]
        elif labels[label] is not using.value_labels[label]:
            session.out(f"(label {label} already defined)")


def nothing(variable: Variable, count: int) -> np.ndarray[tuple[int], np.dtype[np.generic]]:
    """Return as many missing values as that, of a variable's kind."""
    return np.full(count, "" if variable.is_string else MISSING, dtype=variable.data.dtype)
