"""Small commands of the language."""

from __future__ import annotations

import re

import numpy as np

from dofile import BANNER, errors, evaluate, expression
from dofile.control import each_group
from dofile.errors import DoError
from dofile.extended import macro_text
from dofile.session import Session
from dofile.syntax import Call

_MACRO = re.compile(r"(?P<step>\+\+|--)?(?P<name>\w{1,31})\s*(?P<rest>.*)", re.DOTALL)


def about(session: Session, call: Call) -> None:
    """Say what runs the do-file."""
    session.out(BANNER)


def version(session: Session, call: Call) -> None:
    """Accept the version that a do-file is written for."""
    found = re.fullmatch(r"(\d+)(\.\d+)?", call.text)
    if not found or not 12 <= int(found[1]) <= 19:
        raise DoError(9, f"version {call.text}: 12 to 19 are known")


def count(session: Session, call: Call) -> None:
    """Count observations."""
    for group in each_group(session, call) if call.by else (call,):
        session.r.clear()
        session.r.set("N", len(group.rows))
        session.out(f"  {len(group.rows):,}")


def assert_(session: Session, call: Call) -> None:
    """Stop unless an expression is true in each observation."""
    frame = session.frame(call.rows, call.groups)
    exp = expression.parse(call.text)
    if not session.data.n:
        # Without data an expression is still true or false.
        value = evaluate.scalar(exp, session.frame())
        if isinstance(value, str):
            raise errors.type_mismatch()
        if not value:
            raise errors.assertion_false()
        return
    held = evaluate.truth(exp, frame)
    wrong = len(held) - int(np.count_nonzero(held))
    if wrong:
        of = f"{len(held):,} observation{'s' * (len(held) != 1)}"
        session.out(f"{wrong:,} contradiction{'s' * (wrong != 1)} in {of}")
        raise errors.assertion_false()


def macro(session: Session, call: Call) -> None:
    """Set a local or global macro."""
    macros = session.macros.local if call.spec.name == "local" else session.macros.globals
    found = _MACRO.fullmatch(call.text)
    if not found:
        raise errors.invalid_syntax()
    name, rest = found["name"], found["rest"]
    if found["step"]:
        rest = f"= {macros.get(name) or 0} {found['step'][0]} 1"
    if rest.startswith("="):
        macros[name] = macro_text(session, rest[1:])
    elif rest.startswith(":"):
        macros[name] = session.extended(rest[1:].strip())
    elif rest:
        macros[name] = _plain(rest)
    else:
        macros.pop(name, None)


def _plain(text: str) -> str:
    """Return a text without the quotes that hold all of it."""
    if text.startswith('`"') and text.endswith("\"'"):
        return text[2:-2]
    found = re.fullmatch(r'"([^"]*)"', text)
    return found[1] if found else text


def scalar(session: Session, call: Call) -> None:
    """Set a scalar."""
    words = call.text.split()
    if words[:1] in (["define"], ["def"]):
        words = words[1:]
    if len(words) != 1 or not re.fullmatch(r"[A-Za-z_]\w{0,31}", words[0]) or call.exp is None:
        raise errors.invalid_syntax()
    session.scalars[words[0]] = evaluate.scalar(call.exp, session.frame())
