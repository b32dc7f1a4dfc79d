"""Statistics of groups: of n values with their group's number, one value for each group. NaN stands for missing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from dofile.values import Floats, Rows

EGEN = ("mean", "sd", "min", "max", "total", "count")
_PERCENTILE = re.compile(r"p([1-9]\d?)")
NAMES = ("mean", "median", "sd", "sum", "count", "max", "min")


def known(name: str) -> bool:
    """Say whether `collapse` has this statistic."""
    return name in NAMES or bool(_PERCENTILE.fullmatch(name))


def by_group(name: str, values: Floats, codes: Rows, groups: int) -> Floats:
    """Return a statistic of each of the groups 0 to `groups - 1`; NaN where it is not defined."""
    missing = np.isnan(values)
    if missing.any():
        values, codes = values[~missing], codes[~missing]
    if name in _FUNCTIONS:
        with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
            return _FUNCTIONS[name](values, codes, groups)
    found = _PERCENTILE.fullmatch("p50" if name == "median" else name)
    assert found is not None
    return _percentile(values, codes, groups, int(found[1]))


def _count(values: Floats, codes: Rows, groups: int) -> Floats:
    return np.bincount(codes, minlength=groups).astype(np.float64)


def _sum(values: Floats, codes: Rows, groups: int) -> Floats:
    return np.asarray(np.bincount(codes, weights=values, minlength=groups), dtype=np.float64)


def _mean(values: Floats, codes: Rows, groups: int) -> Floats:
    return _sum(values, codes, groups) / _count(values, codes, groups)


def _sd(values: Floats, codes: Rows, groups: int) -> Floats:
    """Return standard deviations, of deviations from the mean, as sums of squares would lose digits."""
    count = _count(values, codes, groups)
    deviations = values - _mean(values, codes, groups)[codes]
    squares = np.bincount(codes, weights=deviations * deviations, minlength=groups)
    return np.where(count > 1, np.sqrt(squares / (count - 1)), np.nan)


def _extreme(choose: Any, start: float) -> Callable[[Floats, Rows, int], Floats]:
    def apply(values: Floats, codes: Rows, groups: int) -> Floats:
        found = np.full(groups, start)
        choose.at(found, codes, values)
        return np.where(np.isinf(found), np.nan, found)

    return apply


def _percentile(values: Floats, codes: Rows, groups: int, percent: int) -> Floats:
    """Return percentiles: the mean of two values where n·p/100 is whole, else the next value. Source: [D] collapse."""
    order = np.lexsort((values, codes))
    values = values[order]
    count = np.bincount(codes, minlength=groups)
    start = np.cumsum(count) - count
    # In whole numbers, as n·p/100 in floating point may miss.
    place, rest = np.divmod(count * percent, 100)
    upper = np.minimum(place, count - 1)
    lower = np.where((rest == 0) & (place > 0), place - 1, upper)
    found = np.full(groups, np.nan)
    there = count > 0
    at = start[there]
    found[there] = (values[at + lower[there]] + values[at + upper[there]]) / 2
    return found


_FUNCTIONS: dict[str, Callable[[Floats, Rows, int], Floats]] = {
    "count": _count,
    "sum": _sum,
    "total": _sum,
    "mean": _mean,
    "sd": _sd,
    "min": _extreme(np.minimum, np.inf),
    "max": _extreme(np.maximum, -np.inf),
}
