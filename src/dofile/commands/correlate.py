"""`correlate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dofile import errors
from dofile.commands.sample import complete, taken
from dofile.layout import correlation as layout
from dofile.stats import correlation

if TYPE_CHECKING:
    from dofile.session import Session
    from dofile.syntax import Call


def correlate(session: Session, call: Call) -> None:
    """Show correlations over the observations that have all variables. Raises r(2000), r(2001), r(109)."""
    data, names = session.data, call.names
    for name in names:
        if data[name].is_string:
            raise errors.string_not_allowed(name)
    rows = complete(data, names, call.rows)
    if not len(rows):
        raise errors.no_observations()
    if len(rows) < 2:
        raise errors.insufficient_observations()
    matrix = correlation.correlate(np.column_stack([taken(data[name], rows) for name in names]))
    session.out(layout.matrix(len(rows), names, matrix))
    session.r.clear()
    session.r.set("N", len(rows))
    if len(names) > 1:
        session.r.set("rho", float(matrix[1, 0]))
    session.r.matrix("C", matrix, names, names)
