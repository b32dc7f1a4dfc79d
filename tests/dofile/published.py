"""Run all comparisons with published results and with R, and write them up: `python -m tests.dofile.published`.

The page is docs/dofile-checks.md. It says for each command and option against what it was checked, how many numbers,
and the largest relative difference, rounded up to a power of ten so that the page is the same on each machine.
"""

from __future__ import annotations

import math
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.dofile import against_r, cases, compare, coverage, datasets
from tests.dofile.cases import Case, Published, Source
from tests.dofile.engine import Dofile

PAGE = Path(__file__).parents[2] / "docs" / "dofile-checks.md"
FINEST = 1e-12  # smaller differences are not told apart
GENERATED = "<!-- Written by `python -m tests.dofile.published`. Change what it reads, not this page. -->"


@dataclass
class Tally:
    """What was compared for a command or option, by kind of source."""

    stored: int = 0
    printed: int = 0
    nist: int = 0
    r: int = 0
    largest: dict[str, float] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)

    def number(self, kind: str, published: Published, found: float) -> None:
        """Count one number; only those of full precision say how large a difference is."""
        if kind == "R":
            self.r += 1
        elif kind == "NIST":
            self.nist += 1
        elif published.full:
            self.stored += 1
        else:
            self.printed += 1
        if published.full and not published.exact:
            self.largest[kind] = max(self.largest.get(kind, 0.0), published.relative(found))


@dataclass
class Report:
    """All comparisons: in total, by check, and what does not agree."""

    total: Tally = field(default_factory=Tally)
    checks: dict[str, Tally] = field(default_factory=dict)
    sources: dict[str, tuple[Source, int, int]] = field(default_factory=dict)
    differing: list[Case] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def tallies(self, checks: Iterable[str]) -> list[Tally]:
        """Return the tallies that a number counts in."""
        return [self.total, *(self.checks.setdefault(name, Tally()) for name in checks)]


@cache
def measure() -> Report:
    """Run everything. Takes some seconds."""
    report = Report()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        datasets.make(folder)
        for case in cases.load():
            add(report, case, compare.run(case, Dofile(folder, case.data)))
        answers = against_r.ask(folder)
        for question, answer in zip(against_r.QUESTIONS, answers, strict=True):
            add_r(report, question, answer, Dofile(folder, question.data))
    return report


def add(report: Report, case: Case, outcome: compare.Outcome) -> None:
    """Count a published case."""
    kind = "Stata" if case.source.is_stata else "NIST"
    if case.differs:
        report.differing.append(case)
    elif outcome.failures:
        report.failures += [str(failure) for failure in outcome.failures]
    printed = sum(one.numbers for one in outcome.printed if one.agrees)
    for tally in report.tallies(case.checks):
        for one in outcome.numbers:
            if one.agrees:
                tally.number(kind, one.published, one.found)
        tally.printed += printed
        tally.sources.add(case.source.url)
    numbers = sum(one.agrees for one in outcome.numbers)
    _, before, printed_before = report.sources.get(case.source.url, (case.source, 0, 0))
    report.sources[case.source.url] = (case.source, before + numbers, printed_before + printed)


def add_r(report: Report, question: against_r.Question, answer: dict[str, float], engine: Dofile) -> None:
    """Count a question to R."""
    for line in question.do.split("\n"):
        engine.run(line)
    for name, expected in answer.items():
        found = engine.value(name)
        published = Published(repr(expected).removesuffix(".0"))
        if not against_r.agrees(expected, found):
            report.failures.append(f"{question.do}: {name}: R gives {expected!r}, the engine {found!r}")
        for tally in report.tallies([question.check]):
            tally.number("R", published, found)


def rounded_up(difference: float) -> str:
    """Return a difference as a power of ten that it does not pass."""
    if difference <= FINEST:
        return "≤ 1e-12"
    return f"≤ 1e{math.ceil(math.log10(difference) - 1e-9):+03d}"


def render(report: Report) -> str:
    """Return the page."""
    total = report.total
    stata = [entry for entry in report.sources.values() if entry[0].is_stata]
    lines = [
        GENERATED,
        "",
        "# What the engine is checked against",
        "",
        "The do-file engine is a program of its own. No Stata ran here. Its results are compared with results of",
        "Stata that others published, with values that the NIST certifies, and with R, which computes by other",
        "code. The comparisons are tests: a number that does not agree fails them.",
        "",
        "| Compared with | Numbers | Largest relative difference |",
        "| --- | ---: | --- |",
        f"| Stata, stored results in full | {total.stored} | {rounded_up(total.largest['Stata'])} |",
        f"| Stata, printed output | {total.printed} | none in any printed digit |",
        f"| NIST, certified values | {total.nist} | {rounded_up(total.largest['NIST'])} |",
        f"| R and its package sandwich | {total.r} | {rounded_up(total.largest['R'])} |",
        "",
        f"*Stored* are numbers with {cases.FULL} digits or more, and whole numbers; *printed* are those of a table, in",
        "the same column of the same table, with the digits that it has. Differences are those of all but the printed",
        "numbers, rounded up to a power of ten; those of covariances are relative to the product of the two standard",
        "errors. The largest are of logit, where Stata's published estimates stopped iterating earlier.",
        "",
        "## By command and option",
        "",
        "A run counts in each row that it checks, so the rows add up to more than the totals above. The last column",
        "names the file in `tests/dofile` with the engine's own test of what nothing else covers, or says that it is",
        "unchecked.",
        "",
        "| Command | Option | Stata: stored | Stata: printed | NIST | R | Difference | Other tests |",
        "| --- | --- | ---: | ---: | ---: | ---: | --- | --- |",
        *(row(entry, report.checks.get(entry.check)) for entry in coverage.entries()),
        "",
        *differing(report.differing),
        "## Where the results were published",
        "",
        "| Source | Program | Numbers |",
        "| --- | --- | ---: |",
        *(source(*entry) for entry in [*stata, *(e for e in report.sources.values() if not e[0].is_stata)]),
        "",
        "Output of releases before 17 is read with the headings of 17; what a case leaves open, such as the",
        "path and the day of a file, is marked in it. The data are those that the packages causaldata (MIT),",
        "statsmodels (BSD) and SciPy (BSD) ship, and small ones that a source prints.",
        "",
        "## Add results of your own Stata",
        "",
        "A licensed Stata 17 or newer can add its own results, in full precision:",
        "",
        "```bash",
        "python -m tests.dofile.capture FOLDER    # writes capture_golden.do and the datasets",
        "cd FOLDER && stata -b do capture_golden.do",
        "```",
        "",
        "Copy the log that Stata writes, `capture_golden.log`, to `tests/dofile/golden/logs/` under a name of your",
        "choice. The tests then compare each of its numbers with the engine's.",
        "",
    ]
    return "\n".join(lines)


def row(entry: coverage.Entry, tally: Tally | None) -> str:
    """Return the row of a command or option."""
    counts = tally or Tally()
    compared = counts.stored + counts.nist + counts.r
    numbers = [str(n) if n else "" for n in (counts.stored, counts.printed, counts.nist, counts.r)]
    difference = rounded_up(max(counts.largest.values(), default=0.0)) if compared else ""
    option = f"`{entry.option}`" if entry.option else ""
    return "| " + " | ".join([f"`{entry.command}`", option, *numbers, difference, entry.other]) + " |"


def source(origin: Source, numbers: int, printed: int) -> str:
    """Return the row of a source."""
    counts = " and ".join(text for n, text in ((numbers, f"{numbers} values"), (printed, f"{printed} printed")) if n)
    year = f" ({origin.year})" if origin.year else ""
    return f"| {origin.author}{year}. [{origin.title}]({origin.url}) | {origin.software} | {counts} |"


def differing(known: list[Case]) -> list[str]:
    """Return the section on what is known to differ."""
    if not known:
        return []
    return ["## Known differences", "", *(f"- {', '.join(case.checks)}: {case.differs}" for case in known), ""]


def main() -> int:
    """Write the page; say what does not agree."""
    report = measure()
    PAGE.write_text(render(report), encoding="utf-8")
    print(*report.failures, sep="\n")
    total = report.total
    print(f"{total.stored} stored, {total.printed} printed, {total.nist} NIST, {total.r} R", total.largest)
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main())
