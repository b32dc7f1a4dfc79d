"""A session as data, and its status."""

from __future__ import annotations

import json

import pytest

from tests.unit.report.runs import drifted, run_of, step, walkthrough
from walkthrough.evidence import StepEvidence
from walkthrough.model import Location
from walkthrough.outcome import Verdict
from walkthrough.report.run import NotWalked, dumps

SKIPPED = NotWalked("docs/other.md:3", "other", "no licence here")


@pytest.mark.parametrize(
    ("verdict", "status"),
    [
        (Verdict.SAME, 0),
        (Verdict.COSMETIC, 0),
        (Verdict.UNVERIFIED, 1),
        (Verdict.LAYOUT, 1),
        (Verdict.LABEL, 1),
        (Verdict.BROKEN, 1),
        (Verdict.UNREACHED, 1),
    ],
)
def test_the_status_is_that_of_the_worst_step(verdict: Verdict, status: int) -> None:
    """What is the same or looks different passes; everything else is drift."""
    assert run_of(walkthrough(step(1, Verdict.SAME), step(2, verdict))).status == status


def test_what_was_not_walked_is_an_error() -> None:
    """A walkthrough that could not be walked, or was skipped, is status 2, beside others that passed."""
    passed = walkthrough(step(1, Verdict.SAME))
    assert run_of(passed, walkthrough(error="no fixture “researcher”", name="other")).status == 2
    assert run_of(passed, not_walked=(SKIPPED,)).status == 2
    assert run_of().status == 2


def test_drift_comes_before_errors() -> None:
    """Where something drifted and something could not be walked, the status says drift."""
    assert drifted(not_walked=(SKIPPED,)).status == 1


def test_what_was_taken_on_is_no_drift() -> None:
    """A walkthrough that wrote its evidence has taken on what differed."""
    assert run_of(walkthrough(step(1, Verdict.UNVERIFIED), updated=True)).status == 0


def test_walkthroughs_are_in_the_pages_order() -> None:
    """However workers end, the report is in the order of pages and lines; steps are counted by verdict."""
    second = walkthrough(step(1, Verdict.SAME), name="sign-out", where=Location("docs/login.md", 90))
    first = walkthrough(step(1, Verdict.LABEL), name="first", where=Location("docs/login.md", 9), page="docs/login.md")
    run = run_of(second, first)
    assert [each.name for each in run.walkthroughs] == ["first", "sign-out"]
    assert run.verdicts == {"same": 1, "label": 1}


def test_the_file_leaves_out_what_a_step_saw() -> None:
    """Evidence stays in the walkthrough's own file."""
    seen = step(1, Verdict.SAME, evidence=StepEvidence(1, "0" * 64))
    data = json.loads(dumps(run_of(walkthrough(seen))))
    assert data["walkthroughs"][0]["steps"][0]["sentence"] == "Sentence of step 1."
    assert "evidence" not in data["walkthroughs"][0]["steps"][0]
