"""Ordinary least squares, with the usual, robust and clustered covariances."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular

from dofile.stats import wald
from dofile.stats.design import Design
from dofile.stats.sandwich import by_cluster, sandwich
from dofile.values import MISSING, Floats


@dataclass(frozen=True)
class LinearFit:
    """A fit: coefficients and covariances of the estimated columns, sums of squares, and the test of all slopes.

    `df_r` are the degrees of freedom of t and F: residuals', or clusters less one. `df_v` is the rank of F's test.
    """

    b: Floats
    v: Floats
    n: int
    df_m: int
    df_r: int
    f: float
    p: float
    df_f: int
    mss: float
    rss: float
    ll: float
    ll_0: float
    clusters: int | None = None

    @property
    def tss(self) -> float:
        """The total sum of squares: about the mean, or about zero without a constant."""
        return self.mss + self.rss

    @property
    def df_residual(self) -> int:
        """Observations less coefficients."""
        return self.n - len(self.b)

    @property
    def r2(self) -> float:
        """The share of the variance that is explained."""
        return self.mss / self.tss if self.tss > 0 else MISSING

    @property
    def rmse(self) -> float:
        """The root mean squared error."""
        return math.sqrt(self.rss / self.df_residual) if self.df_residual else MISSING

    @property
    def r2_a(self) -> float:
        """The adjusted share."""
        if not self.df_residual or self.tss <= 0:
            return MISSING
        return 1 - (self.rss / self.df_residual) / (self.tss / (self.df_m + self.df_residual))


def fit(y: Floats, design: Design, vce: str = "ols", clusters: NDArray[Any] | None = None) -> LinearFit:
    """Regress y on a design. `vce` is ols, robust (HC1: n/(n-k)) or cluster (G/(G-1) (n-1)/(n-k), t with G-1).

    Raises ValueError where observations are fewer than coefficients, or where there are fewer than two clusters.
    """
    x = design.matrix
    n, k = x.shape
    if n < k or not k:
        raise ValueError("observations")
    # Unlike the normal equations, this serves columns of any scale; unlike the pseudoinverse, it takes one pass.
    q, r = np.linalg.qr(x)
    # About its mean, so that an outcome far from zero loses no digits.
    middle = float(y.mean()) if design.constant else 0.0
    about = y - middle
    if float(about @ about) <= 1e-24 * float(y @ y):
        about = np.zeros(n)
    b = solve_triangular(r, q.T @ about)
    root = solve_triangular(r, np.eye(k))
    bread = root @ root.T
    residuals = about - x @ b
    rss = float(residuals @ residuals) if n > k else 0.0
    total = float(about @ about)
    if design.constant:
        b[-1] += middle
    scores = x * residuals[:, None] if vce != "ols" else x[:0]
    groups = None
    if clusters is not None:
        scores = by_cluster(scores, clusters)
        groups = len(scores)
    if n == k:
        v = np.zeros((k, k))
    elif vce == "ols":
        v = bread * (rss / (n - k))
    else:
        v = sandwich(bread, scores) * ((n - 1 if groups else n) / (n - k))
        v *= groups / (groups - 1) if groups else 1
    df_m = k - design.constant
    df_r = n - k if groups is None else groups - 1
    ll, ll_0 = (-n / 2 * (math.log(2 * math.pi * s / n) + 1) if s > 0 else MISSING for s in (rss, total))
    if vce == "ols" or not df_m * df_r:
        known = df_m and df_r and rss > 0
        f, df_f = ((total - rss) / df_m / (rss / df_r) if known else MISSING if df_m else 0.0), df_m
    else:
        tested = wald.test(b, v, np.eye(k)[:df_m], np.zeros(df_m), df_r)
        f, df_f = (MISSING if tested.dropped else tested.statistic), tested.df
    p = wald.tail(f, df_m, df_r)
    return LinearFit(b, v, n, df_m, df_r, f, p, df_f, total - rss if df_m else 0.0, rss, ll, ll_0, groups)
