"""Display formats: `%9.0g`, `%8.2f`, `%10.3e`, with commas, left-aligned, for text, and the simple dates.

Source: the description of `%fmt` in the command reference, and the printed examples there.
"""

from __future__ import annotations

import datetime
import math
import re
from dataclasses import dataclass
from functools import lru_cache

from dofile.errors import DoError
from dofile.values import MISSING, missing_name

_NUMBER = re.compile(r"%(?P<align>-?)(?P<zero>0?)(?P<width>[1-9]\d*)\.(?P<digits>\d+)(?P<kind>[gfe])(?P<comma>c?)")
_TEXT = re.compile(r"%(?P<align>[-~]?)(?P<width>[1-9]\d*)s")
_DATE = re.compile(r"%(?P<align>-?)t(?P<kind>[dmqyc])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE_WIDTHS = {"d": 9, "m": 7, "q": 6, "y": 4, "c": 18}
_EPOCH = datetime.datetime(1960, 1, 1)


@dataclass(frozen=True)
class Format:
    """A display format, taken apart. `kind` is g, f, e, s, or t with the unit of a date."""

    kind: str
    width: int
    digits: int = 0
    comma: bool = False
    align: str = ""
    zero: bool = False


@lru_cache(maxsize=512)
def parse(text: str) -> Format:
    """Take a display format apart. Raises r(120) for those that the engine does not have."""
    if found := _NUMBER.fullmatch(text):
        width, digits, kind = int(found["width"]), int(found["digits"]), found["kind"]
        if digits < width and not (kind == "g" and digits) and not (kind == "e" and found["comma"]):
            return Format(kind, width, digits, bool(found["comma"]), found["align"], bool(found["zero"]))
    elif found := _TEXT.fullmatch(text):
        return Format("s", int(found["width"]), align=found["align"])
    elif found := _DATE.fullmatch(text):
        return Format("t" + found["kind"], _DATE_WIDTHS[found["kind"]], align=found["align"])
    known = re.match(r"%-?0?(?:t[a-zA-Z]|\d+\.\d+[gfe])", text)
    raise DoError(120, f"invalid %format: {text} is not in the subset" if known else "invalid %format")


def fmt(value: float | str, text: str) -> str:
    """Return a number or a text in a display format, padded to its width.

    Raises r(120) where the format is not one of the engine's, or a number meets a format for text.
    """
    form = parse(text)
    if isinstance(value, str):
        shown = value
    elif form.kind == "s":
        raise DoError(120, "invalid %format")
    else:
        shown = _number(float(value), form)
    if form.align == "-":
        return shown.ljust(form.width)
    return shown.center(form.width) if form.align == "~" else shown.rjust(form.width)


def _number(value: float, form: Format) -> str:
    if math.isnan(value) or value >= MISSING:
        return missing_name(value)
    if form.kind.startswith("t"):
        return _date(value, form.kind[1])
    if form.kind == "e":
        return f"{value:.{form.digits}e}"
    if form.kind == "g":
        return general(value, form.width, form.comma)
    shown = f"{value:{',' if form.comma else ''}.{form.digits}f}"
    if len(shown) > form.width and form.comma:
        shown = f"{value:.{form.digits}f}"
    if len(shown) > form.width:
        return general(value, form.width)
    return shown.zfill(form.width) if form.zero else shown


def general(value: float, columns: int, comma: bool = False) -> str:
    """Return a number as `%w.0g` does: the most digits that fit, no trailing zeros and no zero before the point.

    One column is kept for a sign and one for the point, so `columns - 2` digits are shown. Numbers that need more
    before the point, and those below 0.00001, take an exponent.
    """
    if value == 0:
        return "0"
    size = abs(value)
    digits = max(columns - 2, 1)
    if size < 1e-5:
        return _exponent(value, columns)
    whole = len(str(int(size))) if size >= 1 else 0
    shown = f"{value:.{max(digits - whole, 0)}f}"
    if len(shown.lstrip("-").split(".")[0]) > digits and size >= 1:
        return _exponent(value, columns)
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    if shown.startswith(("0.", "-0.")):
        shown = shown.replace("0.", ".", 1)
    if comma and whole > 3:
        # Each comma takes the place of a digit behind the point.
        commas = (whole - 1) // 3
        grouped = f"{value:,.{max(digits - commas - whole, 0)}f}"
        if "." in grouped:
            grouped = grouped.rstrip("0").rstrip(".")
        return grouped if len(grouped) <= columns else shown
    return shown


def _exponent(value: float, columns: int) -> str:
    room = columns - 1 - len("0.e+00")
    shown = f"{value:.{max(room, 0)}e}"
    if len(shown.split("e")[1]) > 3:
        shown = f"{value:.{max(room - 1, 0)}e}"
    return shown


def _date(value: float, unit: str) -> str:
    number = math.floor(value)
    try:
        if unit == "d":
            day = _EPOCH + datetime.timedelta(days=number)
            return f"{day.day:02d}{_MONTHS[day.month - 1]}{day.year:04d}"
        if unit == "c":
            moment = _EPOCH + datetime.timedelta(milliseconds=number)
            return f"{moment.day:02d}{_MONTHS[moment.month - 1]}{moment.year:04d} {moment:%H:%M:%S}"
    except OverflowError:
        return missing_name(MISSING)
    if unit == "y":
        return str(number)
    steps = 12 if unit == "m" else 4
    return f"{1960 + number // steps}{unit}{number % steps + 1}"
