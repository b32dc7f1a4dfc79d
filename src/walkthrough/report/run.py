"""A whole run, as data and as ``report.json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from walkthrough.claims import EXECUTED, WITNESSED, Claim, Claims
from walkthrough.outcome import StepOutcome, Verdict, WalkthroughOutcome

SCHEMA: Final = 1
"""Version of the format of ``report.json``."""


@dataclass(frozen=True)
class NotWalked:
    """A walkthrough that was selected and that nothing walked, and why."""

    place: str
    name: str
    reason: str


@dataclass(frozen=True)
class Proven:
    """How much of what a page says of the product is proven: numbers of claims, and those that nothing proves.

    ``ratio`` is the part that is executed or witnessed, 0 to 1.
    """

    page: str
    executed: int
    witnessed: int
    unproven: tuple[Claim, ...]
    ratio: float

    @classmethod
    def of(cls, claims: Claims) -> Proven:
        """The sum of a page's claims."""
        return cls(
            claims.page, claims.count(EXECUTED), claims.count(WITNESSED), claims.unproven, round(claims.ratio, 4)
        )


@dataclass(frozen=True)
class RunOutcome:
    """All walkthroughs of one run.

    ``started`` is the time in UTC, in ISO 8601; ``seconds`` how long it took; ``versions`` program → version;
    ``verdicts`` verdict → number of steps; ``status`` is 0 where all is the same or cosmetic, 1 where something has
    drifted, 2 where something could not be checked. ``claims`` tell of each walked page what of it is proven.
    """

    started: str
    seconds: float
    versions: Mapping[str, str]
    walkthroughs: tuple[WalkthroughOutcome, ...]
    not_walked: tuple[NotWalked, ...] = ()
    verdicts: Mapping[str, int] = field(default_factory=dict)
    status: int = 0
    claims: tuple[Proven, ...] = ()
    schema: int = SCHEMA


def run_outcome(
    walkthroughs: Sequence[WalkthroughOutcome],
    not_walked: Sequence[NotWalked],
    *,
    started: str,
    seconds: float,
    versions: Mapping[str, str],
    claims: Sequence[Claims] = (),
) -> RunOutcome:
    """Sum a run up, its walkthroughs in the order of their places."""
    ordered = tuple(sorted(walkthroughs, key=lambda each: each.where))
    counted = [step.verdict for each in ordered for step in each.steps]
    verdicts = {str(verdict): counted.count(verdict) for verdict in Verdict if verdict in counted}
    return RunOutcome(
        started=started,
        seconds=round(seconds, 1),
        versions=dict(versions),
        walkthroughs=ordered,
        not_walked=tuple(not_walked),
        verdicts=verdicts,
        status=status(ordered, not_walked),
        claims=tuple(map(Proven.of, claims)),
    )


def status(walkthroughs: Sequence[WalkthroughOutcome], not_walked: Sequence[NotWalked] = ()) -> int:
    """The status of a run: 1 where a step has drifted, else 2 where something could not be checked, else 0."""
    if any(failing(each, step) for each in walkthroughs for step in each.steps):
        return 1
    nothing = not any(each.steps for each in walkthroughs)
    return 2 if nothing or not_walked or any(each.error for each in walkthroughs) else 0


def failing(walkthrough: WalkthroughOutcome, step: StepOutcome) -> bool:
    """Whether a step fails its run. One that wrote what it took has taken on everything but untrue words."""
    return step.verdict.drifted and not walkthrough.updated


def dumps(run: RunOutcome) -> str:
    """The text of ``report.json``. What a step saw stays in the walkthrough's own outcome, which is by far larger."""
    from pydantic import TypeAdapter  # noqa: PLC0415 - a session without walkthroughs does without

    without_evidence = {"walkthroughs": {"__all__": {"steps": {"__all__": {"evidence"}}}}}
    return TypeAdapter(RunOutcome).dump_json(run, indent=1, exclude=without_evidence).decode() + "\n"
