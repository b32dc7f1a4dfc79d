"""The mutation score: on the terminal, as JSON, and as the table of the documentation's page."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tests.mutations.model import TABLES
from tests.mutations.score import Result
from tests.mutations.workspace import ROOT

PAGE: Final = ROOT / "docs/mutations.md"
FILE: Final = ROOT / "build/mutations.json"
_BEGIN: Final = "% The following is written by `nox -s mutation`. Do not edit.\n"
_END: Final = "% The end of what is written by `nox -s mutation`.\n"
_SAYS: Final = {
    "harmful": "harmful, caught with the right verdict at the right line",
    "harmless": "harmless, passed",
    "page": "of the page, failed",
}


def rows(results: Sequence[Result]) -> list[tuple[str, str, int, int]]:
    """Table, family, how many were as expected, and how many there are."""
    kinds = dict.fromkeys((each.mutation.table, each.mutation.family) for each in ordered(results))
    grouped = [
        (table, family, [each for each in results if (each.mutation.table, each.mutation.family) == (table, family)])
        for table, family in kinds
    ]
    return [(table, family, sum(each.passed for each in group), len(group)) for table, family, group in grouped]


def ordered(results: Sequence[Result]) -> list[Result]:
    """By table, then as the files have them."""
    return sorted(results, key=lambda each: TABLES.index(each.mutation.table))


def totals(results: Sequence[Result]) -> list[str]:
    """One line for each table."""
    lines = []
    for table in TABLES:
        group = [each for each in results if each.mutation.table == table]
        if group:
            passed = sum(each.passed for each in group)
            lines.append(f"{passed} of {len(group)} {_SAYS[table]} ({100 * passed / len(group):.0f} %)")
    return lines


def printed(results: Sequence[Result], seconds: float) -> str:
    """What the terminal shows at the end."""
    width = max(len(family) for _, family, _, _ in rows(results))
    lines = [
        f"{table:<8}  {family:<{width}}  {passed:>3} of {all_:>3}" for table, family, passed, all_ in rows(results)
    ]
    for each in ordered(results):
        if not each.passed:
            lines += ["", f"{each.mutation.table}: {each.mutation.place}"]
            lines += (
                [f"    {each.problem}"]
                if each.problem
                else [f"    expected {each.expected}", f"    found    {each.found}"]
            )
    return "\n".join([*lines, "", *totals(results), f"{len(results)} runs in {seconds / 60:.1f} minutes"])


def as_json(results: Sequence[Result], seconds: float) -> str:
    """All results, for machines."""
    data = {
        "schema": 1,
        "day": datetime.now(UTC).date().isoformat(),
        "commit": commit(),
        "seconds": round(seconds, 1),
        "score": totals(results),
        "mutations": [
            {
                "name": each.mutation.name,
                "table": each.mutation.table,
                "family": each.mutation.family,
                "passed": each.passed,
                "expected": each.expected,
                "found": each.found,
                "problem": each.problem,
                "seconds": round(each.seconds, 1),
                "steps": each.steps,
            }
            for each in ordered(results)
        ],
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def markdown(results: Sequence[Result], seconds: float, of: int = 0) -> str:
    """The score as a page shows it; ``of`` is how many mutations there are, where not all were run."""
    day, minutes = datetime.now(UTC).date().isoformat(), f"{seconds / 60:.0f} minutes"
    lines = [*(f"- {line}" for line in totals(results)), ""]
    lines += [f"Run on {day} at commit `{commit()}`, in {minutes}.", ""]
    if of > len(results):
        lines += [f"These are {len(results)} of the {of} mutations; the others were not run this time.", ""]
    lines += ["| Kind | Family | As expected | Mutations |", "| --- | --- | --- | --- |"]
    for table, family, passed, all_ in rows(results):
        names = ", ".join(
            f"`{each.mutation.name}`" + ("" if each.passed else " (not as expected)")
            for each in results
            if (each.mutation.table, each.mutation.family) == (table, family)
        )
        lines.append(f"| {table} | {family} | {passed} of {all_} | {names} |")
    return "\n".join(lines) + "\n"


def publish(results: Sequence[Result], seconds: float, page: Path = PAGE, of: int = 0) -> None:
    """Put the score into the documentation's page, between its two marks."""
    text = page.read_text("utf-8")
    before, begin, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise ValueError(f"{page}: expected the two lines between which the score stands; found none")
    page.write_text(f"{before}{begin}\n{markdown(results, seconds, of)}\n{end}{after}", "utf-8")


def commit() -> str:
    """The commit that was tested, with a plus where something is not committed."""
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty=+", "--exclude=*"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"
