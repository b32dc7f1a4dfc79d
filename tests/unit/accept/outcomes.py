"""A page, its evidence, and what a run could have found of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from walkthrough.accept.plan import Page, Plan, digest, plan
from walkthrough.evidence import Box, PageEvidence, PictureEvidence, StepEvidence, View, WalkthroughEvidence
from walkthrough.model import Guide, Location, Step
from walkthrough.outcome import Change, PictureOutcome, StepOutcome, Verdict, WalkthroughOutcome
from walkthrough.parse import parse

PATH = "docs/page.md"
DAY = "2026-03-02"
TEXT = """\
# Sign up

You press **Confirm Account** at the end.

:::{walkthrough} sign-up
:persona: reader

1. Click {click}`Sign up`.

   ![The start page with its Sign up link.](images/start.png)

2. Enter {fill}`User name <persona.username>`, {fill}`Password <persona.password>` and
   {fill}`Verification code <mail.code>`, and click {click}`Confirm Account`.

   ![The form, with the Confirm Account
   button.](images/form.png)

3. {see}`Ready` appears. Choose {menu}`Run > Run All Cells`.
:::

The button {guilabel}`Confirm Account` is “Confirm Account” in the e-mail too.
"""


def png(content: str) -> bytes:
    """Bytes that stand for a picture."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (4).to_bytes(4, "big") + (3).to_bytes(4, "big") + content.encode()


def proven(step: Step, look: str = "before", shown: Sequence[str] = ()) -> StepEvidence:
    """The evidence of a step whose pictures and snapshot say ``look``."""
    boxes = tuple(Box(each.role, each.label, 0.1, 0.1, 0.2, 0.2) for each in step.actions)
    pictures = tuple(
        PictureEvidence(str(each.path), 4, 3, hashlib.sha256(png(f"{each.path} {look}")).hexdigest(), boxes=boxes)
        for each in step.pictures
    )
    outline = tuple(f'- button "{name}"' for name in shown)
    return StepEvidence(
        step.number, step.digest, {}, pictures, (View(0, look, "/", (), outline, boxes),), sources=("app.html",)
    )


def guide_of(text: str = TEXT) -> Guide:
    return parse(text, PATH)


def evidence_of(text: str = TEXT) -> PageEvidence:
    """What was committed when the page said this."""
    return PageEvidence(
        tuple(
            WalkthroughEvidence(each.name, "2026-01-01", {"App": "1"}, tuple(proven(step) for step in each.steps))
            for each in guide_of(text).walkthroughs
        )
    )


@dataclass
class Run:
    """A run over a page: set what it found of some steps, then ask what accepting does."""

    text: str = TEXT
    evidence: PageEvidence = field(default_factory=evidence_of)
    found: dict[tuple[str, int], StepOutcome] = field(default_factory=dict)

    @property
    def guide(self) -> Guide:
        return guide_of(self.text)

    def step(self, number: int, name: str = "sign-up") -> Step:
        walkthrough = next(each for each in self.guide.walkthroughs if each.name == name)
        return next(each for each in walkthrough.steps if each.number == number)

    def finds(
        self, number: int, verdict: Verdict, *changes: Change, name: str = "sign-up", shown: Sequence[str] = ()
    ) -> Run:
        """Let the run have found this of a step, whose pictures look new."""
        step = self.step(number, name)
        walked = verdict not in (Verdict.BROKEN, Verdict.UNREACHED)
        pictures = tuple(
            PictureOutcome(str(each.path), each.alt, each.where, f"docs/{each.path}", f"taken/{each.path.name}", 0.1)
            for each in step.pictures
        )
        self.found[name, number] = StepOutcome(
            number,
            step.where,
            "",
            verdict,
            "as it is",
            changes,
            pictures if walked else (),
            evidence=proven(step, "after", shown) if walked else None,
        )
        return self

    def renamed(
        self, number: int, label: str, new: str, *, confidence: float = 0.9, name: str = "sign-up", item: str = ""
    ) -> Run:
        """Let a step have been walked under a new name of one of its controls."""
        action = next(each for each in self.step(number, name).actions if each.label == label)
        change = Change(Verdict.LABEL, f"{label} is {new}", action.where, action.role, item or label, new, confidence)
        known = self.found.get((name, number))
        return self.finds(number, Verdict.LABEL, *(known.changes if known else ()), change, name=name)

    def outcomes(self, text: str | None = None) -> tuple[WalkthroughOutcome, ...]:
        def same(step: Step) -> StepOutcome:
            return StepOutcome(step.number, step.where, "", Verdict.SAME, "", evidence=proven(step))

        return tuple(
            WalkthroughOutcome(
                PATH,
                each.name,
                each.where,
                digest(self.text if text is None else text),
                tuple(self.found.get((each.name, step.number), same(step)) for step in each.steps),
                products={"App": "2"},
                day=DAY,
            )
            for each in self.guide.walkthroughs
        )

    def plan(self, *steps: int, name: str = "sign-up", outcomes: tuple[WalkthroughOutcome, ...] = ()) -> Plan:
        """What accepting does: of the steps with these numbers, or of all."""
        outcomes = outcomes or self.outcomes()
        chosen = {
            (PATH, each.name, step.number)
            for each in outcomes
            for step in each.steps
            if not steps or (each.name == name and step.number in steps)
        }
        return plan(Page(PATH, self.text, self.evidence, outcomes), chosen)


def changed_lines(before: str, after: str) -> Mapping[int, str]:
    """The lines that differ, by number, of texts with as many lines."""
    pairs = zip(before.splitlines(), after.splitlines(), strict=True)
    return {number: new for number, (old, new) in enumerate(pairs, 1) if old != new}


def place(piece: str, text: str = TEXT) -> Location:
    """Where something stands in the page first."""
    at = text.index(piece)
    return Location(PATH, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
