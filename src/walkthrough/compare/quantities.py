"""Numbers with what they count, such as “15 minutes”, “six digits” or “six-digit”, in figures and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_ONES: Final = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_TENS: Final = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
                "ninety": 90, "hundred": 100}  # fmt: skip
_VALUES: Final = {word: str(value) for value, word in enumerate(_ONES.split())} | {
    word: str(value) for word, value in _TENS.items()
}
_WORDS: Final = {value: word for word, value in _VALUES.items()}
_UNITS = r"second|minute|hour|day|week|month|year|time|digit|character|letter|sign|word|step|try|attempt"
# After “a” and “an”, what else could be meant: “a second e-mail”.
_TIMES = r"minute|hour|day|week|month|year"
_NUMBER = r"\d+(?:[.,]\d+)*|" + "|".join(sorted(_VALUES, key=len, reverse=True))
_QUANTITY = re.compile(
    rf"(?<![\w.,-])(?:(?P<number>{_NUMBER})(?P<between>[ -]|\s+)(?P<noun>[^\W\d_]{{2,}})"
    rf"|(?P<article>an?)\s(?P<unit>{_TIMES}))(?![\w])",
    re.IGNORECASE,
)
# What follows a number without being what it counts.
_NO_NOUNS: Final = frozenset(
    """
    a all am an and are as at be but by can for from had has have if in into is it more no not of on or other out per
    so than that the their then there they this to until up was we were when which who will with you
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Quantity:
    """A number and what it counts: the value in figures, the noun in its singular, how it is written, and where."""

    value: str
    noun: str
    text: str
    start: int
    end: int

    @property
    def same_as(self) -> tuple[str, str]:
        """What two ways of writing have in common."""
        return self.value, self.noun

    def with_value(self, value: str) -> str:
        """How another value is written in the same way: in words or figures, with a hyphen or the noun's plural."""
        found = _QUANTITY.match(self.text)
        if found is None:
            return f"{value} {self.noun}"
        old, noun = found["number"] or found["article"], found["noun"] or found["unit"]
        number = value if old[0].isdigit() else _WORDS.get(value, value)
        number = number.capitalize() if old[0].isupper() else number
        if found["between"] == "-":
            return f"{number}-{noun}"
        return f"{number} {_singular(noun) if value == '1' else _plural(noun)}"


def quantities(text: str) -> Iterator[Quantity]:
    """The quantities in a text, in their order."""
    for found in _QUANTITY.finditer(text):
        number, noun = found["number"], (found["noun"] or found["unit"]).casefold()
        if noun in _NO_NOUNS or (number and number.casefold() == "one" and not re.match(rf"(?:{_UNITS})s?$", noun)):
            continue
        value = "1" if number is None else _VALUES.get(number.casefold(), number.replace(",", ""))
        yield Quantity(value, _singular(noun), " ".join(found.group().split()), found.start(), found.end())


def _singular(noun: str) -> str:
    if re.search(r"[^aeiou]ies$", noun):
        return noun[:-3] + "y"
    if re.search(r"(?:ss|x|ch|sh)es$", noun):
        return noun[:-2]
    return noun[:-1] if re.search(r"[^s]s$", noun) else noun


def _plural(noun: str) -> str:
    if noun.endswith("s") and not noun.endswith("ss"):
        return noun
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search(r"(?:ss|x|ch|sh)$", noun) else "s")
