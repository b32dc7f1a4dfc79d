"""Summary statistics of one variable: moments, extremes, percentiles."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from dofile.values import MISSING, Floats

PERCENTILES = (1, 5, 10, 25, 50, 75, 90, 95, 99)


@dataclass(frozen=True)
class Summary:
    """Count, sum, mean, variance and extremes; what cannot be computed is missing. `sd` is that of a sample (n - 1)."""

    n: int
    sum: float
    mean: float
    variance: float
    sd: float
    low: float
    high: float


@dataclass(frozen=True)
class Detail:
    """A summary with percentiles, the four smallest and largest values, skewness and kurtosis."""

    summary: Summary
    percentiles: dict[int, float]
    smallest: tuple[float, ...]
    largest: tuple[float, ...]
    skewness: float
    kurtosis: float


def summarize(values: Floats) -> Summary:
    """Summarise numbers, none of which is missing."""
    n = len(values)
    if not n:
        return Summary(0, 0.0, MISSING, MISSING, MISSING, MISSING, MISSING)
    mean = float(values.mean())
    variance = float(values.var(ddof=1)) if n > 1 else MISSING
    sd = math.sqrt(variance) if n > 1 else MISSING
    return Summary(n, float(values.sum()), mean, variance, sd, float(values.min()), float(values.max()))


def percentile(ordered: Floats, percent: int) -> float:
    """Return a percentile of sorted numbers: where `percent` of them is a whole number, the mean of the two around it.

    numpy's `averaged_inverted_cdf` is the same rule, but meets the boundary in floating point; here it is exact.
    """
    below, rest = divmod(len(ordered) * percent, 100)
    return float(ordered[below]) if rest else float((ordered[below - 1] + ordered[below]) / 2)


def detail(values: Floats) -> Detail:
    """Summarise numbers in detail; skewness is m3 m2^(-3/2), kurtosis m4 m2^(-2), m_r the moments about the mean."""
    summary = summarize(values)
    ordered = np.sort(values)
    skewness = kurtosis = MISSING
    if summary.n:
        deviations = values - summary.mean
        squares = deviations * deviations
        second = float(squares.mean())
        if second > 0:
            skewness = float((squares * deviations).mean()) / second**1.5
            kurtosis = float((squares * squares).mean()) / second**2
    percentiles = {p: percentile(ordered, p) if summary.n else MISSING for p in PERCENTILES}
    empty = (MISSING,) * max(4 - summary.n, 0)
    return Detail(
        summary,
        percentiles,
        smallest=(*(float(x) for x in ordered[:4]), *empty),
        largest=(*empty, *(float(x) for x in ordered[-4:])),
        skewness=skewness,
        kurtosis=kurtosis,
    )
