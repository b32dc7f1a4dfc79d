"""What a page quotes: names in roles, in bold, in quotation marks, in alternative texts, as code; and numbers.

A page is read into pieces of text without markup, each of whose characters knows its place in the page.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from markdown_it.token import Token

from walkthrough.compare.quantities import Quantity, quantities
from walkthrough.compare.things import bounded
from walkthrough.markdown import inlines, split_lines
from walkthrough.model import Guide, Location, Step
from walkthrough.roles import PATH_SEPARATOR, ROLES, VALUE_ROLE, RoleSyntaxError, parse_text


class Kind(StrEnum):
    """How a page quotes something."""

    ACTION = "action"  # a role that a run executes
    LABEL = "guilabel"
    BOLD = "bold"
    EMPHASIS = "emphasis"
    QUOTATION = "quotation"
    CODE = "code"
    VALUE = "value"
    ALT = "alternative text"


@dataclass(frozen=True)
class Quote:
    """A quoted name, with its place; ``role`` is the role's name where it stands in one."""

    kind: Kind
    text: str
    where: Location
    role: str = ""


@dataclass(frozen=True)
class Counted:
    """A number with its noun as a page has it; ``context`` are the words around it, shortened to their beginnings."""

    quantity: Quantity
    where: Location
    context: frozenset[str]
    alt: bool

    @property
    def about(self) -> frozenset[str]:
        """The words around it, without its own."""
        return self.context - beginnings(self.quantity.text)


_LABEL_ROLES = frozenset({"guilabel", "menuselection"})
_CODE_ROLES = frozenset({"code", "literal", "file", "command", "samp", "program", "envvar", "option"})
_MARKS = {"strong_open": Kind.BOLD, "em_open": Kind.EMPHASIS}
_QUOTATION = re.compile(
    r"“([^“”]+)”|„([^„“”]+)[“”]|«\s*([^«»]+?)\s*»|(?<!\w)\"([^\"]+)\"(?!\w)"
    r"|(?<!\w)\u2018([^\u2018\u2019]+)\u2019(?!\w)|(?<!\w)'([^']+)'(?!\w)"
)
_ARROW = re.compile(rf"\s*(?:-->|{PATH_SEPARATOR.strip()}|>)\s*")
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")
_ANY_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]{4,}")
_COMMON = frozenset({"about", "after", "before", "from", "have", "into", "only", "that", "then", "their", "there",
                     "these", "they", "this", "when", "which", "with", "within", "your"})  # fmt: skip


def beginnings(text: str) -> frozenset[str]:
    """The words of a text that say what it is about, shortened to five letters, so that “changed” is “change”."""
    return frozenset(word[:5] for word in _WORD.findall(text.casefold()) if word not in _COMMON)


def sentence(text: str, index: int) -> str:
    """The sentence of a text in which a character stands."""
    ends = [each.end() for each in _SENTENCE_END.finditer(text)]
    start = max((end for end in ends if end <= index), default=0)
    return text[start : min((end for end in ends if end > index), default=None)]


def word_pairs(text: str) -> Iterator[tuple[str, str]]:
    """Two words of a text that stand beside each other and both say what it is about, such as “user name”."""
    words = _ANY_WORD.findall(text.casefold())
    telling = [len(word) >= 4 and word not in _COMMON for word in words]
    for (one, first), (other, second) in itertools.pairwise(zip(words, telling, strict=True)):
        if first and second:
            yield one, other


@dataclass
class _Piece:
    """Text without markup; ``places`` holds, for the start of each word, its index here and in the page."""

    alt: bool = False
    text: str = ""
    places: list[tuple[int, int]] = field(default_factory=list)
    marked: list[tuple[int, int]] = field(default_factory=list)  # code and roles

    def place(self, index: int) -> int:
        """Where a character of it stands in the page."""
        number = bisect_right(self.places, (index, 1 << 60)) - 1
        if number < 0:
            return self.places[0][1] if self.places else 0
        start, place = self.places[number]
        return place + index - start

    def prose(self) -> str:
        """The text with nothing but letters where code and roles stand."""
        signs = list(self.text)
        for start, end in self.marked:
            signs[start:end] = "x" * (end - start)
        return "".join(signs)


class PageText:
    """A page, for asking what it quotes. ``path`` is the page's path as messages shall show it."""

    def __init__(self, text: str, path: str, guide: Guide) -> None:
        self.text, self.path, self.guide = text, path, guide
        self._starts = [0]
        for line in split_lines(text):
            self._starts.append(self._starts[-1] + len(line))
        self._ranges = [
            (step.where.line, step.where.line + step.source.count("\n"), step)
            for walkthrough in guide.walkthroughs
            for step in walkthrough.steps
        ]

    def mentions(self, phrase: str) -> list[Location]:
        """Where the page quotes a name, or counts the same: “six digits” is found where it says “six-digit” too."""
        found = {quote.where for quote in self.quoting(phrase)}
        wanted = next((each for each in quantities(phrase) if each.text == " ".join(phrase.split())), None)
        if wanted is not None:
            found |= {each.where for each in self.counted if each.quantity.same_as == wanted.same_as}
        return sorted(found)

    def quoting(self, phrase: str) -> list[Quote]:
        """The quotations of a name, in the page's order; for one in an alternative text, its own place in there."""
        plain = " ".join(phrase.split())
        if not plain:
            return []
        found = [quote for quote in self.quotes if quote.text == plain or quote.text.rstrip(".,;:!?…") == plain]
        pattern = bounded(plain)
        for piece in self._pieces:
            if piece.alt:
                found += [
                    Quote(Kind.ALT, plain, self.location(piece.place(each.start())))
                    for each in pattern.finditer(piece.text)
                ]
        return sorted(dict.fromkeys(found), key=lambda quote: quote.where)

    def about(self, step: Step, quotes: Sequence[Quote]) -> list[Quote]:
        """The quotations that can be about what a step shows: its own first, then those in no other step.

        What another step does, and what its picture shows, stands on another page of the product.
        """
        own, outside = [], []
        for quote in quotes:
            if quote.role == "idle":  # what a kernel is called is read, by each run, in the status bar
                continue
            at = self.step_at(quote.where)
            if at is not None and at.where == step.where:
                own.append(quote)
            elif at is None or quote.kind not in (Kind.ACTION, Kind.ALT):
                outside.append(quote)
        return sorted(own, key=lambda quote: quote.kind is Kind.ALT) + outside

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """Everything quoted, in the page's order, alternative texts apart."""
        self._pieces  # noqa: B018 - reading fills the list
        found = list(self._found)
        for piece in self._pieces:
            for match in _QUOTATION.finditer(piece.prose()):
                start = match.start(match.lastindex or 0)
                text = " ".join(piece.text[start : match.end(match.lastindex or 0)].split())
                if not piece.alt:
                    found.append(Quote(Kind.QUOTATION, text, self.location(piece.place(start))))
        return tuple(sorted(dict.fromkeys(found), key=lambda quote: quote.where))

    @cached_property
    def counted(self) -> tuple[Counted, ...]:
        """The numbers with their nouns, in the page's order."""
        found = []
        for piece in self._pieces:
            for each in quantities(piece.prose()):
                where = self.location(piece.place(each.start))
                found.append(Counted(each, where, beginnings(sentence(piece.text, each.start)), piece.alt))
        return tuple(sorted(found, key=lambda each: each.where))

    def descriptions(self, step: Step) -> list[tuple[str, Location]]:
        """The alternative texts in a step, and where each starts."""
        placed = ((piece.text, self.location(piece.place(0))) for piece in self._pieces if piece.alt and piece.text)
        return [(text, where) for text, where in placed if self._is_in(step, where)]

    def telling(self, step: Step, words: Collection[str]) -> tuple[str, Location] | None:
        """The first of these words that a step says, in an alternative text or else in a sentence, and where it is."""
        return next(((word, where) for word, where, _ in self.tellings(step, words)), None)

    def tellings(self, step: Step, words: Collection[str]) -> Iterator[tuple[str, Location, str]]:
        """All of these words that a step says, in alternative texts first, where they are, and their sentences."""
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)
        for piece in sorted(self._pieces, key=lambda each: not each.alt):
            for found in pattern.finditer(piece.text):
                where = self.location(piece.place(found.start()))
                if self._is_in(step, where):
                    yield found.group(), where, sentence(piece.text, found.start())

    def arranged(self, step: Step, first: str, second: str, words: Collection[str]) -> Location | None:
        """Where a step says by one of these words how two things stand to each other: shortly, between their names."""
        names = "|".join(rf"{bounded(one).pattern}(?P<w{n}>[^.:;!?]{{1,40}}?){bounded(two).pattern}"
                         for n, (one, two) in enumerate(((first, second), (second, first))))  # fmt: skip
        for piece in self._pieces:
            for found in re.finditer(names, piece.text, re.IGNORECASE):
                where = self.location(piece.place(0 if piece.alt else found.start()))
                between = (found["w0"] or found["w1"]).casefold().split()
                if self._is_in(step, where) and any(word.strip(",") in words for word in between):
                    return where
        return None

    def _is_in(self, step: Step, where: Location) -> bool:
        at = self.step_at(where)
        return at is not None and at.where == step.where

    def step_at(self, where: Location) -> Step | None:
        """The step in whose item a place stands."""
        return next((step for first, last, step in self._ranges if first <= where.line <= last), None)

    def location(self, offset: int) -> Location:
        """The line and column of a character of the page."""
        line = min(bisect_right(self._starts, offset), max(1, len(self._starts) - 1))
        return Location(self.path, line, offset - self._starts[line - 1] + 1)

    # Reading

    @cached_property
    def _pieces(self) -> tuple[_Piece, ...]:
        self._found: list[Quote] = []
        pieces: list[_Piece] = []
        for token, line in inlines(self.text):
            first, last = token.map or (0, 1)
            end = min(line + last - first, len(self._starts) - 1)
            reader = _Reader(self, self._starts[min(line, end)], self._starts[end])
            pieces += reader.read(token.children or ())
            self._found += reader.found
        return tuple(pieces)


class _Reader:
    """Reads one run of inline Markdown, and keeps pace with it in the page's text."""

    def __init__(self, page: PageText, start: int, end: int) -> None:
        self.page, self.at, self.end = page, start, end
        self.found: list[Quote] = []

    def read(self, tokens: Sequence[Token]) -> list[_Piece]:
        piece = _Piece()
        pieces = [piece]
        opened: list[tuple[Kind, int]] = []
        for token in tokens:
            if token.type == "text":
                self._add(piece, token.content)
            elif token.type in ("softbreak", "hardbreak"):
                self._add(piece, " ")
            elif token.type in _MARKS:
                self._pass(token.markup)
                opened.append((_MARKS[token.type], len(piece.text)))
            elif token.type in ("strong_close", "em_close") and opened:
                kind, start = opened.pop()
                self._quote(kind, piece, start)
                self._pass(token.markup)
            elif token.type == "link_close":
                self._pass_target()
            elif token.type == "code_inline":
                start = len(piece.text)
                self._add(piece, token.content)
                piece.marked.append((start, len(piece.text)))
                self._quote(Kind.CODE, piece, start)
            elif token.type == "myst_role":
                self._role(piece, token)
            elif token.type == "image":
                self._pass("![")
                pieces.append(_Piece(alt=True))
                self._add(pieces[-1], token.content)
                self._pass_target()
        return pieces

    def _role(self, piece: _Piece, token: Token) -> None:
        name = token.meta["name"]
        self._pass(f"{{{name}}}`")
        start = len(piece.text)
        role = ROLES.get(name)
        label = token.content
        with suppress(RoleSyntaxError):
            label = parse_text(role, token.content)[0] if role else token.content
        kind = (
            Kind.ACTION if role
            else Kind.LABEL if name in _LABEL_ROLES
            else Kind.VALUE if name == VALUE_ROLE
            else Kind.CODE if name in _CODE_ROLES
            else Kind.BOLD if name == "strong"
            else None
        )  # fmt: skip
        parts = _ARROW.split(label) if name in ("menu", "menuselection") else [label]
        for number, part in enumerate(parts):
            begin = len(piece.text)
            self._add(piece, part)
            if kind is not None and (len(parts) == 1 or part):
                self._quote(kind, piece, begin, name)
            if number + 1 < len(parts):
                piece.text += PATH_SEPARATOR
        if kind is not None and len(parts) > 1:
            self._quote(kind, piece, start, name)
        piece.marked.append((start, len(piece.text)))
        close = self.page.text.find("`", self.at, self.end)
        self.at = close + 1 if close >= 0 else self.at

    def _quote(self, kind: Kind, piece: _Piece, start: int, role: str = "") -> None:
        text = " ".join(piece.text[start:].split())
        if text:
            self.found.append(Quote(kind, text, self.page.location(piece.place(start)), role))

    def _add(self, piece: _Piece, content: str) -> None:
        for word in _pieces_of(content):
            if word.isspace():
                piece.text += " "
                continue
            at = self.page.text.find(word, self.at, self.end)
            if at >= 0:
                self.at = at + len(word)
            piece.places.append((len(piece.text), at if at >= 0 else self.at))
            piece.text += word

    def _pass(self, markup: str) -> None:
        at = self.page.text.find(markup, self.at, self.end)
        if at >= 0:
            self.at = at + len(markup)

    def _pass_target(self) -> None:
        """Go behind the address of a link or an image."""
        at = self.page.text.find("](", self.at, self.end)
        if at >= 0:
            close = self.page.text.find(")", at, self.end)
            self.at = close + 1 if close >= 0 else at + 2


def _pieces_of(content: str) -> Iterator[str]:
    for found in re.finditer(r"\s+|\S+", content):
        yield found.group()
