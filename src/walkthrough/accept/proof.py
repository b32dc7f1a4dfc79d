"""The evidence after accepting: what the run saw of the accepted steps, what was known of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from walkthrough.accept.labels import renamed
from walkthrough.accept.mentions import Renaming
from walkthrough.evidence import Box, PageEvidence, StepEvidence, WalkthroughEvidence
from walkthrough.model import Guide, Location, Step, Walkthrough
from walkthrough.outcome import Verdict, WalkthroughOutcome


@dataclass(frozen=True)
class Accepted:
    """The steps of one walkthrough that are accepted, by number, and those that were refused.

    ``walked`` says whether the run walked the walkthrough from its first step to its last.
    """

    outcome: WalkthroughOutcome
    steps: frozenset[int]
    refused: frozenset[int]
    walked: bool

    @property
    def whole(self) -> bool:
        """Whether the run walked all of it, and nothing of what it found is left over."""
        drifted = {step.number for step in self.outcome.steps if step.verdict.drifted}
        return self.walked and not self.refused and drifted <= self.steps


def evidence_after(
    known: PageEvidence,
    before: Guide,
    after: Guide,
    accepted: Sequence[Accepted],
    renamings: Sequence[Renaming],
) -> PageEvidence:
    """The page's evidence; ``before`` and ``after`` are the page as it was walked and as it will stand."""
    order = [each.name for each in after.walkthroughs]
    walked, edited = ({each.name: each for each in guide.walkthroughs} for guide in (before, after))
    for each in accepted:
        name = each.outcome.name
        if not each.steps and walked[name] == edited[name]:
            continue
        mine = [renaming for renaming in renamings if renaming.place[0] == name]
        new = _walkthrough(known.get(name), walked[name], edited[name], each, mine)
        if new is not None:
            known = known.having(new, order)
    return known


def _walkthrough(
    known: WalkthroughEvidence | None,
    before: Walkthrough,
    after: Walkthrough,
    accepted: Accepted,
    renamings: Sequence[Renaming],
) -> WalkthroughEvidence | None:
    if known is None and not accepted.whole:
        return None
    old = {step.number: step for step in known.steps} if known else {}
    seen = {step.number: step.evidence for step in accepted.outcome.steps}
    walked = {step.number: step for step in before.steps}
    steps = []
    for step in after.steps:
        was, now = old.get(step.number), seen.get(step.number)
        digest = walked[step.number].digest
        if step.number in accepted.steps and now is not None:
            mine = [each for each in renamings if each.place[1] == step.number]
            steps.append(_taken(step, now, mine, was if was and was.digest == digest else None))
        elif was is not None:
            # Only its words were mended, and the run has walked it: that they hold is known.
            held = now is not None and was.digest == digest and step.number not in accepted.refused
            steps.append(replace(was, digest=step.digest) if held else was)
    kept = {step.number for step in steps} | {step.number for step in after.steps}
    if known and after.steps[-1].number not in accepted.steps:
        steps += [step for step in known.steps if step.number not in kept]
    outcome = accepted.outcome
    if accepted.whole or known is None:
        return WalkthroughEvidence(after.name, outcome.day, outcome.products, tuple(steps))
    return replace(known, steps=tuple(steps))


def _taken(step: Step, now: StepEvidence, renamings: Sequence[Renaming], was: StepEvidence | None) -> StepEvidence:
    """What the run saw, under the names that the step has now."""

    def boxes(old: Sequence[Box]) -> tuple[Box, ...]:
        return tuple(_renamed(box, renamings) for box in old)

    return replace(
        now,
        digest=step.digest,
        pictures=tuple(replace(each, boxes=boxes(each.boxes)) for each in now.pictures),
        views=tuple(replace(each, boxes=boxes(each.boxes)) for each in now.views),
        sources=tuple(sorted({*now.sources, *(was.sources if was else ())})),
    )


def _renamed(box: Box, renamings: Sequence[Renaming]) -> Box:
    for each in renamings:
        if each.action and (each.action.role, each.action.label) == (box.role, box.label):
            return replace(box, label=renamed(each.action, each.old, each.new).label)
    return box


def settled(accepted: Accepted, evidence: PageEvidence, sha256: str, lines: Mapping[int, int]) -> WalkthroughOutcome:
    """The outcome once its steps are accepted, so that a second time there is nothing to accept.

    ``evidence`` and ``sha256`` are the page's as they stand now; ``lines`` tells where its lines have moved.
    """

    def moved(where: Location) -> Location:
        return replace(where, line=lines.get(where.line, where.line))

    known = evidence.get(accepted.outcome.name)
    proven = {step.number: step for step in known.steps} if known else {}
    steps = []
    for step in accepted.outcome.steps:
        pictures = tuple(replace(each, where=moved(each.where)) for each in step.pictures)
        if step.number in accepted.steps:
            same = tuple(replace(each, taken="", difference=0.0, region=None) for each in pictures)
            done = replace(step, verdict=Verdict.SAME, reason="accepted", changes=(), pictures=same)
            steps.append(replace(done, where=moved(step.where), evidence=proven.get(step.number, step.evidence)))
        else:
            changes = tuple(replace(each, where=moved(each.where)) for each in step.changes)
            steps.append(replace(step, where=moved(step.where), pictures=pictures, changes=changes))
    where = moved(accepted.outcome.where)
    return replace(accepted.outcome, steps=tuple(steps), page_sha256=sha256, where=where)
