"""Accessibility trees as Playwright writes them, read into nodes.

Each line is one node: ``- role "name" [state]: text``, indented by two spaces under its parent, or a property of the
parent such as ``- /url: /signup/``. Keys are quoted by ``'`` and texts by ``"`` where YAML asks for it. The format is
that of `aria snapshots <https://playwright.dev/python/docs/aria-snapshots>`_; reading it line by line is exact, since
Playwright never breaks a node over two lines, and ten times faster than a YAML parser.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

DIALOGS: Final = frozenset({"dialog", "alertdialog"})
LANDMARKS: Final = (
    frozenset({"banner", "navigation", "main", "complementary", "contentinfo", "form", "search", "region"}) | DIALOGS
)
FIELDS: Final = frozenset(
    {"textbox", "searchbox", "spinbutton", "combobox", "listbox", "checkbox", "radio", "switch", "slider"}
)
"""What a person fills in, ticks or chooses from."""
BUTTONS: Final = frozenset({"button", "link", "tab", "menuitem", "menuitemcheckbox", "menuitemradio"})
"""What a person clicks."""
CONTROLS: Final = FIELDS | BUTTONS | {"option"}
OUTLINED: Final = LANDMARKS | CONTROLS | {"heading"}
"""The roles of an outline's lines."""

# Whose region a node belongs to: a form or a region within main still is main.
_PLACES = LANDMARKS - {"form", "region"}
# What opens a level in an outline.
_HOLDERS = LANDMARKS | {"combobox", "listbox"}
# A key that YAML would read otherwise without quotes.
_NEEDS_QUOTES = re.compile(r": |\s#|[{}`\x00-\x1f\x7f-\x9f]")
_LINE = re.compile(r"^(?P<indent> *)- (?P<rest>.*)$")
_QUOTED_KEY = re.compile(r"^'(?P<key>(?:[^']|'')*)'(?P<rest>.*)$")
_KEY = re.compile(
    r"^(?P<role>[A-Za-z]+)(?: (?P<name>\"(?:[^\"\\]|\\.)*\"|/(?:[^/\\]|\\.)*/))?(?P<states>(?: \[[^\]]*\])*)"
)
_STATE = re.compile(r"\[([^\]]*)\]")
_ESCAPED = re.compile(r"\\(x[0-9a-fA-F]{2}|.)")
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


@dataclass(frozen=True)
class Node:
    """One node of an accessibility tree.

    ``states`` are such as ``disabled`` or ``level=1``; ``text`` is a text that stands in it alone, or a field's value;
    ``depth`` counts its ancestors, ``path`` names their roles from the top; ``place`` is the landmark or dialog that it
    stands in or is, ``group`` the number of its parent among the nodes (-1 for none); ``url`` is a link's target.
    """

    role: str
    name: str = ""
    states: tuple[str, ...] = ()
    text: str = ""
    depth: int = 0
    path: tuple[str, ...] = ()
    place: str = ""
    group: int = -1
    url: str = ""

    @property
    def is_field(self) -> bool:
        """Whether it is filled in, ticked or chosen from."""
        return self.role in FIELDS

    @property
    def is_control(self) -> bool:
        """Whether a person uses it: a field, a button, a link and the like; not an option of a list."""
        return self.role in FIELDS or self.role in BUTTONS

    @property
    def words(self) -> str:
        """What a person reads there: the name of what has one, else the text; never a field's value."""
        return self.name or ("" if self.role in FIELDS else self.text)


@dataclass
class _Open:
    """A node whose children are being read."""

    indent: int
    number: int
    path: tuple[str, ...]
    place: str


@dataclass
class _Draft:
    role: str
    name: str
    states: tuple[str, ...]
    text: str
    above: _Open
    url: str = ""
    own_place: str = field(default="")

    def node(self) -> Node:
        return Node(
            self.role, self.name, self.states, self.text, len(self.above.path), self.above.path,
            self.own_place, self.above.number, self.url,
        )  # fmt: skip


def parse(lines: Sequence[str]) -> tuple[Node, ...]:
    """Read a tree's lines, in their order. What is no node of the format is left out."""
    drafts: list[_Draft] = []
    stack = [_Open(-1, -1, (), "")]
    for line in lines:
        found = _LINE.match(line)
        if found is None:
            continue
        indent = len(found["indent"])
        while stack[-1].indent >= indent:
            stack.pop()
        above = stack[-1]
        key, text = _split(found["rest"])
        if key.startswith("/"):
            if key == "/url" and above.number >= 0:
                drafts[above.number].url = _unquoted(text)
            continue
        parts = _KEY.match(key)
        if parts is None:
            continue
        role = parts["role"]
        place = role if role in _PLACES or (role in LANDMARKS and not above.place) else above.place
        states = tuple(_STATE.findall(parts["states"]))
        drafts.append(_Draft(role, _name(parts["name"]), states, _squeezed(_unquoted(text)), above, own_place=place))
        stack.append(_Open(indent, len(drafts) - 1, (*above.path, role), place))
    return tuple(draft.node() for draft in drafts)


def outline_of(lines: Sequence[str]) -> tuple[str, ...]:
    """The landmarks, headings and controls of a page's tree, indented under those that hold them.

    Values of fields, texts, and targets of links are left out.
    """
    kept: list[tuple[int, str]] = []
    holders: list[int] = []
    for line in lines:
        found = _LINE.match(line)
        if found is None:
            continue
        indent = len(found["indent"])
        while holders and holders[-1] >= indent:
            holders.pop()
        key, _ = _split(found["rest"])
        role = _KEY.match(key)
        if role is None or role["role"] not in OUTLINED:
            continue
        if role["role"] == "option":  # which one is chosen is the field's value
            key = key.replace(" [selected]", "")
        kept.append((len(holders), key))
        if role["role"] in _HOLDERS:
            holders.append(indent)
    following = ([depth for depth, _ in kept] + [0])[1:]
    return tuple(
        f"{'  ' * depth}- {_written(key)}{':' if after > depth else ''}"
        for (depth, key), after in zip(kept, following, strict=True)
    )


def region_of(lines: Sequence[str]) -> tuple[str, ...]:
    """The tree of a page's main part, without its indent; all of the page where it has none, or more than one."""
    starts = [
        (number, len(found["indent"]))
        for number, line in enumerate(lines)
        if (found := _LINE.match(line)) and (key := _KEY.match(_split(found["rest"])[0])) and key["role"] == "main"
    ]
    if len(starts) != 1:
        return tuple(lines)
    start, indent = starts[0]
    end = start + 1
    while end < len(lines) and len(lines[end]) - len(lines[end].lstrip(" ")) > indent:
        end += 1
    return tuple(line[indent:] for line in lines[start:end])


def _split(rest: str) -> tuple[str, str]:
    """A line's key and what stands behind its colon, both as written, the key without quotes of YAML."""
    if found := _QUOTED_KEY.match(rest):
        key, behind = found["key"].replace("''", "'"), found["rest"]
    elif found := _KEY.match(rest):
        key, behind = found.group(), rest[found.end() :]
    else:
        key, _, behind = rest.partition(":")
        return key.strip(), behind.strip()
    return key, behind.removeprefix(":").strip()


def _written(key: str) -> str:
    return "'" + key.replace("'", "''") + "'" if _NEEDS_QUOTES.search(key) else key


def _name(quoted: str | None) -> str:
    if not quoted:
        return ""
    if quoted.startswith("/"):
        return _squeezed(quoted)
    try:
        return _squeezed(str(json.loads(quoted)))
    except ValueError:  # an example with a quotation mark was put into it
        return _squeezed(quoted[1:-1])


def _unquoted(text: str) -> str:
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return text
    return _ESCAPED.sub(lambda each: _unescaped(each[1]), text[1:-1])


def _unescaped(sign: str) -> str:
    return chr(int(sign[1:], 16)) if len(sign) == 3 else _ESCAPES.get(sign, sign)


def _squeezed(text: str) -> str:
    return " ".join(text.replace("\N{ZERO WIDTH SPACE}", "").replace("\N{SOFT HYPHEN}", "").split())
