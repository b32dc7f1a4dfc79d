"""`tabulate`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from dofile import errors
from dofile.commands.sample import complete, taken
from dofile.layout import tabulate as layout
from dofile.session import Session
from dofile.stats import crosstab
from dofile.syntax import Call

MOST = 12_000
MOST_TWO_WAY = (1_200, 80)


def tabulate(session: Session, call: Call) -> None:
    """Show frequencies, one-way or two-way. Raises r(134) where a variable has too many values."""
    data, options = session.data, call.options
    rows = call.rows if "missing" in options else complete(data, call.names, call.rows)
    if len(call.names) == 1:
        for name in ("chi2", "row", "column", "cell", "nofreq"):
            if name in options:
                raise errors.option_not_allowed(name)
    columns = [taken(data[name], rows) for name in call.names]
    session.r.clear()
    session.r.set("N", len(rows))
    if not len(rows):
        session.r.set("r", 0)
        if len(call.names) == 2:
            session.r.set("c", 0)
        session.out("no observations")
        return
    texts = partial(_texts, session, call)
    if len(call.names) == 1:
        one = crosstab.one_way(columns[0])
        if len(one.values) > MOST:
            raise errors.DoError(134, "too many values")
        session.out(layout.one_way(data[call.names[0]].label or call.names[0], texts(0, one.values), one))
        session.r.set("r", len(one.values))
        return
    table = crosstab.two_way(columns[0], columns[1])
    if any(size > most for size, most in zip(table.counts.shape, MOST_TWO_WAY, strict=True)):
        raise errors.DoError(134, "too many values")
    shown = [name for name in layout.NAMES if name in options or (name == "freq" and "nofreq" not in options)]
    if shown:
        first, second = (data[name].label or name for name in call.names)
        labels = (texts(0, table.rows), texts(1, table.columns))
        session.out(layout.two_way((first, second), labels, table, shown))
    session.r.set("r", len(table.rows))
    session.r.set("c", len(table.columns))
    if "chi2" in options:
        test = crosstab.chi_squared(table)
        session.out(layout.chi_squared(test))
        session.r.set("chi2", test.statistic)
        session.r.set("p", test.p)


def _texts(session: Session, call: Call, at: int, values: Sequence[float | str]) -> list[str]:
    labels = "nolabel" not in call.options
    return [session.data.shown(call.names[at], value, labels=labels) for value in values]
