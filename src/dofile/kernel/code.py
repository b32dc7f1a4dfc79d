"""Code as it is typed, finished or not: which parts are text and comment, and whether more must come."""

from __future__ import annotations

import re
from collections import deque

_PARTS = re.compile(
    r"""
    (?P<block> /\* .*? (?: \*/ | (?P<open>\Z) ))
    | (?P<continuation> (?<![^\s]) /// [^\n]* (?: \n [ \t]* \*? | (?P<awaited>\Z) ))
    | (?P<line> (?<![^\s]) // [^\n]* | ^ [ \t]* \* [^\n]* )
    | (?P<text> `"  .*? (?: "' | \Z ) | " [^"\n]* (?: "|$ ))
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)


def blanked(code: str) -> str:
    """Return the code with a space for each character of a text or comment, and continued lines joined."""
    return _PARTS.sub(lambda part: " " * len(part[0]), code)


def in_text(code: str) -> bool:
    """Tell whether the code ends within a text or a comment."""
    last = next(iter(deque(_PARTS.finditer(code), maxlen=1)), None)
    if last is None or last.end() != len(code):
        return False
    if last["text"] is not None:
        return not (last[0].endswith(('"', "\"'")) and len(last[0]) > 1)
    return last["continuation"] is None and (last["line"] is not None or last["open"] is not None)


def indent(code: str) -> str | None:
    """Return how the next line is indented where more must come, and None where the code can run.

    More must come after a ``///`` at the end, in an open comment, and until each brace is closed.
    """
    # A notebook's editor has no line end behind the last line, a console's may have one: neither ends a `///`.
    awaited = any(part["open"] is not None or part["awaited"] is not None for part in _PARTS.finditer(code.rstrip()))
    shown = blanked(code)
    # A brace that opens a block ends its line; others belong to macros.
    depth = len(re.findall(r"(?<!\$)\{[ \t]*$", shown, re.MULTILINE)) - len(
        re.findall(r"^[ \t]*\}", shown, re.MULTILINE)
    )
    return "    " * max(depth, 0) if awaited or depth > 0 else None
