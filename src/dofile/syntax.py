"""A command line → `Call`: its parts, checked against the table before anything runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dofile import errors, expression
from dofile.data import NAME, Dataset
from dofile.evaluate import Groups
from dofile.expression import Expression
from dofile.table import Option, Spec
from dofile.values import NUMERIC, Rows

_WEIGHT = re.compile(r"\[\s*(fw|aw|pw|iw|fweight|aweight|pweight|iweight|fre|weight|w)\w*\s*=")
_FACTOR = re.compile(r"(?:(?P<operator>[ic])|i?b(?P<base>\d+))\.(?P<name>.+)")
_OPTION = re.compile(r"\s*([A-Za-z_]\w*)")
_PLACE = re.compile(r"-?\d+|[fFlL]")
_OPENING, _CLOSING = "([{", ")]}"


@dataclass(frozen=True)
class Term:
    """A variable of a model: plain, or a factor (`operator` "i"), with its base level if one was asked for.

    An interaction (`operator` "#") has the terms that it is made of in `parts`.
    """

    name: str
    operator: str = ""
    base: float | None = None
    parts: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Parts:
    """A command line taken apart, nothing looked up: the text after the name, =exp, if, in, using, options."""

    text: str = ""
    exp: str | None = None
    if_: str | None = None
    in_: str | None = None
    using: str | None = None
    options: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True, eq=False)
class Call:
    """One parsed command, ready to execute.

    `rows` are the indices of the observations that if, in and the present by-group select, in order. Commands that
    take "raw" text have it in `text`. Values of options are: True for a flag, float for numbers, int for integers,
    tuples of variables' names, str for all else. What was not given is absent. `selects` says whether
    there was an if or in; `range` is the text of in. With `using`, `condition` and `range` speak of the file.
    `first` is the observation with which the present by-group begins.
    """

    spec: Spec
    varlist: tuple[Term, ...] = ()
    rows: Rows = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    options: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    exp: Expression | None = None
    condition: Expression | None = None
    using: str | None = None
    by: tuple[str, ...] = ()
    groups: Groups | None = None
    where: int = 0
    selects: bool = False
    range: str | None = None
    first: int = 0

    @property
    def names(self) -> list[str]:
        """The names in the list of variables."""
        return [term.name for term in self.varlist]


def scan(text: str) -> Iterator[tuple[int, str, int]]:
    """Give each character outside quotes, with its place and the depth of parentheses it stands in.

    Raises r(198) where parentheses do not match, r(132) where there are too many or too few.
    """
    depth = 0
    place = 0
    while place < len(text):
        if text.startswith('`"', place):
            end = text.find("\"'", place + 2)
            place = len(text) if end < 0 else end + 2
            continue
        character = text[place]
        if character == '"':
            end = text.find('"', place + 1)
            if end < 0:
                raise errors.DoError(198, "invalid syntax")
            place = end + 1
            continue
        if character in _CLOSING:
            depth -= 1
            if depth < 0:
                raise errors.DoError(132, "too many ')' or ']'")
        yield place, character, depth
        if character in _OPENING:
            depth += 1
        place += 1
    if depth:
        raise errors.DoError(132, "too few ')' or ']'")


def split(text: str, separator: str) -> list[str]:
    """Split at a character that stands outside quotes and parentheses."""
    places = [place for place, character, depth in scan(text) if character == separator and not depth]
    starts = [0, *(place + 1 for place in places)]
    return [text[start:end] for start, end in zip(starts, [*places, len(text)], strict=True)]


def take_apart(text: str, spec: Spec) -> Parts:
    """Take the text behind a command's name apart. Raises r(101) for weights, r(198) for what cannot stand there."""
    head, *tail = split(text, ",")
    if spec.takes == "raw" and spec.name in _WHOLE:
        return Parts(text.strip())
    if len(tail) > 1:
        # A second comma belongs to the options, as blanks do.
        tail = [" ".join(tail)]
    for place, character, depth in scan(head):
        if character == "[" and not depth and _WEIGHT.match(head, place) and (not place or head[place - 1].isspace()):
            raise errors.weights_not_allowed()
    marks = _marks(head, spec.exp)
    found: dict[str, str] = {}
    for (word, start, _), end in zip(marks, [*(begin for _, _, begin in marks[1:]), len(head)], strict=True):
        if word in found:
            raise errors.invalid_syntax()
        found[word] = head[start:end].strip()
    return Parts(
        found[""],
        found.get("="),
        _allowed(found, "if", "if" in spec.allows),
        _allowed(found, "in", "in" in spec.allows),
        _allowed(found, "using", bool(spec.using)),
        tuple(_options(tail[0])) if tail else (),
    )


_WHOLE = ("display", "local", "global")


def _marks(head: str, exp: bool) -> list[tuple[str, int, int]]:
    """Return (word, where its part begins, where the word begins) for if, in, using and the first =."""
    marks = [("", 0, 0)]
    free = [(place, character) for place, character, depth in scan(head) if not depth]
    outside = {place for place, _ in free}
    for found in re.finditer(r"(?<!\S)(if|in|using)(?![\w])", head):
        if found.start() in outside:
            marks.append((found[1], found.end(), found.start()))
    if exp:
        for place, character in free:
            if character == "=" and head[place - 1 : place] not in ("=", "!", "<", ">", "~"):
                if head[place + 1 : place + 2] != "=":
                    marks.append(("=", place + 1, place))
                break
    return sorted(marks, key=lambda mark: mark[2])


def _allowed(found: Mapping[str, str], word: str, allowed: bool) -> str | None:
    if word not in found:
        return None
    if not allowed:
        raise errors.DoError(101, f"{word} not allowed")
    if not found[word]:
        raise errors.invalid_syntax()
    return found[word]


def _options(text: str) -> Iterator[tuple[str, str | None]]:
    """Give the name and the text in parentheses of each option."""
    place = 0
    while text[place:].strip():
        found = _OPTION.match(text, place)
        if not found:
            raise errors.invalid(text[place:].split(maxsplit=1)[0])
        place = found.end()
        value = None
        if blank := re.match(r"\s*(?=\()", text[place:]):
            place += blank.end()
            end = next(at for at, character, depth in scan(text[place:]) if character == ")" and not depth)
            value = text[place + 1 : place + end].strip()
            place += end + 1
        yield found[1], value


def options(parts: Parts, spec: Spec, data: Dataset) -> dict[str, Any]:
    """Return the options by full name, their values read as the table says. Raises r(198), r(111)."""
    found: dict[str, Any] = {}
    for word, text in parts.options:
        option = spec.option(word)
        if option.name in found:
            raise errors.invalid_syntax(f"option {option.name} specified more than once")
        found[option.name] = _value(option, text, data)
    for option in spec.options:
        if option.required and option.name not in found:
            raise errors.option_required(option.name)
    return found


def _value(option: Option, text: str | None, data: Dataset) -> Any:
    if not option.value:
        if text is not None:
            raise errors.option_not_allowed(f"{option.name}()")
        return True
    if not text:
        raise errors.option_required(option.name) if text is None else errors.option_invalid(option.name)
    readers: dict[str, Callable[[str], Any]] = {
        "integer": int,
        "number": float,
        "variable": data.resolve,
        "variables": lambda value: tuple(data.varlist(value)),
        "text": unquoted,
    }
    try:
        if option.value in readers:
            return readers[option.value](text)
    except ValueError:
        raise errors.option_invalid(option.name) from None
    if option.value == "new":
        if not NAME.fullmatch(text):
            raise errors.invalid_name(text)
        return text
    if text not in option.value.split("|"):
        raise errors.option_invalid(option.name)
    return text


def unquoted(text: str) -> str:
    """Return a text without the quotes around it."""
    text = text.strip()
    if text.startswith('`"') and text.endswith("\"'"):
        return text[2:-2]
    if len(text) > 1 and text.startswith('"') and text.endswith('"') and '"' not in text[1:-1]:
        return text[1:-1]
    return text


def file_name(text: str) -> str:
    """Return the name of a file. Raises r(198) for a second word, where the first is not quoted."""
    name = unquoted(text)
    if name == text.strip() and len(name.split()) > 1:
        raise errors.DoError(198, f"invalid '{name.split()[1]}'")
    return name


def varlist(text: str, spec: Spec, data: Dataset) -> tuple[Term, ...]:
    """Return the variables that a command is given. Raises r(100) to r(103), r(109), r(111), r(198)."""
    if spec.takes == "nothing":
        if text:
            raise errors.DoError(101, "varlist not allowed")
        return ()
    if spec.takes == "terms":
        terms = tuple(found for word in text.split() for found in _terms(word, data))
    else:
        names = data.names if spec.all and not text else data.varlist(text)
        terms = tuple(Term(name) for name in names)
    if not terms and spec.least:
        raise errors.varlist_required()
    if len(terms) < spec.least:
        raise errors.too_few_variables()
    if len(terms) > spec.most:
        raise errors.too_many_variables()
    return terms


def _terms(word: str, data: Dataset) -> list[Term]:
    if "#" in word:
        return _interaction(word, data)
    if not (found := _FACTOR.fullmatch(word)):
        if "." in word:
            raise errors.invalid(word)
        return [Term(name) for name in data.varlist(word)]
    base = None if found["base"] is None else float(found["base"])
    operator = found["operator"] or "i"
    return [Term(name, "" if operator == "c" else "i", base) for name in data.varlist(found["name"].strip("()"))]


def _interaction(word: str, data: Dataset) -> list[Term]:
    """Return the terms of `a#b`, or of `a##b`: a, b and a#b. A plain name means a factor here.

    Raises r(198) for interactions of more than two variables.
    """
    full = "##" in word
    factors = []
    for part in word.split("##" if full else "#"):
        terms = _terms(part if "." in part else f"i.{part}", data) if part and "#" not in part else []
        if len(terms) != 1:
            raise errors.invalid(word)
        factors += terms
    if len(factors) == 2 and factors[0].name == factors[1].name and factors[0].operator + factors[1].operator:
        raise errors.DoError(198, f"{word}: a factor cannot interact with itself")
    if len(factors) > 2:
        raise errors.DoError(198, f"{word}: interactions of more than two variables are not in the subset")
    # Factors come before continuous variables in the name of an interaction, whatever the order they were typed in.
    parts = tuple(sorted(factors, key=lambda factor: not factor.operator))
    both = Term("#".join(part.name for part in parts), "#", parts=parts)
    return [*factors, both] if full else [both]


def positions(text: str, n: int) -> slice:
    """Return the observations of an `in` range. Raises r(198) where they do not exist."""
    ends = [end.strip() for end in text.split("/")]
    if len(ends) > 2 or not all(_PLACE.fullmatch(end) for end in ends):
        raise errors.DoError(198, f"'{text}' invalid observation number")
    first, last = (_place(end, n) for end in (ends[0], ends[-1]))
    if not 1 <= first <= last <= n:
        raise errors.DoError(198, "observation numbers out of range")
    return slice(first - 1, last)


def _place(text: str, n: int) -> int:
    if text in "fF":
        return 1
    if text in "lL":
        return n
    return int(text) if int(text) > 0 else n + 1 + int(text)


def new_variable(text: str) -> tuple[str, str | None]:
    """Return (name, storage type) of `[type] newvar`; the type is None where none is given."""
    words = text.split()
    if not words:
        raise errors.DoError(100, "varlist required")
    if len(words) == 1:
        return words[0], None
    if len(words) > 2:
        raise errors.too_many_variables()
    kind = words[0]
    if kind not in NUMERIC and not re.fullmatch(r"strL?|str[1-9]\d{0,3}", kind):
        raise errors.invalid_syntax()
    return words[1], kind


def expression_of(text: str | None) -> Expression | None:
    """Return the parsed expression, or None where there is none."""
    return None if text is None else expression.parse(text)
