"""Published results as cases: what to run on which data, and what others have printed that Stata, NIST or R gave.

The collection is `golden/*.toml`, one file per source. A case has `before` (do-file lines whose output is not looked
at), `log` (a transcript as published: `. command`, then its output) and `values` (expressions such as `r(mean)` or
`_b[x]` with the digits that were published). `module` and `object` take values from the reference results of an
installed package.
"""

from __future__ import annotations

import importlib
import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "golden"
FULL = 10  # significant digits from which on a published value counts as one of full precision
SCALARS = ("N", "N_clust", "df_m", "df_r", "F", "r2", "rmse", "mss", "rss", "r2_a", "ll", "ll_0", "rank", "chi2", "p")


@dataclass(frozen=True)
class Source:
    """Who published the results, where, and which program gave them. `year` is that of the version cited, if known."""

    title: str
    author: str
    url: str
    software: str
    year: int | None = None

    @property
    def is_stata(self) -> bool:
        """Whether Stata itself gave the results."""
        return self.software.startswith("Stata")


@dataclass(frozen=True)
class Published:
    """One published number, with the digits that it was published with.

    Differences are taken relative to `scale`: for covariances the product of the two standard errors, else, where it is
    None, the number itself.
    """

    text: str
    scale: float | None = None

    @property
    def number(self) -> float:
        """The number that the digits say."""
        return float(self.text)

    @property
    def digits(self) -> int:
        """How many significant digits were published."""
        return len(Decimal(self.text).as_tuple().digits)

    @property
    def exact(self) -> bool:
        """Whether this is a whole number, printed whole."""
        return bool(re.fullmatch(r"-?\d+", self.text))

    @property
    def full(self) -> bool:
        """Whether the digits are those of a stored result rather than of a printed table."""
        return self.exact or self.digits >= FULL

    @property
    def half_unit(self) -> float:
        """Half a unit of the last published digit."""
        exponent = Decimal(self.text).as_tuple().exponent
        assert isinstance(exponent, int)
        return 0.5 * 10.0**exponent

    def relative(self, found: float) -> float:
        """Return the relative difference of `found`, infinite where it is not a number."""
        if not math.isfinite(found):
            return math.inf
        return abs(found - self.number) / (self.scale or abs(self.number) or 1.0)

    def agrees(self, found: float, tolerance: float = 1e-6) -> bool:
        """Whether `found` is this number: to `tolerance` at full precision, else to half a unit of the last digit."""
        if self.exact:
            return found == self.number or self.relative(found) < 1e-12
        if self.full:
            return self.relative(found) <= tolerance
        return abs(found - self.number) <= self.half_unit * (1 + 1e-6)


@dataclass(frozen=True)
class Step:
    """A command and the output that was published for it."""

    command: str
    output: str


@dataclass(frozen=True)
class Case:
    """One published run."""

    id: str
    source: Source
    data: str
    checks: tuple[str, ...]
    before: tuple[str, ...] = ()
    log: tuple[Step, ...] = ()
    values: Mapping[str, Published] = field(default_factory=dict)
    note: str = ""
    differs: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """All do-file lines of the case, in order."""
        return (*self.before, *(step.command for step in self.log))


def load(folder: Path = FOLDER) -> tuple[Case, ...]:
    """Read the whole collection, in the order of its files. Raises ValueError where a file or case is not sound."""
    cases = [case for path in sorted(folder.glob("*.toml")) for case in read(path)]
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise ValueError(f"two cases are called {case.id!r}")
        seen.add(case.id)
    return tuple(cases)


def read(path: Path) -> Iterator[Case]:
    """Read the cases of one file."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    source = Source(**content["source"])
    for entry in content["case"]:
        allowed = {"id", "data", "checks", "before", "log", "values", "note", "differs"}
        if unknown := set(entry) - allowed - {"module", "object", "terms", "scalars"}:
            raise ValueError(f"{path.name}: {entry['id']}: unknown {', '.join(sorted(unknown))}")
        values = {name: Published(text) for name, text in entry.get("values", {}).items()}
        if "module" in entry:
            values |= reference(entry)
        log = tuple(transcript(entry.get("log", "")))
        if not values and not any(step.output for step in log):
            raise ValueError(f"{path.name}: {entry['id']}: nothing to compare")
        yield Case(
            id=entry["id"],
            source=source,
            data=entry["data"],
            checks=tuple(entry["checks"]),
            before=tuple(line for line in entry.get("before", "").split("\n") if line.strip()),
            log=log,
            values=values,
            note=entry.get("note", ""),
            differs=entry.get("differs", ""),
        )


def transcript(text: str) -> Iterator[Step]:
    """Split a transcript at its `. command` lines; `> ` begins the further lines of a command."""
    command, output = "", list[str]()
    for line in text.strip("\n").split("\n"):
        if line.startswith(". "):
            if command:
                yield Step(command, "\n".join(output).strip("\n"))
            command, output = line[2:].strip(), []
        elif line.rstrip() == ".":  # the prompt again, with nothing behind it
            if command:
                yield Step(command, "\n".join(output).strip("\n"))
            command, output = "", []
        elif line.startswith("> ") and not output:
            command += "\n" + line[2:]
        else:
            output.append(line.rstrip())
    if command:
        yield Step(command, "\n".join(output).strip("\n"))


def reference(entry: Mapping[str, Any]) -> dict[str, Published]:
    """Take a case's values from the reference results of an installed package (a table of b, se, …; cov; scalars)."""
    results = getattr(importlib.import_module(entry["module"]), entry["object"])
    terms = entry["terms"]
    scalars = [name for name in entry.get("scalars", SCALARS) if hasattr(results, name)]
    values = {f"e({name})": published(getattr(results, name)) for name in scalars}
    for row, term in zip(results.params_table, terms, strict=True):
        values |= {f"_b[{term}]": published(row[0]), f"_se[{term}]": published(row[1])}
    for i, row in enumerate(results.cov):
        for j, value in enumerate(row):
            scale = math.sqrt(results.cov[i][i] * results.cov[j][j])
            values[f"e(V)[{i + 1},{j + 1}]"] = published(value, scale)
    return values


def published(value: float, scale: float | None = None) -> Published:
    """Return a number of a package's reference results."""
    return Published(repr(float(value)).removesuffix(".0"), scale)
