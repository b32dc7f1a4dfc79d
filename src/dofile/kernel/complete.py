"""What can stand at the cursor: commands, options and their values, variables, macros, results."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dofile.errors import DoError
from dofile.kernel.code import blanked, in_text
from dofile.kernel.known import Known
from dofile.table import CONTROL, TABLE, Spec, find

_WORD = re.compile(r"\w*\Z")
_LOCAL = re.compile(r"`(\w*)\Z")
_GLOBAL = re.compile(r"\$\{?(\w*)\Z")
_RESULT = re.compile(r"\b([re])\((\w*)\Z")
_PREFIX = re.compile(
    r"\s*(?: (?:qui(?:e(?:t(?:ly?)?)?)? | cap(?:t(?:u(?:re?)?)?)? | n(?:o(?:i(?:s(?:i(?:ly?)?)?)?)?)?)\b\s*:?"
    r"| by(?:s(?:o(?:rt?)?)?)?\b [^:\n]* : )",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Place:
    """Where the cursor stands in a command: what is before its word, and the command, where that is one."""

    before: str
    spec: Spec | None

    @property
    def starts_command(self) -> bool:
        """Whether the word is the command's own name."""
        return not self.before.strip()


def place(code: str) -> Place:
    """Find the place at the end of the code."""
    shown = blanked(code)
    line = re.split(r"[\n{}]", shown[: len(shown) - len(_WORD.findall(shown)[0])])[-1]
    while prefix := _PREFIX.match(line):
        line = line[prefix.end() :]
    name = re.match(r"\s*(\w+)\W", line)
    try:
        spec = find(name[1]) if name else None
    except DoError:
        spec = None
    return Place(line, spec)


def complete(code: str, known: Known) -> tuple[int, list[str]]:
    """Return where the word at the end of the code begins, and what it can become, in order."""
    for pattern, names, closing in ((_LOCAL, known.locals, "'"), (_GLOBAL, known.globals, "")):
        if typed := pattern.search(code):
            brace = "}" if typed[0].startswith("${") else closing
            return typed.start(1), [name + brace for name in _starting(typed[1], names)]
    if in_text(code):
        return len(code), []
    if typed := _RESULT.search(code):
        results = known.r if typed[1] == "r" else known.e
        return typed.start(2), [f"{name})" for name in _starting(typed[2], results)]
    word = _WORD.findall(code)[0]
    return len(code) - len(word), _starting(word, _candidates(place(code), known))


def _candidates(at: Place, known: Known) -> Iterable[str]:
    if at.starts_command:
        return sorted({*(spec.name for spec in TABLE), *CONTROL})
    comma, depth = _options(at.before)
    if at.spec is None or comma is None:
        return known.variables
    if depth == 0:
        return [option.name + ("(" if option.value else "") for option in at.spec.options]
    inside = re.search(r"(\w+)\s*\([^()]*\Z", at.before)
    try:
        value = at.spec.option(inside[1]).value if inside else ""
    except DoError:
        value = ""
    return value.split("|") if "|" in value or value == "off" else known.variables


def _options(line: str) -> tuple[int | None, int]:
    """Return where the comma before the options stands, and how deep in parentheses the end of the line is."""
    comma, depth = None, 0
    for number, character in enumerate(line):
        if character in "()":
            depth += 1 if character == "(" else -1
        elif character == "," and depth == 0 and comma is None:
            comma = number
    return comma, depth


def _starting(word: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(word)]
