"""What the product says otherwise is mended on the guide's own page: every line that told it, and no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.accept.outcomes import changed_lines
from walkthrough.accept.plan import Page, Plan, digest, plan
from walkthrough.compare.judge import judge
from walkthrough.compare.names import Likely, Renamed
from walkthrough.compare.quoted import PageText
from walkthrough.evidence import View, evidence_path, load
from walkthrough.model import Step
from walkthrough.outcome import StepOutcome, WalkthroughOutcome
from walkthrough.parse import parse

PATH = "docs/login.md"
ROOT = Path(__file__).parents[3]
TEXT = (ROOT / PATH).read_text("utf-8")


def accepted(changes: Mapping[str, str], renamed: Mapping[int, tuple[str, str]] | None = None) -> Plan:
    """Judge a run that saw other words than were committed, under new names in some steps, and accept all of it."""
    guide, evidence = parse(TEXT, PATH), load(evidence_path(ROOT / PATH))
    (walkthrough,), page = guide.walkthroughs, PageText(TEXT, PATH, guide)

    def said(text: str) -> str:
        for old, new in changes.items():
            text = text.replace(old, new)
        return text

    def seen(view: View) -> View:
        return replace(view, snapshot=tuple(map(said, view.snapshot)), outline=tuple(map(said, view.outline)))

    def found(step: Step, names: list[Renamed]) -> StepOutcome:
        known = next(each for each in evidence.walkthroughs[0].steps if each.number == step.number)
        now = replace(known, views=tuple(map(seen, known.views)))
        judged = judge(step, page, known, now, names, ())
        return StepOutcome(step.number, step.where, "", judged.verdict, judged.reason, judged.changes, evidence=now)

    names: list[Renamed] = []
    steps = []
    for step in walkthrough.steps:
        if step.number in (renamed or {}):
            old, new = (renamed or {})[step.number]
            action = next(each for each in step.actions if each.label == old)
            names.append(Renamed(action, Likely("button", new, 0.9, "")))
        steps.append(found(step, names))
    outcome = WalkthroughOutcome(
        PATH, walkthrough.name, walkthrough.where, digest(TEXT), tuple(steps), day="2026-12-01"
    )
    chosen = {(PATH, walkthrough.name, step.number) for step in walkthrough.steps}
    return plan(Page(PATH, TEXT, evidence, (outcome,)), chosen)


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("15 minutes", "20 minutes", ["within 15 minutes", "it is valid for 15"]),
        ("six-digit", "eight-digit", ["a code of six digits", "six digits in the field"]),
        ("Send a new code", "Get another code", ["{guilabel}`Send a new code`"]),
        (
            "JupyterHub Console",
            "Data Console",
            ["**JupyterHub Console**", "{see}`JupyterHub", "page of the JupyterHub"],
        ),
        ("Check your e-mail", "Look into your mailbox", ["page Check your e-mail"]),
        ("Create your account", "Make an account", ["The form Create your account"]),
    ],
)
def test_what_the_page_quotes_is_mended_wherever_it_says_so(old: str, new: str, lines: list[str]) -> None:
    """A number with its noun, a button that is only mentioned, a heading, what a picture's text names."""
    done = accepted({old: new})
    assert not done.refusals
    before = TEXT.splitlines()
    changed = changed_lines(TEXT, done.text)
    assert len(changed) == len(lines)
    for piece in lines:
        assert any(piece in before[number - 1] for number in changed)


def test_a_link_is_renamed_beside_a_button_that_keeps_the_name() -> None:
    """**Sign up** is a link in step 2 and a button in step 3: each picture's text follows its own."""
    done = accepted({'link "Sign up"': 'link "Register"'}, {2: ("Sign up", "Register")})
    changed = changed_lines(TEXT, done.text)
    assert [line.strip()[:50] for line in changed.values()] == [
        "2. The sign-in page of your project's hub appears.",
        "![The sign-in page of project 50123 with a Sign in",
    ]
    assert not done.refusals
    assert not done.unclear


def test_a_text_that_is_gone_is_refused_with_its_line() -> None:
    """What the page quotes and nothing stands in for is a person's to mend."""
    done = accepted({'- button "Send a new code"': "- text: Wait"})
    assert not done.does_something
    assert [each.where.line for each in done.refusals] == [
        next(number for number, line in enumerate(TEXT.splitlines(), 1) if "Send a new code" in line)
    ]
