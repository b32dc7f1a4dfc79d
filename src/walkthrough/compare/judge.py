"""One step's verdict: what was committed of it, beside what this run saw.

The signals come in this order: whether the page was edited since, names under which the walk had to go on, the
structure of each view, its words, and its pictures. The worst of them decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from walkthrough.compare.names import Renamed
from walkthrough.compare.pairing import Pair
from walkthrough.compare.quoted import PageText
from walkthrough.compare.structure import structure_changes
from walkthrough.compare.texts import mail_changes, text_changes, value_changes
from walkthrough.compare.wording import noun
from walkthrough.evidence import StepEvidence, View
from walkthrough.model import Action, Step
from walkthrough.outcome import Change, PictureOutcome, Verdict

NOTHING: Final = "nothing that a reader could notice has changed"
"""The reason of a step that is as it was."""
_SAME_MOMENT: Final = 0.8
"""From this part of equal things on, two views of an edited step are taken to be of one moment."""
_COSMETIC_TOLD: Final = 8
"""How many small changes of a step are told."""


@dataclass(frozen=True)
class Judgement:
    """A verdict, its reason in one sentence for the page's writer, and the changes behind it, the worst first."""

    verdict: Verdict
    reason: str
    changes: tuple[Change, ...] = ()


def judge(  # noqa: PLR0917 - a step, its page, and what is held against what, in the order of the run
    step: Step,
    page: PageText,
    known: StepEvidence | None,
    now: StepEvidence,
    renamed: Sequence[Renamed],
    pictures: Sequence[PictureOutcome],
    *,
    entered: Mapping[str, Action] = MappingProxyType({}),
) -> Judgement:
    """Judge a step that could be walked.

    ``known`` is its committed evidence, None where there is none; ``renamed`` are all actions of the walkthrough, up to
    this step, that were done under a new name; ``pictures`` are the step's pictures beside the committed ones;
    ``entered`` are the examples of secrets, with the actions of later steps that enter them.
    """
    changes = dict.fromkeys(_changes(step, page, known, now, renamed=renamed, pictures=pictures, entered=entered))
    ordered = sorted(changes, key=lambda change: -change.verdict.severity)
    minor = [change for change in ordered if change.verdict is Verdict.COSMETIC][_COSMETIC_TOLD:]
    kept = tuple(change for change in ordered if change not in minor)
    if not kept:
        return Judgement(Verdict.SAME, NOTHING)
    return Judgement(kept[0].verdict, kept[0].message, kept)


def _changes(
    step: Step,
    page: PageText,
    known: StepEvidence | None,
    now: StepEvidence,
    *,
    renamed: Sequence[Renamed],
    pictures: Sequence[PictureOutcome],
    entered: Mapping[str, Action],
) -> Iterator[Change]:
    edited = known is None or known.digest != now.digest
    if known is None:
        yield Change(Verdict.UNVERIFIED, "this step has not been walked before: it has no evidence yet", step.where)
    elif edited:
        message = "the page has been edited here since its evidence was taken; the step could be walked as it stands"
        yield Change(Verdict.UNVERIFIED, message, step.where)
    places = {action.where for action in step.actions}  # two steps can do the same, and one of them anew
    for each in renamed:
        if each.action.where in places:
            yield _renamed(each)
    for old, new in _pairs(known.views if known else (), now.views):
        if old != new:
            yield from _view_changes(Pair.of(step, old, new, renamed), page, entered, edited)
    for before, after in zip(known.mails if known else (), now.mails, strict=False):
        if before != after:
            yield from mail_changes(Pair.of(step, _mail(before), _mail(after), renamed), page)
            yield Change(Verdict.COSMETIC, "the e-mail from which a value is taken has another text", step.where)
    for picture in pictures:
        if not picture.committed:
            yield Change(Verdict.UNVERIFIED, f"the picture {picture.file} has not been taken yet", picture.where)
        elif picture.difference > 0:
            yield Change(Verdict.COSMETIC, f"the picture {picture.file} looks different", picture.where)


def _view_changes(pair: Pair, page: PageText, entered: Mapping[str, Action], edited: bool) -> Iterator[Change]:
    """The changes between two views of one moment; ``edited`` says that the step was, and can lead elsewhere now."""
    if pair.is_other_page:
        if not edited:
            yield _other_page(pair.step, pair.old.view, pair.new.view)
        return
    if edited and pair.alignment.share < _SAME_MOMENT:
        return
    changes = [*structure_changes(pair, page), *text_changes(pair, page), *value_changes(pair, entered)]
    yield from changes
    if not changes and pair.old.keys != pair.new.keys:
        yield Change(Verdict.COSMETIC, "something on the page stands in another order", pair.step.where)


def _mail(lines: Sequence[str]) -> View:
    return View(0, "", "", tuple(f"- text: {line}" for line in lines))


def _pairs(old: Sequence[View], new: Sequence[View]) -> Iterator[tuple[View, View]]:
    """The views of the same moments; one that has none is left out."""
    known = {view.action: view for view in old}
    for view in new:
        if view.action in known:
            yield known[view.action], view


def _renamed(renamed: Renamed) -> Change:
    action, new = renamed.action, renamed.new
    if action.role == "address":
        message = f"the address that the page gives as `{action.label}` is now `{new.name}`"
    elif renamed.old != action.label:
        message = f"the option **{renamed.old}** of the list **{action.label}** is now called **{new.name}**"
    elif action.role == "mail":
        message = f"the e-mail that the page calls *{action.label}* now has the subject *{new.name}*"
    else:
        message = f"the {noun(new.role)} that the page calls **{action.label}** is now called **{new.name}**"
    return Change(Verdict.LABEL, message, action.where, action.role, renamed.old, new.name, new.confidence)


def _other_page(step: Step, old: View, new: View) -> Change:
    message = (
        f"another page came than before: “{new.title}” at {new.address}, in place of “{old.title}” at {old.address}"
    )
    return Change(Verdict.BROKEN, message, step.where)
