"""What can stand at the cursor: commands where one begins, then variables, behind a comma options."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dofile.errors import DoError
from dofile.kernel.code import blanked, in_text
from dofile.table import CONTROL, TABLE, find

_WORD = re.compile(r"\w*\Z")
_PREFIX = re.compile(
    r"\s*(?: (?:qui(?:e(?:t(?:ly?)?)?)? | cap(?:t(?:u(?:re?)?)?)? | n(?:o(?:i(?:s(?:i(?:ly?)?)?)?)?)?)\b\s*:?"
    r"| by(?:s(?:o(?:rt?)?)?)?\b [^:\n]* : )",
    re.VERBOSE,
)


def complete(code: str, variables: Sequence[str]) -> tuple[int, list[str]]:
    """Return where the word at the end of the code begins, and what it can become, in order."""
    if in_text(code):
        return len(code), []
    word = _WORD.findall(code)[0]
    start = len(code) - len(word)
    line = re.split(r"[\n{}]", blanked(code)[:start])[-1]
    while prefix := _PREFIX.match(line):
        line = line[prefix.end() :]
    return start, [name for name in _candidates(line, variables) if name.startswith(word)]


def _candidates(line: str, variables: Sequence[str]) -> Sequence[str]:
    """Return what can follow the part of a command that stands before the word."""
    if not line.strip():
        return sorted({*(spec.name for spec in TABLE), *CONTROL})
    if "," not in line or line.count("(") > line.count(")"):
        return variables
    try:
        options = find(re.split(r"\W", line.strip(), maxsplit=1)[0]).options
        return [option.name + ("(" if option.value else "") for option in options]
    except DoError:
        return variables
