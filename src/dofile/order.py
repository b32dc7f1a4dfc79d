"""The order of observations, and the groups in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from dofile.data import Dataset, Variable
from dofile.evaluate import Groups
from dofile.values import Bools, Rows


@lru_cache(maxsize=2)
def every(n: int) -> Rows:
    """Return the numbers of all of n observations. Nobody writes into it: it is kept, as it takes time to make."""
    rows = np.arange(n, dtype=np.int64)
    rows.setflags(write=False)
    return rows


def rank(variable: Variable) -> np.ndarray[Any, Any]:
    """Return numbers that sort as the variable does: its own, or the ranks of its texts by code point."""
    if not variable.is_string:
        return variable.data
    from pandas import factorize  # noqa: PLC0415 - slow to import

    return np.asarray(factorize(variable.data, sort=True)[0], dtype=np.float64)


def order(data: Dataset, names: Sequence[str]) -> Rows:
    """Return the observations in the order of these variables; equals keep theirs."""
    keys = [rank(data[name]) for name in names]
    if len(keys) == 1:
        return np.argsort(keys[0], kind="stable")
    return np.lexsort(keys[::-1])


def sort(data: Dataset, names: Sequence[str]) -> None:
    """Put the observations in order, unless they already are."""
    names = tuple(dict.fromkeys(names))
    if data.sorted_by[: len(names)] == names:
        return
    changed = data.changed
    data.take(order(data, names))
    data.changed = changed
    data.sorted_by = names


def begins(data: Dataset, names: Sequence[str]) -> Bools:
    """Say of each observation whether a group begins there, where the data is sorted by these variables."""
    found = np.zeros(data.n, dtype=bool)
    found[:1] = True
    for name in names:
        column = data[name].data
        found[1:] |= np.asarray(column[1:] != column[:-1], dtype=bool)
    return found


def groups(data: Dataset, names: Sequence[str]) -> Groups:
    """Return the groups of sorted data."""
    first = np.flatnonzero(begins(data, names))
    sizes = np.diff(np.append(first, data.n))
    return Groups(np.repeat(first, sizes).astype(np.int64), np.repeat(sizes, sizes).astype(np.int64))


def codes(data: Dataset, names: Sequence[str], rows: Rows | None = None) -> tuple[Rows, int]:
    """Return each observation's group, from 0 in the order of the variables, and how many groups there are."""
    n = data.n if rows is None else len(rows)
    found, count = np.zeros(n, dtype=np.int64), min(n, 1)
    for name in names:
        from pandas import factorize  # noqa: PLC0415 - slow to import

        variable = data[name]
        column = variable.data if rows is None or len(rows) == data.n else variable.data[rows]
        numbers, texts = factorize(column, sort=True)
        if len(names) == 1:
            return np.asarray(numbers, dtype=np.int64), len(texts)
        found = found * len(texts) + numbers
        # Numbered anew each time, so that they stay small.
        found, present = factorize(found, sort=True)
        count = len(present)
    return np.asarray(found, dtype=np.int64), count
