"""The roles: one table that the parser, the runner, the Sphinx extension and the reference page share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from typing import Final

from walkthrough.model import Expression, Literal, Reference


class Moment(Enum):
    """How an action relates to the page that a reader sees."""

    ARRIVES = "arrives"  # brings a page up: picture it afterwards
    FILLS = "fills"  # changes the page in place: picture it filled
    LEAVES = "leaves"  # what the reader is about to do: picture the page just before
    ASSERTS = "asserts"  # looks, and changes nothing


class Takes(Enum):
    """Whether a role takes a value in angle brackets."""

    NO_VALUE = "no value"
    A_VALUE = "a value"
    EITHER = "a value or none"


@dataclass(frozen=True)
class Role:
    """One role that may stand in a step's sentence.

    ``controls`` are the ARIA roles among which a control is looked up by its accessible name; ``markup`` is the
    look of the label on the page.
    """

    name: str
    moment: Moment
    takes: Takes
    markup: str
    help: str
    example: str
    controls: tuple[str, ...] = ()


_TEXT_CONTROLS = ("textbox", "searchbox", "spinbutton", "combobox")
_MENU_ITEMS = ("menuitem", "menuitemcheckbox", "menuitemradio")

PATH_SEPARATOR: Final = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "
"""Stands between the names of a menu's path where readers see it; writers type ``>``."""

ROLES: Final = {
    role.name: role
    for role in (
        Role("open", Moment.ARRIVES, Takes.EITHER, "literal",
             "Open an address: the label itself, or the value behind it.", "{open}`the sign-in page <hub.url>`"),
        Role("mail", Moment.ARRIVES, Takes.NO_VALUE, "emphasis",
             "Wait for the persona's newest e-mail with this subject, and open it.",
             "{mail}`Your JupyterHub invitation`"),
        Role("click", Moment.LEAVES, Takes.NO_VALUE, "guilabel",
             "Click the button, link, tab or menu item with exactly this name.", "{click}`Sign up`",
             ("button", "link", "tab", "menuitem")),
        Role("button", Moment.LEAVES, Takes.NO_VALUE, "guilabel",
             "Click a button, where a link or another control has the same name.", "{button}`Sign up`",
             ("button",)),
        Role("link", Moment.LEAVES, Takes.NO_VALUE, "guilabel", "Click a link.", "{link}`Sign up`", ("link",)),
        Role("tab", Moment.LEAVES, Takes.NO_VALUE, "guilabel", "Click a tab.", "{tab}`Launcher`", ("tab",)),
        Role("menuitem", Moment.LEAVES, Takes.NO_VALUE, "guilabel", "Click an item of an open menu.",
             "{menuitem}`Log Out`", _MENU_ITEMS),
        Role("menu", Moment.LEAVES, Takes.NO_VALUE, "guilabel",
             "Open a menu, and in it the menus on the way, and choose the item at the end. The picture shows the menu "
             "open.", "{menu}`Run > Run All Cells`", _MENU_ITEMS),
        Role("double-click", Moment.LEAVES, Takes.NO_VALUE, "guilabel",
             "Double-click the item of a list, table or tree that shows exactly this text, such as a file.",
             "{double-click}`python.ipynb`", ("listitem", "treeitem", "option", "row", "gridcell", "cell")),
        Role("upload", Moment.LEAVES, Takes.A_VALUE, "guilabel",
             "Give the file at this path, which begins at the page's folder, to the button or field with this name.",
             '{upload}`Upload Files <"data/survey.csv">`', ("button",)),
        Role("fill", Moment.FILLS, Takes.A_VALUE, "guilabel", "Type the value into the field with this label.",
             "{fill}`User name <persona.username>`", _TEXT_CONTROLS),
        Role("choose", Moment.FILLS, Takes.A_VALUE, "guilabel",
             "Choose the option that the value names, in the list with this label.",
             '{choose}`Unit <"Health">`', ("combobox", "listbox")),
        Role("check", Moment.FILLS, Takes.NO_VALUE, "guilabel",
             "Tick the check box, switch on the switch or pick the radio button with this name.",
             "{check}`I agree`", ("checkbox", "radio", "switch")),
        Role("press", Moment.LEAVES, Takes.NO_VALUE, "kbd", "Press a key, or keys together.", "{press}`Shift+Enter`"),
        Role("terminal", Moment.FILLS, Takes.EITHER, "literal",
             "Type the command into the page's terminal, and wait until its prompt is back. With a value, the label is "
             "what the command asks, and the value the answer.", "{terminal}`ls project-50123`", ("textbox",)),
        Role("see", Moment.ASSERTS, Takes.NO_VALUE, "guilabel",
             "Wait until this text, or a control or heading with this name, is visible.",
             "{see}`JupyterHub Console`"),
        Role("idle", Moment.ASSERTS, Takes.NO_VALUE, "guilabel",
             "Wait until JupyterLab calls this kernel idle and no cell is left to run. A cell that failed fails the "
             "step.", "{idle}`Python 3 (ipykernel)`"),
        Role("not-see", Moment.ASSERTS, Takes.NO_VALUE, "guilabel",
             "Wait until nothing visible has this text or name.", "{not-see}`Sign up`"),
        Role("address", Moment.ASSERTS, Takes.EITHER, "literal",
             "Wait until the browser's address holds this text, or the value behind it.", "{address}`/50123/`"),
    )
}  # fmt: skip
"""Role name → role, for the roles that do something in a step."""

_NAMED_KEYS = (
    "Alt", "ArrowDown", "ArrowLeft", "ArrowRight", "ArrowUp", "Backspace", "CapsLock", "Control", "Delete", "End",
    "Enter", "Escape", "Home", "Insert", "Meta", "PageDown", "PageUp", "Pause", "PrintScreen", "Shift", "Tab",
    *(f"F{number}" for number in range(1, 13)),
)  # fmt: skip
KEYS: Final = {
    **{name: name for name in _NAMED_KEYS},
    **{"Ctrl": "Control", "Cmd": "Meta", "Esc": "Escape", "Return": "Enter", "Del": "Delete", "Up": "ArrowUp"},
    **{"Down": "ArrowDown", "Left": "ArrowLeft", "Right": "ArrowRight", "Space": " "},
}
"""Name of a key as a page may call it → as browsers call it (UI Events KeyboardEvent key Values). A key with a
character is called by that.
"""

VALUE_ROLE: Final = "value"
"""The role that shows a value in prose: ``{value}`persona.username```. It does nothing in a run."""

KNOWN_ELSEWHERE: Final = frozenset(
    """
    abbr abbreviation any attr class code command confval cite data dfn doc download emphasis envvar eq eval exc
    file footcite func guilabel index kbd keyword literal mailheader makevar manpage math menuselection meth
    mimetype mod newsgroup numref option pep pep-reference program ref regexp rfc rfc-reference samp strong sub
    subscript sup superscript term title title-reference token underline strike py:class py:func py:mod py:meth
    py:attr py:obj py:data py:exc std:ref std:doc std:option bdg button-link octicon fab fas far iconify
    """.split()  # noqa: SIM905
)
"""Roles of docutils, Sphinx, MyST and sphinx-design, which may stand in a step and do nothing in a run."""

_VALUE = re.compile(r"^(?P<label>.*?)\s*<(?P<value>[^<>]*)>$", re.DOTALL)
_LITERAL = re.compile(r'^"(?P<text>[^"]*)"$')
_REFERENCE = re.compile(r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$")


class RoleSyntaxError(ValueError):
    """A role's text is not of the form that the role takes."""


def parse_expression(text: str) -> Expression:
    """Read ``persona.username`` or ``"a literal"``. Raises `RoleSyntaxError` for anything else."""
    text = text.strip()
    if found := _LITERAL.match(text):
        return Literal(found["text"])
    if _REFERENCE.match(text):
        root, *path = text.split(".")
        return Reference(root, tuple(path))
    raise RoleSyntaxError(
        f"“{text}” is no value: expected a dotted name such as persona.username, or a text in double quotes"
    )


def parse_text(role: Role, text: str) -> tuple[str, Expression | None]:
    """Split a role's text into its label and its value. Raises `RoleSyntaxError`."""
    found = _VALUE.match(text.strip())
    label = " ".join((found["label"] if found else text).split())
    if not label:
        raise RoleSyntaxError(f"{{{role.name}}} has no label: write it as in {role.example}")
    if role.name == "menu":
        return _menu_path(role, text), None
    if role.name == "press":
        keys_of(label)
    if found is None:
        if role.takes is Takes.A_VALUE:
            raise RoleSyntaxError(f"{{{role.name}}} “{label}” needs a value in angle brackets, as in {role.example}")
        return label, None
    if role.takes is Takes.NO_VALUE:
        raise RoleSyntaxError(
            f"{{{role.name}}} “{label}” takes no value, and “<{found['value']}>” stands behind it; write {role.example}"
        )
    return label, parse_expression(found["value"])


def keys_of(label: str) -> list[str]:
    """The keys that are pressed together, by the browsers' names. Raises `RoleSyntaxError` for one that is no key's."""
    return [_key(key.strip(), label) for key in re.split(r"\+(?=.)", label)]


def _key(name: str, label: str) -> str:
    if len(name) == 1 and name.isascii() and name.isprintable():
        return name
    if name not in KEYS:
        close = get_close_matches(name, KEYS, n=1)
        hint = f"Did you mean {close[0]}?" if close else f"Write the keys as in {ROLES['press'].example}"
        raise RoleSyntaxError(f"{{press}} “{label}”: “{name}” is the name of no key\n    {hint}")
    return KEYS[name]


def _menu_path(role: Role, text: str) -> str:
    names = [" ".join(name.split()) for name in text.replace(PATH_SEPARATOR.strip(), ">").split(">")]
    if len(names) < 2 or not all(names):
        raise RoleSyntaxError(
            f"{{{role.name}}} “{text.strip()}” is no path of menus: write the names with > between them, as in "
            f"{role.example}"
        )
    return PATH_SEPARATOR.join(names)
