"""The guide's own pages with their committed evidence, and what a changed product would show in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from walkthrough.compare.judge import Judgement, judge
from walkthrough.compare.names import Likely, Renamed
from walkthrough.compare.quoted import PageText
from walkthrough.evidence import Box, StepEvidence, View, load
from walkthrough.model import Action, Step
from walkthrough.parse import parse

DOCS = Path(__file__).resolve().parents[3] / "docs"
Edits = Sequence[tuple[str, str]]


def edited(view: View, edits: Edits) -> View:
    """A view whose lines have these texts replaced; each must stand in it."""

    def lines(tree: tuple[str, ...]) -> tuple[str, ...]:
        text = "\n".join((*tree, ""))
        for old, new in edits:
            text = text.replace(old, new)
        return tuple(text.splitlines())

    for old, _ in edits:
        assert old in "\n".join((*view.snapshot, "", *view.outline, "")), old
    return replace(view, snapshot=lines(view.snapshot), outline=lines(view.outline))


@dataclass(frozen=True)
class Walked:
    """A page's one walkthrough, with evidence as if it had been taken of the page as it stands."""

    steps: tuple[Step, ...]
    evidence: tuple[StepEvidence, ...]
    page: PageText

    def action(self, number: int, label: str) -> Action:
        return next(action for action in self.steps[number - 1].actions if action.label == label)

    def view(self, number: int, index: int = 0) -> View:
        return self.evidence[number - 1].views[index]

    def known(self, number: int) -> list[View]:
        """The views that the walk looks at when something of this step is missing."""
        return [view for step in self.evidence[max(0, number - 2) : number] for view in step.views]

    def renamed(self, number: int, label: str, role: str, name: str) -> Renamed:
        return Renamed(self.action(number, label), Likely(role, name, 0.9, "in its place"))

    def line(self, piece: str) -> int:
        return next(number for number, line in enumerate(self.page.text.splitlines(), 1) if piece in line)

    def judge(
        self,
        number: int,
        *edits: tuple[str, str],
        renamed: Sequence[Renamed] = (),
        boxes: Callable[[tuple[Box, ...]], Sequence[Box]] = tuple,
        entered: Mapping[str, Action] = MappingProxyType({}),
        digest: str = "",
        mails: Sequence[tuple[str, str]] = (),
        **changes: str,
    ) -> Judgement:
        """The verdict on a step whose every view has these edits, as far as they concern it; ``digest`` is of a step
        that has been edited itself, ``mails`` are edits of the e-mail from which it takes a value.
        """
        known = self.evidence[number - 1]
        views = [
            edited(view, [edit for edit in edits if edit[0] in "\n".join((*view.snapshot, "", *view.outline, ""))])
            for view in known.views
        ]
        assert not edits or any(view != old for view, old in zip(views, known.views, strict=True)), "nothing is edited"
        now = replace(known, views=tuple(replace(each, boxes=tuple(boxes(each.boxes)), **changes) for each in views))
        texts = ["\n".join(mail) for mail in known.mails]
        for before, after in mails:
            assert before in texts[0]
            texts = [text.replace(before, after) for text in texts]
        now = replace(now, digest=digest or now.digest, mails=tuple(tuple(text.splitlines()) for text in texts))
        return judge(self.steps[number - 1], self.page, known, now, renamed, (), entered=entered)


@cache
def walked(name: str) -> Walked:
    """The one walkthrough of a page of the guide."""
    text = (DOCS / f"{name}.md").read_text("utf-8")
    guide = parse(text, f"docs/{name}.md")
    (walkthrough,) = guide.walkthroughs
    evidence = load(DOCS / f"images/{name}.evidence.json").walkthroughs[0]
    steps = tuple(
        replace(known, digest=step.digest) for known, step in zip(evidence.steps, walkthrough.steps, strict=True)
    )
    return Walked(walkthrough.steps, steps, PageText(text, guide.path, guide))
