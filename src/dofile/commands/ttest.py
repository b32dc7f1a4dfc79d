"""`ttest`."""

from __future__ import annotations

import re

import numpy as np

from dofile import errors
from dofile.commands.sample import complete, level, numbers, taken
from dofile.data import Variable
from dofile.layout import ttest as layout
from dofile.session import Session
from dofile.stats import ttest as stats
from dofile.stats.ttest import TTest
from dofile.syntax import Call


def ttest(session: Session, call: Call) -> None:
    """Compare a mean with a number, two variables, or two groups. Raises r(420) where there are not two groups."""
    left, *right = re.split(r"==?", call.text, maxsplit=1)
    if not left.strip():
        raise errors.varlist_required()
    variable = _numeric(session, left)
    kind = "unequal" if "unequal" in call.options else "equal"
    if bool(right) == ("by" in call.options):
        raise errors.option_not_allowed("by()") if right else errors.option_required("by")
    if right and kind != "equal":
        raise errors.option_not_allowed(kind)
    if not right:
        result = _by_groups(session, call, variable, kind)
    elif re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", right[0].strip(), re.IGNORECASE):
        values = numbers(variable, call.rows)
        if not len(values):
            raise errors.no_observations()
        result = stats.one_sample(variable.name, values, float(right[0]), level(call))
    else:
        result = _paired(session, call, variable, _numeric(session, right[0]))
    session.out(layout.table(result, groups=not right))
    _keep(session, result)


def _numeric(session: Session, word: str) -> Variable:
    names = session.data.varlist(word)
    if len(names) != 1:
        raise errors.too_many_variables()
    if session.data[names[0]].is_string:
        raise errors.string_not_allowed(names[0])
    return session.data[names[0]]


def _paired(session: Session, call: Call, one: Variable, other: Variable) -> TTest:
    names = (one.name, other.name)
    rows = complete(session.data, names, call.rows)
    if not len(rows):
        raise errors.no_observations()
    return stats.paired(names, taken(one, rows), taken(other, rows), level(call))


def _by_groups(session: Session, call: Call, variable: Variable, kind: str) -> TTest:
    by = session.data[call.options["by"]]
    rows = complete(session.data, (variable.name, by.name), call.rows)
    if not len(rows):
        raise errors.no_observations()
    groups = taken(by, rows)
    found = np.unique(groups).tolist()
    if len(found) == 1:
        raise errors.DoError(420, "1 group found, 2 required")
    if len(found) > 2:
        raise errors.DoError(420, "more than 2 groups found, only 2 allowed")
    values = taken(variable, rows)
    first, second = (session.data.shown(by.name, value) for value in found)
    return stats.two_sample((first, second), values[groups == found[0]], values[groups == found[1]], level(call), kind)


def _keep(session: Session, test: TTest) -> None:
    results = session.r
    results.clear()
    for number, line in enumerate(test.lines[:2], 1):
        results.set(f"N_{number}", line.n)
        results.set(f"mu_{number}", line.mean)
        results.set(f"sd_{number}", line.sd)
    if len(test.lines) == 3:
        results.set("sd", test.lines[2].sd)
    results.set("se", (test.difference or test.lines[0]).se)
    for name, value in (("t", test.t), ("df_t", test.df), ("p", test.both), ("p_l", test.lower), ("p_u", test.upper)):
        results.set(name, value)
    results.set("level", test.level)
