"""`foreach` and `forvalues`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from dofile import errors
from dofile.extended import number_text, words
from dofile.source import Statement

if TYPE_CHECKING:
    from dofile.session import Session

_FOREACH = re.compile(r"foreach\s+(?P<name>\w+)\s+(?:in\s(?P<words>.*)|of\s+(?P<kind>\w+)\s+(?P<list>.*))", re.DOTALL)
_FORVALUES = re.compile(r"forv\w*\s+(?P<name>\w+)\s*=\s*(?P<range>.+)")
_NUMBER = r"\s*(-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*"
_STEPS = (re.compile(rf"{_NUMBER}\({_NUMBER}\){_NUMBER}"), re.compile(rf"{_NUMBER}/{_NUMBER}"))


def run(session: Session, statement: Statement, word: str, body: Callable[[], None]) -> None:
    """Run a loop's body for each of its values. Raises r(198) where the loop is not one that the engine has."""
    text = session.macros.expand(statement.text).strip()
    name, values = _foreach(session, text) if word == "foreach" else _forvalues(text)
    for value in values:
        session.macros.local[name] = value
        body()
    session.macros.local.pop(name, None)


def _foreach(session: Session, text: str) -> tuple[str, list[str]]:
    found = _FOREACH.fullmatch(text)
    if not found:
        raise errors.invalid_syntax()
    if found["words"] is not None:
        return found["name"], words(found["words"])
    kind, rest = found["kind"], found["list"].strip()
    if kind in ("local", "loc", "loca"):
        return found["name"], words(session.macros.expand(session.macros.local.get(rest, "")))
    if kind in ("global", "glo", "glob", "globa"):
        return found["name"], words(session.macros.expand(session.macros.globals.get(rest, "")))
    if kind in ("varlist", "var", "varl", "varli", "varlis"):
        return found["name"], session.data.varlist(rest)
    if kind in ("numlist", "num", "numl", "numli", "numlis"):
        return found["name"], [number_text(number) for number in numlist(rest)]
    raise errors.invalid_syntax()


def _forvalues(text: str) -> tuple[str, Iterator[str]]:
    found = _FORVALUES.fullmatch(text)
    numbers = found and _range(found["range"])
    if not found or numbers is None:
        raise errors.invalid_syntax()
    return found["name"], (number_text(number) for number in numbers)


def _range(text: str) -> list[float] | None:
    """Return the numbers of `#/#` or `#(#)#`, or None where it is neither."""
    if found := _STEPS[0].fullmatch(text):
        first, step, last = (float(number) for number in found.groups())
    elif found := _STEPS[1].fullmatch(text):
        first, last = (float(number) for number in found.groups())
        step = 1.0
    else:
        return None
    if not step:
        return None
    count = int(np.floor((last - first) / step + 1e-9)) + 1
    return [first + step * place for place in range(max(count, 0))]


def numlist(text: str) -> list[float]:
    """Return the numbers of a list: numbers, and ranges `#/#` and `#(#)#`. Raises r(121)."""
    found: list[float] = []
    for word in re.sub(r"\s*([/()])\s*", r"\1", text).split():
        numbers = [float(word)] if re.fullmatch(_NUMBER, word) else _range(word)
        if numbers is None:
            raise errors.DoError(121, "invalid numlist")
        found += numbers
    return found
