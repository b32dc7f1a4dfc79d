"""What all tables share: shortened names, wrapped and centred titles, numbers that keep to their columns."""

from __future__ import annotations

from dofile.format import fmt
from dofile.values import MISSING

LINE = 80


def abbrev(name: str, width: int) -> str:
    """Return a name in at most `width` columns: its beginning, `~` and its last letter where it is longer."""
    return name if len(name) <= width else f"{name[: width - 2]}~{name[-1]}"


def wrap(text: str, width: int) -> list[str]:
    """Break a title into lines of at most `width` columns, between words where it can be."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        rest = word
        if line and len(line) + 1 + len(rest) <= width:
            line += " " + rest
            continue
        if line:
            lines.append(line)
        while len(rest) > width:
            lines.append(rest[:width])
            rest = rest[width:]
        line = rest
    return [*lines, line] if line or not lines else lines


def fixed(value: float, width: int, digits: int) -> str:
    """Return a number with fixed decimals, right-aligned; in powers of ten where it is too long; missing as `.`."""
    if value >= MISSING:
        return ".".rjust(width)
    shown = f"{value:{width}.{digits}f}"
    if len(shown) <= width:
        return shown
    return f"{value:{width}.{max(width - 7, 1)}e}"


def general(value: float, width: int = 9) -> str:
    """Return a number in the general format of this width."""
    return fmt(value, f"%{width}.0g")


def count(value: float, width: int) -> str:
    """Return a whole number with commas, right-aligned."""
    return f"{int(value):,}".rjust(width)


def short(value: float) -> str:
    """Return a number with five digits, zeros behind the point included, as a root mean squared error is shown."""
    if value >= MISSING:
        return "."
    if value and not 1e-5 <= abs(value) < 99999.5:
        return f"{value:.1e}"
    return fmt(value, "%7.0g").strip()
