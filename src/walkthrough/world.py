"""What a run brings to a page: the persona, the mailbox, and values, of which some differ in each run or are secret.

A project's own ``conftest.py`` builds these in fixtures. Pictures and evidence never show a value that differs in
each run, but its example: a stable text of the same shape.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import quote, quote_plus

from walkthrough.model import Expression, Literal


class WorldError(Exception):
    """The run does not provide what the page asks for. The message says what there is instead."""


@dataclass(frozen=True)
class Varying:
    """A value that differs in each run, with the example of the same shape that readers see in its place."""

    actual: str
    example: str


@dataclass(frozen=True, repr=False)
class Secret(Varying):
    """A value that nobody may see: it reaches the browser's field and nothing else."""

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__

    def __reduce__(self) -> Any:
        raise TypeError("a Secret is not pickled: it would leave the process")


Value = str | Varying


class Message(Protocol):
    """An e-mail: the address at which a browser reads it, and values found in it, such as ``code``."""

    @property
    def url(self) -> str:
        """The page that shows this message."""

    @property
    def values(self) -> Mapping[str, Value]:
        """Values by name. A date or a number that differs in each run is a `Varying` or a `Secret`."""

    # A message may also have ``text``, a line for each piece that people read; then what a page quotes is held against
    # it even if no step opens it and only a value is taken from it, and a secret value must stand in it.


class Mailbox(Protocol):
    """A persona's mailbox."""

    def find(self, *, subject: str | None, having: str | None, timeout: float) -> Message:
        """Wait up to ``timeout`` seconds for the newest message with this subject, or with this value.

        Raises `LookupError` whose message says what the mailbox holds instead.
        """

    # A mailbox may also have ``subjects() -> Sequence[str]``, the newest first; then a changed subject is recognised.


@dataclass
class Persona:
    """Who walks. A given state may still set a value, such as the password that an invitation brings.

    ``session`` is what the person's browser holds from before, as Playwright's ``BrowserContext.storage_state`` gives
    it: who is signed in already. It is no value, so no page can show it.
    """

    username: Value
    email: Value
    password: Value | None = None
    mailbox: Mailbox | None = None
    session: Any = field(default=None, repr=False)
    more: dict[str, Value] = field(default_factory=dict)


class World:
    """Everything that the expressions of a page can name, and what stands for what in pictures."""

    def __init__(self, roots: Mapping[str, object], examples: Iterable[Varying] = ()) -> None:
        self._roots = dict(roots)
        self._varying: dict[str, Varying] = {}
        self._spelled: dict[str, dict[str, str]] = {}
        self._consulted: dict[str, Message] = {}
        for value in examples:
            self.note(value)
        for root in self._roots.values():
            for value in _attributes(root).values():
                self.note(value)

    def note(self, value: object) -> None:
        """Remember a value that differs in each run, so that nothing shows it from now on."""
        if isinstance(value, Varying) and value.actual and (value.actual != value.example):
            self._varying[value.actual] = value
            self._spelled[value.actual] = _in_each_spelling(value)

    @property
    def mailbox(self) -> Mailbox:
        """The persona's mailbox. Raises `WorldError` where there is none."""
        mailbox = getattr(self._roots.get("persona"), "mailbox", None)
        if mailbox is None:
            raise WorldError("this walkthrough's persona has no mailbox; set `mailbox` in its fixture")
        return mailbox  # type: ignore[no-any-return]

    def read(self, message: Message) -> None:
        """Remember what differs in each run in a message that the browser is about to show."""
        for value in message.values.values():
            self.note(value)

    def evaluate(self, expression: Expression, timeout: float) -> Varying:
        """The value of an expression. ``mail.…`` waits up to ``timeout`` seconds for a message that has it.

        Raises `WorldError` where there is no such value, and `LookupError` where no such e-mail came.
        """
        if isinstance(expression, Literal):
            return Varying(expression.text, expression.text)
        if expression.root == "mail" and "mail" not in self._roots:
            message = self.mailbox.find(subject=None, having=expression.path[0], timeout=timeout)
            self.read(message)
            self._consulted[message.url] = message
            value: object = message.values[expression.path[0]]
            if isinstance(value, Secret) and not _can_be_read(value.actual, message):
                raise WorldError(f"“{expression}”: the e-mail that brings it does not show it as a whole to a reader")
        else:
            if expression.root not in self._roots:
                raise WorldError(f"“{expression}”: nothing is called “{expression.root}” here")
            value = self._roots[expression.root]
            for name in expression.path:
                known = _attributes(value)
                if known.get(name) is None:
                    names = ", ".join(sorted(key for key, each in known.items() if isinstance(each, str | Varying)))
                    raise WorldError(f"“{expression}”: there is no “{name}”; there are: {names or 'none'}")
                value = known[name]
        if isinstance(value, Varying):
            self.note(value)
            return value
        if isinstance(value, str | int):
            return Varying(str(value), str(value))
        raise WorldError(f"“{expression}” is no text but a {type(value).__name__}")

    def consulted(self) -> list[tuple[str, ...]]:
        """The texts, with examples in place, of the messages from which values were taken since the last call."""
        texts = [str(getattr(message, "text", "")) for message in self._consulted.values()]
        self._consulted.clear()
        return [tuple(self.exemplify(text).splitlines()) for text in texts if text]

    @property
    def substitutions(self) -> list[tuple[str, str]]:
        """Actual value → example, the longest first, so that no part of a value is taken for another."""
        pairs = [(value.actual, value.example) for value in self._varying.values()]
        return sorted(pairs, key=lambda pair: -len(pair[0]))

    @property
    def secrets(self) -> list[str]:
        """The actual values of everything secret."""
        return [value.actual for value in self._varying.values() if isinstance(value, Secret)]

    def exemplify(self, text: str) -> str:
        """The text with the example in place of each value that differs in each run, however it is written there.

        A secret is found with white space in it as well.
        """
        for actual, example in self.substitutions:
            for spelled, shown in self._spelled[actual].items():
                text = text.replace(spelled, shown)
            if isinstance(self._varying[actual], Secret):
                text = re.sub(_spaced(actual), example.replace("\\", r"\\"), text)
        return text

    def scrub(self, content: bytes) -> bytes:
        """The same for a file's content, which need not be text."""
        for actual, _ in self.substitutions:
            for spelled, shown in self._spelled[actual].items():
                content = content.replace(spelled.encode(), shown.encode())
        return content


def _can_be_read(value: str, message: Message) -> bool:
    """Whether a person finds a value in a message's text, where it has one; of an address, only a link may be there."""
    text = str(getattr(message, "text", ""))
    return not text or "://" in value or re.search(rf"(?<!\w){_spaced(value)}(?!\w)", text) is not None


def _spaced(value: str) -> str:
    """A pattern for a value in whose middle white space may stand, as a code has that is shown in groups."""
    return r"\s*".join(re.escape(sign) for sign in "".join(value.split()))


def _in_each_spelling(value: Varying) -> dict[str, str]:
    """Spelling of the value → the same of its example; of what is spelled alike in several ways, the first."""
    pairs = [*zip(_spellings(value.actual), _spellings(value.example), strict=True)]
    return dict(reversed(pairs))


def _spellings(text: str) -> Iterator[str]:
    """A text in every encoding that protocols, formats and browsers put it in."""
    yield text
    for safe in ("", "!'()*~"):  # as Python and as a script's encodeURIComponent leave signs alone
        yield quote(text, safe=safe)
    for safe in ("", "*"):  # as Python and as a browser's form
        yield quote_plus(text, safe=safe)
    for ascii_only in (True, False):
        yield json.dumps(text, ensure_ascii=ascii_only)[1:-1]
    yield html.escape(text)
    yield base64.b64encode(text.encode()).decode()


def _attributes(thing: object) -> dict[str, Any]:
    """What an expression can name in a value: a mapping's entries or an object's public attributes."""
    if isinstance(thing, Mapping):
        return dict(thing)
    if isinstance(thing, Persona):
        return {**thing.more, "username": thing.username, "email": thing.email, "password": thing.password}
    names = [name for name in dir(thing) if not name.startswith("_")]
    return {name: value for name in names if not callable(value := getattr(thing, name, None))}
