"""What a person sees at a moment, as the evidence keeps it: the page's main part, its outline, and the controls."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

from playwright.sync_api import Page

from walkthrough.compare.outline import outline_of, parse, region_of
from walkthrough.compare.things import bounded
from walkthrough.evidence import LABEL, MASKED, MENTION, UNWRITTEN, VALUE, Box, View
from walkthrough.model import Action
from walkthrough.run import picture as pictures
from walkthrough.run.watch import Found
from walkthrough.world import World

Target = tuple[Action, Found]
"""An action, and what on the page it is about."""

_WRITTEN_ON: Final = frozenset({"click", "button", "link", "tab"})
"""Roles of controls on which a person looks for the name itself."""
_SHORTEST: Final = 3
"""Names with fewer letters stand in a sentence by chance."""
# What stands behind an address's question mark is for machines, differs in each run, and can be a token; and so is a
# fragment that holds parameters.
_QUERY = re.compile(r"(?P<address>/url: \"?[^?#\"\n]*)(?:\?|#(?=[^\"\n]*=))[^\"\n]*")


def address(page: Page, world: World) -> str:
    """The path of the browser's address, with examples in place; empty for a page without one."""
    return urlsplit(world.exemplify(page.url)).path


def without_parameters(tree: str) -> str:
    """A page's tree, with the targets of its links as far as they say where those lead."""
    return _QUERY.sub(r"\g<address>", tree)


def look(
    page: Page,
    world: World,
    timeout: float,
    action: int,
    targets: Sequence[Target] = (),
    *,
    source: str = "",
    current: Callable[[Action], Action] = lambda action: action,
    whole: bool = False,
    restore: bool = True,
) -> View:
    """What is in view now, and where the targets stand; with ``whole``, the snapshot is of the whole page.

    ``source`` are the step's words as the page has them: what can be clicked and is mentioned in them gets a box too.
    ``current`` gives an action with the name under which the walk goes on.
    ``timeout`` is in seconds; ``restore`` is `walkthrough.run.picture.snapshot`'s.
    """
    source, examples = " ".join(source.split()), world.substitutions
    held = [(found.number, current(action).label if action.role in _WRITTEN_ON else "") for action, found in targets]
    seen = pictures.snapshot(page, timeout, held, source=source, examples=examples, restore=restore)
    tree = without_parameters(world.exemplify(seen.tree)).splitlines()
    shown = tuple(tree) if whole else region_of(tree)
    named = [(action.role, action.label, place) for (action, _), place in zip(targets, seen.places, strict=True)]
    named += [(LABEL, action.label, place) for (action, _), place in zip(targets, seen.labels, strict=True)]
    for role, marks in ((MASKED, seen.masked), (UNWRITTEN, seen.unwritten)):
        marked = [target for target, mark in zip(named[: len(targets)], marks, strict=True) if mark]
        named += [(role, label, place) for _, label, place in marked]
    known = {label for _, label, _ in named}
    named += [(MENTION, name, place) for name, place in _mentioned(source, seen.mentioned, known)]
    named += [(VALUE, example, place) for example, place in seen.values]
    boxes = _boxes(page, named)
    return View(action, world.exemplify(seen.title), address(page, world), shown, outline_of(tree), boxes)


def gives_away(view: View, world: World) -> bool:
    """Whether a secret can be put together from the pieces that the view holds: of texts, or of what fields hold."""
    secrets = ["".join(secret.split()) for secret in world.secrets]
    for tree in (view.snapshot, view.outline) if secrets else ():
        nodes = parse(tree)
        for pieces in ([node.name for node in nodes], [node.text for node in nodes]):
            if any(secret in "".join("".join(pieces).split()) for secret in secrets):
                return True
    return False


def _mentioned(
    source: str, found: Sequence[tuple[str, Sequence[float]]], named: Collection[str]
) -> Iterator[tuple[str, Sequence[float]]]:
    """What the step's words mention without acting on it, where it is there once."""
    count = Counter(words for words, _ in found)
    for words, place in found:
        if count[words] == 1 and words not in named and len(words) >= _SHORTEST and bounded(words).search(source):
            yield words, place


def _boxes(page: Page, named: Iterable[tuple[str, str, Sequence[float] | None]]) -> tuple[Box, ...]:
    """The places of roles and labels as parts of the view, for those that begin in it."""
    size = page.viewport_size or {"width": 1, "height": 1}
    found = []
    for role, label, place in named:
        if place is None:
            continue
        x, y = place[0] / size["width"], place[1] / size["height"]
        width, height = place[2] / size["width"], place[3] / size["height"]
        if 0 <= x < 1 and 0 <= y < 1:
            found.append(Box(role, label, *(round(part, 4) for part in (x, y, width, height))))
    return tuple(found)
