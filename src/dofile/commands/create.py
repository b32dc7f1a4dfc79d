"""`generate`, `replace`, `egen`."""

from __future__ import annotations

import re
from dataclasses import replace as with_changes
from typing import Any

import numpy as np

from dofile import errors, evaluate, order, statistics, syntax
from dofile.data import Variable, check_name
from dofile.evaluate import Frame
from dofile.expression import Expression, Node
from dofile.session import Session
from dofile.syntax import Call
from dofile.values import (
    MISSING,
    NUMERIC,
    Rows,
    from_nan,
    is_string,
    promoted,
    round_to,
    string_type,
    to_nan,
    wider_string,
)

_PASSES = 60
_EGEN = re.compile(r"\s*(\w+)\s*\((.*)\)\s*", re.DOTALL)


def generate(session: Session, call: Call) -> None:
    """Make a new variable of an expression."""
    text, _, label = call.text.partition(":")
    name, kind = _new(session, text)
    assert call.exp is not None
    data = session.data
    frame = session.frame(call.rows, call.groups)
    found = evaluate.value(call.exp, frame)
    if kind is not None and is_string(kind) != found.text:
        raise errors.type_mismatch()
    if found.text:
        if label:
            raise errors.invalid_syntax("a value label needs a numeric variable")
        variable = _texts(name, kind, _filled(evaluate.column(found, frame.n), frame, ""))
    else:
        values = round_to(evaluate.column(found, frame.n), kind or "float", own=found.fresh)
        variable = Variable(name, kind or "float", _filled(values, frame, MISSING), value_label=label.strip())
    data.add(variable)
    _say_missing(session, variable, "generated")


def _new(session: Session, text: str) -> tuple[str, str | None]:
    name, kind = syntax.new_variable(text)
    check_name(name)
    if name in session.data:
        raise errors.already_defined(name)
    return name, kind


def _filled(values: Any, frame: Frame, rest: Any) -> Any:
    """Return values of the frame's observations as a column; the others have `rest`."""
    if frame.rows is None:
        return values
    column = np.full(frame.data.n, rest, dtype=values.dtype)
    column[frame.rows] = values
    return column


def _texts(name: str, kind: str | None, texts: Any) -> Variable:
    needed = string_type(texts)
    if kind is None or kind == "str":
        kind = needed
    elif kind != "strL" and wider_string(kind, needed) != kind:
        width = int(kind[3:])
        texts = np.array([text.encode()[:width].decode(errors="ignore") for text in texts], dtype=object)
    return Variable(name, kind, texts)


def _say_missing(session: Session, variable: Variable, done: str) -> None:
    if variable.complete:
        return
    count = int(np.count_nonzero(variable.missing()))
    if count:
        session.out(f"({count:,} missing value{'s' * (count != 1)} {done})")


def replace(session: Session, call: Call) -> None:
    """Change a variable's values, widening its storage type where they need it."""
    words = call.text.split()
    if len(words) != 1:
        raise errors.invalid_syntax() if words else errors.varlist_required()
    data = session.data
    old = data[data.resolve(words[0])]
    assert call.exp is not None
    frame = session.frame(call.rows, call.groups)
    conditions = [call.condition.root] if call.condition is not None else []
    if any(_looks_back(node, old.name, data.resolve) for node in (call.exp.root, *conditions)):
        values, rows = _in_turn(session, call, old)
    else:
        values, rows = evaluate.values(call.exp, frame, text=old.is_string), call.rows
    whole = len(rows) == data.n
    if old.is_string:
        kind = wider_string(old.type, string_type(values))
        kind = old.type if "nopromote" in call.options else kind
        values = _texts(old.name, kind, values).data
    else:
        kind = old.type if "nopromote" in call.options else promoted(values, old.type)
        values = round_to(values, kind)
    before = old.data if whole else old.data[rows]
    differ = np.asarray(values != before, dtype=bool)
    changes = int(np.count_nonzero(differ))
    if kind != old.type and changes:
        session.out(f"variable {old.name} was {old.type} now {kind}")
    elif not changes:
        kind = old.type
    if changes:
        column = values
        if not whole:
            column = old.data.copy()
            column[rows] = values
        missing = np.asarray(values == "" if old.is_string else values >= MISSING, dtype=bool)
        emptied = int(np.count_nonzero(differ & missing))
        data.put(old.but(type=kind, data=column, format=_wider_format(old.format, kind)))
    else:
        emptied = 0
    tail = f", {emptied:,} to missing" if emptied else ""
    session.out(f"({changes:,} real change{'s' * (changes != 1)} made{tail})")


def _wider_format(format: str, kind: str) -> str:
    """Return a text format that is as wide as its variable has become; others stay."""
    found = re.fullmatch(r"%(-?)(\d+)s", format)
    if not found or kind == "strL" or int(found[2]) >= int(kind[3:]):
        return format
    return f"%{found[1]}{kind[3:]}s"


def _looks_back(node: Node, name: str, resolve: Any) -> bool:
    """Say whether an expression has the variable's values in other observations."""
    return any(below.kind == "subscript" and resolve(below.value) == name for below in node.walk())


def _in_turn(session: Session, call: Call, old: Variable) -> tuple[Any, Rows]:
    """Return (values, observations) where each observation sees the changes in those before it.

    All are computed at once, again and again, until nothing changes: as often as a chain of changes is long. Chains
    that are longer than that are followed one observation at a time.
    """
    assert call.exp is not None
    data = session.data
    rows = order.every(data.n)
    if call.range is not None:
        rows = rows[syntax.positions(call.range, data.n)]

    def column(current: Any, at: Rows) -> tuple[Any, Any]:
        """Return (chosen, values) of these observations, in the light of the changes so far."""
        seen = data.copy()
        seen.put(old.but(type="strL" if old.is_string else "double", data=current))
        frame = with_changes(session.frame(at, call.groups), data=seen, rows=at)
        chosen = np.ones(len(at), bool) if call.condition is None else evaluate.truth(call.condition, frame)
        assert call.exp is not None
        found = evaluate.values(call.exp, frame, text=old.is_string)
        return chosen, found if old.is_string else round_to(found, promoted(found, old.type))

    if _only_earlier(call.exp, call.condition, old.name, data.resolve):
        current = old.data
        for _ in range(_PASSES):
            chosen, values = column(current, rows)
            new = old.data.copy()
            new[rows[chosen]] = values[chosen]
            if bool((new == current).all()):
                return values[chosen], rows[chosen]
            current = new
    if any(node.kind == "call" and node.value == "sum" for node in call.exp.root.walk()):
        raise errors.invalid_syntax("sum() beside a variable's own other values is not in the subset")
    current = old.data.copy()
    changed = []
    for row in rows:
        chosen, values = column(current, np.array([row]))
        if chosen[0]:
            current[row] = values[0]
            changed.append(row)
    at = np.array(changed, dtype=np.int64)
    return current[at], at


def _only_earlier(exp: Expression, condition: Expression | None, name: str, resolve: Any) -> bool:
    """Say whether the variable's other values are those of `_n` less a number, which come earlier."""
    roots = [exp.root] if condition is None else [exp.root, condition.root]
    return all(
        below.below[0].kind == "subtract"
        and below.below[0].below[0] == Node("name", "_n")
        and below.below[0].below[1].kind == "number"
        and float(below.below[0].below[1].value) > 0
        for root in roots
        for below in root.walk()
        if below.kind == "subscript" and resolve(below.value) == name
    )


def egen(session: Session, call: Call) -> None:
    """Make a new variable of a statistic, within the groups of `by`."""
    name, kind = _new(session, call.text)
    if kind is not None and kind not in NUMERIC:
        raise errors.type_mismatch()
    assert call.exp is not None
    root = call.exp.root
    found = _EGEN.fullmatch(call.exp.text)
    if root.kind != "call" or not found:
        raise errors.invalid_syntax()
    if root.value not in statistics.EGEN:
        raise errors.unknown_function(f"egen {root.value}")
    if len(root.below) != 1:
        raise errors.invalid_syntax()
    if call.by and "by" in call.options:
        raise errors.option_not_allowed("by()")
    data = session.data
    frame = session.frame(call.rows, call.groups)
    values = to_nan(evaluate.values(Expression(found[2], root.below[0]), frame))
    codes, count = order.codes(data, call.by or call.options.get("by", ()), call.rows)
    result = statistics.by_group(str(root.value), values, codes, count)[codes]
    variable = Variable(name, kind or "float", _filled(round_to(from_nan(result), kind or "float"), frame, MISSING))
    data.add(variable)
    _say_missing(session, variable, "generated")
