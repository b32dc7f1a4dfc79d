"""`describe`."""

from __future__ import annotations

import textwrap

from dofile.data import Dataset, Variable
from dofile.layout.text import abbrev
from dofile.session import Session
from dofile.syntax import Call

_WIDTHS = {"byte": 1, "int": 2, "long": 4, "float": 4, "double": 8, "strL": 8}
_RULE = "-" * 79


def describe(session: Session, call: Call) -> None:
    """Show what the data holds: its variables, with their types, formats and labels."""
    data = session.data
    lines: list[str] = []
    if not call.varlist:
        lines += _heading(data)
    lines += _columns(bool(call.varlist))
    lines += [line for name in call.names or data.names for line in _row(data[name])]
    if not call.varlist and data.variables:
        lines.append(_RULE)
    if not call.varlist:
        lines.append(f"Sorted by: {'  '.join(data.sorted_by)}".rstrip() if data.sorted_by else "Sorted by: ")
        if data.changed and data.variables:
            lines.append("     Note: Dataset has changed since last saved.")
    session.r.clear()
    for name, number in (("N", data.n), ("k", len(data.variables)), ("changed", int(data.changed))):
        session.r.set(name, number)
    session.r.set("width", sum(_WIDTHS.get(each.type) or int(each.type[3:]) for each in data.variables.values()))
    session.out("\n".join(lines))


def _heading(data: Dataset) -> list[str]:
    first = f"Contains data from {data.filename}" if data.filename else "Contains data"
    return [
        *("", first),
        f"{' Observations:':<14}{data.n:>14,}{'':18}{data.label}".rstrip(),
        f"{'    Variables:':<14}{len(data.variables):>14,}{'':18}{data.stamp if data.filename else ''}".rstrip(),
    ]


def _columns(some: bool) -> list[str]:
    rule = [] if some else [_RULE]
    return [
        *([""] if some else rule),
        "Variable      Storage   Display    Value",
        "    name         type    format    label      Variable label",
        _RULE,
    ]


def _row(variable: Variable) -> list[str]:
    label = textwrap.wrap(variable.label, 33) or [""]
    name, value_label = abbrev(variable.name, 15), abbrev(variable.value_label, 10)
    head = f"{name:<16}{variable.type:<8}{variable.format:<11}{value_label:<11}"
    return [f"{head}{label[0]}".rstrip(), *(f"{'':46}{line}" for line in label[1:])]
