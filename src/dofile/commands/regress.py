"""`regress`."""

from __future__ import annotations

from dofile import errors
from dofile.commands import estimation
from dofile.commands.sample import level
from dofile.layout import models
from dofile.session import Session
from dofile.stats import design, linear
from dofile.syntax import Call


def regress(session: Session, call: Call) -> None:
    """Fit a linear regression. Raises r(2000), r(2001), r(460) with fewer than two clusters."""
    chosen = level(call)
    constant = "noconstant" not in call.options
    asked = estimation.request(session, call, "ols")
    wanted = estimation.columns(session.data, asked.terms, asked.rows)
    what = design.build(wanted, estimation.values(session.data, wanted, asked.rows), len(asked.rows), constant)
    if not constant and not what.matrix.shape[1]:
        raise errors.varlist_required()
    if len(asked.rows) < 2 or len(asked.rows) < what.matrix.shape[1]:
        raise errors.insufficient_observations()
    try:
        fit = linear.fit(asked.y, what, asked.vce or "ols", asked.clusters)
    except ValueError:
        raise errors.DoError(460, "only one cluster detected") from None
    for column in what.columns:
        if column.status in ("omitted", "empty"):
            session.out(design.note(column))
    session.out(models.linear(fit) if asked.robust else models.variance(fit))
    estimation.show(session, asked, what, fit, ("mss", "rss", "r2", "r2_a", "rmse"), level=chosen)
    session.e.set("F", fit.f)
