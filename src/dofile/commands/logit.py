"""`logit`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dofile import errors
from dofile.commands import estimation
from dofile.commands.estimation import Request
from dofile.commands.sample import level
from dofile.layout import models
from dofile.session import Session
from dofile.stats import design, logistic
from dofile.stats.design import Column
from dofile.syntax import Call
from dofile.values import Floats

_VARIES = """outcome does not vary; remember:
                                  0 = negative outcome,
        all other nonmissing values = positive outcome"""


def logit(session: Session, call: Call) -> None:
    """Fit a logistic regression. Raises r(2000), r(2001), r(430) where there is no maximum, r(460)."""
    chosen = level(call)
    asked = estimation.request(session, call, "oim")
    positive = asked.y != 0
    if positive.all() or not positive.any():
        raise errors.DoError(2000, _VARIES)
    wanted = estimation.columns(session.data, asked.terms, asked.rows)
    asked, wanted, notes = _without_perfect(session, asked, wanted)
    positive = asked.y != 0
    what = design.build(wanted, estimation.values(session.data, wanted, asked.rows), len(asked.rows), True)
    if len(asked.rows) <= what.matrix.shape[1]:
        raise errors.insufficient_observations()
    try:
        fit = logistic.fit(positive.astype(np.float64), what, asked.vce or "oim", asked.clusters)
    except logistic.NotConverged:
        raise errors.DoError(
            430, "convergence not achieved: outcomes are, or nearly are, predicted perfectly"
        ) from None
    except ValueError:
        raise errors.DoError(460, "only one cluster detected") from None
    for note in notes:
        session.out(note)
    for column in what.columns:
        if column.status in ("omitted", "empty") and column.only is None:
            session.out(design.note(column))
    if "nolog" not in call.options:
        session.out(models.iterations(fit.log, asked.robust))
    session.out(models.logistic(fit, asked.robust))
    estimation.show(session, asked, what, fit, ("chi2", "p", "r2_p"), level=chosen, odds="or" in call.options)
    session.e.set("k", len(what.columns))


def _without_perfect(session: Session, asked: Request, wanted: list[Column]) -> tuple[Request, list[Column], list[str]]:
    """Omit variables of which all values but one predict the outcome, with these observations; return what is said.

    Raises r(2000) where a variable predicts all outcomes, r(498) where a level of a factor predicts those it has.
    """
    notes: list[str] = []
    at = 0
    while at < len(wanted):
        column = wanted[at]
        at += 1
        if column.status or not len(asked.rows):
            continue
        values = estimation.matrix(session.data, [column], asked.rows)[:, 0]
        no, yes = values[asked.y == 0], values[asked.y != 0]
        found = _only(no, yes, column.plain) if len(no) and len(yes) else None
        if found is None:
            continue
        value, outcome = found
        kept = values == value
        if column.parts[0].level is not None or len(column.parts) > 1:
            raise errors.DoError(498, f"{column.plain} predicts {outcome} perfectly; leave its observations out")
        dropped = int((~kept).sum())
        notes.append(
            f"\nnote: {column.plain} != {value:g} predicts {outcome} perfectly;\n"
            f"      {column.plain} omitted and {dropped:,} obs not used."
        )
        wanted[at - 1] = replace(column, status="omitted", only=value)
        clusters = None if asked.clusters is None else asked.clusters[kept]
        asked = replace(asked, rows=asked.rows[kept], y=asked.y[kept], clusters=clusters)
        # What was no perfect predictor before can be one among the observations that are left.
        at = 0
    return asked, wanted, notes


def _only(no: Floats, yes: Floats, name: str) -> tuple[float, str] | None:
    """Return the one value whose observations have both outcomes, and the outcome of all others; None without one."""
    if no.max() < yes.min() or yes.max() < no.min():
        sign, at = (">", no.max()) if no.max() < yes.min() else ("<", no.min())
        raise errors.DoError(2000, f"outcome = {name} {sign} {at:g} predicts data perfectly")
    for same, others, outcome in ((no, yes, "success"), (yes, no, "failure")):
        value = float(same.min())
        if value == same.max() and others.min() < others.max() and value in (others.min(), others.max()):
            return value, outcome
    return None
