"""Wald tests of linear hypotheses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, fdtrc

from dofile.values import MISSING, Floats


@dataclass(frozen=True)
class Wald:
    """A test's statistic, F with `df_r` or else chi-squared; `dropped` are the constraints that follow from others."""

    statistic: float
    df: int
    df_r: float | None
    p: float
    dropped: tuple[int, ...] = ()


def test(b: Floats, v: Floats, left: Floats, right: Floats, df_r: float | None) -> Wald:
    """Test whether `left @ b == right`, with `v` the covariance of b. Constraints that add nothing are dropped."""
    keep: list[int] = []
    covariance = left @ v @ left.T
    for i in range(len(left)):
        rows = [*keep, i]
        part = covariance[np.ix_(rows, rows)]
        scale = np.sqrt(np.maximum(np.diag(part), 0.0))
        if scale[-1] > 0 and np.linalg.matrix_rank(part / np.outer(scale, scale), tol=1e-9) == len(rows):
            keep.append(i)
    dropped = tuple(i for i in range(len(left)) if i not in keep)
    if not keep:
        return Wald(MISSING, 0, df_r, MISSING, dropped)
    gap = left[keep] @ b - right[keep]
    chi2 = float(gap @ np.linalg.solve(covariance[np.ix_(keep, keep)], gap))
    statistic = chi2 if df_r is None else chi2 / len(keep)
    return Wald(statistic, len(keep), df_r, tail(statistic, len(keep), df_r), dropped)


def tail(statistic: float, df: float, df_r: float | None) -> float:
    """Return the upper tail of F with `df` and `df_r` degrees of freedom, or of chi-squared without the latter."""
    if statistic >= MISSING or df == 0:
        return MISSING
    return float(chdtrc(df, statistic) if df_r is None else fdtrc(df, df_r, statistic))
