"""Numbers as they are stored: missing values above all numbers, and the storage types.

Missing values are the doubles that `.dta` files hold: `.` is 2^1023, and `.a` to `.z` follow in steps of 2^1011. So
`x >= MISSING` says whether x is missing, and comparing and sorting need no special case.
Source: the description of the file format, `help dta`, section "Missing values".
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Strings = NDArray[np.object_]
Bools = NDArray[np.bool_]
Rows = NDArray[np.int64]

MISSING = 2.0**1023
EXTENDED = {".": MISSING, **{f".{chr(96 + k)}": MISSING * (1 + k / 4096) for k in range(1, 27)}}
_NAMES = {value: name for name, value in EXTENDED.items()}

NUMERIC = ("byte", "int", "long", "float", "double")
RANGES = {
    "byte": (-127.0, 100.0),
    "int": (-32767.0, 32740.0),
    "long": (-2147483647.0, 2147483620.0),
    "float": (-(2.0**127 * (1 - 2.0**-24)), 2.0**127 * (1 - 2.0**-24)),
    "double": (-MISSING * (1 - 2.0**-53), MISSING * (1 - 2.0**-53)),
}
MAX_STRING = 2045


def missing_name(value: float) -> str:
    """Return `.`, or `.a` to `.z`."""
    return _NAMES.get(value, ".")


def from_nan(array: Any, *, own: bool = False) -> Floats:
    """Return doubles in which what is not a finite number, or is out of a double's range here, is `.`.

    `own` says that the array is nobody else's, so that it may be written into.
    """
    values = np.asarray(array, dtype=np.float64)
    if not values.size or (values.max() < MISSING and values.min() > -MISSING):
        return values
    if not own or not values.ndim:
        values = np.array(values)
    np.copyto(values, MISSING, where=~np.isfinite(values))
    if values.max() > MISSING or values.min() <= -MISSING:
        np.copyto(values, MISSING, where=np.abs(values) > MISSING)
    return values


def to_nan(array: Any) -> Floats:
    """Return doubles in which each missing value is NaN."""
    values = np.asarray(array, dtype=np.float64)
    missing = values >= MISSING
    return np.where(missing, np.nan, values) if missing.any() else values


def is_string(kind: str) -> bool:
    """Say whether a storage type holds text."""
    return kind.startswith("str")


def string_type(values: Any) -> str:
    """Return the shortest type that holds all of these texts; a text's length is in bytes of UTF-8."""
    longest = max((len(text.encode()) if not text.isascii() else len(text) for text in values), default=1)
    return f"str{max(longest, 1)}" if longest <= MAX_STRING else "strL"


def wider_string(one: str, other: str) -> str:
    """Return the type that holds the texts of both."""
    if "strL" in (one, other):
        return "strL"
    return max(one, other, key=lambda kind: int(kind[3:]))


def round_to(values: Floats, kind: str, *, own: bool = False) -> Floats:
    """Return numbers as the storage type holds them; what is out of its range becomes `.`.

    `own` says that the array is nobody else's, so that it may be written into.
    """
    if kind == "double":
        return values
    low, high = RANGES[kind]
    if kind == "float":
        with np.errstate(over="ignore"):
            short = values.astype(np.float32)
        outside = np.flatnonzero(np.abs(short) > high)
    else:
        short = np.trunc(values)
        outside = np.flatnonzero((short > high) | (short < low))
    kept = np.where(values[outside] >= MISSING, values[outside], MISSING)
    if own:
        np.copyto(values, short)
    else:
        values = short.astype(np.float64)
    values[outside] = kept
    return values


def holds(values: Floats, kind: str) -> bool:
    """Say whether a storage type holds these numbers: within its range, and whole where it holds whole numbers."""
    if kind == "double":
        return True
    real = values if values.size and values.max() < MISSING else values[values < MISSING]
    if not real.size:
        return True
    low, high = RANGES[kind]
    if real.min() < low or real.max() > high:
        return False
    return kind in ("float", "double") or bool((real == np.trunc(real)).all())


def promoted(values: Floats, kind: str) -> str:
    """Return the type to which `replace` widens a variable of type `kind` to hold these numbers.

    Whole numbers take the next integer type that holds them; a fraction makes a byte or int a float, and a long a
    double. A float stays one unless the number is out of its range, as its precision is no reason.
    """
    if holds(values, kind):
        return kind
    if kind in ("byte", "int", "long"):
        wider = {"byte": ("int", "long"), "int": ("long",), "long": ()}[kind]
        for candidate in wider:
            if holds(values, candidate):
                return candidate
        real = values[values < MISSING]
        with np.errstate(over="ignore"):
            exact = bool((real == real.astype(np.float32)).all())
        whole = bool((real == np.trunc(real)).all())
        if kind != "long" and (exact or not whole) and holds(values, "float"):
            return "float"
    return "double"
