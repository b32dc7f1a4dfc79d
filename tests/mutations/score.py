"""What a mutated run found, held against what was expected of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.mutations.model import ERROR, Mutation
from walkthrough.outcome import StepOutcome, Verdict, WalkthroughOutcome


@dataclass(frozen=True)
class Result:
    """One mutation that was run: whether it was as expected, and in words what was expected and found.

    ``problem`` is filled where the mutation could not be run at all.
    """

    mutation: Mutation
    passed: bool
    expected: str
    found: str
    seconds: float = 0.0
    problem: str = ""
    steps: tuple[dict[str, Any], ...] = ()


def score(mutation: Mutation, page: str, status: int, printed: str, walked: Sequence[WalkthroughOutcome]) -> Result:
    """Judge a run by its exit status, by what it printed, and by the outcomes of the walkthroughs that it walked.

    A harmful mutation is caught where each step that drifted has one of the expected verdicts, and one of these steps
    reports it at the expected line, or is the expected step. A harmless one passes where each step of each walkthrough
    has one of the allowed verdicts and the run passed as a whole.
    """
    lines = mutation.lines(page)
    steps = [step for outcome in walked for step in outcome.steps]
    found = _found(mutation, status, printed, walked)
    if mutation.table == "harmless":
        fits = bool(steps) and all(step.verdict.value in mutation.verdicts for step in steps)
        passed = fits and status == 0 and not any(outcome.error for outcome in walked)
        return Result(mutation, passed, " or ".join(sorted(mutation.verdicts)), found, steps=_steps(steps))
    passed = status != 0 and _caught(mutation, lines, printed, walked)
    where = (
        f" at line {' or '.join(map(str, lines))}" if lines else f" in step {mutation.step}" if mutation.step else ""
    )
    return Result(mutation, passed, " or ".join(sorted(mutation.verdicts)) + where, found, steps=_steps(steps))


def drifted(walked: Sequence[WalkthroughOutcome]) -> list[StepOutcome]:
    """The steps that drifted, in the walkthroughs' order; those behind a broken one have not been tried."""
    steps = [step for outcome in walked for step in outcome.steps]
    return [step for step in steps if step.verdict.drifted and step.verdict is not Verdict.UNREACHED]


def reported(step: StepOutcome) -> list[int]:
    """The lines at which a step's verdict is reported: the one that it begins with, and those of its changes."""
    changes = [change.where.line for change in step.changes if change.verdict is step.verdict]
    return list(dict.fromkeys([step.where.line, *changes]))


def _caught(mutation: Mutation, lines: tuple[int, ...], printed: str, walked: Sequence[WalkthroughOutcome]) -> bool:
    steps = drifted(walked)
    if not steps:
        refused = not any(outcome.steps for outcome in walked)
        told = [int(line) for line in re.findall(rf"{re.escape(mutation.page)}:(\d+)", printed)]
        return ERROR in mutation.verdicts and refused and (not lines or any(line in lines for line in told))
    if any(step.verdict.value not in mutation.verdicts for step in steps):
        return False
    if mutation.step:
        return any(step.number == mutation.step for step in steps)
    return not lines or any(line in lines for step in steps for line in reported(step))


def _found(mutation: Mutation, status: int, printed: str, walked: Sequence[WalkthroughOutcome]) -> str:
    if steps := drifted(walked):
        return "; ".join(_in_words(step) for step in steps)
    if errors := [outcome.error for outcome in walked if outcome.error]:
        return f"{ERROR}: {errors[0].splitlines()[0]}"
    tried = [step for outcome in walked for step in outcome.steps]
    if not tried:
        return f"{ERROR}: {_headline(printed, mutation.page)}"
    worst = max((step.verdict for step in tried), key=lambda verdict: verdict.severity)
    reasons = [step.reason for step in tried if step.verdict is worst and worst is not Verdict.SAME]
    found = f"{worst}" + (f": {reasons[0]}" if reasons else "")
    if status == 0:
        return found
    return f"{found}; but the run ended with status {status}: {_headline(printed, mutation.page)}"


def _in_words(step: StepOutcome) -> str:
    lines = ", ".join(map(str, reported(step)))
    return f"{step.verdict} in step {step.number} at line {lines}: {step.reason}"


def _headline(printed: str, page: str) -> str:
    told = [line.strip() for line in printed.splitlines() if f"{page}:" in line or line.startswith("E  ")]
    return next(iter(told), printed.strip().rpartition("\n")[2])[:300]


def _steps(steps: Sequence[StepOutcome]) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "step": step.number,
            "verdict": step.verdict.value,
            "reason": step.reason,
            "lines": reported(step) if step.verdict.drifted else [],
            "changes": [f"{change.verdict} {change.where}: {change.message}" for change in step.changes],
        }
        for step in steps
    )
