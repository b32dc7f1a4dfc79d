"""`tabulate` as text: one-way and two-way tables, in panels where they are too wide."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from dofile.layout.text import LINE, count, fixed, wrap
from dofile.stats.crosstab import ChiSquared, OneWay, TwoWay

_CELL = 11
_LONGEST = 38
NAMES = {
    "freq": "frequency",
    "row": "row percentage",
    "column": "column percentage",
    "cell": "cell percentage",
}


def one_way(title: str, labels: Sequence[str], table: OneWay) -> str:
    """Return frequencies, percentages and their running sum. `labels` are the values as shown."""
    total = int(table.counts.sum())
    width = _stub(labels, 11)
    rule = "-" * (width + 1) + "+" + "-" * 35
    *above, last = wrap(title, width)
    lines = ["", *(f"{line:>{width}} |" for line in above)]
    lines += [f"{last:>{width}} |      Freq.     Percent        Cum.", rule]
    running = 0
    for label, number in zip(labels, table.counts, strict=True):
        running += int(number)
        shares = fixed(100 * number / total, 12, 2) + fixed(100 * running / total, 12, 2)
        lines.append(f"{label[:width]:>{width}} |{count(number, 11)}{shares}")
    return "\n".join([*lines, rule, f"{'Total':>{width}} |{count(total, 11)}{fixed(100, 12, 2)}"])


def two_way(
    titles: tuple[str, str],
    labels: tuple[Sequence[str], Sequence[str]],
    table: TwoWay,
    shown: Sequence[str],
) -> str:
    """Return a two-way table. `shown` are its cells' contents in order, by the keys of NAMES."""
    lines: list[str] = []
    if len(shown) > 1:
        lines += ["", *_key([NAMES[name] for name in shown])]
    width = _stub(labels[0], 10)
    room = max((LINE - width - 2 - _CELL) // _CELL, 1)
    total = [_cells(table, name) for name in shown]
    for start in range(0, len(table.columns), room):
        if start:
            lines.append("")
        lines += _panel(titles, labels, total, slice(start, start + room), width)
    return "\n".join(lines)


def chi_squared(test: ChiSquared) -> str:
    """Return the line of Pearson's test."""
    return f"\n{f'Pearson chi2({test.df})':>25} = {fixed(test.statistic, 8, 4)}   Pr = {fixed(test.p, 5, 3)}"


def _stub(labels: Sequence[str], least: int) -> int:
    return min(max(least, *(len(label) for label in labels)), _LONGEST)


def _key(names: list[str]) -> Iterator[str]:
    width = max(len(name) for name in names)
    yield "+" + "-" * (width + 2) + "+"
    yield f"| {'Key':<{width}} |"
    yield "|" + "-" * (width + 2) + "|"
    for name in names:
        left = (width - len(name)) // 2
        yield f"| {' ' * left}{name:<{width - left}} |"
    yield "+" + "-" * (width + 2) + "+"


def _cells(table: TwoWay, name: str) -> NDArray[np.object_]:
    """Return the texts of all cells, the totals in the last row and column."""
    full = np.zeros((table.counts.shape[0] + 1, table.counts.shape[1] + 1))
    full[:-1, :-1] = table.counts
    full[-1, :] = full.sum(axis=0)
    full[:, -1] = full.sum(axis=1)
    if name == "freq":
        return np.asarray(np.vectorize(lambda x: count(x, 10), otypes=[object])(full))
    base = {"row": full[:, -1:], "column": full[-1:, :], "cell": full[-1:, -1:]}[name]
    return np.asarray(np.vectorize(lambda x: fixed(x, 10, 2), otypes=[object])(100 * full / base))


def _panel(
    titles: tuple[str, str],
    labels: tuple[Sequence[str], Sequence[str]],
    cells: list[NDArray[np.object_]],
    columns: slice,
    width: int,
) -> Iterator[str]:
    heads = labels[1][columns]
    span = _CELL * len(heads)
    above, beside = wrap(titles[1], span), wrap(titles[0], width)
    height = max(len(above) + 1, len(beside))
    above = [""] * (height - 1 - len(above)) + above
    beside = [""] * (height - len(beside)) + beside
    rule = "-" * (width + 1) + "+" + "-" * span + "+" + "-" * 10
    yield ""
    for left, line in zip(beside, above, strict=False):
        yield f"{left:>{width}} |{' ' * math.ceil((span - len(line)) / 2)}{line}".rstrip()
    yield f"{beside[-1]:>{width}} |" + "".join(f"{head[:9]:>10} " for head in heads) + "|     Total"
    yield rule
    names = [*labels[0], "Total"]
    for row, name in enumerate(names):
        if row == len(names) - 1 or (row and len(cells) > 1):
            yield rule
        for part, texts in enumerate(cells):
            stub = "" if part else name[:width]
            inside = "".join(f"{text} " for text in texts[row, :-1][columns])
            yield f"{stub:>{width}} |{inside}|{texts[row, -1]} "
