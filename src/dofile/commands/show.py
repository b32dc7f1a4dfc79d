"""`display`."""

from __future__ import annotations

import re

from dofile import errors, evaluate, expression, syntax
from dofile.errors import DoError
from dofile.format import fmt
from dofile.session import Session
from dofile.syntax import Call

_STYLE = re.compile(r"(?:as|in)\s+(text|txt|result|res|error|err|input|inp|green|yellow|red|white|smcl)\b\s*")
_FORMAT = re.compile(r"%[-~]?[\w.]+")
_MARKUP = re.compile(r"\{(?:hline|bf|it|txt|res|err|cmd|col|space|p|sf|ul|text|result|error|inp|help|browse)\b")
_DIRECTIVE = re.compile(r"(_newline|_n|_continue|_c|_skip|_s)(?:\((\d+)\))?(?!\w)")


def display(session: Session, call: Call) -> None:
    """Show texts and values."""
    text = call.text
    shown = ""
    form: str | None = None
    newline = True
    while text := text.strip():
        if text[0] == ",":
            shown, text = shown + " ", text[1:]
        elif found := _STYLE.match(text):
            text = text[found.end() :]
        elif found := _FORMAT.match(text):
            form, text = found[0], text[found.end() :]
            fmt("" if form.endswith("s") else 0.0, form)
        elif found := _DIRECTIVE.match(text):
            text = text[found.end() :]
            newline = newline and not found[1].startswith("_c")
            shown += {"n": "\n", "s": " "}.get(found[1][1], "") * int(found[2] or 1)
        else:
            piece, text = _next(text)
            shown += _shown(session, piece, form)
            form = None
    session.write(shown + ("\n" if newline else ""))


def _next(text: str) -> tuple[str, str]:
    """Split at the longest expression that the text begins with."""
    if found := re.match(r"""`".*?"'|"[^"]*\"""", text):
        rest = text[found.end() :].lstrip()
        if not rest or rest[0] not in "+=!<>*-":
            return found[0], rest
    places = [place for place, character, depth in syntax.scan(text) if not depth and character in ' ,"']
    quotes = [found.start() for found in re.finditer(r'(?<!`)"', text)][::2]
    for place in sorted({*places, *quotes, len(text)}, reverse=True):
        if place:
            try:
                expression.parse(text[:place])
            except DoError:
                continue
            return text[:place], text[place:]
    raise errors.invalid_syntax()


def _shown(session: Session, piece: str, form: str | None) -> str:
    value = evaluate.scalar(expression.parse(piece), session.frame())
    if isinstance(value, str):
        if _MARKUP.search(value):
            raise DoError(198, f"markup in texts is not in the subset: {value}")
        return value if form is None else fmt(value, form)
    return fmt(value, "%10.0g").strip() if form is None else fmt(value, form)
