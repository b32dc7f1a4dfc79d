"""`summarize` as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dofile.layout.text import abbrev, count, general, wrap
from dofile.stats.summary import PERCENTILES, Detail, Summary

WIDTH = 61
_TITLE = 50


def table(rows: Sequence[tuple[str, Summary]], every: int = 5) -> str:
    """Return the table of variables, with a line after each `every` of them (0: none)."""
    rule = "-" * 13 + "+" + "-" * 57
    lines = ["", "    Variable |        Obs        Mean    Std. dev.       Min        Max"]
    for number, (name, one) in enumerate(rows):
        if not number or (every and number % every == 0):
            lines.append(rule)
        row = f"{abbrev(name, 12):>12} |{count(one.n, 11)}"
        if one.n:
            row += f"   {general(one.mean)}   {general(one.sd)}  {general(one.low)}  {general(one.high)}"
        lines.append(row)
    return "\n".join(lines)


def detail(title: str, result: Detail) -> str:
    """Return the percentiles and moments of one variable under its title."""
    lines = ["", *(" " * ((WIDTH - len(line)) // 2) + line for line in wrap(title, _TITLE)), "-" * WIDTH]
    if not result.summary.n:
        return "\n".join([*lines, "no observations"])
    right = _moments(result)
    extremes = dict(zip(PERCENTILES, (*result.smallest, None, *result.largest), strict=True))
    lines.append("      Percentiles      Smallest")
    for percent in PERCENTILES:
        if percent == 75:
            lines.append(f"{'Largest':>31}{next(right)}")
        row = f"{percent:2d}%    {general(result.percentiles[percent])}"
        extreme = extremes[percent]
        row += " " * 15 if extreme is None else f"      {general(extreme)}"
        lines.append((row + (next(right) if percent >= 10 else "")).rstrip())
        if percent == 25:
            lines.append("")
    return "\n".join(lines)


def _moments(result: Detail) -> Iterator[str]:
    one = result.summary
    blank = ""
    facts = [("Obs", count(one.n, 9)), ("Sum of wgt.", count(one.n, 9)), ("Mean", general(one.mean))]
    facts += [("Std. dev.", general(one.sd)), (blank, blank), ("Variance", general(one.variance))]
    facts += [("Skewness", general(result.skewness)), ("Kurtosis", general(result.kurtosis))]
    for label, value in facts:
        yield f"       {label:<14}{value}" if label else ""
