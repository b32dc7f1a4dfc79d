"""How things on a page are found: by what a person perceives, role and name or label; never by CSS or XPath."""

from __future__ import annotations

import re
from collections.abc import Iterable

from playwright.sync_api import Locator, Page

from walkthrough.model import Action
from walkthrough.roles import ROLES, Moment


def control(page: Page, action: Action) -> Locator:
    """The visible controls with this action's label as their exact name."""
    role = ROLES[action.role]
    if action.role == "double-click":
        # An item's own name can hold more than a person sees of it, such as its size; so the text decides.
        items = _any(page.get_by_role(each) for each in role.controls)  # type: ignore[arg-type]
        return items.get_by_text(action.label, exact=True).filter(visible=True)
    locator = _any(page.get_by_role(each, name=action.label, exact=True) for each in role.controls)  # type: ignore[arg-type]
    if action.role in ("menu", "menuitem"):
        # A menu item's name can hold its keyboard shortcut as well.
        text = page.get_by_text(action.label, exact=True)
        locator = locator.or_(_any(page.get_by_role(each).filter(has=text) for each in role.controls))  # type: ignore[arg-type]
    if role.moment is Moment.FILLS or action.role == "upload":
        # A password field has no ARIA role, so fields are found by their label too.
        locator = locator.or_(page.get_by_label(action.label, exact=True))
    return locator.filter(visible=True)


def menu_opener(page: Page, name: str) -> Locator:
    """What opens a menu: an item of a menu bar, or a button, with exactly this name."""
    return _any(page.get_by_role(each, name=name, exact=True) for each in ("menuitem", "button")).filter(visible=True)


def seen(page: Page, label: str, headings: bool = False) -> Locator:
    """Whatever visible has exactly this text, this as a line of preformatted text, or this name.

    A heading can hold more than its name, such as a sign that links to it; ``headings`` looks at their names as well.
    Looking at names costs a large page's own thread so much that it loads later, so it is not for the first look.
    """
    locator = page.get_by_text(label, exact=True)
    for by in (page.get_by_label, page.get_by_alt_text, page.get_by_title, page.get_by_placeholder):
        locator = locator.or_(by(label, exact=True))
    words = r"[ \t]+".join(re.escape(word) for word in label.split())
    line = re.compile(rf"^[ \t]*{words}[ \t]*$", re.MULTILINE)
    if headings:
        locator = locator.or_(page.get_by_role("heading", name=label, exact=True))
    return locator.or_(page.locator("pre").filter(has_text=line)).filter(visible=True)


def kind(action: Action) -> str:
    """What the role of this action looks for, in words."""
    role = ROLES[action.role]
    named = {
        "click": "button, link, tab or menu item",
        "fill": "field",
        "choose": "list",
        "check": "check box",
        "menu": "menu item",
        "menuitem": "menu item",
        "double-click": "list item",
        "upload": "button or field for files",
    }
    return named.get(action.role, action.role if role.controls else "text or control")


def _any(locators: Iterable[Locator]) -> Locator:
    first, *others = locators
    for other in others:
        first = first.or_(other)
    return first
