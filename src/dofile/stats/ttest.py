"""Student's t tests: of one mean, of paired values, of two groups."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

from dofile.stats.summary import summarize
from dofile.values import MISSING, Floats


@dataclass(frozen=True)
class Mean:
    """One line of the table: a mean, its standard error and confidence interval."""

    name: str
    n: int
    mean: float
    se: float
    sd: float
    low: float
    high: float


@dataclass(frozen=True)
class TTest:
    """A test's lines, its statistic with degrees of freedom, and the probabilities of the three alternatives.

    `kind` is one, paired, equal or unequal. The difference's line has no count where there are two groups.
    """

    kind: str
    lines: tuple[Mean, ...]
    difference: Mean | None
    null: float
    t: float
    df: float
    lower: float
    both: float
    upper: float
    level: float


def one_sample(name: str, values: Floats, null: float, level: float) -> TTest:
    """Test whether a mean is `null`."""
    line = _mean(name, values, level)
    return _test("one", (line,), None, (_ratio(line.mean - null, line.se), line.n - 1), level, null=null)


def paired(names: tuple[str, str], first: Floats, second: Floats, level: float) -> TTest:
    """Test whether the mean of paired differences is zero."""
    lines = (_mean(names[0], first, level), _mean(names[1], second, level))
    difference = _mean("diff", first - second, level)
    return _test("paired", lines, difference, (_ratio(difference.mean, difference.se), difference.n - 1), level)


def two_sample(names: tuple[str, str], first: Floats, second: Floats, level: float, kind: str = "equal") -> TTest:
    """Test whether two groups have one mean; `kind` is equal (variances), or unequal, by Satterthwaite's formula."""
    one, two = _mean(names[0], first, level), _mean(names[1], second, level)
    combined = _mean("Combined", np.concatenate([first, second]), level)
    if kind != "equal":
        parts = [_variance(line) / line.n for line in (one, two)]
        se = math.sqrt(sum(parts))
        spread = sum(part**2 / (line.n - 1) for part, line in zip(parts, (one, two), strict=True) if part)
        df = sum(parts) ** 2 / spread if spread else MISSING
    else:
        df = float(one.n + two.n - 2)
        squares = sum((line.n - 1) * _variance(line) for line in (one, two))
        se = math.sqrt(squares / df * (1 / one.n + 1 / two.n)) if df else MISSING
    gap = one.mean - two.mean
    margin = _quantile(df, level) * se if 0 < df < MISSING else MISSING
    ends = (gap - margin, gap + margin) if margin < MISSING else (MISSING, MISSING)
    difference = Mean("diff", 0, gap, se, MISSING, *ends)
    return _test(kind, (one, two, combined), difference, (_ratio(gap, se), df), level)


def _mean(name: str, values: Floats, level: float) -> Mean:
    one = summarize(values)
    if one.n < 2:
        return Mean(name, one.n, one.mean, MISSING, MISSING, MISSING, MISSING)
    se = one.sd / math.sqrt(one.n)
    margin = _quantile(one.n - 1, level) * se
    return Mean(name, one.n, one.mean, se, one.sd, one.mean - margin, one.mean + margin)


def _variance(line: Mean) -> float:
    return line.sd**2 if line.n > 1 else 0.0


def _ratio(value: float, se: float) -> float:
    return value / se if 0 < se < MISSING else MISSING


def _quantile(df: float, level: float) -> float:
    return float(stdtrit(df, 0.5 + level / 200))


def _test(
    kind: str,
    lines: tuple[Mean, ...],
    difference: Mean | None,
    statistic: tuple[float, float],
    level: float,
    *,
    null: float = 0.0,
) -> TTest:
    t, df = statistic
    lower = both = upper = MISSING
    if t < MISSING and 0 < df < MISSING:
        lower, both, upper = (float(p) for p in (stdtr(df, t), 2 * stdtr(df, -abs(t)), stdtr(df, -t)))
    return TTest(kind, lines, difference, null, t, float(df), lower, both, upper, level)
