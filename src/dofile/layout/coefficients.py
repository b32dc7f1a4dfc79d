"""The table of coefficients, which all estimation commands share."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from scipy.special import ndtr, ndtri, stdtr, stdtrit

from dofile.layout.text import LINE, abbrev, fixed, general
from dofile.stats.design import Column
from dofile.values import MISSING, Floats

Labels = Callable[[str, float], str]


@dataclass(frozen=True)
class Table:
    """What is shown: all columns with their estimates. `df` is None for z; `odds`: coefficients as odds ratios."""

    depvar: str
    columns: Sequence[Column]
    b: Floats
    v: Floats
    df: int | None
    level: float
    robust: bool = False
    clusters: tuple[int, str] | None = None
    odds: bool = False


@dataclass(frozen=True)
class _Row:
    """A line: its name, whether it is a level (and so stands a column further left), and its column's position."""

    name: str
    level: bool = False
    at: int | None = None


def table(what: Table, labels: Labels) -> str:
    """Return the table. `labels` gives a level's text: its value label, or the number."""
    rows = list(_rows(what.columns, labels))
    # The column of names is widened for those that fit into the line; others are broken at their # or shortened.
    most = LINE - 67
    needed = [len(what.depvar), *(size for row in rows for size in _needs(row, most))]
    width = max([12, *(size for size in needed if size <= most)])
    total = width + 66
    lines = []
    if what.clusters:
        n, name = what.clusters
        lines.append(f"(Std. err. adjusted for {n:,} clusters in {name})".rjust(total))
    lines.append("-" * total)
    error = "Std. err."
    if what.robust:
        error = "std. err."
        lines.append(f"{'':>{width}} |               Robust")
    value, statistic = ("Odds ratio  " if what.odds else "Coefficient "), "z" if what.df is None else "t"
    interval = f"[{what.level:g}% conf. interval]"
    head = f"{abbrev(what.depvar, width):>{width}} | {value} {error}      {statistic}    P>|{statistic}|"
    lines.append(head + interval.rjust(total - len(head)))
    lines.append("-" * (width + 1) + "+" + "-" * 64)
    for row in rows:
        lines += _lines(row, width, what)
    lines.append("-" * total)
    if what.odds and any(not column.parts for column in what.columns):
        lines.append("Note: _cons estimates baseline odds.")
    return "\n".join(lines)


def quantile(df: int | None, level: float) -> float:
    """Return the quantile of t, or of the normal distribution, that a confidence interval of this level takes."""
    return float(ndtri(0.5 + level / 200) if df is None else stdtrit(df, 0.5 + level / 200))


def p_value(statistic: float, df: int | None) -> float:
    """Return the two-sided probability of t, or of z."""
    return float(2 * (ndtr(-abs(statistic)) if df is None else stdtr(df, -abs(statistic))))


def _rows(columns: Sequence[Column], labels: Labels) -> Iterator[_Row]:
    """Arrange the columns that are shown: levels of one factor under its name, set off by empty lines."""
    groups: list[tuple[tuple[str, ...], list[int]]] = []
    for i, column in enumerate(columns):
        if column.status == "base":
            continue
        factor = any(part.level is not None for part in column.parts)
        key = tuple(_variable(column, j) for j in range(len(column.parts))) if factor else (str(i),)
        if groups and factor and groups[-1][0] == key:
            groups[-1][1].append(i)
        else:
            groups.append((key, [i]))
    # None before the first line; else whether the lines above end with a group that wants an empty line after it.
    open_group: bool | None = None
    for key, members in groups:
        column = columns[members[0]]
        factors = [part for part in column.parts if part.level is not None]
        labelled = any(labels(p.variable, p.level or 0.0) != f"{p.level:g}" for p in factors)
        alone = len(column.parts) == 1 and len(members) == 1 and not labelled
        block = len(column.parts) > 1 or (bool(factors) and not alone)
        if open_group or (block and open_group is not None):
            yield _Row("")
        if not block:
            yield _Row(column.plain, at=members[0])
        elif not factors:
            yield _Row("#".join(f"c.{part.variable}" for part in column.parts), at=members[0])
        else:
            yield _Row("#".join(key))
            for i in members:
                texts = [labels(p.variable, p.level) for p in columns[i].parts if p.level is not None]
                yield _Row((" " if _all_numbers(texts) and len(texts) > 1 else "#").join(texts), True, i)
        open_group = block and (len(members) > 1 or len(column.parts) > 1)


def _all_numbers(texts: Sequence[str]) -> bool:
    return all(text.isdigit() for text in texts)


def _variable(column: Column, at: int) -> str:
    part = column.parts[at]
    return part.variable if part.level is not None else f"c.{part.variable}"


def _needs(row: _Row, most: int) -> list[int]:
    """Return how many columns a name takes, or its parts with their # where it is longer than `most`."""
    whole = len(row.name) + row.level
    return [whole] if whole <= most or row.level else [len(part) + 1 for part in row.name.split("#")[:-1]]


def _lines(row: _Row, width: int, what: Table) -> Iterator[str]:
    room = width - row.level
    name = row.name
    if len(name) > room and "#" in name and not row.level:
        *first, last = name.split("#")
        for part in first:
            yield from _operator(part, width)
            yield f"{abbrev(_unoperated(part, width), width):>{width}}#|"
        yield from _operator(last, width)
        name = _unoperated(last, width)
    shown = (name[: room - 2] + ".." if row.level else abbrev(name, room)) if len(name) > room else name
    stub = f"{shown:>{room}}{'  |' if row.level else ' |'}"
    if row.at is None:
        yield stub
        return
    column = what.columns[row.at]
    if column.status:
        zero = 1 if what.odds else 0
        yield f"{stub}{zero:>11}  ({column.status})"
        return
    yield stub + _numbers(what, row.at)


def _operator(part: str, width: int) -> Iterator[str]:
    """Give the operator a line of its own where it does not fit beside its variable."""
    if len(part) > width and "." in part:
        yield f"{part.split('.', maxsplit=1)[0] + '.':>{width}} |"


def _unoperated(part: str, width: int) -> str:
    return part.rsplit(".", maxsplit=1)[-1] if len(part) > width else part


def _exp(value: float) -> float:
    """Return the exponential, missing where no double holds it."""
    return math.exp(value) if value < math.log(MISSING) else MISSING


def _numbers(what: Table, at: int) -> str:
    b, se = float(what.b[at]), math.sqrt(max(float(what.v[at, at]), 0.0))
    margin = quantile(what.df, what.level) * se if what.df is None or what.df > 0 else MISSING
    shown, error, low, high = b, se, b - margin, b + margin
    if what.odds:
        shown, low, high = _exp(b), _exp(low), _exp(high)
        error = shown * se if shown < MISSING else MISSING
    if not se or margin >= MISSING:
        return f"  {general(shown)}          .        .       .            .           ."
    statistic = b / se
    return (
        f"  {general(shown)}  {general(error)} {fixed(statistic, 8, 2)}   {p_value(statistic, what.df):.3f}"
        f"    {general(low)}   {general(high)}"
    )
