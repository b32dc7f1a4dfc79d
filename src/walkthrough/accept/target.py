"""What a person asks to accept: a page, a line, a walkthrough or a step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from walkthrough.markdown import split_lines
from walkthrough.model import Guide, Step
from walkthrough.outcome import StepOutcome, WalkthroughOutcome

_TARGET = re.compile(r"^(?P<page>[^:]+)(?::(?P<line>\d+)|:(?P<name>[a-z][a-z0-9-]*)(?::(?P<step>\d+))?)?$")


class TargetError(Exception):
    """A target is not of the form that is understood, or nothing in the outcomes answers to it."""


@dataclass(frozen=True)
class Target:
    """A page, and in it a line, or a walkthrough by its name, or a step of that."""

    page: str
    line: int | None = None
    name: str | None = None
    step: int | None = None

    def __str__(self) -> str:
        parts = (self.page, self.line, self.name, self.step)
        return ":".join(str(part) for part in parts if part is not None)


def read_target(text: str) -> Target:
    """Read ``docs/login.md``, ``docs/login.md:51``, ``docs/login.md:sign-up`` or ``docs/login.md:sign-up:4``.

    Raises `TargetError` for anything else.
    """
    found = _TARGET.match(text.removeprefix("./"))
    if found is None:
        raise TargetError(
            f"{text}: expected a page (docs/login.md), a line of it (docs/login.md:51), a walkthrough "
            "(docs/login.md:sign-up) or a step (docs/login.md:sign-up:4)"
        )
    line, step = (int(found[part]) if found[part] else None for part in ("line", "step"))
    return Target(found["page"], line, found["name"], step)


def chosen(
    targets: Sequence[Target], outcomes: Iterable[WalkthroughOutcome], guides: Mapping[str, Guide]
) -> set[tuple[str, str, int]]:
    """The steps that are meant, each by page, walkthrough and number; all of them where there are no targets.

    ``guides`` are the pages as they are read now. Raises `TargetError` where a target meets nothing that the last run
    has walked.
    """
    known = list(outcomes)
    if not targets:
        return {(each.page, each.name, step.number) for each in known for step in each.steps}
    steps: set[tuple[str, str, int]] = set()
    for target in targets:
        on_page = [each for each in known if each.page == target.page]
        met = {
            (each.page, each.name, step.number)
            for each in on_page
            for step in _meant(target, each, guides.get(each.page))
        }
        if not met and not _whole(target, on_page):
            raise TargetError(_unmet(target, on_page))
        steps |= met
    return steps


def _whole(target: Target, on_page: Sequence[WalkthroughOutcome]) -> bool:
    """Whether a page or a walkthrough is meant that is there, though none of its steps was walked."""
    return target.line is None and target.step is None and any(target.name in (None, each.name) for each in on_page)


def _meant(target: Target, outcome: WalkthroughOutcome, guide: Guide | None) -> Sequence[StepOutcome]:
    if target.name is not None and target.name != outcome.name:
        return ()
    if target.step is not None:
        return [step for step in outcome.steps if step.number == target.step]
    if target.line is None or target.line == outcome.where.line:
        return outcome.steps
    named = [step for step in outcome.steps if any(change.where.line == target.line for change in step.changes)]
    if named:
        return named
    walkthrough = next((each for each in guide.walkthroughs if each.name == outcome.name), None) if guide else None
    there = {step.number for step in walkthrough.steps if target.line in lines_of(step)} if walkthrough else set()
    return [step for step in outcome.steps if step.number in there]


def lines_of(step: Step) -> range:
    """The lines of the page, from 1, in which a step stands."""
    return range(step.where.line, step.where.line + len(split_lines(step.source)))


def _unmet(target: Target, on_page: Sequence[WalkthroughOutcome]) -> str:
    if not on_page:
        return f"{target}: the last run has walked no such page; walk it first: walkthrough check {target.page}"
    if target.name is not None and target.name not in {each.name for each in on_page}:
        return f"{target}: the page has no walkthrough “{target.name}”, but " + ", ".join(each.name for each in on_page)
    places = (f"{step.where.line} ({each.name}:{step.number})" for each in on_page for step in each.steps)
    return f"{target}: no step stands there; the steps begin in the lines " + ", ".join(places)
