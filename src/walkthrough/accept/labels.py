"""The label of a role in its sentence, changed in its place."""

from __future__ import annotations

import re
from dataclasses import replace

from walkthrough.accept.text import Edit, offset_of, reworded
from walkthrough.model import Action, Literal
from walkthrough.roles import PATH_SEPARATOR

_ROLE = re.compile(r"\{(?P<role>[\w:-]+)\}(?P<ticks>`+)(?P<content>.+?)(?<!`)(?P=ticks)(?!`)", re.DOTALL)
_VALUE = re.compile(r"\s*<[^<>]*>$")
_OPTION = re.compile(r"<\s*\"(?P<text>[^\"]*)\"\s*>\s*$")
_BETWEEN = re.compile(r"\s*[>\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}]\s*")


class NotInPage(Exception):
    """The page does not hold what is to be changed, in the place that is named."""


def role_span(text: str, action: Action) -> tuple[int, int]:
    """Where an action's role begins and ends in the page's text. Raises `NotInPage`."""
    found = _role(text, action)
    return found.start(), found.end()


def renamed(action: Action, old: str, new: str) -> Action:
    """The action after ``old`` is called ``new``: its label, one item of its path of menus, or its option of a list."""
    if action.option and old == action.option:
        return replace(action, value=Literal(new))
    if action.role != "menu" or old == action.label:
        return replace(action, label=" ".join(new.split()))
    items = (new if item == old else item for item in action.label.split(PATH_SEPARATOR))
    return replace(action, label=PATH_SEPARATOR.join(items))


def names(action: Action) -> tuple[str, ...]:
    """The names of what an action uses: its label, each item of its path of menus, or a list and its option."""
    if action.role == "menu":
        return tuple(action.label.split(PATH_SEPARATOR))
    return (action.label, action.option) if action.option else (action.label,)


def edit_name(text: str, action: Action, old: str, new: str) -> list[Edit]:
    """The edits that give what an action names its new name. Raises `NotInPage`."""
    found = _role(text, action)
    content, start = found["content"], found.start("content")
    value = _VALUE.search(content) if action.role != "menu" else None
    label = content[: value.start()] if value else content
    if action.role == "menu":
        return _edit_path(label, start, old, new)
    if action.option and old == action.option:
        if old == action.label:
            raise NotInPage(f"{action.where}: both the list and its option are called “{old}”")
        option = _OPTION.search(content)
        assert option is not None, "a value without references is in quotation marks"
        return [_within(option["text"], start + option.start("text"), new)]
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
