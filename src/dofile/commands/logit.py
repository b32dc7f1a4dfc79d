"""`logit`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from dofile import errors
from dofile.commands import estimation
from dofile.commands.sample import level
from dofile.layout import coefficients, models
from dofile.stats import design, logistic

if TYPE_CHECKING:
    from dofile.session import Session
    from dofile.stats.design import Design
    from dofile.syntax import Call
    from dofile.values import Bools

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
    what = design.build(wanted, estimation.values(session.data, wanted, asked.rows), len(asked.rows), True)
    _refuse_perfect(what, positive)
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
    for column in what.columns:
        if column.status in ("omitted", "empty"):
            session.out(design.note(column))
    if "nolog" not in call.options:
        session.out(models.iterations(fit.log, asked.robust))
    session.out(models.logistic(fit, asked.robust))
    model = estimation.keep(session, "logit", asked, what, fit)
    shown = coefficients.Table(
        *(asked.depvar, what.columns, model.b, model.V, None, chosen),
        robust=asked.robust,
        clusters=(fit.clusters, asked.cluster) if fit.clusters and asked.cluster else None,
        odds="or" in call.options,
    )
    session.out(coefficients.table(shown, partial(estimation.level_text, session)))
    for name in ("chi2", "p", "r2_p"):
        session.e.set(name, getattr(fit, name))
    session.e.set("k", len(what.columns))
    session.r.set("level", chosen)


def _refuse_perfect(what: Design, positive: Bools) -> None:
    """Refuse regressors that predict outcomes perfectly, by themselves: above, below or off one of their values."""
    estimated = [what.columns[i] for i in what.estimated]
    for column, values in zip(estimated, what.matrix.T, strict=True):
        if not column.parts:
            continue
        no, yes = values[~positive], values[positive]
        if no.max() < yes.min() or yes.max() < no.min():
            sign, at = (">", no.max()) if no.max() < yes.min() else ("<", no.min())
            raise errors.DoError(2000, f"outcome = {column.plain} {sign} {at:g} predicts data perfectly")
        for few, others, what_is in ((no, yes, "success"), (yes, no, "failure")):
            value = few.min()
            if value == few.max() and value in (others.min(), others.max()):
                raise errors.DoError(
                    498, f"{column.plain} != {value:g} predicts {what_is} perfectly; leave it and its observations out"
                )
