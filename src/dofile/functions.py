"""The functions that expressions may call: another allow-list."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from dofile.errors import DoError
from dofile.format import fmt
from dofile.values import MISSING, from_nan

_EPOCH = np.datetime64("1960-01-01", "D")


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


def _scipy(name: str, *, upper: bool = False) -> Callable[..., Any]:
    """Return a function of scipy.special, imported when it is first called."""

    def apply(*arguments: Any) -> Any:
        from scipy import special  # noqa: PLC0415

        found = getattr(special, name)(*arguments)
        return 1 - found if upper else found

    return apply


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


def _usubstr(text: str, start: float, length: float = MISSING) -> str:
    begin = int(start) - 1 if start > 0 else len(text) + int(start)
    if start == 0 or start >= MISSING or begin < 0:
        return ""
    return text[begin:] if length >= MISSING else text[begin : begin + max(int(length), 0)]


def _subinstr(text: str, old: str, new: str, count: float) -> str:
    if not old:
        return text
    return text.replace(old, new) if count >= MISSING else text.replace(old, new, int(count))


def _real(text: str) -> float:
    stripped = text.strip()
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", stripped):
        return MISSING
    return float(from_nan(float(stripped)))


def _word(text: str, number: float) -> str:
    words = text.split()
    place = int(number) - 1 if number > 0 else len(words) + int(number)
    return words[place] if number and number < MISSING and 0 <= place < len(words) else ""


def _string(number: float, form: str = "%9.0g") -> str:
    return fmt(number, form).strip()


def _day(number: Any) -> Any:
    """Return dates as NumPy's; not-a-time where a number is missing."""
    days = np.floor(np.asarray(number, dtype=float))
    known = np.abs(days) < 1_000_000
    return np.where(known, _EPOCH + np.where(known, days, 0).astype("timedelta64[D]"), np.datetime64("NaT"))


def _calendar(part: str) -> Callable[[Any], Any]:
    def apply(number: Any) -> Any:
        day = _day(number)
        years, months = day.astype("datetime64[Y]"), day.astype("datetime64[M]")
        found = {
            "year": years.astype(int) + 1970,
            "month": (months - years).astype(int) + 1,
            "day": (day - months).astype(int) + 1,
            "dow": (np.floor(np.nan_to_num(number)) + 5) % 7,
        }[part]
        return np.where(np.isnat(day), np.nan, found)

    return apply


def _mdy(month: float, day: float, year: float) -> float:
    try:
        return float((datetime.date(int(year), int(month), int(day)) - datetime.date(1960, 1, 1)).days)
    except (ValueError, OverflowError):
        return MISSING


def _date(text: str, mask: str) -> float:
    if sorted(mask) != ["D", "M", "Y"]:
        raise DoError(198, f'date() takes the masks "DMY", "MDY" and "YMD" and their like, not "{mask}"')
    found = re.fullmatch(r"\W*(\d+|[A-Za-z]+)[\W_]*?(\d+|[A-Za-z]+)[\W_]*(\d+|[A-Za-z]+)\W*", text)
    if re.fullmatch(r"\d{8}", text.strip()) and mask == "YMD":
        found = re.fullmatch(r"\s*(\d{4})(\d\d)(\d\d)\s*", text)
    if not found:
        return MISSING
    parts = dict(zip(mask, found.groups(), strict=True))
    if not parts["M"].isdigit():
        names = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
        if parts["M"][:3].lower() not in names:
            return MISSING
        parts["M"] = str(names.index(parts["M"][:3].lower()) + 1)
    if not (parts["D"].isdigit() and parts["Y"].isdigit() and len(parts["Y"]) == 4):
        return MISSING
    return _mdy(float(parts["M"]), float(parts["D"]), float(parts["Y"]))


def _text(help: str, function: Callable[..., Any], takes: str, least: int = 0, number: bool = False) -> Function:
    return Function(help, _each(function, number), least or len(takes), len(takes), "text", takes)


FUNCTIONS: dict[str, Function] = {
    "abs": Function("size of a number", np.abs),
    "ceil": Function("next whole number", np.ceil),
    "floor": Function("last whole number", np.floor),
    "int": Function("number without its fraction", np.trunc),
    "trunc": Function("number without its fraction", np.trunc),
    "round": Function("nearest multiple of a unit, halves upwards", _round, 1, 2),
    "mod": Function("remainder", lambda x, y: np.where(np.greater(y, 0), x - y * np.floor(x / y), np.nan), 2, 2),
    "reldif": Function("difference of two numbers, relative to the second", _reldif, 2, 2),
    "sign": Function("-1, 0 or 1", np.sign),
    "sqrt": Function("square root", np.sqrt),
    "exp": Function("exponential", np.exp),
    "ln": Function("natural logarithm", np.log),
    "log": Function("natural logarithm", np.log),
    "log10": Function("logarithm to base 10", np.log10),
    "sin": Function("sine", np.sin),
    "cos": Function("cosine", np.cos),
    "tan": Function("tangent", np.tan),
    "min": Function("smallest that is not missing", _extreme(np.fmin), 2, 100),
    "max": Function("largest that is not missing", _extreme(np.fmax), 2, 100),
    "sum": Function("running sum, within the groups of `by`; missing values as 0", np.cumsum),
    "float": Function("number as a float holds it", lambda x: np.asarray(x, np.float32).astype(np.float64)),
    "logit": Function("log odds", lambda p: np.log(p / (1 - p))),
    "invlogit": Function("probability of log odds", lambda x: 1 / (1 + np.exp(-np.asarray(x)))),
    "normal": Function("normal distribution, up to a value", _scipy("ndtr")),
    "normalden": Function("normal density", lambda x: np.exp(-np.square(x) / 2) / np.sqrt(2 * np.pi)),
    "invnormal": Function("quantile of the normal distribution", _scipy("ndtri")),
    "ttail": Function("t distribution (df, t), above a value", lambda df, t: _scipy("stdtr")(df, -np.asarray(t)), 2, 2),
    "invttail": Function("quantile (df, p) of ttail", lambda df, p: -_scipy("stdtrit")(df, p), 2, 2),
    "chi2tail": Function("chi-squared distribution (df, x), above a value", _scipy("chdtrc"), 2, 2),
    "Ftail": Function("F distribution (df1, df2, F), above a value", _scipy("fdtrc"), 3, 3),
    "year": Function("year of a date", _calendar("year")),
    "month": Function("month of a date", _calendar("month")),
    "day": Function("day of a date", _calendar("day")),
    "dow": Function("day of the week of a date, 0 for Sunday", _calendar("dow")),
    "mdy": _text("date of month, day and year", _mdy, "nnn", number=True),
    "date": _text('date of a text and a mask such as "DMY"', _date, "ss", number=True),
    "missing": Function("whether any argument is missing", _is_missing, 1, 100, "any", free=100),
    "mi": Function("whether any argument is missing", _is_missing, 1, 100, "any", free=100),
    "cond": Function("one value where a test is true, another where not", _cond, 3, 4, "any", "n", 1),
    "inlist": Function("whether a value is among others", _inlist, 2, 100, "any"),
    "inrange": Function("whether a value is within two others", _inrange, 3, 3, "any"),
    "strlen": _text("length of a text in bytes", lambda text: float(len(text.encode())), "s", number=True),
    "length": _text("length of a text in bytes", lambda text: float(len(text.encode())), "s", number=True),
    "ustrlen": _text("length of a text in characters", lambda text: float(len(text)), "s", number=True),
    "substr": _text("part of a text (text, start, length), in bytes", _substr, "snn"),
    "usubstr": _text("part of a text (text, start, length), in characters", _usubstr, "snn"),
    "lower": _text("text in small letters", str.lower, "s"),
    "strlower": _text("text in small letters", str.lower, "s"),
    "upper": _text("text in capitals", str.upper, "s"),
    "strupper": _text("text in capitals", str.upper, "s"),
    "trim": _text("text without blanks around it", lambda text: text.strip(" "), "s"),
    "strtrim": _text("text without blanks around it", lambda text: text.strip(" "), "s"),
    "ltrim": _text("text without blanks before it", lambda text: text.lstrip(" "), "s"),
    "rtrim": _text("text without blanks after it", lambda text: text.rstrip(" "), "s"),
    "itrim": _text("text with single blanks", lambda text: re.sub(" +", " ", text), "s"),
    "subinstr": _text("text with replacements (text, old, new, count)", _subinstr, "sssn"),
    "strpos": _text("place of a text in another", lambda text, part: float(text.encode().find(part.encode()) + 1), "ss",
                    number=True),
    "word": _text("the nth word", _word, "sn"),
    "wordcount": _text("number of words", lambda text: float(len(text.split())), "s", number=True),
    "real": _text("number that a text shows", _real, "s", number=True),
    "string": _text("text that shows a number, in a format", _string, "ns", 1),
    "strofreal": _text("text that shows a number, in a format", _string, "ns", 1),
}  # fmt: skip
