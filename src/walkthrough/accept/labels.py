"""The label of a role in its sentence, changed in its place."""

from __future__ import annotations

import re

from walkthrough.accept.text import Edit, offset_of, reworded
from walkthrough.model import Action
from walkthrough.roles import PATH_SEPARATOR

_ROLE = re.compile(r"\{(?P<role>[\w:-]+)\}(?P<ticks>`+)(?P<content>.+?)(?<!`)(?P=ticks)(?!`)", re.DOTALL)
_VALUE = re.compile(r"\s*<[^<>]*>$")
_BETWEEN = re.compile(r"\s*[>\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}]\s*")


class NotInPage(Exception):
    """The page does not hold what is to be changed, in the place that is named."""


def role_span(text: str, action: Action) -> tuple[int, int]:
    """Where an action's role begins and ends in the page's text. Raises `NotInPage`."""
    found = _role(text, action)
    return found.start(), found.end()


def renamed_label(action: Action, old: str, new: str) -> str:
    """The label of an action after ``old`` is called ``new``: itself, or one item of its path of menus."""
    if action.role != "menu" or old == action.label:
        return " ".join(new.split())
    return PATH_SEPARATOR.join(new if item == old else item for item in action.label.split(PATH_SEPARATOR))


def names(action: Action) -> tuple[str, ...]:
    """The names of controls that an action holds: its label, or each item of its path of menus."""
    return tuple(action.label.split(PATH_SEPARATOR)) if action.role == "menu" else (action.label,)


def edit_label(text: str, action: Action, old: str, new: str) -> list[Edit]:
    """The edits that give an action's label its new name. Raises `NotInPage`."""
    found = _role(text, action)
    content, start = found["content"], found.start("content")
    value = _VALUE.search(content) if action.role != "menu" else None
    label = content[: value.start()] if value else content
    if action.role == "menu":
        return _edit_path(label, start, old, new)
    if " ".join(label.split()) != old:
        raise NotInPage(f"{action.where}: {{{action.role}}} says “{' '.join(label.split())}”, not “{old}”")
    return [_within(label, start, new)]


def _edit_path(label: str, start: int, old: str, new: str) -> list[Edit]:
    pieces, at = [], 0
    for between in _BETWEEN.finditer(label):
        pieces.append((label[at : between.start()], at))
        at = between.end()
    pieces.append((label[at:], at))
    before = [" ".join(item.split()) for item, _ in pieces]
    wanted = new.split(PATH_SEPARATOR)
    if old == PATH_SEPARATOR.join(before):
        if len(wanted) != len(before):
            return [Edit(start, start + len(label), " > ".join(wanted))]
    elif old in before:
        wanted = [new if item == old else item for item in before]
    else:
        raise NotInPage(f"the path of menus “{label}” holds no “{old}”")
    changed = zip(pieces, before, wanted, strict=True)
    return [_within(item, start + at, name) for (item, at), was, name in changed if was != name]


def _within(piece: str, start: int, new: str) -> Edit:
    """Change the words of a piece of source, and leave the white space around them."""
    words = piece.strip()
    first = start + piece.index(words)
    return Edit(first, first + len(words), reworded(words, new))


def _role(text: str, action: Action) -> re.Match[str]:
    found = _ROLE.match(text, offset_of(text, action.where.line, action.where.column))
    if found is None or found["role"] != action.role:
        raise NotInPage(f"{action.where}: expected {{{action.role}}}`{action.label}`")
    return found
