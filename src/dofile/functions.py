"""The functions that expressions may call: another allow-list."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from dofile.format import fmt
from dofile.values import MISSING, from_nan


@dataclass(frozen=True)
class Function:
    """A function. `kind`: "number" gets numbers with NaN for missing values; the others get missing values coded:
    "text" what `takes` says (s or n), "any" arguments of one kind, after the first `free` ones.
    """

    help: str
    apply: Callable[..., Any]
    least: int = 1
    most: int = 1
    kind: str = "number"
    takes: str = ""
    free: int = 0


def _round(number: Any, unit: Any = 1.0) -> Any:
    return np.where(np.equal(unit, 0), number, np.floor(number / unit + 0.5) * unit)


def _reldif(one: Any, other: Any) -> Any:
    return np.where(np.isnan(one) & np.isnan(other), 0.0, np.abs(one - other) / (np.abs(other) + 1))


def _extreme(choose: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    """Return the largest or smallest of the numbers that are not missing."""

    def apply(*arguments: Any) -> Any:
        found: Any = np.nan
        for argument in arguments:
            found = choose(found, argument)
        return found

    return apply


def _is_text(argument: Any) -> bool:
    return isinstance(argument, str) or str(getattr(argument, "dtype", "")) == "object"


def _is_missing(*arguments: Any) -> Any:
    found: Any = np.False_
    for argument in arguments:
        found = found | np.asarray(
            argument == "" if _is_text(argument) else np.asarray(argument) >= MISSING, dtype=bool
        )
    return found


def _cond(test: Any, yes: Any, no: Any, unknown: Any = None) -> Any:
    chosen = np.where(np.asarray(test) != 0, np.asarray(yes, _kind(yes)), np.asarray(no, _kind(no)))
    if unknown is not None:
        chosen = np.where(np.asarray(test) >= MISSING, np.asarray(unknown, _kind(unknown)), chosen)
    return chosen[()] if not chosen.ndim else chosen


def _kind(argument: Any) -> Any:
    return object if isinstance(argument, str) else None


def _inlist(value: Any, *others: Any) -> Any:
    found: Any = np.False_
    for other in others:
        found = found | np.asarray(value == other, dtype=bool)
    return found


def _inrange(value: Any, low: Any, high: Any) -> Any:
    if _is_text(low):
        return np.asarray((value >= low) & (value <= high), dtype=bool)
    above = np.where(np.asarray(low) >= MISSING, True, value >= np.asarray(low))
    below = np.where(np.asarray(high) >= MISSING, True, value <= np.asarray(high))
    return above & below & (np.asarray(value) < MISSING)


def _each(function: Callable[..., Any], number: bool = False) -> Callable[..., Any]:
    """Return a function of texts that works on arrays and on single values."""

    def apply(*arguments: Any) -> Any:
        if not any(isinstance(argument, np.ndarray) and argument.ndim for argument in arguments):
            return function(*arguments)
        arrays = np.broadcast_arrays(*(np.asarray(argument, dtype=object) for argument in arguments))
        found = [function(*row) for row in zip(*(array.tolist() for array in arrays), strict=True)]
        return np.array(found, dtype=np.float64 if number else object)

    return apply


def _substr(text: str, start: float, length: float = MISSING) -> str:
    """Return a part of a text, by bytes; a negative start counts from the end."""
    raw = text.encode()
    begin = int(start) - 1 if start > 0 else len(raw) + int(start)
    if start == 0 or start >= MISSING or begin < 0 or begin >= len(raw):
        return ""
    end = len(raw) if length >= MISSING else begin + max(int(length), 0)
    return raw[begin:end].decode(errors="ignore")


def _subinstr(text: str, old: str, new: str, count: float) -> str:
    if not old:
        return text
    return text.replace(old, new) if count >= MISSING else text.replace(old, new, int(count))


def _real(text: str) -> float:
    stripped = text.strip()
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", stripped):
        return MISSING
    return float(from_nan(float(stripped)))


def _lower(text: str) -> str:
    """Return a text with the letters A to Z in small; others stay."""
    return text.encode().lower().decode()


def _upper(text: str) -> str:
    return text.encode().upper().decode()


def _string(number: float, form: str = "%9.0g") -> str:
    return fmt(number, form).strip()


def _text(help: str, function: Callable[..., Any], takes: str, least: int = 0, number: bool = False) -> Function:
    return Function(help, _each(function, number), least or len(takes), len(takes), "text", takes)


FUNCTIONS: dict[str, Function] = {
    "abs": Function("size of a number", np.abs),
    "ceil": Function("next whole number", np.ceil),
    "floor": Function("last whole number", np.floor),
    "int": Function("number without its fraction", np.trunc),
    "round": Function("nearest multiple of a unit, halves upwards", _round, 1, 2),
    "mod": Function("remainder", lambda x, y: np.where(np.greater(y, 0), x - y * np.floor(x / y), np.nan), 2, 2),
    "reldif": Function("difference of two numbers, relative to the second", _reldif, 2, 2),
    "sqrt": Function("square root", np.sqrt),
    "exp": Function("exponential", np.exp),
    "ln": Function("natural logarithm", np.log),
    "log": Function("natural logarithm", np.log),
    "min": Function("smallest that is not missing", _extreme(np.fmin), 2, 100),
    "max": Function("largest that is not missing", _extreme(np.fmax), 2, 100),
    "sum": Function("running sum, within the groups of `by`; missing values as 0", np.cumsum),
    "float": Function("number as a float holds it", lambda x: np.asarray(x, np.float32).astype(np.float64)),
    "missing": Function("whether any argument is missing", _is_missing, 1, 100, "any", free=100),
    "mi": Function("whether any argument is missing", _is_missing, 1, 100, "any", free=100),
    "cond": Function("one value where a test is true, another where not", _cond, 3, 4, "any", "n", 1),
    "inlist": Function("whether a value is among others", _inlist, 2, 100, "any"),
    "inrange": Function("whether a value is within two others", _inrange, 3, 3, "any"),
    "strlen": _text("length of a text in bytes", lambda text: float(len(text.encode())), "s", number=True),
    "length": _text("length of a text in bytes", lambda text: float(len(text.encode())), "s", number=True),
    "substr": _text("part of a text (text, start, length), in bytes", _substr, "snn"),
    "lower": _text("text with A to Z in small letters", _lower, "s"),
    "strlower": _text("text with A to Z in small letters", _lower, "s"),
    "upper": _text("text with a to z in capitals", _upper, "s"),
    "strupper": _text("text with a to z in capitals", _upper, "s"),
    "trim": _text("text without blanks around it", lambda text: text.strip(" "), "s"),
    "strtrim": _text("text without blanks around it", lambda text: text.strip(" "), "s"),
    "ltrim": _text("text without blanks before it", lambda text: text.lstrip(" "), "s"),
    "rtrim": _text("text without blanks after it", lambda text: text.rstrip(" "), "s"),
    "subinstr": _text("text with replacements (text, old, new, count)", _subinstr, "sssn"),
    "strpos": _text("place of a text in another", lambda text, part: float(text.encode().find(part.encode()) + 1), "ss",
                    number=True),
    "real": _text("number that a text shows", _real, "s", number=True),
    "string": _text("text that shows a number, in a format", _string, "ns", 1),
    "strofreal": _text("text that shows a number, in a format", _string, "ns", 1),
}  # fmt: skip
