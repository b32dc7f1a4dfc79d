"""How a step fails: where, what was expected, what was found, and what to try."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from playwright.sync_api import Error, Locator, Page
from rapidfuzz import fuzz, process

from walkthrough.compare.outline import parse
from walkthrough.model import Action, Location, Step
from walkthrough.outcome import Change
from walkthrough.roles import ROLES

_LISTED: Final = 3
_SIMILAR: Final = 60
"""How many names are told instead of a missing one; from which likeness on, of 100, the first may be the new one."""
_FIRST_WORDS = re.compile(r"\w[^\n\t]*|\S[^\n\t]*")


class StepFailure(Exception):
    """A step did not do what its sentence says. The text is for the page's writer.

    ``exposed``: the page shows a secret in a way that cannot be taken out of a picture or a trace.
    """

    def __init__(
        self,
        step: Step,
        action: Action | None,
        expected: str,
        found: str,
        hint: str = "",
        *,
        changes: tuple[Change, ...] = (),
        exposed: bool = False,
    ) -> None:
        self.step, self.action, self.exposed = step, action, exposed
        self.where: Location = action.where if action else step.where
        self.expected, self.found, self.hint, self.changes = expected, found, hint, changes
        super().__init__(f"{self.where}: step {step.number}: expected {expected}; found {found}")


@dataclass(frozen=True)
class Named:
    """Something on the page that has a name."""

    role: str
    name: str
    state: str = ""

    def __str__(self) -> str:
        return f"{self.role} “{self.name}”{self.state}"


def names_on(page: Page) -> list[Named]:
    """Everything that the page's accessibility tree names, in reading order; empty where the page does not answer."""
    try:
        snapshot = page.locator("body").aria_snapshot(timeout=3000)
    except Error:
        return []
    named = (
        Named(node.role, node.words, " (disabled)" if "disabled" in node.states else "")
        for node in parse(snapshot.splitlines())
        if node.words
    )
    return list(dict.fromkeys(named))


def shown_items(page: Page, roles: Sequence[str]) -> list[Named]:
    """The items that can be seen, by the words that come first in them; their names can hold much more."""
    found: dict[Named, None] = {}
    for role in roles:
        try:
            items = page.get_by_role(role).filter(visible=True)  # type: ignore[arg-type]
            texts = items.evaluate_all("all => all.map(e => [e.innerText, e.getAttribute('aria-disabled') === 'true'])")
        except Error:
            continue
        for text, disabled in texts:
            if words := _FIRST_WORDS.search(text):
                found[Named(role, words.group().strip(), " (disabled)" if disabled else "")] = None
    return list(found)


def describe_page(page: Page) -> str:
    """The page's title and address, without parameters, in which a token can be."""
    try:
        return f"the page “{page.title()}” at {urlsplit(page.url)._replace(query='', fragment='').geturl()}"
    except Error:
        return "no page: the browser's page is gone"


def explain_missing(
    page: Page, action: Action, controls: Sequence[str], known: Collection[str] = ()
) -> tuple[str, str]:
    """Say what is there instead of a control: (found, hint).

    ``known`` are the names that stood there when the page was true: none of these is the new name of one of them. A
    name that was not among them has been edited in the sentence, and may be any of them.
    """
    names = shown_items(page, controls) if action.role in ("double-click", "menu") else names_on(page)
    where = describe_page(page)
    same = [each for each in names if each.name == action.label]
    fitting = [each for each in same if each.role in controls]
    if fitting:
        return f"{fitting[0]} on {where}, but it cannot be used: it is disabled, hidden or covered", ""
    if same and not controls:
        return f"{same[0]} on {where}, but it cannot be seen", ""
    if same:
        kinds = " and ".join(dict.fromkeys(each.role for each in same))
        return f"“{action.label}” on {where} only as {kinds}", f"{{{action.role}}} looks for {_or(controls)}"
    if action.role == "menu" and names:
        offered = ", ".join(f"“{each.name}”{each.state}" for each in names)
        return f"the menus on {where} offer {offered}", ""
    wanted = [each for each in names if not controls or each.role in controls] or names
    if not wanted:
        return f"nothing with a name on {where}", ""
    fresh = [each for each in wanted if each.name not in known or action.label not in known]
    likely = _nearest(action.label, fresh)
    listed = [each for each, _ in [*likely, *_nearest(action.label, [each for each in wanted if each not in fresh])]]
    nearest = ", ".join(map(str, listed[:_LISTED]))
    hint = ""
    # Where all else is known and one thing is not, that is the one, however it is called.
    if likely and (likely[0][1] >= _SIMILAR or len(fresh) == 1 < len(wanted)):
        hint = (
            f"if the product has renamed it, write {{{action.role}}}`{likely[0][0].name}`; "
            "if the sentence is right, the product has broken it"
        )
    return f"no such name on {where}; the nearest are {nearest}", hint


def _nearest(name: str, things: Sequence[Named]) -> list[tuple[Named, float]]:
    """The things whose names are most like this one, with how like they are, 0 to 100."""
    names = [each.name for each in things]
    found = process.extract(name, names, scorer=fuzz.WRatio, limit=_LISTED, processor=str.casefold)
    return [(things[index], score) for _, score, index in found]


def explain_ambiguous(page: Page, action: Action, controls: Sequence[str], locator: Locator) -> tuple[str, str]:
    """List the controls among which a name does not decide: (found, hint)."""
    found = []
    roles = []
    for role in controls:
        for each in page.get_by_role(role, name=action.label, exact=True).all():  # type: ignore[arg-type]
            roles.append(role)
            region = each.evaluate(
                "e => { const r = e.closest('nav,header,footer,main,aside,form,dialog,[role]:not(a):not(button)');"
                " return r && r !== e ? (r.getAttribute('role') || r.tagName.toLowerCase()) : '' }"
            )
            found.append(f"{role} “{action.label}”" + (f" in {region}" if region else ""))
    narrower = [role for role in dict.fromkeys(roles) if role in ROLES and roles.count(role) == 1]
    hint = ""
    if len(set(roles)) > 1 and narrower:
        hint = "be narrower: " + " or ".join(f"{{{role}}}`{action.label}`" for role in narrower)
    elif found:
        hint = "the product has to give them names that differ, for its readers' sake too"
    listed = ", ".join(found) or f"{locator.count()} fields with this label"
    return f"{max(len(found), locator.count())} of them on {describe_page(page)}: {listed}", hint


def _or(names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"a {names[0]}"
    return "a " + ", ".join(names[:-1]) + f" or {names[-1]}"
