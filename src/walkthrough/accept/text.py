"""Edits of a page's text that leave everything else where it stands: words, line breaks, indents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from walkthrough.markdown import split_lines

WIDTH: Final = 120
"""A line that an edit makes longer than this is broken, and what is behind it moves on within its paragraph. A line
that was longer before stays one: its author does not break lines."""

_BREAK = re.compile(r"\s+")
# What has a meaning of its own at the beginning of a line must not come to stand there.
_STARTS_BLOCK = re.compile(r"[-+*>#:|=~`]|\d+[.)]$")
_NEW_BLOCK = re.compile(
    r"""\s*(?: $ | [-+*>#|%<$] | :\s | \d+[.)]\s | ::: | ``` | ~~~ | !\[ | \[\^?[^]]+\]:
    | \([^)]*\)=\s*$ | \{[^}`]*\}\s*$ )""",  # a target, and attributes
    re.VERBOSE,
)
_HARD_BREAK = re.compile(r"(?:\\| {2,})$")
# Headings, the first lines of directives and rows of tables end with their line.
_ONE_LINE = re.compile(r"(?:\s|[-+*>]\s|\d+[.)]\s)*(?:#|:::)|.*\|")
_UNDERLINE = re.compile(r"\s*(?:=+|-+)\s*$")


@dataclass(frozen=True, order=True)
class Edit:
    """Put ``new`` in the place of the characters from ``start`` to ``end``."""

    start: int
    end: int
    new: str


class Conflict(Exception):
    """Two edits want different words in one place."""


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text after the edits; lines that became too long are broken. Raises `Conflict`."""
    ordered = sorted(set(edits))
    for one, other in pairwise(ordered):
        if other.start < one.end:
            raise Conflict(text[one.start : one.end])
    long = [len(line.rstrip()) > WIDTH for line in text.split("\n")]
    ends, shift = set(), 0
    for edit in ordered:
        first, last = text.count("\n", 0, edit.start), text.count("\n", 0, edit.end)
        if not any(long[first : last + 1]):
            ends |= {edit.start + shift, edit.start + shift + len(edit.new)}
        shift += len(edit.new) - (edit.end - edit.start)
    for edit in reversed(ordered):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return _broken(text, {text.count("\n", 0, at) for at in ends})


def offset_of(text: str, line: int, column: int) -> int:
    """Where a line and a column, both from 1, stand in the text."""
    return sum(map(len, split_lines(text)[: line - 1])) + column - 1


def reworded(old: str, new: str) -> str:
    """``new`` with the line breaks of ``old``: between the words with the same numbers."""
    breaks = _BREAK.findall(old)
    words = new.split()
    text = ""
    for index, word in enumerate(words):
        space = breaks[index - 1] if 0 < index <= len(breaks) else " "
        text += word if index == 0 else space + word
    return text


def _broken(text: str, lines: Iterable[int]) -> str:
    """Break the lines with these numbers, from 0, where they are too long."""
    all_lines = text.split("\n")
    # From the last one up, so that the numbers of the others hold.
    for number in sorted(set(lines), reverse=True):
        heading = number + 1 < len(all_lines) and _UNDERLINE.match(all_lines[number + 1])
        if not heading and not _ONE_LINE.match(all_lines[number]):
            _break(all_lines, number)
    return "\n".join(all_lines)


def _break(lines: list[str], number: int) -> None:
    line = lines[number].removesuffix("\r")
    while len(line.rstrip()) > WIDTH and (at := _place_to_break(line)):
        head, rest = line[:at].rstrip(), line[at:].lstrip()
        end = lines[number][len(line) :]
        is_last = number + 1 == len(lines)
        following = "" if is_last else lines[number + 1]
        # The last line may have no end of its own: what breaks it is that of the line before.
        before = "\r" if is_last and number and lines[number - 1].endswith("\r") else end
        lines[number] = head + before
        number += 1
        if _HARD_BREAK.search(line) or _NEW_BLOCK.match(following) or len(following.rstrip()) > WIDTH:
            lines.insert(number, _indent(head) + rest + end)
        else:
            lines[number] = following[: len(following) - len(following.lstrip())] + f"{rest} {following.lstrip()}"
        line = lines[number].removesuffix("\r")


def _indent(line: str) -> str:
    """White space that begins the next line of the same block: below the words of a list's item."""
    marker = re.match(r"\s*(?:(?:[-+*:]|\d+[.)])\s+)*", line)
    return " " * len(marker.group()) if marker else ""


def _place_to_break(line: str) -> int | None:
    """The last space within the width behind which a line may begin."""
    first = len(_indent(line))
    for at in range(WIDTH, first, -1):
        if line[at] == " " and not _STARTS_BLOCK.match(line[at + 1 :].split(" ", 1)[0]):
            return at
    return None


def moved(before: str, after: str) -> dict[int, int]:
    """For each line of ``before``, from 1, its number in ``after``."""
    numbers = {}
    matcher = SequenceMatcher(None, before.split("\n"), after.split("\n"), autojunk=False)
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        for index in range(end - start):
            numbers[start + index + 1] = max(1, min(new_start + index + 1, new_end))
    return numbers
