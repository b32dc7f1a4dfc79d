"""The texts that macros get: of an expression, and of the extended functions behind a colon."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from dofile import errors, evaluate, expression
from dofile.format import general
from dofile.values import MISSING, missing_name

if TYPE_CHECKING:
    from dofile.session import Session

_WORDS = re.compile(r"""`"(?P<compound>.*?)"'|"(?P<quoted>[^"]*)"|(?P<plain>\S+)""")


def words(text: str) -> list[str]:
    """Split a text into words; what is quoted is one."""
    return [found["compound"] or found["quoted"] or found["plain"] or "" for found in _WORDS.finditer(text)]


def number_text(number: float) -> str:
    """Return a number as macros hold it: as `%18.0g` shows it."""
    return missing_name(number) if number >= MISSING else general(number, 18)


def macro_text(session: Session, text: str) -> str:
    """Return the value of an expression as a macro holds it. Raises DoError."""
    value = evaluate.scalar(expression.parse(text), session.frame())
    return value if isinstance(value, str) else number_text(value)


def extended(session: Session, text: str) -> str:
    """Return the value of an extended macro function. Raises r(198) for those that are not in the subset."""
    for pattern, function in _EXTENDED.items():
        if found := re.fullmatch(pattern, text, re.DOTALL):
            return function(session, found)
    raise errors.invalid_syntax(f"macro function not in the subset: {text}")


def _word(session: Session, found: re.Match[str]) -> str:
    split = words(found[2])
    return split[int(found[1]) - 1] if 0 < int(found[1]) <= len(split) else ""


def _property(session: Session, found: re.Match[str]) -> str:
    variable = session.data[session.data.resolve(found[2])]
    properties = {"type": variable.type, "format": variable.format, "var": variable.label, "val": variable.value_label}
    return properties.get(found[1], "") or properties.get(found[1][:3], "")


def _label(session: Session, found: re.Match[str]) -> str:
    """Return the text for a value: of a value label, or, where its name is in parentheses, of a variable's."""
    data = session.data
    name = data[data.resolve(found[2])].value_label if found[1] else found[2]
    number = evaluate.scalar(expression.parse(found[3]), session.frame())
    return data.value_labels.get(name, {}).get(float(number), found[3])


_EXTENDED: dict[str, Callable[[Session, re.Match[str]], str]] = {
    r"word\s+count\s*(.*)": lambda session, found: str(len(words(found[1]))),
    r"word\s+(\d+)\s+of\s+(.*)": _word,
    r"(var(?:iable)?\s+lab(?:el)?|val(?:ue)?\s+lab(?:el)?|type|format)\s+(\w+)": _property,
    r"lab(?:el)?\s+(\(?)(\w+)\)?\s+(-?\d+|\.[a-z]?)": _label,
    r"data\s+label": lambda session, found: session.data.label,
}
