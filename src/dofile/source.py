"""The text of a do-file → statements: comments taken out, lines joined, blocks in braces nested, lines numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dofile.errors import DoError

_DELIMIT = re.compile(r"#d(?:e(?:l(?:i(?:m(?:it?)?)?)?)?)?\s+(\S+)[ \t]*")
_BLANK = re.compile(r"[ \t\r]*")


@dataclass(frozen=True)
class Statement:
    """A command, and the block in braces that it heads, if it does. `where` is its first line, from 1."""

    text: str
    where: int
    body: tuple[Statement, ...] | None = None


def parse(text: str) -> Iterator[Statement]:
    """Give the statements in order. Raises DoError at the place where braces do not match, r(198) or r(612)."""
    yield from _statements(_lines(text), "")


def _statements(lines: Iterator[tuple[str, int]], opened: str) -> Iterator[Statement]:
    for line, where in lines:
        if line.startswith("}"):
            if not opened:
                raise DoError(199, "unmatched close brace", where)
            if line[1:].strip():
                raise DoError(198, "code follows on the same line as close brace", where)
            return
        if line.endswith("{") and not line.endswith("${"):
            yield Statement(line[:-1].strip(), where, tuple(_statements(lines, line)))
        elif re.search(r"(?:^|\s){\s", line) and line.startswith(("foreach ", "forv", "if ", "else")):
            raise DoError(198, "code follows on the same line as open brace", where)
        else:
            yield Statement(line, where)
    if opened:
        raise DoError(612, "unexpected end of file")


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Give each command with its line's number, without comments."""
    text = text.replace("\r\n", "\n") + "\n"
    end = "\n"
    place, number, begun = 0, 1, 1
    kept: list[str] = []
    while place < len(text):
        start = place
        character = text[place]
        if not kept or not "".join(kept).strip():
            kept = []
            begun = number
            if character == "*":
                place = _after_star(text, place, end)
                number += text.count("\n", start, place)
                continue
            if found := _DELIMIT.match(text, place):
                if found[1] not in (";", "cr"):
                    raise DoError(198, f"#delimit {found[1]}: only ; and cr are known", number)
                end = ";" if found[1] == ";" else "\n"
                place = found.end()
                continue
        if character == end:
            if command := "".join(kept).strip():
                yield command, begun
            kept = []
            place += 1
        elif text.startswith("/*", place):
            place = _after_comment(text, place, number)
            kept.append(" ")
        elif text.startswith("//", place) and (not place or text[place - 1].isspace()):
            joined = text.startswith("///", place)
            place = text.index("\n", place) + (1 if joined else 0)
            kept.append(" ")
        elif character in '`"':
            place = _after_quote(text, place)
            kept.append(text[start:place])
        else:
            kept.append(" " if character == "\n" else character)
            place += 1
        number += text.count("\n", start, place)
    if command := "".join(kept).strip():
        yield command, begun


def _after_star(text: str, place: int, end: str) -> int:
    """Return where a comment that begins with a star ends; three slashes carry it on to the next line."""
    if end == ";":
        found = text.find(";", place)
        return len(text) if found < 0 else found + 1
    while True:
        stop = text.index("\n", place)
        if not re.search(r"(?:^|\s)///", text[place:stop]) or stop + 1 >= len(text):
            return stop
        place = stop + 1


def _after_comment(text: str, place: int, number: int) -> int:
    depth = 0
    for found in re.finditer(r"/\*|\*/", text[place:]):
        depth += 1 if found[0] == "/*" else -1
        if not depth:
            return place + found.end()
    raise DoError(612, "unexpected end of file", number)


def _after_quote(text: str, place: int) -> int:
    """Return where a quoted text ends, at the end of its line at the latest."""
    stop = text.index("\n", place)
    if text[place] == '"':
        found = text.find('"', place + 1, stop)
        return found + 1 if found >= 0 else place + 1
    if not text.startswith('`"', place):
        return place + 1
    depth = 0
    for found_quote in re.finditer('`"|"\'', text[place:stop]):
        depth += 1 if found_quote[0] == '`"' else -1
        if not depth:
            return place + found_quote.end()
    return place + 2
