"""The most likely new name of something that a page names, and how sure that is.

What speaks for a name: it stands where the old one stood, between the same neighbours, in the same kind of control, on
what is otherwise the same page; nothing of that name was there before; nothing else there could be it; and it is
similar. A place counts for more than similarity: **Register** in the place of **Sign up** is a renaming, while **Sign
in**, which was there all along, never is. Where one of these is missing, the confidence stays below
`walkthrough.outcome.CERTAIN`: a wrong certain name would be written into a guide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from walkthrough.compare.outline import parse
from walkthrough.compare.things import Alignment, Gap, Sight, Thing
from walkthrough.evidence import View
from walkthrough.model import Action
from walkthrough.outcome import CERTAIN
from walkthrough.roles import PATH_SEPARATOR, ROLES

UNCERTAIN: Final = CERTAIN - 0.05
"""The most that is said where something speaks against a name."""
_GUESS: Final = 0.5
"""The most that is said where only similarity speaks for a name, or the page may be another one."""
_AS_IT_WAS: Final = 0.85
_MOSTLY: Final = 0.6
"""The parts of a page that must be as they were for a name that is not similar at all."""
SAME_PAGE: Final = 0.7
"""From this part of the signs on (`Alignment.same_page`), two views are of one page."""

# Names of controls that undo, leave or help: never the new name of one that did something else.
_TURNING_AWAY = re.compile(
    r"\b(?:cancel|close|dismiss|back|help|delete|remove|discard|reset|reject|decline|deny|undo|skip|later|"
    r"(?:log|sign)\s*-?\s*(?:out|off)|unsubscribe|learn more|forgot(?:ten)?)\b",
    re.IGNORECASE,
)
# Words that many names have, and that make two of them no more alike.
_FUNCTION_WORDS = re.compile(r"\b(?:a|an|and|at|for|from|has|in|is|of|on|our|the|to|with|you|your)\b", re.IGNORECASE)
# Names of controls that do something of their own; with nothing in common with the old name, another control.
_ANOTHER_PURPOSE = re.compile(
    r"\b(?:about|contact|copy|download|edit|export|hide|import|imprint|language|news|preferences|print|privacy|resend|"
    r"search|settings|share|show|support|terms|theme|upload|view)\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_SHORTCUT = re.compile(r"\s+(?:(?:Ctrl|Alt|Shift|Cmd|Meta|Accel|[⌘⇧⌥⌃])\s?\+?\s?)+\S+(?:,\s?\S+)?$|\s+F\d{1,2}$")
_KINDS: Final = {
    **dict.fromkeys(("fill", "choose", "check"), ("field",)),
    **dict.fromkeys(("click", "button", "link", "tab", "menuitem", "menu"), ("button",)),
    "double-click": ("text", "option"),
    "upload": ("button", "field"),
    "idle": ("button", "text"),
    "see": ("heading", "text", "button", "field", "option"),
}


@dataclass(frozen=True)
class Likely:
    """A name that may be the new one: the ARIA role of what has it, the name, how sure it is (0 to 1), and why."""

    role: str
    name: str
    confidence: float
    why: str


@dataclass(frozen=True)
class Renamed:
    """An action that was done under a new name."""

    action: Action
    new: Likely

    @property
    def old(self) -> str:
        """What the page calls it."""
        return old_name(self.action, self.new)


def old_name(action: Action, new: Likely) -> str:
    """What a page calls that which may have a new name: the option of a list, else the action's label."""
    return action.option if action.option and new.role == "option" else action.label


def similarity(old: str, new: str) -> float:
    """How alike two names are, 0 to 1; case and the order of words count little."""
    first, second = old.casefold(), new.casefold()
    score: float = max(
        fuzz.ratio(first, second),
        0.95 * fuzz.token_sort_ratio(first, second),
        0.9 * fuzz.token_set_ratio(first, second),
    )
    return score / 100


def likely_names(action: Action, known: Sequence[View], now: View) -> list[Likely]:
    """The most likely new names of an action's label, best first; none where nothing fits.

    ``known`` are committed views that may hold the label, ``now`` is what is there instead. For a menu's path, the
    names are whole paths. Subjects of e-mails, options and addresses have functions of their own.
    """
    kinds = _KINDS.get(action.role)
    if kinds is None:
        return []
    sight = Sight.of(now)
    if action.role == "menu":
        return _menu_paths(action, known, sight)
    controls = frozenset(ROLES[action.role].controls)
    return _renamed(action.label, kinds, controls, [Sight.of(view) for view in known], sight)


def new_name(thing: Thing, gap: Gap, alignment: Alignment) -> Likely | None:
    """The most likely new name of a thing that stood in a gap between two views; None where nothing fits."""
    found = _candidates(thing, gap, alignment, frozenset())
    return found[0] if found else None


def likely_subject(label: str, subjects: Sequence[str], known: Sequence[str] = ()) -> list[Likely]:
    """The most likely new subject of an e-mail, best first, among those that have come and were not read yet.

    ``known`` are subjects that came before as well, so they are no renaming.
    """
    return _among("mail", label, [each for each in dict.fromkeys(subjects) if each not in known], alone=0.55)


def likely_option(label: str, options: Sequence[str], known: Sequence[str]) -> list[Likely]:
    """The most likely new name of an option, best first; ``known`` are the options that the list had, in its order.

    Certain only of an option that the list had: any other may be a mistake of the page.
    """
    fresh = [each for each in dict.fromkeys(options) if each and each not in known and each != label]
    gone = set(known) - set(options)
    if gone == {label} and len(fresh) == 1:
        alike = similarity(label, fresh[0])
        in_place = list(known).index(label) == list(options).index(fresh[0])
        # Of a list that has nothing of what it had, this one may be no option yet, such as “Loading …”.
        stayed = bool(set(filter(None, known)) & set(options)) or alike >= 0.5
        confidence = 0.8 + 0.2 * alike if in_place and stayed else UNCERTAIN
        why = "the only new option, and the only one that is gone" + (", in the same place" if in_place else "")
        return [Likely("option", fresh[0], round(confidence, 2), why)]
    return [
        each if gone == {label} and _DIGITS.findall(each.name) == _DIGITS.findall(label) else _uncertain(each)
        for each in _among("option", label, fresh, alone=0.85)
    ]


def _uncertain(likely: Likely) -> Likely:
    return replace(likely, confidence=min(likely.confidence, UNCERTAIN))


def known_options(action: Action, known: Sequence[View]) -> tuple[str, ...]:
    """The options of an action's list in committed views: of one that has the action's, if there is one."""
    lists = [*_lists(action.label, known)]
    return next((each for each in lists if action.option in each), lists[0] if lists else ())


def _lists(label: str, known: Sequence[View]) -> Iterator[tuple[str, ...]]:
    for nodes in (parse(lines) for view in known for lines in (view.snapshot, view.outline)):
        for number, node in enumerate(nodes):
            if node.is_field and node.name == label:
                behind = (each.depth <= node.depth for each in nodes[number + 1 :])
                end = next((at for at, outside in enumerate(behind, number + 1) if outside), len(nodes))
                if options := tuple(each.name for each in nodes[number + 1 : end] if each.role == "option"):
                    yield options


def likely_address(old: str, known: Sequence[View], now: View) -> list[Likely]:
    """What stands in the browser's address in place of ``old``; certain only where the page is otherwise the same."""
    found: dict[str, Likely] = {}
    sight = Sight.of(now)
    for view in known:
        path = _replaced_part(old, view.address, now.address)
        if path is None or path in found:
            continue
        before = Sight.of(view)
        alignment = Alignment(before, sight)
        same = view.title == now.title and before.heading == sight.heading and bool(before.things)
        confidence = min(UNCERTAIN, _GUESS * alignment.share + 0.1)
        why = f"the address is now {now.address}"
        if same and alignment.share >= 0.9:
            confidence, why = 0.75 + 0.25 * alignment.share, f"{why}, and the page is otherwise the same"
        found[path] = Likely("address", path, round(confidence, 2), why)
    return sorted(found.values(), key=lambda each: -each.confidence)


def _renamed(
    label: str, kinds: Sequence[str], controls: frozenset[str], known: Sequence[Sight], now: Sight
) -> list[Likely]:
    found: list[Likely] = []
    for sight in known:
        named = [each for each in sight.things if each.words == label and each.kind in kinds]
        if not named:
            continue
        alignment = Alignment(sight, now)
        for thing in sorted(named, key=lambda each: kinds.index(each.kind))[:4]:
            gap = alignment.gap(thing)
            if gap is None:  # it is there as it was, so it has no new name
                return []
            found += _candidates(thing, gap, alignment, controls)
    if not found:
        found = [
            Likely(each.node.role, each.words, round(_GUESS * similarity(label, each.words), 2), "the name is similar")
            for each in now.things
            if each.kind in kinds and each.words and not any(sight.count[each.kind, each.words] for sight in known)
        ]
    best: dict[str, Likely] = {}
    for each in found:
        if each.name not in best or best[each.name].confidence < each.confidence:
            best[each.name] = each
    return _unrivalled(sorted(best.values(), key=lambda each: -each.confidence))


def _candidates(thing: Thing, gap: Gap, alignment: Alignment, controls: frozenset[str]) -> list[Likely]:
    """What may be the new name of a thing, best first."""
    same_page = alignment.same_page(apart_from=thing)
    share = alignment.share_without(gap)
    rivals = [each for each in gap.old if each.kind == thing.kind and _is_gone(each, alignment)]
    here = [each for each in gap.new if _is_fresh(each, thing, alignment)]
    found = []
    for each in alignment.new.things:
        if not _is_fresh(each, thing, alignment):
            continue
        alike = similarity(thing.words, each.words)
        in_place = any(each is other for other in here)
        if in_place and len(here) == 1 and len(rivals) == 1:
            confidence = 0.55 + 0.25 * share + 0.2 * alike
            why = f"the only {each.node.role} that is new stands where “{thing.words}” stood"
        elif in_place:
            confidence = 0.35 + 0.15 * share + 0.5 * alike
            if any(similarity(other.words, each.words) >= alike for other in rivals if other is not thing):
                confidence = min(confidence, UNCERTAIN)
            why = f"it is new where “{thing.words}” stood, and the name is similar"
        else:
            confidence = min(UNCERTAIN, 0.15 + 0.55 * alike)
            why = "it is new on the page, in another place"
        confidence = _held_back(confidence, thing, each, alike, controls)
        # Another document in a tab is no other name of the last one: what the page shows has changed with it.
        if alike < 0.5 and share < (_AS_IT_WAS if thing.in_bar else _MOSTLY):
            confidence, why = min(confidence, UNCERTAIN), _doubted(why, "much else has changed")
        if _still_written(thing, alignment):
            confidence, why = min(confidence, UNCERTAIN), _doubted(why, f"“{thing.words}” can still be read there")
        if thing.kind == "heading" and alike < 0.5 and _has_another_title(thing, each, alignment):
            confidence, why = min(confidence, UNCERTAIN), _doubted(why, "the page has another title")
        if same_page < SAME_PAGE:
            confidence, why = min(confidence, _GUESS * same_page), _doubted(why, "the page may be another one")
        found.append(Likely(each.node.role, each.words, round(confidence, 2), why))
    return sorted(found, key=lambda each: -each.confidence)


def _doubted(why: str, doubt: str) -> str:
    """A reason with the last doubt that was found."""
    return f"{why.split(', but ', maxsplit=1)[0]}, but {doubt}"


def _held_back(confidence: float, old: Thing, new: Thing, alike: float, controls: frozenset[str]) -> float:
    """The confidence, kept below certain where something speaks against the name."""
    # Texts change more freely than names; and beside the main part, files and tabs come and go in one place.
    beside = not old.main and not old.node.role.startswith("menuitem")
    if (old.kind == "text" or beside) and alike < 0.5:
        confidence = min(confidence, UNCERTAIN)
    if (old.flows or new.flows) and alike < 0.8:  # a cell that is scrolled into view is no other name of the last one
        confidence = min(confidence, UNCERTAIN)
    if controls and new.node.role not in controls:
        confidence = min(confidence, UNCERTAIN)
    if old.node.role != new.node.role and alike < 0.5:
        confidence = min(confidence, UNCERTAIN)
    if "disabled" in new.node.states:
        confidence = min(confidence, UNCERTAIN)
    if _TURNING_AWAY.search(new.words) and not _TURNING_AWAY.search(old.words):
        confidence = min(confidence, _GUESS)
    if _ANOTHER_PURPOSE.search(new.words) and old.kind == "button" and alike < 0.5:
        confidence = min(confidence, UNCERTAIN)
    leads = urlsplit(old.node.url).path, urlsplit(new.node.url).path
    if all(leads) and leads[0] != leads[1] and alike < 0.5:
        confidence = min(confidence, _GUESS)
    return confidence


def _is_fresh(new: Thing, old: Thing, alignment: Alignment) -> bool:
    """Whether a thing can be an old one under another name: its kind, not itself, and not there before."""
    if new.kind != old.kind or not new.words or new.words == old.words or new.inside != old.inside:
        return False
    return not alignment.old.count[new.kind, new.words]


def _still_written(old: Thing, alignment: Alignment) -> bool:
    """Whether a reader still sees the old name: only what is read out, or what it belongs to, has changed."""
    before, now = (sum(node.text == old.words for node in sight.nodes) for sight in (alignment.old, alignment.new))
    return now > (0 if old.kind == "field" else before)


def _has_another_title(old: Thing, new: Thing, alignment: Alignment) -> bool:
    """Whether a page's title has changed by more than the new name in it: a heading and a title make a page."""
    before = alignment.old.view.title
    return alignment.new.view.title not in (before, before.replace(old.words, new.words))


def _is_gone(old: Thing, alignment: Alignment) -> bool:
    return alignment.new.count[old.kind, old.words] < alignment.old.count[old.kind, old.words]


def _unrivalled(found: list[Likely]) -> list[Likely]:
    """Names, of which the first is certain only if the second is clearly less likely."""
    if len(found) > 1 and found[0].confidence >= CERTAIN and found[0].confidence - found[1].confidence < 0.1:
        found = [_uncertain(each) for each in found]
    return [each for each in found if each.confidence > 0]


def _menu_paths(action: Action, known: Sequence[View], now: Sight) -> list[Likely]:
    """The path with a new name for the first of its parts that is not there."""
    parts = action.label.split(PATH_SEPARATOR)
    plain = [_without_shortcuts(Sight.of(view)) for view in known]
    here = _without_shortcuts(now)
    shown = {thing.words for thing in here.things if thing.kind == "button"}
    missing = next((index for index, part in enumerate(parts) if part not in shown), None)
    if missing is None:
        return []
    controls = frozenset({"menuitem", "menuitemcheckbox", "menuitemradio"} | ({"button"} if missing == 0 else set()))
    return [
        replace(each, name=PATH_SEPARATOR.join((*parts[:missing], each.name, *parts[missing + 1 :])))
        for each in _renamed(parts[missing], ("button",), controls, plain, here)
    ]


def _without_shortcuts(sight: Sight) -> Sight:
    nodes = tuple(
        replace(node, name=_SHORTCUT.sub("", node.name)) if node.role.startswith("menuitem") else node
        for node in sight.nodes
    )
    return Sight(sight.view, nodes)


def _among(role: str, label: str, names: Iterable[str], alone: float) -> list[Likely]:
    """Names without a place: the only one is certain where it is somewhat similar, one of several where it is very.

    ``alone`` is the similarity from which the only one is certain.
    """
    scored = sorted(
        ((similarity(_content(label), _content(each)), each) for each in names if each != label), reverse=True
    )
    found = []
    for index, (alike, name) in enumerate(scored):
        needed = alone if len(scored) == 1 else max(alone, 0.7)
        second = scored[1][0] if len(scored) > 1 else 0.0
        certain = index == 0 and alike >= needed and alike - second >= 0.15
        confidence = CERTAIN + (1 - CERTAIN) * alike if certain else min(UNCERTAIN, alike)
        why = "the only one that is new" if len(scored) == 1 else "the most similar" if index == 0 else "similar"
        found.append(Likely(role, name, round(confidence, 2), why))
    return found


def _content(name: str) -> str:
    return " ".join(_FUNCTION_WORDS.sub(" ", name).split()) or name


def _replaced_part(old: str, before: str, now: str) -> str | None:
    """What stands in the address ``now`` where ``old`` stood in ``before``; None where that cannot be told."""
    if old not in before or old in now:
        return None
    start = before.index(old)
    head, tail = before[:start], before[start + len(old) :]
    if not now.startswith(head) or not now.endswith(tail) or len(now) <= len(head) + len(tail):
        return None
    return now[len(head) : len(now) - len(tail)]
