"""What a person reads in the terminal at a session's end: one screen, with the next command."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from walkthrough.outcome import StepOutcome, Verdict, WalkthroughOutcome
from walkthrough.report.run import RunOutcome, failing

SHOWN: Final = 12
"""How many steps are told one by one; the gallery has the others."""


def summary(run: RunOutcome, *, update: bool, gallery: str = "") -> Iterator[str]:
    """The lines of the summary. ``gallery`` is the path of the gallery, if there is one."""
    for each in run.walkthroughs:
        yield f"{each.where}  {each.name}: {_walked(each)}"
    for missed in run.not_walked:
        yield f"{missed.place}  {missed.name}: not walked: {missed.reason}"
    told = [(each, step) for each in run.walkthroughs for step in each.steps if _worth_telling(each, step)]
    for each, step in told[:SHOWN]:
        yield from _step(each, step)
    if len(told) > SHOWN:
        yield f"  … and {len(told) - SHOWN} more steps"
    written = [path for each in run.walkthroughs for path in each.written]
    yield from (f"  written: {path}" for path in written)
    if update and not written:
        yield "  nothing has changed: no file was written"
    drifted = [step for each, step in told if failing(each, step)]
    if drifted and gallery:
        yield f"  look: {gallery}"
    if any(step.verdict in (Verdict.UNVERIFIED, Verdict.LAYOUT, Verdict.LABEL) for step in drifted):
        yield "  take it on: walkthrough accept --dry-run"


def _walked(walkthrough: WalkthroughOutcome) -> str:
    if walkthrough.error:
        return f"could not be walked: {walkthrough.error}"
    verdicts = [step.verdict for step in walkthrough.steps]
    pictures = sum(len(step.pictures) for step in walkthrough.steps)
    counts = ", ".join(f"{verdicts.count(each)} {each}" for each in Verdict if each in verdicts)
    steps = "1 step" if len(verdicts) == 1 else f"{len(verdicts)} steps"
    return f"{steps}, {pictures} pictures, {walkthrough.seconds} s: {counts}"


def _worth_telling(walkthrough: WalkthroughOutcome, step: StepOutcome) -> bool:
    """An update of a page that was never verified would tell of each step."""
    if walkthrough.updated and step.verdict is Verdict.UNVERIFIED:
        return False
    return step.verdict not in (Verdict.SAME, Verdict.UNREACHED)


def _step(walkthrough: WalkthroughOutcome, step: StepOutcome) -> Iterator[str]:
    taken_on = " (taken on)" if walkthrough.updated else ""
    yield f"  {step.where}  {step.verdict}  step {step.number}: {step.reason}{taken_on}"
    if step.found:
        yield f"    found: {step.found}"
