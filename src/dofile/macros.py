"""Macros: text put in place of `name', $name, ${name}, `=exp' and `++name', from the inside out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from dofile.errors import invalid_syntax

_GLOBAL = re.compile(r"\$(?:\{(?P<braced>[^{}]*)\}|(?P<plain>\w+))")
_NAME = re.compile(r"\w{1,31}")
_STEP = re.compile(r"(?:(?P<before>\+\+|--)(?P<one>\w+)|(?P<two>\w+)(?P<after>\+\+|--))")
_LONGEST = 1_000_000


@dataclass
class Macros:
    """Local and global macros by name. `compute` gives the text of an expression, `extended` that of `: function`."""

    compute: Callable[[str], str]
    extended: Callable[[str], str]
    local: dict[str, str] = field(default_factory=dict)
    globals: dict[str, str] = field(default_factory=dict)

    def expand(self, text: str) -> str:
        """Return a line with its macros replaced; those that are not set are empty. Raises r(198)."""
        place = 0
        while place < len(text):
            character = text[place]
            if character == "\\" and text[place + 1 : place + 2] in ("`", "$"):
                text = text[:place] + text[place + 1 :]
                place += 1
            elif character == "`" and text[place + 1 : place + 2] != '"':
                end = self._closing(text, place)
                if end < 0:
                    place += 1
                    continue
                inner = self.expand(text[place + 1 : end])
                found = self._value(inner)
                # What a macro holds is expanded too, as it may name others.
                text = text[:place] + found + text[end + 1 :]
            elif character == "$" and (match := _GLOBAL.match(text, place)):
                name = match["plain"] or self.expand(match["braced"])
                text = text[:place] + self.globals.get(name, "") + text[match.end() :]
            elif character == "$" and text.startswith("${", place) and (end := text.find("}", place)) > 0:
                name = self.expand(text[place + 2 : end])
                text = text[:place] + self.globals.get(name, "") + text[end + 1 :]
            else:
                place += 1
            if len(text) > _LONGEST:
                raise invalid_syntax("macro expands without end")
        return text

    @staticmethod
    def _closing(text: str, start: int) -> int:
        """Return where the quote that opens at `start` closes, or -1."""
        depth = 0
        place = start
        while place < len(text):
            if text[place] == "`" and text[place + 1 : place + 2] != '"':
                depth += 1
            elif text[place] == "'":
                depth -= 1
                if not depth:
                    return place
            place += 1
        return -1

    def _value(self, inner: str) -> str:
        if inner.startswith("="):
            return self.compute(inner[1:])
        if inner.startswith(":"):
            return self.extended(inner[1:].strip())
        if found := _STEP.fullmatch(inner):
            name, sign = found["one"] or found["two"], found["before"] or found["after"]
            old = self.local.get(name, "")
            new = self.compute(f"{old or 0} {sign[0]} 1")
            self.local[name] = new
            return new if found["before"] else old
        return self.local.get(inner, "") if _NAME.fullmatch(inner) else ""
