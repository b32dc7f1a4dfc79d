"""What a person can point at in a view, in reading order, and which of it stands in two views alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Final

from walkthrough.compare.outline import BUTTONS, DIALOGS, FIELDS, OUTLINED, Node, parse
from walkthrough.evidence import View

# What changes by itself and tells a reader nothing: how long ago something was, the numbers of a notebook's cells,
# where the cursor stands, what a kernel is just doing, the size of a file.
_UNSTEADY = re.compile(
    r"""
    \b(?:\d+|a|an|a\ few)\ (?:second|minute|hour|day|week|month|year|sec|min|hr)s?\ ago\b | \bjust\ now\b
    | \b(?:yesterday|last\ (?:week|month|year))\b
    | \[[\d*\ ]*\]:
    | (?<=\|\ )(?:Idle|Busy|Starting|Connecting|Restarting|Unknown|Connected|Initializing)\b
    | \bLn\ \d+,\ Col\ \d+ | \bCell\ \d+/\d+ | \bMem:?\ [\d.]+\ \w+
    | \b\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AP]M)?\b
    | \b\d{4}-\d{2}-\d{2}\b
    """,
    re.VERBOSE,
)


# Bars whose controls come and go with what is open, selected or running.
_BARS: Final = frozenset({"toolbar", "tablist", "menubar"})


def steady(text: str) -> str:
    """A text without what changes by itself, such as “2 minutes ago”."""
    return _UNSTEADY.sub("…", text)


def kind_of(node: Node) -> str:
    """The kinds that a name does not leave when it changes: field, button, heading, option or text."""
    if node.role in FIELDS:
        return "field"
    if node.role in BUTTONS:
        return "button"
    return node.role if node.role in DIALOGS | {"heading", "option"} else "text"


@dataclass(frozen=True)
class Thing:
    """Something with a name or a text. ``flows`` tells content that comes and goes as one scrolls, such as a
    notebook's cells; ``inside`` that it is only a part of a control's own name.
    """

    node: Node
    kind: str
    words: str
    main: bool
    flows: bool = False
    inside: bool = False

    @property
    def in_bar(self) -> bool:
        """Whether it stands in a bar of tools or tabs."""
        return any(role in _BARS for role in self.node.path)

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same thing in another view."""
        return self.kind, "main" if self.main else self.node.place, steady(self.words)


def nodes_of(view: View) -> tuple[Node, ...]:
    """A page's nodes: of its main part all, and behind them, of the rest, what an outline has.

    It does not matter whether the view's tree is of the main part or of the whole page.
    """
    tree = parse(view.snapshot)
    main = tuple(node for node in tree if _is_in_main(node))
    if not main:
        return tree or parse(view.outline)
    whole = any(node.depth == 0 and node.role != "main" for node in tree)
    rest = tree if whole else parse(view.outline)
    return (*main, *(node for node in rest if node.role in OUTLINED and not _is_in_main(node)))


def _is_in_main(node: Node) -> bool:
    return "main" in (*node.path, node.role)


@dataclass(frozen=True)
class Sight:
    """A view, read: its nodes and the things among them."""

    view: View
    nodes: tuple[Node, ...]

    @classmethod
    def of(cls, view: View) -> Sight:
        """Read a view."""
        return cls(view, nodes_of(view))

    @cached_property
    def things(self) -> tuple[Thing, ...]:
        """All that has words, but not the texts that only repeat the name of a field beside them."""
        fields = {node.name for node in self.nodes if node.is_field and node.name}
        has_main = any(node.place == "main" for node in self.nodes)
        return tuple(self._things(fields, has_main))

    def _things(self, fields: set[str], has_main: bool) -> Iterator[Thing]:
        for node in self.nodes:
            kind = kind_of(node)
            if kind == "text" and node.text and node.text in fields:
                continue
            if not node.words and kind not in DIALOGS | {"field"}:
                continue
            inside = any(role in BUTTONS or role in FIELDS for role in node.path) and kind == "text"
            main = node.place == "main" if has_main else node.place in ("", "region", "form")
            yield Thing(node, kind, node.words, main, "feed" in node.path, inside)

    @cached_property
    def keys(self) -> list[tuple[str, str, str]]:
        """The things' keys, in their order."""
        return [thing.key for thing in self.things]

    @cached_property
    def count(self) -> Counter[tuple[str, str]]:
        """How often each name is there for each kind."""
        return Counter((thing.kind, thing.words) for thing in self.things)

    @cached_property
    def heading(self) -> str:
        """The words of the first heading of the main part."""
        return next((thing.words for thing in self.things if thing.kind == "heading" and thing.main), "")

    @cached_property
    def steady_count(self) -> Counter[tuple[str, str]]:
        """The same, without what changes by itself."""
        return Counter((thing.kind, steady(thing.words)) for thing in self.things)

    @cached_property
    def text(self) -> str:
        """All words in one, since what is read as one sentence can be several texts, one of them in bold."""
        return " ".join(thing.words for thing in self.things if not thing.inside)

    @cached_property
    def names(self) -> frozenset[str]:
        """All names and texts."""
        return frozenset(thing.words for thing in self.things)

    def shows(self, words: str) -> bool:
        """Whether these words stand anywhere in it, as a name or a text or within one."""
        return bounded(words).search(self.text) is not None or words in self.names


def bounded(words: str) -> re.Pattern[str]:
    """A pattern for these words where they are no part of other words; any white space between them."""
    inner = r"\s+".join(re.escape(word) for word in words.split())
    return re.compile(rf"(?<!\w){inner}(?!\w)")


@dataclass(frozen=True)
class Gap:
    """Things between two that stand in both views: what was there, and what is there."""

    old: Sequence[Thing]
    new: Sequence[Thing]


class Alignment:
    """Two views of what may be the same page, side by side."""

    def __init__(self, old: Sight, new: Sight) -> None:
        self.old, self.new = old, new
        self._codes = SequenceMatcher(None, old.keys, new.keys, autojunk=False).get_opcodes()

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Where the two differ."""
        return tuple(
            Gap(self.old.things[i1:i2], self.new.things[j1:j2]) for tag, i1, i2, j1, j2 in self._codes if tag != "equal"
        )

    def gap(self, thing: Thing) -> Gap | None:
        """The gap in which a thing of the old view stands; None where it stands in both."""
        return next((gap for gap in self.gaps if any(each is thing for each in gap.old)), None)

    @cached_property
    def share(self) -> float:
        """The part of the old view's things, by their names, that the new one has too; 1.0 for none."""
        old = [thing.key for thing in self.old.things if not thing.flows]
        if not old:
            return 1.0
        found = Counter(old) & Counter(self.new.keys)
        return found.total() / len(old)

    def share_without(self, gap: Gap) -> float:
        """The same, without the things of one gap; 0.5 where nothing else is there, since nothing speaks for it."""
        left_out = {id(thing) for thing in gap.old}
        old = [thing.key for thing in self.old.things if id(thing) not in left_out and not thing.flows]
        if not old:
            return 0.5
        return (Counter(old) & Counter(self.new.keys)).total() / len(old)

    def same_page(self, apart_from: Thing | None = None) -> float:
        """How much speaks for it that both are one page, 0 to 1: address, title, heading, and what stands on it.

        ``apart_from`` is a thing of the old view that is being looked for, which says nothing.
        """
        signs = [self.old.view.address == self.new.view.address, self.old.view.title == self.new.view.title]
        if self.old.heading and (apart_from is None or apart_from.words != self.old.heading):
            signs.append(self.old.heading == self.new.heading)
        gap = self.gap(apart_from) if apart_from else None
        share = self.share_without(gap) if gap else self.share
        return (sum(signs) + 2 * min(1.0, share * 1.25)) / (len(signs) + 2)
