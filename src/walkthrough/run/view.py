"""What a person sees at a moment, as the evidence keeps it: the page's main part, its outline, and the controls."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from playwright.sync_api import Page

from walkthrough.compare.outline import outline_of, region_of
from walkthrough.evidence import Box, View
from walkthrough.model import Action
from walkthrough.run import picture as pictures
from walkthrough.run.watch import Found, Places
from walkthrough.world import World

Target = tuple[Action, Found]
"""An action, and what on the page it is about."""

# What stands behind an address's question mark is for machines, differs in each run, and can be a token.
_QUERY = re.compile(r"(?P<address>/url: [^?\"\n]*)\?[^\"\n]*")


def address(page: Page, world: World) -> str:
    """The path of the browser's address, with examples in place; empty for a page without one."""
    return urlsplit(world.exemplify(page.url)).path


def look(
    page: Page,
    world: World,
    timeout: float,
    action: int,
    targets: Sequence[Target] = (),
    *,
    whole: bool = False,
    restore: bool = True,
) -> View:
    """What is in view now, and where the targets stand; with ``whole``, the snapshot is of the whole page.

    ``timeout`` is in seconds; ``restore`` is `walkthrough.run.picture.snapshot`'s.
    """
    numbers = [found.number for _, found in targets]
    title, text, places = pictures.snapshot(page, timeout, numbers, restore=restore)
    tree = _QUERY.sub(r"\g<address>", world.exemplify(text)).splitlines()
    shown = tuple(tree) if whole else region_of(tree)
    return View(
        action, world.exemplify(title), address(page, world), shown, outline_of(tree), _boxes(page, targets, places)
    )


def _boxes(page: Page, targets: Sequence[Target], where: Places) -> tuple[Box, ...]:
    """The places as parts of the view, for those that begin in it."""
    size = page.viewport_size or {"width": 1, "height": 1}
    found = []
    for (action, _), place in zip(targets, where, strict=True):
        if place is None:
            continue
        x, y = place[0] / size["width"], place[1] / size["height"]
        width, height = place[2] / size["width"], place[3] / size["height"]
        if 0 <= x < 1 and 0 <= y < 1:
            found.append(Box(action.role, action.label, *(round(part, 4) for part in (x, y, width, height))))
    return tuple(found)
