"""Counts by one or two categories, and Pearson's chi-squared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dofile.values import MISSING, Rows


@dataclass(frozen=True)
class OneWay:
    """The values that occur, in order, and how often."""

    values: tuple[float | str, ...]
    counts: Rows


@dataclass(frozen=True)
class TwoWay:
    """Counts of each combination: one row per value of the first variable, one column per value of the second."""

    rows: tuple[float | str, ...]
    columns: tuple[float | str, ...]
    counts: NDArray[np.int64]

    @property
    def n(self) -> int:
        """How many observations were counted."""
        return int(self.counts.sum())


@dataclass(frozen=True)
class ChiSquared:
    """Pearson's statistic, its degrees of freedom and probability."""

    statistic: float
    df: int
    p: float


def one_way(values: NDArray[Any]) -> OneWay:
    """Count the values of one variable: numbers with coded missing values, or text."""
    found, counts = np.unique(values, return_counts=True)
    return OneWay(tuple(found.tolist()), counts.astype(np.int64))


def two_way(first: NDArray[Any], second: NDArray[Any]) -> TwoWay:
    """Count the combinations of the values of two variables."""
    rows, row = np.unique(first, return_inverse=True)
    columns, column = np.unique(second, return_inverse=True)
    counts = np.bincount(row * len(columns) + column, minlength=len(rows) * len(columns))
    table = counts.reshape(len(rows), len(columns)).astype(np.int64)
    return TwoWay(tuple(rows.tolist()), tuple(columns.tolist()), table)


def chi_squared(table: TwoWay) -> ChiSquared:
    """Return Pearson's test of independence, without a correction for continuity; missing with one row or column."""
    from scipy.stats import chi2_contingency  # noqa: PLC0415 - takes half a second, and few tables need it

    if min(table.counts.shape) < 2:
        return ChiSquared(MISSING, 0, MISSING)
    result = chi2_contingency(table.counts, correction=False)
    return ChiSquared(float(result.statistic), int(result.dof), float(result.pvalue))
