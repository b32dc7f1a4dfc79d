"""Where else a page mentions a name, and whether the mention can mean the control that was renamed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from walkthrough.accept.labels import names, role_span
from walkthrough.accept.target import lines_of
from walkthrough.accept.text import Edit, offset_of, reworded
from walkthrough.compare.outline import parse
from walkthrough.compare.quantities import quantities
from walkthrough.compare.quoted import Kind, PageText
from walkthrough.compare.things import Sight, bounded, steady
from walkthrough.evidence import StepEvidence, View
from walkthrough.markdown import inlines
from walkthrough.model import Action, Guide, Location, Step

Place = tuple[str, int]
"""A step: the name of its walkthrough, and its number."""

_PLAIN = re.compile(r"[\w\s]*")


@dataclass(frozen=True)
class Renaming:
    """What is written under a new name, and where a change tells it; ``action`` is what uses it, if one does."""

    place: Place
    old: str
    new: str
    where: Location
    action: Action | None = None


@dataclass(frozen=True)
class Unclear:
    """A mention that a person has to look at."""

    where: Location
    old: str
    new: str
    why: str


def edit_mentions(
    text: str, guide: Guide, renamings: Sequence[Renaming], seen: Mapping[Place, StepEvidence]
) -> tuple[list[Edit], list[Unclear]]:
    """The edits of what else mentions the old names, and the mentions that could mean something else.

    ``seen`` is what the run saw of each step.
    """
    page, spans = PageText(text, guide.path, guide), [role_span(text, each) for _, each in _actions(guide)]
    edits: list[Edit] = []
    unclear: list[Unclear] = []
    for old in dict.fromkeys(each.old for each in renamings):
        wanted = [each for each in renamings if each.old == old]
        is_option = all(each.action is not None and each.action.option == old for each in wanted)
        longer = {name for each in seen.values() for name in _shown(each) if name != old and bounded(old).search(name)}
        for where in _quotes_of_option(page, old, wanted) if is_option else page.mentions(old):
            at = offset_of(text, where.line, where.column)
            if any(start <= at < end for start, end in spans):
                continue
            step = _step_at(guide, where.line)
            is_own = step is not None and any(each.place == step[0] for each in wanted)
            if step and not is_own and _acts_on(step[1], old):
                continue  # it stands beside another control of this name, and means that
            new, why = _meant(old, wanted, step, guide, seen)
            if whole := next((name for name in longer if _is_within(text, at, name)), ""):
                why = f"the product still shows “{whole}”, of which it is a part"
            if is_option and not is_own:
                why = why or "it may be something else than the option of the list"
            if not is_own:
                why = why or _counts_otherwise(where, wanted, page, seen)
            found = bounded(old).match(text, at)
            edit = found and Edit(found.start(), found.end(), reworded(found.group(), new))
            if not why and edit and not reads_as(text, guide, edit, where, new):
                why = "signs of the new name would be read as markup there"
            if why or edit is None:
                unclear.append(Unclear(where, old, new, why or "the page says it otherwise"))
            else:
                edits.append(edit)
    return edits, list(dict.fromkeys(unclear))


def reads_as(text: str, guide: Guide, edit: Edit, where: Location, new: str) -> bool:
    """Whether a reader of the edited page reads the new name there, none of whose signs is taken for markup."""
    if _PLAIN.fullmatch(new):
        return True
    page = PageText(text[: edit.start] + edit.new + text[edit.end :], guide.path, guide)
    if where not in page.mentions(new):
        return False
    # An alternative text is quoted as it is written, and read without its markup.
    is_alt = any(each.kind is Kind.ALT and each.where == where for each in page.quoting(new))
    read = [each for token, _ in inlines(new) for each in token.children or ()]
    return not is_alt or ({each.type for each in read} == {"text"} and "".join(each.content for each in read) == new)


def _quotes_of_option(page: PageText, option: str, wanted: Sequence[Renaming]) -> list[Location]:
    """Where a page quotes an option, whose name is often a number or a word that means other things elsewhere."""
    own = [page.step_at(each.action.where) for each in wanted if each.action]
    quotes = page.quoting(option)
    return [each.where for each in quotes if each.kind is not Kind.ALT or page.step_at(each.where) in own]


def _meant(
    old: str,
    wanted: Sequence[Renaming],
    step: tuple[Place, Step] | None,
    guide: Guide,
    seen: Mapping[Place, StepEvidence],
) -> tuple[str, str]:
    """The new name that a mention takes, and why that is unclear, if it is."""
    here = [each for each in wanted if step and each.place == step[0]]
    scope = {step[0]} if here and step else None
    new = {each.new for each in here or wanted}
    if len(new) > 1:
        return wanted[0].new, "it has more than one new name: " + ", ".join(f"“{name}”" for name in sorted(new))
    renamed = [each.action for each in wanted]
    for place, action in _actions(guide):
        if (scope is None or place in scope) and old in names(action) and not any(action is each for each in renamed):
            return new.pop(), f"line {action.where.line} still calls a control so"
    for place, evidence in seen.items():
        if (scope is None or place in scope) and old in _shown(evidence):
            return new.pop(), f"step {place[1]} of {place[0]} still shows something of this name"
    return new.pop(), ""


def _counts_otherwise(
    where: Location, wanted: Sequence[Renaming], page: PageText, seen: Mapping[Place, StepEvidence]
) -> str:
    """Why a number outside the step that told it, with the same noun, may count something else; empty if it does not.

    Other steps have evidence of their own, which tells what becomes of their numbers.
    """
    counted = {each.where: each for each in page.counted}
    is_number = any(each.text == wanted[0].old for each in quantities(wanted[0].old))
    is_label = any(each.action for each in wanted) and where in {each.where for each in page.quoting(wanted[0].old)}
    if where not in counted or not is_number or is_label:
        return ""
    told = [counted[each.where].about for each in wanted if each.where in counted]
    if page.step_at(where) or not any(counted[where].about & about for about in told):
        return "it may count something else"
    for place, evidence in seen.items():
        if any(counted[where].quantity.same_as in _quantities(view) for view in evidence.views):
            return f"step {place[1]} of {place[0]} still shows it"
    return ""


def _quantities(view: View) -> set[tuple[str, str]]:
    return {each.same_as for each in quantities(steady(Sight.of(view).text))}


def _shown(evidence: StepEvidence) -> set[str]:
    """The names of controls, headings and landmarks that the run saw at a step."""
    return {node.name for view in evidence.views for node in parse(view.outline)}


def _is_within(text: str, at: int, name: str) -> bool:
    """Whether a place of the page stands in this name."""
    return any(found.start() <= at < found.end() for found in bounded(name).finditer(text))


def _acts_on(step: Step, name: str) -> bool:
    return any(name in names(action) for action in step.actions)


def _step_at(guide: Guide, line: int) -> tuple[Place, Step] | None:
    return next((each for each in _steps(guide) if line in lines_of(each[1])), None)


def _steps(guide: Guide) -> Iterable[tuple[Place, Step]]:
    return (((each.name, step.number), step) for each in guide.walkthroughs for step in each.steps)


def _actions(guide: Guide) -> Iterable[tuple[Place, Action]]:
    return ((place, action) for place, step in _steps(guide) for action in step.actions)
