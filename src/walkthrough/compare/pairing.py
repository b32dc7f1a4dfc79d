"""Two views of one moment, and what has become of each thing: renamed, gone, new or moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from walkthrough.compare.names import Likely, Renamed, new_name
from walkthrough.compare.outline import Node
from walkthrough.compare.things import Alignment, Sight, Thing, bounded, steady
from walkthrough.evidence import View
from walkthrough.model import Step
from walkthrough.roles import PATH_SEPARATOR

_LIKELY_ENOUGH = 0.45
"""From this confidence on, one thing that is gone and one that is new are told as one that has another name."""


@dataclass(frozen=True)
class Pair:
    """A committed view and this run's, of the same moment of a step; what the walk found renamed counts as equal."""

    step: Step
    old: Sight
    new: Sight

    @classmethod
    def of(cls, step: Step, old: View, new: View, renamed: Sequence[Renamed]) -> Pair:
        """Read two views."""
        now = Sight.of(new)
        return cls(step, _under_new_names(Sight.of(old), now, renamed), now)

    @cached_property
    def alignment(self) -> Alignment:
        """The two, side by side."""
        return Alignment(self.old, self.new)

    @cached_property
    def is_other_page(self) -> bool:
        """Whether this is another page than the committed one: little on it is the same, and not its name."""
        signs = [self.old.view.address == self.new.view.address, self.old.view.title == self.new.view.title]
        if self.old.heading or self.new.heading:
            signs.append(self.old.heading == self.new.heading)
        return self.alignment.share < 0.5 and sum(signs) <= 1

    @cached_property
    def targets(self) -> frozenset[str]:
        """The names that the step's actions use or look for; a kernel's, which is only waited for, is none."""
        return frozenset(
            part
            for action in self.step.actions
            if action.role != "idle"
            for part in (action.label, *action.label.split(PATH_SEPARATOR))
        )

    @cached_property
    def renamed(self) -> tuple[tuple[Thing, Thing, Likely], ...]:
        """Things that have another name, with it."""
        found, taken = [], set()
        for gap in self.alignment.gaps:
            for thing in gap.old:
                if not thing.words or not self._is_gone(thing) or thing.inside:
                    continue
                likely = new_name(thing, gap, self.alignment)
                if likely is None or likely.confidence < _LIKELY_ENOUGH:
                    continue
                # Only what stands in its place: a name elsewhere is no one thing with another name.
                match = next((new for new in gap.new if new.words == likely.name and id(new) not in taken), None)
                if match is not None:
                    taken.add(id(match))
                    found.append((thing, match, likely))
        return tuple(found)

    @cached_property
    def gone(self) -> tuple[Thing, ...]:
        """Things that are not there any more, under any name."""
        known = {id(old) for old, _, _ in self.renamed}
        return tuple(
            thing
            for gap in self.alignment.gaps
            for thing in gap.old
            if id(thing) not in known
            and self._is_gone(thing)
            and not thing.inside
            and not self._is_other(self.new, thing)
        )

    @cached_property
    def fresh(self) -> tuple[Thing, ...]:
        """Things that were not there, under any name."""
        known = {id(new) for _, new, _ in self.renamed}
        return tuple(
            thing
            for gap in self.alignment.gaps
            for thing in gap.new
            if id(thing) not in known
            and self._is_fresh(thing)
            and not thing.inside
            and not self._is_other(self.old, thing)
        )

    @cached_property
    def displaced(self) -> tuple[Thing, ...]:
        """Controls and headings that have gone from the main part to another part of the page, or the other way."""
        found = []
        for gap in self.alignment.gaps:
            for thing in gap.old:
                now = [each for each in self.new.things if (each.kind, each.words) == (thing.kind, thing.words)]
                if thing.kind != "text" and thing.words and len(now) == 1 and now[0].main != thing.main:
                    found.append(now[0])
        return tuple(found)

    def _is_gone(self, thing: Thing) -> bool:
        key = thing.kind, steady(thing.words)
        return self.new.steady_count[key] < self.old.steady_count[key]

    def _is_fresh(self, thing: Thing) -> bool:
        key = thing.kind, steady(thing.words)
        return self.new.steady_count[key] > self.old.steady_count[key]

    def _is_other(self, sight: Sight, thing: Thing) -> bool:
        """Whether a view holds a thing's words as something else: a link as a button."""
        return bool(thing.words) and thing.words in sight.names and not sight.count[thing.kind, thing.words]


def _under_new_names(old: Sight, new: Sight, renamed: Sequence[Renamed]) -> Sight:
    """The old view as if what the walk found renamed had had its new name."""
    shown = {word for node in new.nodes for word in (node.name, node.text) if word}
    nodes, title = old.nodes, old.view.title
    for each in renamed:
        for before, now in zip(each.old.split(PATH_SEPARATOR), each.new.name.split(PATH_SEPARATOR), strict=False):
            if before != now:
                nodes = tuple(_renamed_node(node, before, now, shown) for node in nodes)
                title = _replaced(title, before, now, {new.view.title})
    return Sight(replace(old.view, title=title), nodes)


def _renamed_node(node: Node, before: str, now: str, shown: set[str]) -> Node:
    return replace(node, name=_replaced(node.name, before, now, shown), text=_replaced(node.text, before, now, shown))


def _replaced(text: str, before: str, now: str, shown: set[str]) -> str:
    """A text with a new name in it, where this is what can be read now."""
    if before not in text or text in shown:
        return text
    replaced = bounded(before).sub(lambda _: now, text)
    return replaced if replaced in shown else text
