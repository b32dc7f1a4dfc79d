"""The summary in a terminal."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.report.runs import PAGE, broken, drifted, renamed, run_of, step, walkthrough
from walkthrough.model import Location
from walkthrough.outcome import Change, Verdict
from walkthrough.report.advice import next_commands
from walkthrough.report.run import NotWalked, RunOutcome
from walkthrough.report.terminal import summary


def text(run: RunOutcome, *, update: bool = False, gallery: str = ".walkthrough/report.html", width: int = 100) -> str:
    return "\n".join(map(str, summary(run, update=update, gallery=gallery, width=width)))


def test_a_passing_run_is_one_line_a_walkthrough() -> None:
    """Nothing is said of steps that are the same."""
    run = run_of(walkthrough(step(1, Verdict.SAME), step(2, Verdict.SAME)))
    assert text(run) == f"{PAGE}:40  sign-up: 2 steps, 0 pictures, 12.3 s: 2 same"


def test_a_drifted_step_is_told_with_place_verdict_reason_and_next_command() -> None:
    """A writer reads where, what, what was found, and what to do."""
    said = text(run_of(walkthrough(renamed())), width=140)
    assert f"{PAGE}:44  label  step 4: the button that the page calls “Confirm Account” is now called" in said
    assert "    found:    button “Verify account”" in said
    assert f"    also:     {PAGE}:47: the alt text has it" in said
    assert f"    next:     walkthrough accept {PAGE}:44" in said
    assert "the footer is new" not in said
    assert said.endswith("look: .walkthrough/report.html")


def test_many_changes_of_one_step_are_counted() -> None:
    """Of a step with a dozen changes the worst are told, and the lines of the others."""
    moved = [Change(Verdict.LAYOUT, f"field {each} moved", Location(PAGE, 50 + each % 2)) for each in range(12)]
    renamed_fields = [
        Change(Verdict.LABEL, f"**field {each}** has a new name", Location(PAGE, 60)) for each in range(7)
    ]
    both = (*renamed_fields, *moved)
    said = text(run_of(walkthrough(step(4, Verdict.LABEL, both[0].message, changes=both))))
    assert "step 4: “field 0” has a new name" in said
    assert "    also:     docs/login.md:60: “field 4” has a new name\n    also:     2 more of label\n" in said
    assert "    also:     12 of layout, at lines 50, 51\n" in said


def test_an_uncertain_name_is_looked_at_first() -> None:
    """Where accepting would be refused, the browser is proposed before it."""
    said = text(run_of(walkthrough(renamed(confidence=0.5))))
    assert said.index(f"pytest {PAGE} -k sign-up --headed") < said.index("walkthrough accept")


def test_a_broken_step_tells_what_was_kept() -> None:
    """What was found is told, and in one piece the command that shows the trace."""
    said = text(run_of(walkthrough(broken())), width=60)
    assert said.count("a text or control “Console”") == 1
    assert "found:    the page “Problem” at" in said
    assert "next:     playwright show-trace .walkthrough/docs+login+sign-up/trace.zip" in said


def test_commands_can_be_copied_where_a_path_holds_spaces() -> None:
    """Page, place and trace are one word each to a shell."""
    page = "docs/sign up.md"
    kept = replace(broken(), kept=(".walkthrough/docs-sign up/trace.zip",))
    moved = replace(step(1, Verdict.LAYOUT), where=Location(page, 41))
    commands = [command for each in (kept, moved) for command in next_commands(walkthrough(page=page), each)]
    assert commands == [
        "pytest 'docs/sign up.md' -k sign-up --headed",
        "playwright show-trace '.walkthrough/docs-sign up/trace.zip'",
        "walkthrough accept 'docs/sign up.md:41'",
    ]


def test_steps_that_were_not_reached_are_one_line() -> None:
    """What stands behind a broken step is told together."""
    said = text(drifted())
    assert f"{PAGE}:46  unreached  steps 6 to 7: step 5 broke, so nothing tried this one" in said
    assert said.count("unreached  ") == 1


def test_it_stays_within_a_screen() -> None:
    """Of many drifted steps only the first are told in full, and not all are listed."""
    many = [step(number, Verdict.LAYOUT, f"field {number} moved") for number in range(1, 40)]
    said = text(run_of(walkthrough(*many)))
    assert "field 12 moved" in said
    assert "field 13 moved" not in said
    assert "… and 27 more" in said
    assert len(said.splitlines()) <= 30


def test_lines_are_as_wide_as_the_terminal() -> None:
    """A long reason is broken between words; commands and paths never are."""
    said = text(drifted(), width=80)
    assert [line for line in said.splitlines() if len(line) > 80] == []


def test_what_was_not_walked_is_told() -> None:
    """An error names its first line, and never looks like a pass."""
    failed = walkthrough(error="docs/login.md:40: no fixture “researcher”\nmore")
    said = text(run_of(failed, not_walked=(NotWalked("docs/x.md:3", "x", "no licence here"),)))
    assert "sign-up: could not be walked: docs/login.md:40: no fixture “researcher”" in said
    assert "docs/x.md:3  x: not walked: no licence here" in said


def test_an_update_tells_what_it_wrote() -> None:
    """The files that were written are named; where there are none, it says so."""
    wrote = walkthrough(step(1, Verdict.UNVERIFIED, "new"), updated=True, written=("docs/images/a.png",))
    assert "written: docs/images/a.png" in text(run_of(wrote), update=True)
    assert "unverified  step" not in text(run_of(wrote), update=True)
    nothing = walkthrough(step(1, Verdict.SAME), updated=True)
    assert "nothing has changed: no file was written" in text(run_of(nothing), update=True)
