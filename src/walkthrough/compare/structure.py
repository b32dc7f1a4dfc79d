"""Changes of structure: what has come, gone, moved or become something else, in the tree and on the screen.

What counts is near what the step names. All else is for the eye.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from walkthrough.compare.outline import BUTTONS, DIALOGS, Node
from walkthrough.compare.pairing import Pair
from walkthrough.compare.quoted import PageText
from walkthrough.compare.things import Sight, Thing, bounded
from walkthrough.compare.wording import a, a_named, marked, named, noun, short
from walkthrough.evidence import LABEL, MASKED, MENTION, PASSIVE, UNWRITTEN, VALUE, Box
from walkthrough.model import Location, Step
from walkthrough.outcome import Change, Verdict

NEAR: Final = 8
"""How many controls before and behind those that a step names belong to its surroundings."""
FAR: Final = 0.25
"""From this part of the picture on, something that has moved is not where a reader looks for it."""
_CONTROLS: Final = ("field", "button")
AT_FIELD: Final = 0.01
"""By which part of the picture a label may come closer to its field, or go away from it, and stand there as before."""
EDGE: Final = 0.1
"""How far from the upper and the lower edge, as part of the picture, something surely stands in view."""
_FIRST: Final = ("above", "left of")
_SECOND: Final = ("below", "right of")
_VERTICAL: Final = frozenset({"above", "below", "under", "underneath", "beneath", "over"})
_HORIZONTAL: Final = frozenset({"left of", "right of", "left", "right", "beside", "next"})
_CALLED: Final = {
    "img": ("figure", "picture", "image", "photograph", "graph", "plot", "chart", "diagram", "map", "logo"),
    "table": ("table",),
}
"""What pages call what has no name of its own."""
_RULE: Final = re.compile(r"[+|][-=]{5,}[+|]|[┌├└╔╠╚][─═]{5,}")
_RULES: Final = 2
"""How many ruled lines make a table of a text: above and below its rows, or below its head and its rows."""


def structure_changes(pair: Pair, page: PageText) -> Iterator[Change]:
    """The changes of structure between two views of one page."""
    yield from _dialogs(pair)
    yield from _roles(pair, page)
    yield from _unwritten(pair)
    yield from _overwritten(pair, page)
    yield from _nameless(pair, page)
    yield from _displaced(pair, page)
    yield from _fresh(pair, page)
    crossed: set[frozenset[str]] = set()
    for change, names in _order(pair):
        crossed.add(names)
        yield change
    yield from _on_screen(pair, page, crossed)
    yield from _parted(pair)
    yield from _unmasked(pair)
    yield from _unwritten_on(pair)
    yield from _at_another_field(pair)


def is_near(pair: Pair, thing: Thing, old: bool = False) -> bool:
    """Whether a thing stands among, or close to, what the step names; in a view that shows nothing of it, all does."""
    if not thing.main or thing.flows:
        return False
    things = (pair.old if old else pair.new).things
    if thing.in_bar:
        bar = [each for each in things if each.node.group == thing.node.group]
        return any(each.words in pair.targets for each in bar)
    number, numbers, place = 0, [], None
    for each in things:
        if each is thing:
            place = number
        if each.words in pair.targets:
            numbers.append(number)
        number += each.node.is_control and each.main and not each.flows
    if not numbers or place is None:
        return number <= 2 * NEAR
    return numbers[0] - NEAR <= place <= numbers[-1] + NEAR


def where_of(step: Step, name: str) -> Location:
    """The place of the action that uses a name, else the step's."""
    return next((action.where for action in step.actions if action.label == name), step.where)


def _dialogs(pair: Pair) -> Iterator[Change]:
    before = [node.name for node in pair.old.nodes if node.role in DIALOGS]
    for node in pair.new.nodes:
        if node.role not in DIALOGS:
            continue
        if node.name in before:
            before.remove(node.name)
            continue
        name = f"a dialog **{node.name}**" if node.name else "a dialog"
        yield Change(Verdict.LAYOUT, f"{name} is new on the page", pair.step.where)


def _roles(pair: Pair, page: PageText) -> Iterator[Change]:
    """What has become something else under its name: a link a button, a heading a text."""
    now: dict[str, list[Thing]] = {}
    for each in pair.new.things:
        now.setdefault(each.words, []).append(each)
    told: set[str] = set()
    for old in pair.old.things:
        if old.kind == "text" or not old.words or old.words in told or old.words not in now or old.flows:
            continue
        roles = {each.node.role for each in now[old.words]}
        if old.node.role in roles or not (old.main or old.words in pair.targets):
            continue
        told.add(old.words)
        before, after = noun(old.node.role), noun(now[old.words][0].node.role)
        if before == after:
            before, after = old.node.role, now[old.words][0].node.role
        matters = old.words in pair.targets or _is_quoted(pair, page, old)
        matters &= not (_is_typed_in(pair.old, old) and _is_typed_in(pair.new, now[old.words][0]))
        yield Change(
            Verdict.LAYOUT if matters else Verdict.COSMETIC,
            f"**{old.words}** was {a(before)} and is {a(after)} now",
            where_of(pair.step, old.words),
        )


def _is_typed_in(sight: Sight, thing: Thing) -> bool:
    """Whether it is a field for text; one that suggests some is a list to browsers, but shows no options."""
    if thing.node.role != "combobox":
        return thing.node.role in ("textbox", "searchbox")
    number = next(index for index, node in enumerate(sight.nodes) if node is thing.node)
    return not any(node.role == "option" and node.group == number for node in sight.nodes)


def _unwritten(pair: Pair) -> Iterator[Change]:
    """Fields whose label could be read beside them, and now is only read out, or shown while they are empty."""
    before, now = ("\n".join(_texts(sight)) for sight in (pair.old, pair.new))
    for name in dict.fromkeys(each.words for each in pair.new.things if each.kind == "field"):
        label = _label(name)
        if name in pair.targets and label.search(before) and not label.search(now):
            message = f"the label **{name}** is no longer written beside its field"
            yield Change(Verdict.LABEL, message, where_of(pair.step, name))


def _texts(sight: Sight) -> Iterator[str]:
    """The texts; of one right beside a field that holds its label and more, such as a hint, the label alone."""
    for number, node in enumerate(sight.nodes):
        if not node.is_field:
            beside = (each.name for each in sight.nodes[max(0, number - 1) : number + 2] if each.is_field and each.name)
            labels = [name for name in beside if node.role == "text" and bounded(name).search(node.text)]
            yield from labels or (node.text,)


def _label(name: str) -> re.Pattern[str]:
    """A pattern for a label that is all of a line or of several, apart from its marks and a remark in brackets."""
    words = r"[\s*:]+".join(re.escape(word) for word in re.split(r"[\s*:]+", name) if word)
    return re.compile(rf"^[ *:]*{words}[\s*:]*(?:\([^)\n]*\)[ *:]*)?$", re.MULTILINE)


def _overwritten(pair: Pair, page: PageText) -> Iterator[Change]:
    """Controls and headings that have kept their name for screen readers alone, and show other words."""
    before = {name: shown for name, _, shown in _written(pair.old)}
    for name, role, shown in _written(pair.new):
        quotes = page.about(pair.step, page.quoting(name))
        if quotes and before.get(name) in ("", name) and shown and not bounded(name).search(shown):
            message = (
                f"the {noun(role)} **{name}** shows “{short(shown)}” now, and has its name for screen readers alone"
            )
            yield Change(Verdict.LABEL, message, quotes[0].where, quotes[0].role, name)


def _written(sight: Sight) -> Iterator[tuple[str, str, str]]:
    """Names of controls and headings, their roles, and the words that stand in them where those are others."""
    for number, node in enumerate(sight.nodes):
        if not node.name or (node.role not in BUTTONS and node.role != "heading"):
            continue
        inside = []
        for each in sight.nodes[number + 1 :]:
            if each.depth <= node.depth:
                break
            inside.append(each)
        if not any(each.is_control for each in inside):
            yield node.name, node.role, " ".join(filter(None, (node.text, *(each.words for each in inside))))


def _nameless(pair: Pair, page: PageText) -> Iterator[Change]:
    """Images and tables that are gone, where the step speaks of one."""
    for role, words in _CALLED.items():
        before, now = (
            sum(_shape(node) == role and not BUTTONS & set(node.path) for node in sight.nodes)
            for sight in (pair.old, pair.new)
        )
        # In what scrolls, another one can have come into view meanwhile.
        replaced = any(_shape(old.node) == role != _shape(new.node) for old, new, _ in pair.renamed)
        if (now < before or replaced) and (told := page.telling(pair.step, words)):
            word, where = told
            message = f"{a(noun(role))} is gone, and the page tells of a “{word}” here"
            yield Change(Verdict.LABEL, message, where)


def _shape(node: Node) -> str:
    """The role of a node; that of a table also for a text that draws one with signs, as many programs print it."""
    return "table" if not node.name and len(_RULE.findall(node.words)) >= _RULES else node.role


def _displaced(pair: Pair, page: PageText) -> Iterator[Change]:
    for thing in pair.displaced:
        matters = thing.words in pair.targets or _is_quoted(pair, page, thing)
        yield Change(
            Verdict.LAYOUT if matters else Verdict.COSMETIC,
            f"the {named(thing)} now stands in another part of the page",
            where_of(pair.step, thing.words),
        )


def _fresh(pair: Pair, page: PageText) -> Iterator[Change]:
    for thing in pair.fresh:
        twice = thing.words in pair.old.names and thing.kind in (*_CONTROLS, "heading")
        if twice and thing.main and not thing.flows and _is_quoted(pair, page, thing):
            message = f"there is a second {named(thing)}, so that a reader cannot know which one the page means"
            yield Change(Verdict.LAYOUT, message, where_of(pair.step, thing.words))
            continue
        if thing.kind not in _CONTROLS:
            continue
        what = f"{a_named(thing)} is new {place_of(pair, thing)}"
        told = "" if thing.words and page.quoting(thing.words) else ", and the page does not mention it"
        in_form = thing.main and not thing.flows
        if in_form and (
            (thing.kind == "field" and not thing.in_bar) or (is_near(pair, thing) and _is_in_the_way(pair, thing))
        ):
            yield Change(Verdict.LAYOUT, what + told, pair.step.where)
        else:
            yield Change(Verdict.COSMETIC, what, pair.step.where)


def _is_quoted(pair: Pair, page: PageText, thing: Thing) -> bool:
    return bool(page.about(pair.step, page.quoting(thing.words)))


def place_of(pair: Pair, thing: Thing) -> str:
    """Where a control stands, in a sentence: in the form, if the page's main part has one."""
    form = thing.main and any(each.kind == "field" and each.main and not each.in_bar for each in pair.old.things)
    return "in this form" if form else "on this page"


def _is_in_the_way(pair: Pair, thing: Thing) -> bool:
    """Whether a new control stands before something that the step names, or directly beside its last button.

    Links behind it, such as a footer's, are in nobody's way.
    """
    things = pair.new.things
    index = next(number for number, each in enumerate(things) if each is thing)
    targets = [number for number, each in enumerate(things) if each.words in pair.targets and each.main]
    if not targets or index < targets[-1]:
        return bool(targets)
    between = things[targets[-1] + 1 : index]
    last = things[targets[-1]]
    together = thing.node.group == last.node.group and all(each in pair.fresh for each in between)
    return together and last.kind in ("button", "field") and thing.node.role == "button"


def _order(pair: Pair) -> Iterator[tuple[Change, frozenset[str]]]:
    """Controls that have changed places, with the two names."""
    before = [each for each in pair.old.things if each.node.is_control and each.main and not each.flows and each.words]
    now = [each for each in pair.new.things if each.node.is_control and each.main and not each.flows and each.words]
    keys_before, keys_now = [each.key for each in before], [each.key for each in now]
    places = {
        key: keys_now.index(key) for key in keys_before if keys_before.count(key) == 1 and keys_now.count(key) == 1
    }
    old = [each for each in before if each.key in places]
    order = [places[each.key] for each in old]
    stayed = set(_longest_rising(order))
    for index, thing in enumerate(old):
        if order[index] in stayed:
            continue
        overtaken = [other for other in range(index) if order[other] > order[index]]
        passed_by = [other for other in range(index + 1, len(old)) if order[other] < order[index]]
        if not overtaken and not passed_by:
            continue
        if overtaken:
            other, word = old[min(overtaken, key=lambda each: order[each])], "before"
        else:
            other, word = old[max(passed_by, key=lambda each: order[each])], "behind"
        if not (is_near(pair, thing, old=True) and is_near(pair, other, old=True)):
            continue
        message = f"the {named(thing)} now comes {word} {marked(other)}"
        where = where_of(pair.step, thing.words)
        if where == pair.step.where:
            where = where_of(pair.step, other.words)
        yield Change(Verdict.LAYOUT, message, where), frozenset({thing.words, other.words})


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """The longest rising subsequence; of several, the one that begins with what came first."""
    best: list[list[int]] = []
    for index, number in enumerate(numbers):
        before = [each for each, last in zip(best, numbers[:index], strict=True) if last < number]
        best.append([*max(before, key=len, default=[]), number])
    return max(best, key=len, default=[])


def _on_screen(pair: Pair, page: PageText, crossed: set[frozenset[str]]) -> Iterator[Change]:
    """What the step names, and the screen shows elsewhere, in another order, or otherwise than the step says."""
    now = {(box.role, box.label): box for box in pair.new.view.boxes}
    # Labels are where their fields are, and a value stands wherever there is room for it.
    known = [box for box in pair.old.view.boxes if box.role not in PASSIVE - {MENTION}]
    both = [(box, now[box.role, box.label]) for box in known if (box.role, box.label) in now]
    flowing = {thing.words for thing in pair.new.things if thing.flows}
    for number, (old, new) in enumerate(both):
        for other_old, other_new in both[number + 1 :]:
            names = frozenset({old.label, other_old.label})
            if names in crossed or len(names) == 1:
                continue
            if (change := _turned(old, new, other_old, other_new)) is not None:
                crossed.add(names)
                yield Change(Verdict.LAYOUT, change, where_of(pair.step, new.label))
            elif found := _said_otherwise(pair, page, (old, other_old), (new, other_new)):
                yield found
        if old.role == MENTION:
            continue
        across = abs(_middle(old)[0] - _middle(new)[0])
        down = abs(_middle(old)[1] - _middle(new)[1])
        if max(across, down) > FAR and old.label not in flowing:
            yield Change(
                Verdict.LAYOUT,
                f"**{new.label}** stands elsewhere: it has moved by {max(across, down):.0%} of the picture",
                where_of(pair.step, new.label),
            )


def _parted(pair: Pair) -> Iterator[Change]:
    """What a reader saw with the rest of the step, and what is now found in another place that is scrolled to."""
    now = {(box.role, box.label) for box in pair.new.view.boxes}
    stayed = [box.label for box in pair.old.view.boxes if (box.role, box.label) in now and box.role != VALUE]
    shown = "\n".join((*pair.new.view.snapshot, *pair.new.view.outline))
    for box in pair.old.view.boxes if stayed else ():
        # What stood at the edge can be out of view by a line more above it.
        well_inside = box.top > EDGE and box.top + box.height < 1 - EDGE
        if box.role == "see" and well_inside and (box.role, box.label) not in now and box.label not in shown:
            message = f"**{box.label}** is no longer in view together with **{stayed[-1]}**"
            yield Change(Verdict.LAYOUT, message, where_of(pair.step, box.label))


def _unmasked(pair: Pair) -> Iterator[Change]:
    """Fields that hid what is typed and show it now, or the other way."""
    old, new = pair.old.view.boxes, pair.new.view.boxes
    before, now = (_marked(boxes, MASKED) for boxes in (old, new))
    both = {box.label for box in old} & {box.label for box in new}
    for label in sorted((before ^ now) & both):
        told = "can be read now" if label in before else "is hidden now"
        yield Change(Verdict.LAYOUT, f"what is typed into **{label}** {told}", where_of(pair.step, label))


def _marked(boxes: Sequence[Box], role: str) -> set[str]:
    """The labels of what a view marks so."""
    return {box.label for box in boxes if box.role == role}


def _unwritten_on(pair: Pair) -> Iterator[Change]:
    """Buttons and links that showed their name, and have it for screen readers alone now."""
    before, now = (_marked(each.view.boxes, UNWRITTEN) for each in (pair.old, pair.new))
    known = {box.label for box in pair.old.view.boxes if box.role not in PASSIVE}
    for label in sorted((now - before) & known):
        yield Change(Verdict.LABEL, f"**{label}** is no longer written on it", where_of(pair.step, label))


def _at_another_field(pair: Pair) -> Iterator[Change]:
    """Labels that stood at their own fields and stand closer to another one now, which a reader takes for theirs."""
    before, now = _fields_of_labels(pair.old), _fields_of_labels(pair.new)
    for label, field in now.items():
        if before.get(label) == label != field and not _stands_as_before(pair, label):
            message = f"the label **{label}** now stands at the field that is called **{field}**"
            yield Change(Verdict.LAYOUT, message, where_of(pair.step, label))


def _fields_of_labels(sight: Sight) -> dict[str, str]:
    """The labels that are seen, each with the field that is closest to it."""
    boxes = sight.view.boxes
    labels = [box for box in boxes if box.role == LABEL]
    fields = [box for box in boxes if box.role not in PASSIVE and any(box.label == each.label for each in labels)]
    return {box.label: min(fields, key=partial(_gap, box)).label for box in labels if fields}


def _stands_as_before(pair: Pair, label: str) -> bool:
    """Whether a label stands to its own field as it did: then both have moved, past another field."""
    offsets = []
    for sight in (pair.old, pair.new):
        boxes = [box for box in sight.view.boxes if box.label == label]
        words = next((box for box in boxes if box.role == LABEL), None)
        own = next((box for box in boxes if box.role not in PASSIVE), None)
        if words is None or own is None:
            return False
        offsets.append((words.left - own.left, words.top - own.top))
    return all(abs(was - now) < AT_FIELD for was, now in zip(*offsets, strict=True))


def _gap(one: Box, other: Box) -> float:
    """The distance between two boxes, as part of the picture; 0 where they touch."""
    across = max(one.left - other.left - other.width, other.left - one.left - one.width, 0)
    down = max(one.top - other.top - other.height, other.top - one.top - one.height, 0)
    return float(across + down)


def _turned(old: Box, new: Box, other_old: Box, other_new: Box) -> str | None:
    """What has changed between two boxes of which the other one is read first now."""
    before, now = _stands(old, other_old), _stands(new, other_new)
    if (before in _FIRST and now in _SECOND) or (before in _SECOND and now in _FIRST):
        return f"on the screen, **{new.label}** now stands {now} **{other_new.label}**"
    return None


def _said_otherwise(pair: Pair, page: PageText, old: tuple[Box, Box], new: tuple[Box, Box]) -> Change | None:
    """Two things that the step says to stand one above the other, and that stand side by side now; or the other way."""
    (one, other), before, now = new, _stands(*old), _stands(*new)
    for words, others in ((_VERTICAL, _HORIZONTAL), (_HORIZONTAL, _VERTICAL)):
        if before in words and now in others and (where := page.arranged(pair.step, one.label, other.label, words)):
            first, last = (one, other) if now in _FIRST else (other, one)
            stand = "above" if now in _VERTICAL else "left of"
            message = f"**{first.label}** now stands {stand} **{last.label}**, and the page says otherwise"
            return Change(Verdict.LAYOUT, message, where)
    return None


def _stands(box: Box, other: Box) -> str | None:
    """How a box stands to another one; None where they are apart both ways, so that neither comes first."""
    in_one_row = _overlap(box.top, box.height, other.top, other.height)
    in_one_column = _overlap(box.left, box.width, other.left, other.width)
    if in_one_row == in_one_column:
        return None
    if in_one_column:
        return "above" if box.top < other.top else "below"
    return "left of" if box.left < other.left else "right of"


def _overlap(start: float, length: float, other_start: float, other_length: float) -> bool:
    common = min(start + length, other_start + other_length) - max(start, other_start)
    return common > min(length, other_length) / 4


def _middle(box: Box) -> tuple[float, float]:
    return box.left + box.width / 2, box.top + box.height / 2
