"""Logistic regression by Newton's method, with the usual, robust and clustered covariances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from statsmodels.discrete.discrete_model import Logit

from dofile.stats import wald
from dofile.stats.design import Design
from dofile.stats.sandwich import by_cluster, sandwich
from dofile.values import MISSING, Floats

ITERATIONS = 300


@dataclass(frozen=True)
class LogitFit:
    """A fit: coefficients and covariances of the estimated columns, and the log likelihood at each iteration.

    `chi2` is the likelihood-ratio test of all slopes, Wald's where the covariance is robust.
    """

    b: Floats
    v: Floats
    n: int
    df_m: int
    log: tuple[float, ...]
    ll: float
    ll_0: float
    chi2: float
    p: float
    clusters: int | None = None

    @property
    def df_r(self) -> None:
        """Tests are asymptotic."""

    @property
    def r2_p(self) -> float:
        """McFadden's pseudo R-squared."""
        return 1 - self.ll / self.ll_0 if self.ll_0 else MISSING


class NotConverged(Exception):
    """The likelihood has no maximum that can be found: outcomes are predicted perfectly, or nearly so."""


def fit(y: Floats, design: Design, vce: str = "oim", clusters: NDArray[Any] | None = None) -> LogitFit:
    """Fit P(y = 1) by the logistic function. `vce` is oim, robust (n/(n-1)) or cluster (G/(G-1)).

    The search starts from the constant alone. A Newton step that helps is lengthened by 1/8, 1/4, 1/2, … as long as
    that helps too; one that does not is halved. It ends where coefficients change by less than 1e-4 or the log
    likelihood by less than 1e-7, relatively, and the gradient scaled by the Hessian is below 1e-5.
    The design has a constant, and y varies. Raises NotConverged, and ValueError for fewer than two clusters.
    """
    x = design.matrix
    n, k = x.shape
    model = Logit(y, x, check_rank=False)
    b = np.zeros(k)
    share = float(y.mean())
    b[-1] = np.log(share / (1 - share))
    with np.errstate(all="ignore"):
        b, information, log = _climb(model, b)
    if np.linalg.cond(information / np.sqrt(np.outer(np.diag(information), np.diag(information)))) > 1e14:
        raise NotConverged
    inverse: Floats = np.linalg.inv(information).astype(np.float64)
    v: Floats = inverse
    groups = None
    if vce != "oim":
        scores = np.asarray(model.score_obs(b))
        if clusters is not None:
            scores = by_cluster(scores, clusters)
            groups = len(scores)
        v = sandwich(inverse, scores) * (len(scores) / (len(scores) - 1))
    df_m = k - 1
    if vce == "oim" or not df_m:
        chi2 = 2 * (log[-1] - log[0]) if df_m else 0.0
    else:
        tested = wald.test(b, v, np.eye(k)[:df_m], np.zeros(df_m), None)
        chi2 = MISSING if tested.dropped else tested.statistic
    return LogitFit(b, v, n, df_m, tuple(log), log[-1], log[0], chi2, wald.tail(chi2, df_m, None), groups)


def _climb(model: Any, b: Floats) -> tuple[Floats, Floats, list[float]]:
    """Return the coefficients at the maximum, the information there, and the log likelihood at each iteration."""
    log = [float(model.loglike(b))]
    information = -model.hessian(b)
    for _ in range(ITERATIONS):
        if not np.isfinite(log[-1]) or log[-1] > -1e-8:
            # Each outcome is predicted with certainty.
            break
        try:
            direction = np.linalg.solve(information, model.score(b))
            step, reached = _search(model.loglike, b, direction, log[-1])
            moved = np.abs(step * direction) / (np.abs(b) + 1)
            b = b + step * direction
            information, gradient = -model.hessian(b), model.score(b)
            gain = abs(reached - log[-1]) / (abs(log[-1]) + 1)
            log.append(reached)
            small = moved.max() <= 1e-4 or gain <= 1e-7
            if small and float(gradient @ np.linalg.solve(information, gradient)) < 1e-5:
                return b, information, log
        except np.linalg.LinAlgError:
            break
    raise NotConverged


def _search(loglike: Any, b: Floats, direction: Floats, before: float) -> tuple[float, float]:
    """Return the length of a step in a direction, and the log likelihood there."""
    step, reached = 1.0, float(loglike(b + direction))
    if reached < before:
        for _ in range(20):
            step /= 2
            reached = float(loglike(b + step * direction))
            if reached >= before:
                break
        else:
            # At the maximum but for rounding.
            return 1.0, float(loglike(b + direction))
        return step, reached
    longer = 0.125
    while (further := float(loglike(b + (step + longer) * direction))) > reached:
        step, reached, longer = step + longer, further, 2 * longer
    return step, reached
