"""`merge`: 1:1, m:1 and 1:m."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from dofile import errors, order
from dofile.commands.combine import check, nothing, take_labels, widened
from dofile.commands.files import load
from dofile.commands.rows import not_unique
from dofile.data import Dataset, Variable
from dofile.errors import DoError
from dofile.session import Session
from dofile.syntax import Call
from dofile.values import MISSING, Floats, Rows, wider_string

_RESULTS = {
    **dict.fromkeys(("1", "master", "masters", "mas", "mast", "maste"), 1),
    **dict.fromkeys(("2", "using", "us", "usi", "usin"), 2),
    **dict.fromkeys(("3", "match", "matches", "matched", "mat", "matc"), 3),
}
_LABELS = {
    1.0: "Master only (1)",
    2.0: "Using only (2)",
    3.0: "Matched (3)",
    4.0: "Missing updated (4)",
    5.0: "Nonmissing conflict (5)",
}


def merge(session: Session, call: Call) -> None:
    """Match observations with those of a file, by the values of key variables."""
    data = session.data
    options = call.options
    (one, other), keys = _keys(data, call.text)
    name = None if "nogenerate" in options else "_merge"
    if name in data.variables:
        raise errors.already_defined("_merge")
    using = load(session, str(call.using))
    if missing := next((key for key in keys if key not in using), None):
        raise DoError(111, f"variable {missing} not found in the using data")
    others = [each for each in using.names if each not in keys]
    if "keepusing" in options:
        others = [each for each in using.varlist(options["keepusing"]) if each not in keys]
    check(data, using, [*keys, *(each for each in others if each in data)])
    wanted = _results(options.get("keep"))
    mine, theirs = _codes(data, using, keys)
    for codes, side, many in ((mine, "master", one), (theirs, "using", other)):
        if many == "1" and len(np.unique(codes)) < len(codes):
            raise DoError(459, f"{not_unique(keys)} observations in the {side} data")
    left, right, results = _matched(mine, theirs)
    take_labels(session, using, [*keys, *others])
    merged = _joined(session, using, (keys, others), (left, right))
    if wanted is not None:
        kept = np.isin(results, wanted)
        merged.take(kept)
        results = results[kept]
    merged.sorted_by = tuple(keys) if not (results == 2).any() else ()
    if name is not None:
        merged.value_labels["_merge"] = _LABELS
        merged.put(Variable(name, "byte", results, "%23.0g", "Matching result from merge", "_merge"))
    session.data = merged
    session.out(table(results, name))


def _keys(data: Dataset, text: str) -> tuple[tuple[str, str], list[str]]:
    """Return ((1 or m of the data, of the file), the key variables)."""
    found = re.fullmatch(r"(1|m)\s*:\s*(1|m)\s+(.*)", text)
    if not found:
        raise errors.invalid_syntax()
    if (found[1], found[2]) == ("m", "m") or found[3].strip() == "_n":
        raise DoError(198, f"merge {text}: not in the subset")
    keys = list(dict.fromkeys(data.varlist(found[3])))
    return (found[1], found[2]), keys


def _results(text: str | None) -> list[int] | None:
    if text is None:
        return None
    words = text.split()
    if not words or not all(word in _RESULTS for word in words):
        raise errors.option_invalid("keep")
    return [_RESULTS[word] for word in words]


def _codes(data: Dataset, using: Dataset, keys: list[str]) -> tuple[Rows, Rows]:
    """Return for each observation of both sides the number of its keys' values, in their order."""
    stacked = Dataset(n=data.n + using.n)
    for key in keys:
        mine, theirs = data[key], using[key]
        kind = wider_string(mine.type, theirs.type) if mine.is_string else "double"
        stacked.variables[key] = Variable(key, kind, np.concatenate([mine.data, theirs.data]))
    codes, _ = order.codes(stacked, keys)
    return codes[: data.n], codes[data.n :]


def _matched(mine: Rows, theirs: Rows) -> tuple[Rows, Rows, Floats]:
    """Return (observation of the data, observation of the file, result) of each merged observation; -1 for none.

    Those of the data come first, in the order of the keys, then those that only the file has.
    """
    left = np.argsort(mine, kind="stable")
    sorted_theirs = np.argsort(theirs, kind="stable")
    there = theirs[sorted_theirs]
    first = np.searchsorted(there, mine[left], "left")
    count = np.searchsorted(there, mine[left], "right") - first
    times = np.maximum(count, 1)
    left = np.repeat(left, times)
    step = np.arange(len(left)) - np.repeat(np.cumsum(times) - times, times)
    matched = np.repeat(count > 0, times)
    place = np.where(matched, np.repeat(first, times) + step, 0)
    right = np.where(matched, sorted_theirs[place] if len(sorted_theirs) else -1, -1)
    only = sorted_theirs[~np.isin(there, mine)]
    return (
        np.concatenate([left, np.full(len(only), -1)]).astype(np.int64),
        np.concatenate([right, only]).astype(np.int64),
        np.concatenate([np.where(matched, 3.0, 1.0), np.full(len(only), 2.0)]),
    )


def _joined(session: Session, using: Dataset, names: tuple[list[str], list[str]], rows: tuple[Rows, Rows]) -> Dataset:
    """Return the merged data; where both sides have a variable, the data's own values stay."""
    data = session.data
    keys, others = names
    left, right = rows
    merged = Dataset(n=len(left), label=data.label, value_labels=data.value_labels, filename=data.filename)
    merged.stamp, merged.changed = data.stamp, True
    for variable in data.variables.values():
        values = _at(variable, left)
        kind = variable.type
        if variable.name in keys or variable.name in others:
            theirs = using[variable.name]
            kind = widened(session, variable, theirs)
            values = np.where(left < 0, _at(theirs, right), values)
        merged.variables[variable.name] = variable.but(data=values, type=kind)
    for name in others:
        if name not in data:
            merged.variables[name] = using[name].but(data=_at(using[name], right))
    if data.sample is not None:
        merged.sample = np.where(left < 0, False, data.sample[left]) if data.n else None
    return merged


def _at(variable: Variable, rows: Rows) -> Any:
    """Return a variable's values of these observations; missing ones for -1."""
    if not variable.data.size:
        return nothing(variable, len(rows))
    return np.where(rows < 0, "" if variable.is_string else MISSING, variable.data[rows])


def table(results: Floats, name: str | None) -> str:
    """Return the table of results."""
    master, using, both = (int(np.count_nonzero(results == result)) for result in (1, 2, 3))
    mark = "(_merge=={})" if name else ""
    rule = "    " + "-" * 41
    lines = ["", "    Result                      Number of obs", rule, f"    {'Not matched':<20}{master + using:>21,}"]
    if master + using:
        lines += [
            f"        {'from master':<16}{master:>21,}  {mark.format(1)}",
            f"        {'from using':<16}{using:>21,}  {mark.format(2)}",
            "",
        ]
    lines += [f"    {'Matched':<20}{both:>21,}  {mark.format(3)}", rule]
    return "\n".join(lines)
