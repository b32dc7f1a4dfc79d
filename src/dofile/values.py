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


def is_missing(array: Any) -> Any:
    """Say of each number whether it is missing."""
    return np.asarray(array) >= MISSING


def missing_name(value: float) -> str:
    """Return `.`, or `.a` to `.z`."""
    return _NAMES.get(value, ".")


def from_nan(array: Any) -> Floats:
    """Return doubles in which what is not a finite number, or is out of a double's range here, is `.`."""
    values = np.asarray(array, dtype=np.float64)
    if not values.size or (values.max() < MISSING and values.min() > -MISSING):
        return values
    return np.where(np.abs(values) < MISSING, values, MISSING)


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


def round_to(values: Floats, kind: str) -> Floats:
    """Return numbers as the storage type holds them; what is out of its range becomes `.`."""
    if kind == "double":
        return values
    low, high = RANGES[kind]
    with np.errstate(over="ignore", invalid="ignore"):
        stored = values.astype(np.float32).astype(np.float64) if kind == "float" else np.trunc(values)
    if not stored.size or (stored.max() <= high and stored.min() >= low):
        return stored
    inside = (stored >= low) & (stored <= high)
    return np.where(inside, stored, np.where(values >= MISSING, values, MISSING))


def holds(values: Floats, kind: str) -> bool:
    """Say whether a storage type holds these numbers: within its range, and whole where it holds whole numbers."""
    real = values[values < MISSING]
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
