"""Prefixes, loops and conditions: what decides which command runs, how often, and on which observations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dofile import errors, evaluate, expression, loops, order, syntax, table
from dofile.commands import implementation
from dofile.errors import DoError
from dofile.source import Statement
from dofile.syntax import Call
from dofile.table import Spec

if TYPE_CHECKING:
    from dofile.session import Session

_WORD = re.compile(r"\s*([A-Za-z_]\w*|[^\sA-Za-z_])")
_NOISILY = r"n(?:o(?:i(?:s(?:i(?:ly?)?)?)?)?)?"
_PREFIX = re.compile(rf"\s*(cap(?:t(?:u(?:re?)?)?)?|qui(?:e(?:t(?:ly?)?)?)?|{_NOISILY})\b\s*:?\s*")
_BY = re.compile(r"\s*(by|bysort|bysor|byso|bys)\s+")
_LOOPS = re.compile(r"\s*(foreach|forvalues|forvalue|forvalu|forval|forva|forv)\s")
_IF = re.compile(r"\s*if\b\s*")
_ELSE = re.compile(r"\s*else\b\s*")
# These see to their groups themselves.
GROUPED = {"generate", "replace", "egen", "drop", "keep", "count", "assert"}
# What the engine cannot read, Stata might well run: where capture would hide that, the do-file would silently take
# another branch.
_UNREAD = {101, 120, 133, 190, 198, 199}


@dataclass(frozen=True)
class Chain:
    """A statement, with the `else` statements that follow it."""

    first: Statement
    others: tuple[Statement, ...] = ()


def chained(statements: Iterable[Statement]) -> Iterator[Chain]:
    """Put `else` to the `if` that it belongs to. Raises r(198) where there is none."""
    waiting: Chain | None = None
    for statement in statements:
        if _ELSE.match(statement.text):
            if waiting is None:
                raise DoError(198, "else without if", statement.where)
            waiting = replace(waiting, others=(*waiting.others, statement))
            continue
        if waiting is not None:
            yield waiting
        waiting = Chain(statement)
        if not _IF.match(statement.text):
            # Nothing can follow that belongs to it, so it need not wait for the next statement.
            yield waiting
            waiting = None
    if waiting is not None:
        yield waiting


def execute(session: Session, chain: Chain) -> None:
    """Run a statement. Raises DoError with the line of the command that failed."""
    try:
        _execute(session, chain)
    except DoError as error:
        error.where = error.where or chain.first.where
        raise


def _execute(session: Session, chain: Chain) -> None:
    statement = chain.first
    if _IF.match(statement.text):
        for one in (statement, *chain.others):
            if _taken(session, one):
                return
        return
    if found := _LOOPS.match(statement.text):
        if statement.body is None:
            raise errors.DoError(198, "{ required")
        loops.run(session, statement, found[1], lambda: _block(session, statement.body or ()))
        return
    _line(session, session.macros.expand(statement.text), statement)


def _block(session: Session, body: tuple[Statement, ...]) -> None:
    for chain in chained(body):
        execute(session, chain)


def _taken(session: Session, statement: Statement) -> bool:
    """Run an `if` or `else` if its condition holds, and say whether it did."""
    text = statement.text
    if found := _ELSE.match(text):
        text = text[found.end() :]
        if not _IF.match(text):
            if statement.body is None:
                execute(session, Chain(replace(statement, text=text)))
            elif text:
                raise DoError(198, "invalid syntax", statement.where)
            else:
                _block(session, statement.body)
            return True
    try:
        text = session.macros.expand(text[_IF.match(text).end() :])  # type: ignore[union-attr]
        condition, rest = (text, "") if statement.body is not None else _condition(text)
        holds = evaluate.scalar(expression.parse(condition), session.frame())
        if isinstance(holds, str):
            raise errors.type_mismatch()
    except DoError as error:
        error.where = error.where or statement.where
        raise
    if holds:
        if statement.body is None:
            execute(session, Chain(Statement(rest, statement.where)))
        else:
            _block(session, statement.body)
    return bool(holds)


def _condition(text: str) -> tuple[str, str]:
    """Split `if exp command` at the longest expression that something follows."""
    spaces = [place for place, character, depth in syntax.scan(text) if character.isspace() and not depth]
    for place in reversed(spaces):
        try:
            expression.parse(text[:place])
        except DoError:
            continue
        return text[:place], text[place:].strip()
    raise errors.invalid_syntax()


def _line(session: Session, text: str, statement: Statement) -> None:
    """Run one line, or the block that its prefix heads."""
    found = _PREFIX.match(text)
    if not found or (found[1].startswith("n") and text.strip()[1:2] == "="):
        if statement.body is not None:
            raise errors.DoError(198, f"{text} {{: no block can stand here")
        command(session, text, statement.where)
        return
    rest = text[found.end() :]
    quiet = session.quiet
    word = found[1]
    try:
        if word.startswith("cap"):
            _capture(session, rest, statement)
            return
        session.quiet = not word.startswith("n")
        _rest(session, rest, statement)
    finally:
        session.quiet = quiet


def _rest(session: Session, rest: str, statement: Statement) -> None:
    if rest or statement.body is None:
        if _IF.match(rest) or _LOOPS.match(rest):
            execute(session, Chain(Statement(rest, statement.where, statement.body)))
        else:
            _line(session, rest, replace(statement, text=rest))
    else:
        _block(session, statement.body)


def _capture(session: Session, rest: str, statement: Statement) -> None:
    noisy = re.match(rf"{_NOISILY}\b\s*:?\s*", rest)
    quiet = session.quiet
    session.quiet = quiet if noisy else True
    try:
        _rest(session, rest[noisy.end() :] if noisy else rest, statement)
        session.rc = 0
    except DoError as error:
        if error.code in _UNREAD and session.quiet:
            raise
        session.rc = error.code
        if error.message:
            session.out(error.message)
    finally:
        session.quiet = quiet


def command(session: Session, text: str, where: int) -> None:
    """Run a command without block. The data is as before where it fails. Raises DoError."""
    text = text.strip()
    if not text:
        return
    before = session.data.copy()
    try:
        by: tuple[str, ...] = ()
        if found := _BY.match(text):
            by, text = _by(session, text[found.end() :], found[1] != "by")
        call = parse(session, text, by, where)
        run = implementation(call.spec.name)
        if not by or call.spec.name in GROUPED:
            run(session, call)
        else:
            for group in each_group(session, call):
                run(session, group)
    except BaseException:
        session.data = before
        raise


def _by(session: Session, text: str, sorting: bool) -> tuple[tuple[str, ...], str]:
    """Read `varlist [(varlist)] [, sort]: command`, and return the groups' variables and the command."""
    place = next((at for at, character, depth in syntax.scan(text) if character == ":" and not depth), -1)
    if place < 0:
        raise errors.invalid_syntax()
    spec = _spec(text[place + 1 :])[0]
    if "by" not in spec.allows:
        raise DoError(190, f"{spec.name} may not be combined with by")
    head, *tail = text[:place].split(",")
    for word in " ".join(tail).split():
        if word not in ("s", "so", "sor", "sort"):
            raise errors.option_not_allowed(word)
        sorting = True
    found = re.fullmatch(r"\s*([^()]*?)\s*(?:\(([^()]*)\))?\s*", head)
    if not found or not found[1]:
        raise errors.invalid_syntax() if not found else errors.varlist_required()
    names = session.data.varlist(found[1])
    both = tuple(dict.fromkeys([*names, *session.data.varlist(found[2] or "")]))
    if sorting:
        order.sort(session.data, both)
    elif session.data.sorted_by[: len(both)] != both:
        raise errors.not_sorted()
    return tuple(names), text[place + 1 :].strip()


def _spec(text: str) -> tuple[Spec, str]:
    """Return the command that a line begins with, and the rest of the line. Raises r(199)."""
    found = _WORD.match(text)
    if not found or not (found[1][0].isalpha() or found[1][0] == "_"):
        raise errors.unrecognized(text.split(maxsplit=1)[0] if text.split() else text)
    spec = table.find(found[1])
    rest = text[found.end() :]
    if rest and not rest[0].isspace() and rest[0] not in ',("`' and spec.name != "display":
        raise errors.invalid(rest.split()[0])
    return spec, rest


def parse(session: Session, text: str, by: tuple[str, ...] = (), where: int = 0) -> Call:
    """Return the command that a line says, checked against the table. Raises DoError."""
    return parse_as(session, *_spec(text), by, where)


def parse_as(session: Session, spec: Spec, rest: str, by: tuple[str, ...] = (), where: int = 0) -> Call:
    """Return the command `spec` with what stands behind its name, checked against the table. Raises DoError."""
    data = session.data
    parts = syntax.take_apart(rest, spec)
    if by and parts.in_ is not None:
        raise DoError(190, "in may not be combined with by")
    if spec.exp and parts.exp is None:
        raise DoError(100, "=exp required")
    if spec.using == "required" and parts.using is None:
        raise DoError(100, "using required")
    options = syntax.options(parts, spec, data)
    terms = () if spec.takes == "raw" else syntax.varlist(parts.text, spec, data)
    groups = order.groups(data, by) if by else None
    condition = syntax.expression_of(parts.if_)
    rows = order.every(data.n)
    if parts.in_ is not None:
        rows = rows[syntax.positions(parts.in_, data.n)]
    # With `using`, if and in speak of the file's observations.
    if condition is not None and parts.using is None:
        rows = rows[evaluate.truth(condition, session.frame(rows, groups))]
    return Call(
        spec,
        terms,
        rows,
        options,
        parts.text,
        syntax.expression_of(parts.exp),
        condition,
        None if parts.using is None else syntax.file_name(parts.using),
        by,
        groups,
        where,
        parts.if_ is not None or parts.in_ is not None,
        parts.in_,
    )


def each_group(session: Session, call: Call) -> Iterator[Call]:
    """Give the call for each group, its heading printed."""
    data = session.data
    starts = np.flatnonzero(order.begins(data, call.by))
    ends = np.append(starts[1:], data.n)
    for start, end in zip(starts, ends, strict=True):
        shown = ", ".join(f"{name} = {data.shown(name, data[name].data[start])}" for name in call.by)
        session.out(f"\n{'-' * 79}\n-> {shown}")
        low, high = np.searchsorted(call.rows, (start, end))
        yield replace(call, rows=call.rows[low:high], groups=None, first=int(start))
