"""Outcomes for the tests of reports: a guide of two pages in which something of each kind has happened."""

from __future__ import annotations

from typing import Any

from walkthrough.model import Location
from walkthrough.outcome import Change, PictureOutcome, StepOutcome, Verdict, WalkthroughOutcome
from walkthrough.report.run import NotWalked, RunOutcome, run_outcome

PAGE = "docs/login.md"


def step(number: int, verdict: Verdict, reason: str = "", **others: Any) -> StepOutcome:
    where = Location(PAGE, 40 + number, 4)
    return StepOutcome(number, where, f"Sentence of step {number}.", verdict, reason, seconds=0.5, **others)


def walkthrough(*steps: StepOutcome, **others: Any) -> WalkthroughOutcome:
    named = {"page": PAGE, "name": "sign-up", "where": Location(PAGE, 40), "page_sha256": "0" * 64, "seconds": 12.34}
    return WalkthroughOutcome(**{**named, "steps": steps, **others})


def renamed(confidence: float = 0.93) -> StepOutcome:
    """A step whose button has another name, which a line further down quotes as well."""
    reason = "the button that the page calls “Confirm Account” is now called “Verify account”"
    changes = (
        Change(Verdict.LABEL, reason, Location(PAGE, 44, 9), "click", "Confirm Account", "Verify account", confidence),
        Change(Verdict.LABEL, "the alt text has it", Location(PAGE, 47), "", "Confirm Account", "Verify account", 0.9),
        Change(Verdict.COSMETIC, "the footer is new", Location(PAGE, 44)),
    )
    picture = PictureOutcome("images/code.png", "The code", Location(PAGE, 46), "docs/images/code.png", "", 0.02)
    return step(4, Verdict.LABEL, reason, changes=changes, pictures=(picture,), found="button “Verify account”")


def broken() -> StepOutcome:
    return step(
        5,
        Verdict.BROKEN,
        "expected a text or control “Console”",
        expected="a text or control “Console”",
        found="the page “Problem” at https://research.example/\nand nothing else",
        hint="if the sentence is right, the product has broken it",
        kept=(".walkthrough/docs+login+sign-up/failure.png", ".walkthrough/docs+login+sign-up/trace.zip"),
    )


def drifted(*more: WalkthroughOutcome, not_walked: tuple[NotWalked, ...] = ()) -> RunOutcome:
    """A run of one walkthrough with each kind of verdict in it, and of what is given beside it."""
    steps = (
        step(1, Verdict.SAME),
        step(2, Verdict.COSMETIC, "the picture looks different, in 2 % of it"),
        step(3, Verdict.LAYOUT, "the field “Password” stands before “User name” now"),
        renamed(),
        broken(),
        step(6, Verdict.UNREACHED, "step 5 broke, so nothing tried this one"),
        step(7, Verdict.UNREACHED, "step 5 broke, so nothing tried this one"),
    )
    return run_of(walkthrough(*steps), *more, not_walked=not_walked)


def run_of(*walkthroughs: WalkthroughOutcome, not_walked: tuple[NotWalked, ...] = ()) -> RunOutcome:
    return run_outcome(
        walkthroughs, not_walked, started="2026-01-12T09:30:00+00:00", seconds=14.2, versions={"Chromium": "156.0"}
    )
