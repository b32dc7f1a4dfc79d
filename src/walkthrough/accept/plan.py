"""What accepting would do to one page: decided as a whole, before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from walkthrough.accept.labels import NotInPage, edit_name, names, renamed, role_span
from walkthrough.accept.mentions import Place, Renaming, Unclear, edit_mentions, reads_as
from walkthrough.accept.proof import Accepted, evidence_after, settled
from walkthrough.accept.text import Conflict, Edit, applied, moved, offset_of, reworded
from walkthrough.compare.names import similarity
from walkthrough.compare.things import bounded
from walkthrough.evidence import PageEvidence
from walkthrough.model import Action, Guide, GuideError, Location, Step
from walkthrough.outcome import CERTAIN, Change, PictureOutcome, StepOutcome, Verdict, WalkthroughOutcome
from walkthrough.parse import parse


@dataclass(frozen=True)
class Page:
    """A page as it stands now: its text, the evidence beside it, what the last run found of its walkthroughs."""

    path: str
    text: str
    evidence: PageEvidence
    outcomes: tuple[WalkthroughOutcome, ...]
    other_roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """Something that is not accepted: where, why, and what a person does instead."""

    where: Location
    reason: str
    by_hand: str

    def __str__(self) -> str:
        return f"{self.where}: not accepted: {self.reason}\n    by hand: {self.by_hand}"


@dataclass(frozen=True)
class Plan:
    """What accepting makes of a page. ``pictures`` are those to take over; ``accepted`` counts steps. ``moved`` are the
    changes of structure that come with them, after which a sentence may read better in another order; ``renamed`` are
    the old and new names of what steps use.
    """

    page: Page
    text: str
    evidence: PageEvidence
    pictures: tuple[PictureOutcome, ...] = ()
    outcomes: tuple[WalkthroughOutcome, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    moved: tuple[Change, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    accepted: int = 0

    @property
    def does_something(self) -> bool:
        """Whether anything would be written."""
        return bool(self.pictures) or self.text != self.page.text or self.evidence != self.page.evidence


def digest(text: str) -> str:
    """SHA-256 of a page's text, as outcomes name it."""
    return hashlib.sha256(text.encode()).hexdigest()


def plan(page: Page, chosen: Collection[tuple[str, str, int]]) -> Plan:
    """Decide what becomes of the chosen steps, each named by page, walkthrough and number."""
    nothing = Plan(page, page.text, page.evidence)
    mine = [each for each in page.outcomes if _has_something(each, page.path, chosen)]
    if not mine:
        return nothing
    if refusals := [*_unusable(page, mine)]:
        return replace(nothing, refusals=tuple(refusals))
    guide = parse(page.text, page.path, page.other_roles)
    refusals, accepted = [], []
    for outcome in page.outcomes:
        if outcome.page_sha256 != digest(page.text):
            continue  # nothing of it is accepted
        whole = _is_whole(guide, outcome)
        provable = whole or page.evidence.get(outcome.name) is not None
        taken: set[int] = set()
        refused: set[int] = set()
        for step in outcome.steps:
            if (page.path, outcome.name, step.number) in chosen and step.verdict is not Verdict.SAME:
                problem = _problem(outcome, step) or (None if provable else _unproven(outcome, step))
                (refused if problem else taken).add(step.number)
                refusals += [problem] if problem and not _follows(outcome, step, refused) else []
        accepted.append(Accepted(outcome, frozenset(taken), frozenset(refused), whole))
    try:
        return _carried_out(page, guide, accepted, tuple(refusals))
    except (NotInPage, Conflict, GuideError) as error:
        where = mine[0].where
        return replace(nothing, refusals=(*refusals, Refusal(where, str(error).splitlines()[0], _MEND_BY_HAND)))


_ALIKE: Final = 0.5
_SURE: Final = 0.9
"""How alike two names must be, or how likely the new one, to be of one thing although the step behind it broke."""
_MEND_BY_HAND = "mend the sentence, and run again; the report names the lines"


def _has_something(outcome: WalkthroughOutcome, path: str, chosen: Collection[tuple[str, str, int]]) -> bool:
    if outcome.error:
        return any((page, name) == (path, outcome.name) for page, name, _ in chosen) or not outcome.steps
    steps = (step for step in outcome.steps if (path, outcome.name, step.number) in chosen)
    return any(step.verdict is not Verdict.SAME for step in steps) and not outcome.updated


def _is_whole(guide: Guide, outcome: WalkthroughOutcome) -> bool:
    walkthrough = next(each for each in guide.walkthroughs if each.name == outcome.name)
    return {step.number for step in walkthrough.steps} == {each.number for each in outcome.steps if each.evidence}


def _unusable(page: Page, outcomes: Sequence[WalkthroughOutcome]) -> Iterator[Refusal]:
    for outcome in outcomes:
        if outcome.error:
            reason = f"“{outcome.name}” {outcome.stopped}: {outcome.error.splitlines()[0]}"
            yield Refusal(outcome.where, reason, "mend what stops it, and run again")
        elif outcome.page_sha256 != digest(page.text):
            reason = f"the page has been edited since the last run walked “{outcome.name}”"
            yield Refusal(outcome.where, reason, f"run again: walkthrough check {page.path}")


def _problem(outcome: WalkthroughOutcome, step: StepOutcome) -> Refusal | None:
    """Why a step is not accepted, if it is not."""
    called = f"step {step.number} of “{outcome.name}”"
    if step.verdict is Verdict.UNREACHED:
        return Refusal(step.where, f"{called} was not reached", "mend the step that broke, and run again")
    if step.verdict is Verdict.BROKEN or step.evidence is None:
        hint = step.hint or "mend the sentence if the product is right, the product if the sentence is"
        return Refusal(step.where, f"{called} is broken: {step.reason}", f"{hint}; then run again")
    behind = next((each for each in outcome.steps if each.number > step.number), None)
    broken = behind is not None and behind.verdict is Verdict.BROKEN
    for change in step.changes:
        if broken and change.role and change.confidence < _SURE and similarity(change.old, change.new) < _ALIKE:
            reason = f"{called}: {change.message}, and the step behind it broke, so it may be another thing"
            by_hand = f"if “{change.new}” is the same thing, write it in line {change.where.line}, and run again"
            return Refusal(change.where, reason, by_hand)
        if change.verdict is Verdict.LABEL and (not change.new or change.confidence < CERTAIN):
            return Refusal(change.where, f"{called}: {change.message}", _by_hand(change))
        if change.verdict is Verdict.BROKEN:
            return Refusal(change.where, f"{called} is broken: {change.message}", _MEND_BY_HAND)
    return None


def _follows(outcome: WalkthroughOutcome, step: StepOutcome, refused: Collection[int]) -> bool:
    """Whether a step was not reached because of one that is refused already, which says it all."""
    broken = {each.number for each in outcome.steps if each.verdict is Verdict.BROKEN}
    return step.verdict is Verdict.UNREACHED and bool(broken & set(refused))


def _unproven(outcome: WalkthroughOutcome, step: StepOutcome) -> Refusal:
    reason = f"step {step.number} of “{outcome.name}”, which was not walked to its end and has no evidence yet"
    return Refusal(step.where, reason, "mend the step that broke, and run again")


def _by_hand(change: Change) -> str:
    if not change.new:
        return f"say in line {change.where.line} what stands there instead of “{change.old}”, and run again"
    return (
        f"if “{change.new}” is the new name, which is {change.confidence:.0%} sure and not {CERTAIN:.0%}, write it in "
        f"line {change.where.line} instead of “{change.old}”, and run again"
    )


def _carried_out(page: Page, guide: Guide, accepted: Sequence[Accepted], refusals: tuple[Refusal, ...]) -> Plan:
    changes = [*_accepted_changes(accepted, Verdict.LABEL)]
    renamings = list(_renamings(page.text, guide, changes))
    edits: list[Edit] = []
    for each in renamings:
        if each.action:
            edits += edit_name(page.text, each.action, each.old, each.new)
    seen = {
        (each.outcome.name, step.number): step.evidence
        for each in accepted
        for step in each.outcome.steps
        if step.evidence
    }
    mentions, unclear = edit_mentions(page.text, guide, renamings, seen)
    quoted = [
        *_quoted(page.text, guide, [change for _, change in changes if _action(page.text, guide, change) is None])
    ]
    said = {edit.start for edit in quoted}
    unclear = [each for each in unclear if offset_of(page.text, each.where.line, each.where.column) not in said]
    text = applied(page.text, [*edits, *mentions, *quoted])
    after = parse(text, page.path, page.other_roles)
    _check(guide, after, renamings)
    evidence = evidence_after(page.evidence, guide, after, accepted, renamings)
    pictures = tuple(
        picture
        for each in accepted
        for step in each.outcome.steps
        if step.number in each.steps
        for picture in step.pictures
        if picture.taken
    )
    lines = moved(page.text, text)
    outcomes = tuple(settled(each, evidence, digest(text), lines) for each in accepted)
    return Plan(
        page,
        text,
        evidence,
        pictures,
        outcomes,
        refusals,
        tuple(unclear),
        tuple(change for _, change in _accepted_changes(accepted, Verdict.LAYOUT)),
        tuple(dict.fromkeys((each.old, each.new) for each in renamings if each.action)),
        sum(len(each.steps) for each in accepted),
    )


def _accepted_changes(accepted: Sequence[Accepted], verdict: Verdict) -> Iterator[tuple[Place, Change]]:
    for each in accepted:
        for step in each.outcome.steps:
            if step.number in each.steps:
                for change in step.changes:
                    if change.verdict is verdict:
                        yield (each.outcome.name, step.number), change


def _renamings(text: str, guide: Guide, changes: Sequence[tuple[Place, Change]]) -> Iterator[Renaming]:
    for place, change in changes:
        if "`" in change.new:
            raise NotInPage(f"{change.where}: the new name “{change.new}” holds a backtick")
        named = _action(text, guide, change)
        if named is None:
            yield Renaming(place, change.old, change.new, change.where)
            continue
        if change.old == named.option and set(change.new) & set('"<>'):
            raise NotInPage(f"{change.where}: the new option “{change.new}” holds a sign that no value can hold")
        step = next(step for step in _steps(guide) if any(action is named for action in step.actions))
        # A step that does the same twice did both under the new name.
        for action in step.actions:
            if action == named:
                yield Renaming(place, change.old, change.new, change.where, action)


def _steps(guide: Guide) -> Iterator[Step]:
    return (step for walkthrough in guide.walkthroughs for step in walkthrough.steps)


def _action(text: str, guide: Guide, change: Change) -> Action | None:
    """The action whose label a change names; None where what it names is only quoted."""
    at = offset_of(text, change.where.line, change.where.column)
    for action in (action for step in _steps(guide) for action in step.actions):
        if action.role == change.role and change.old in (action.label, *names(action)):
            start, end = role_span(text, action)
            if start <= at < end:
                return action
    return None


def _quoted(text: str, guide: Guide, changes: Sequence[Change]) -> Iterator[Edit]:
    """The edits of what the page quotes, in the place that each change names."""
    for change in changes:
        found = bounded(change.old).match(text, offset_of(text, change.where.line, change.where.column))
        if found is None:
            raise NotInPage(f"{change.where}: expected “{change.old}”")
        edit = Edit(found.start(), found.end(), reworded(found.group(), change.new))
        if not reads_as(text, guide, edit, change.where, change.new):
            raise NotInPage(f"{change.where}: signs of the new name “{change.new}” would be read as markup")
        yield edit


def _check(before: Guide, after: Guide, renamings: Sequence[Renaming]) -> None:
    """See that the page still says the same, under the new names. Raises `NotInPage`."""
    for walkthrough, edited in zip(before.walkthroughs, after.walkthroughs, strict=True):
        for step, other in zip(walkthrough.steps, edited.steps, strict=True):
            wanted = [_under_new_names(each, renamings) for each in step.actions]
            if wanted != list(other.actions) or [each.path for each in step.pictures] != [
                each.path for each in other.pictures
            ]:
                raise NotInPage(f"{step.where}: the new name cannot be written in a role as it is")


def _under_new_names(action: Action, renamings: Sequence[Renaming]) -> Action:
    # A step that does the same twice has each of its renamings twice.
    for old, new in dict.fromkeys((each.old, each.new) for each in renamings if each.action is action):
        action = renamed(action, old, new)
    return action
