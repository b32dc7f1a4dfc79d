"""Run a published case in the engine, and compare numbers and printed output."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tests.dofile.cases import Case, Published

NUMBER = re.compile(r"(?<![\w.])-?(?:\d[\d,]*\.?\d*|\.\d+)(?:e[-+]\d+)?(?![\w.])")

# What releases before 17 called otherwise, at the same place and width, and what is only as wide as the window was.
RENAMED: tuple[tuple[str, str], ...] = (
    (r"^(.*\|) {6}Coef\. {3}Std\. Err\.", r"\1 Coefficient  Std. err."),
    (r"\[(\d+)% Conf\. Interval\]", r"[\1% conf. interval]"),
    (r"\bStd\. Dev\.", "Std. dev."),
    (r"\bStd\. Err\.", "Std. err."),
    (r"\bSum of Wgt\.", "Sum of wgt."),
    (r"^combined \|", "Combined |"),
    (r"^(Iteration \d+:) +[Ll]og likelihood", r"\1  log likelihood"),
    (r"^-{79,}$", "-" * 79),
)
UNDER_ROBUST = (r"^(.*\| Coefficient  )Std\. err\.", r"\1std. err.")


class Engine(Protocol):
    """What runs do-file lines: the engine under test."""

    def run(self, line: str) -> str:
        """Run one line and return what it printed."""

    def value(self, expression: str) -> float:
        """Evaluate an expression such as `r(mean)`, `_b[x]` or `e(V)[1,2]`; a missing value is NaN."""


@dataclass(frozen=True)
class Compared:
    """One published number and what the engine gives for it."""

    case: Case
    name: str
    published: Published
    found: float

    @property
    def agrees(self) -> bool:
        """Whether they are the same, as far as the published digits go."""
        return self.published.agrees(self.found)

    def __str__(self) -> str:
        return f"{self.case.id}: {self.name}: published {self.published.text}, found {self.found!r}"


@dataclass(frozen=True)
class Printed:
    """One published output, and the engine's."""

    case: Case
    command: str
    published: str
    found: str

    @property
    def numbers(self) -> int:
        """How many numbers the published output has."""
        return len(NUMBER.findall(self.published))

    @property
    def agrees(self) -> bool:
        """Whether each line is the same; `[...]` stands for anything in a line, or alone for any lines."""
        return re.fullmatch(pattern(modern(self.published)), modern(self.found)) is not None

    def __str__(self) -> str:
        published, found = modern(self.published).split("\n"), modern(self.found).split("\n")
        lines = difflib.unified_diff(published, found, "published", "found", lineterm="", n=1)
        return "\n".join([f"{self.case.id}: . {self.command}", *lines])


@dataclass(frozen=True)
class Outcome:
    """All comparisons of a case."""

    numbers: tuple[Compared, ...]
    printed: tuple[Printed, ...]

    @property
    def failures(self) -> tuple[Compared | Printed, ...]:
        """What does not agree."""
        return tuple(one for one in (*self.numbers, *self.printed) if not one.agrees)


def run(case: Case, engine: Engine) -> Outcome:
    """Run a case whose data the engine has already loaded."""
    printed = []
    if case.before:
        found = engine.run("\n".join(case.before))
        if error := re.search(r"(?:.*\n)?r\(\d+\);\n?\Z", found):
            printed.append(Printed(case, "; ".join(case.before), "", error[0]))
    for step in case.log:
        found = engine.run(step.command)
        printed.append(Printed(case, step.command, step.output, found))
    numbers = [Compared(case, name, value, engine.value(name)) for name, value in case.values.items()]
    return Outcome(tuple(numbers), tuple(printed))


def modern(text: str) -> str:
    """Return output as release 17 and later word it, without trailing spaces and surrounding empty lines."""
    lines = [line.rstrip() for line in text.replace("\r", "").split("\n")]
    for old, new in RENAMED:
        lines = [re.sub(old, new, line) for line in lines]
    for i, line in enumerate(lines[1:], start=1):
        if re.search(r"\| +Robust$", lines[i - 1]):
            lines[i] = re.sub(*UNDER_ROBUST, line)
    return "\n".join(lines).strip("\n")


def pattern(text: str) -> str:
    """Return the regular expression of an output in which `[...]` leaves something open."""
    lines = [r"(?:.*\n)*?.*" if line.strip() == "[...]" else literal(line) for line in text.split("\n")]
    return "\n".join(lines)


def literal(line: str) -> str:
    """Return the expression of one line."""
    return ".*".join(re.escape(part) for part in line.split("[...]"))


Make = Callable[[], Engine]
