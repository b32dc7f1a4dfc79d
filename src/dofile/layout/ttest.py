"""`ttest` as text."""

from __future__ import annotations

from dofile.layout.text import abbrev, fixed, general
from dofile.stats.ttest import Mean, TTest
from dofile.values import MISSING

WIDTH = 78
_TITLES = {
    "one": "One-sample t test",
    "paired": "Paired t test",
    "equal": "Two-sample t test with equal variances",
    "unequal": "Two-sample t test with unequal variances",
}
# Where the three alternatives and their probabilities are centred, in half columns.
_CENTRES = (21, 79, 139)


def table(test: TTest, *, groups: bool) -> str:
    """Return the table of means and what is said below it. `groups`: lines are values of a variable, not variables."""
    interval = f"[{test.level:g}% conf. interval]"
    head = "   Group" if groups else "Variable"
    rule = "-" * 9 + "+" + "-" * 68
    lines = ["", _TITLES[test.kind], "-" * WIDTH]
    lines += [f"{head} |     Obs        Mean    Std. err.   Std. dev.   {interval}", rule]
    two = test.kind not in ("one", "paired")
    for number, line in enumerate(test.lines):
        if two and number == 2:
            lines.append(rule)
        lines.append(_line(line, groups and number < 2))
    if test.difference:
        lines += [rule, _line(test.difference, False)]
    lines.append("-" * WIDTH)
    names = [line.name for line in test.lines]
    if test.kind == "one":
        subject, at = f"    mean = mean({abbrev(names[0], 16)})", 0
    elif test.kind == "paired":
        subject, at = f"     mean(diff) = mean({abbrev(names[0], 16)} - {abbrev(names[1], 16)})", 1
    else:
        one, other = (_short(name, 8 if groups else 16, groups) for name in names[:2])
        subject, at = f"    diff = mean({one}) - mean({other})", 0
    what = {"one": "mean", "paired": "mean(diff)"}.get(test.kind, "diff")
    null = general(test.null).strip()
    whose = "Satterthwaite's d" if test.kind == "unequal" else "D"
    degrees = f"{whose}egrees of freedom = "
    lines.append(f"{subject:<66}t = {fixed(test.t, 8, 4)}")
    lines.append(f"{' ' * at}H0: {what} = {null}".ljust(70 - len(degrees)) + degrees + general(test.df, 8))
    lines.append("")
    lines.append(_centred(*(f"Ha: {what} {sign} {null}" for sign in ("<", "!=", ">"))))
    lower, both, upper = (fixed(p, 6, 4) for p in (test.lower, test.both, test.upper))
    lines.append(_centred(f"Pr(T < t) = {lower}", f"Pr(|T| > |t|) = {both}", f"Pr(T > t) = {upper}"))
    return "\n".join(lines)


def _short(name: str, width: int, group: bool) -> str:
    return name[:width].strip() if group else abbrev(name, width)


def _line(line: Mean, group: bool) -> str:
    n = f"{line.n:,}" if line.n else ""
    sd = "" if line.sd >= MISSING and not line.n else general(line.sd)
    ends = f"   {general(line.low)}   {general(line.high)}"
    return f"{_short(line.name, 8, group):>8} |{n:>8}   {general(line.mean)}   {general(line.se)}   {sd:>9}{ends}"


def _centred(*texts: str) -> str:
    line = ""
    for text, centre in zip(texts, _CENTRES, strict=True):
        line = line.ljust((centre - len(text)) // 2) + text
    return line
