"""`collapse`."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from dofile import errors, order, statistics
from dofile.data import Dataset, Variable, check_name
from dofile.session import Session
from dofile.syntax import Call
from dofile.values import Rows, from_nan, round_to, to_nan

_PIECE = re.compile(r"\s*(?:\((?P<statistic>\w+)\)|(?:(?P<new>\w+)\s*=\s*)?(?P<name>[^\s=()]+))")
_SAME_KIND = ("min", "max")


@dataclass(frozen=True)
class Target:
    """A variable of the result: its name, of which variable, and which statistic."""

    name: str
    source: str
    statistic: str


def collapse(session: Session, call: Call) -> None:
    """Make a dataset of statistics, one observation for each group."""
    data = session.data
    by = list(dict.fromkeys(call.options.get("by", ())))
    targets = _targets(data, call.text)
    names = [*by, *(target.name for target in targets)]
    if doubled := next((name for name in names if names.count(name) > 1), None):
        raise errors.invalid_syntax(f"name conflict: {doubled} stands for more than one variable of the result")
    for target in targets:
        if data[target.source].is_string:
            raise errors.type_mismatch()
    rows = call.rows
    if not len(rows):
        raise errors.no_observations()
    codes, count = order.codes(data, by, rows)
    result = Dataset(n=count, label=data.label, value_labels=dict(data.value_labels), changed=True)
    where = np.empty(count, dtype=np.int64)
    where[codes[::-1]] = rows[::-1]
    for name in (name for name in data.names if name in by):
        result.variables[name] = data[name].but(data=data[name].data[where])
    for target in targets:
        result.variables[target.name] = _variable(data, target, rows, codes, count)
    result.sorted_by = tuple(by)
    session.data = result


def _targets(data: Dataset, text: str) -> list[Target]:
    statistic = "mean"
    found: list[Target] = []
    place = 0
    while text[place:].strip():
        piece = _PIECE.match(text, place)
        if not piece:
            raise errors.invalid_syntax()
        place = piece.end()
        if piece["statistic"]:
            statistic = {"p": "mean", "med": "median"}.get(piece["statistic"], piece["statistic"])
            if not statistics.known(statistic):
                raise errors.invalid_syntax(f"({statistic}): not a statistic of the subset")
        elif piece["new"]:
            found.append(Target(check_name(piece["new"]), data.resolve(piece["name"]), statistic))
        else:
            found += [Target(name, name, statistic) for name in data.varlist(piece["name"])]
    if not found:
        raise errors.varlist_required()
    return found


def _variable(data: Dataset, target: Target, rows: Rows, codes: Rows, count: int) -> Variable:
    source = data[target.source]
    label = f"({'p 50' if target.statistic == 'median' else target.statistic}) {target.source}"
    picked = source.data if len(rows) == data.n else source.data[rows]
    values = statistics.by_group(target.statistic, picked if source.complete else to_nan(picked), codes, count)
    if target.statistic in _SAME_KIND:
        kind = source.type
    elif target.statistic == "count":
        kind = "long"
    elif target.statistic == "sum":
        kind = "double"
    else:
        kind = "double" if source.type in ("long", "double") else "float"
    form = "%8.0g" if target.statistic == "count" else source.format
    value_label = source.value_label if target.statistic in _SAME_KIND else ""
    return Variable(target.name, kind, round_to(from_nan(values), kind), form, label, value_label)
