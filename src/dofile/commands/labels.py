"""`label`: data, variables, values."""

from __future__ import annotations

import re

from dofile import errors
from dofile.data import NAME
from dofile.errors import DoError
from dofile.format import fmt
from dofile.session import Session
from dofile.syntax import Call, unquoted
from dofile.values import EXTENDED, MISSING, missing_name

_PAIR = re.compile(r"""\s*(-?\d+|\.[a-z]|\S+?)\s+(?:`"(.*?)"'|"([^"]*)"|(\S+))""")
_ACTIONS = {"data": 2, "variable": 3, "define": 2, "values": 3, "list": 1}


def label(session: Session, call: Call) -> None:
    """Label the data, a variable or values."""
    word, _, rest = call.text.partition(" ")
    action = next((name for name, least in _ACTIONS.items() if len(word) >= least and name.startswith(word)), None)
    if action is None:
        raise errors.invalid_syntax()
    if call.options and action != "define":
        raise errors.option_not_allowed(next(iter(call.options)))
    _RUN[action](session, call, rest.strip())


def _data(session: Session, call: Call, rest: str) -> None:
    session.data.label = unquoted(rest)[:80]


def _variable(session: Session, call: Call, rest: str) -> None:
    name, _, text = rest.partition(" ")
    if not name:
        raise errors.varlist_required()
    if text and unquoted(text) == text.strip():
        raise errors.invalid_syntax()
    data = session.data
    data.put(data[data.resolve(name)].but(label=unquoted(text)[:80]))


def _define(session: Session, call: Call, rest: str) -> None:
    name, _, text = rest.partition(" ")
    if not NAME.fullmatch(name):
        raise errors.invalid_name(name)
    pairs: dict[float, str] = {}
    place = 0
    while text[place:].strip():
        found = _PAIR.match(text, place)
        if not found:
            raise errors.invalid_syntax()
        pairs[_number(found[1])] = found[2] or found[3] or found[4] or ""
        place = found.end()
    if not pairs:
        raise errors.invalid_syntax()
    labels = session.data.value_labels
    old = labels.get(name)
    ways = set(call.options)
    if len(ways) > 1:
        raise errors.invalid_syntax("only one of add, modify and replace allowed")
    if old is not None and not ways:
        raise DoError(110, f"label {name} already defined")
    if "add" in ways and old is not None:
        for value in pairs:
            if value in old:
                raise DoError(180, f"invalid attempt to modify label: {_value(value)} is in {name}")
    kept = {} if old is None or "replace" in ways else old
    labels[name] = dict(sorted((value, text) for value, text in {**kept, **pairs}.items() if text))
    session.data.changed = True


def _number(word: str) -> float:
    if word in EXTENDED and word != ".":
        return EXTENDED[word]
    if not re.fullmatch(r"-?\d+", word):
        raise DoError(198, f"{word} invalid: labels are for whole numbers and .a to .z")
    return float(word)


def _values(session: Session, call: Call, rest: str) -> None:
    words = rest.split()
    if not words:
        raise errors.varlist_required()
    label = words.pop() if len(words) > 1 else "."
    label = "" if label == "." else label
    if label and not NAME.fullmatch(label):
        raise errors.invalid_name(label)
    data = session.data
    names = data.varlist(" ".join(words))
    for name in names:
        if data[name].is_string:
            raise DoError(181, "may not label strings")
    for name in names:
        data.put(data[name].but(value_label=label))


def _list(session: Session, call: Call, rest: str) -> None:
    labels = session.data.value_labels
    for name in rest.split() or list(labels):
        if name not in labels:
            raise errors.value_label_not_found(name)
        lines = [f"{_value(value):>12} {text}" for value, text in sorted(labels[name].items())]
        session.out("\n".join([f"{name}:", *lines]))


def _value(value: float) -> str:
    return missing_name(value) if value >= MISSING else fmt(value, "%12.0g").strip()


_RUN = {
    "data": _data,
    "variable": _variable,
    "define": _define,
    "values": _values,
    "list": _list,
}
