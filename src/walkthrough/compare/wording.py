"""How things are called in sentences for a page's writer."""

from __future__ import annotations

from typing import Final

from walkthrough.compare.things import Thing

_NOUNS: Final = {
    "textbox": "field",
    "searchbox": "field",
    "spinbutton": "field",
    "combobox": "list",
    "listbox": "list",
    "checkbox": "check box",
    "radio": "radio button",
    "menuitem": "menu item",
    "menuitemcheckbox": "menu item",
    "menuitemradio": "menu item",
    "alertdialog": "dialog",
    "mail": "e-mail",
    "img": "image",
}
_LONGEST: Final = 60


def noun(role: str) -> str:
    """What a reader calls something of an ARIA role: a button, a field, a heading; a text for all that has none."""
    known = {"button", "link", "tab", "option", "switch", "slider", "heading", "dialog", "field", "table"}
    return _NOUNS.get(role, role if role in known else "text")


def named(thing: Thing) -> str:
    """A thing in a sentence: its kind and its name, a long text cut off."""
    if not thing.words:
        return f"{noun(thing.node.role)} without a name"
    return f"{noun(thing.node.role)} {marked(thing)}"


def a_named(thing: Thing) -> str:
    """The same, for something that is new to a reader: with its article."""
    return a(named(thing))


def a(words: str) -> str:
    """Words behind the article that they take."""
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


def marked(thing: Thing) -> str:
    """The name of a control in bold, a text in quotation marks."""
    return f"“{short(thing.words)}”" if thing.kind == "text" else f"**{thing.words}**"


def short(text: str) -> str:
    """A text, cut off where it is long."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
