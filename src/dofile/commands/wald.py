"""`test`, `testparm`."""

from __future__ import annotations

import re

import numpy as np

from dofile import errors, syntax
from dofile.layout import models
from dofile.results import Model
from dofile.session import Session
from dofile.stats import wald
from dofile.syntax import Call
from dofile.values import Floats

_NUMBER = r"(?:\d+\.?\d*|\.\d+)"
_NAME = r"(?:_b\[[^\]]+\]|(?:[cio]?\d*\w*\.)?[A-Za-z_]\w*(?:#[\w.]+)*)"
_TERM = re.compile(
    rf"\s*([-+]?)\s*(?:(?:({_NUMBER})\s*\*\s*)?({_NAME})(?:\s*([*/])\s*({_NUMBER}))?|({_NUMBER})(?![\w.]))\s*"
)


def testparm(session: Session, call: Call) -> None:
    """Test whether all coefficients of terms are zero. Raises r(301), r(111) where none of them is in the model."""
    model = session.e.model
    if model is None:
        raise errors.estimates_not_found()
    wanted = {tuple((part.name, part.operator == "i") for part in term.parts or (term,)) for term in call.varlist}
    rows = []
    for at, column in enumerate(model.terms):
        if tuple((part.variable, part.level is not None) for part in column.parts) in wanted and not column.status:
            row = np.zeros(len(model.terms) + 1)
            row[at] = 1.0
            rows.append(row)
    if not rows:
        raise errors.DoError(
            111, "no such variables;\nthe specified varlist does not identify any testable coefficients"
        )
    _test(session, model, rows)


def test(session: Session, call: Call) -> None:
    """Test linear hypotheses about the coefficients of the last model. Raises r(301), r(111), r(198)."""
    model = session.e.model
    if model is None:
        raise errors.estimates_not_found()
    rows = [row for text in _hypotheses(call.text) for row in _constraints(session, model, text)]
    if not rows:
        raise errors.invalid_syntax()
    _test(session, model, rows)


def _test(session: Session, model: Model, rows: list[Floats]) -> None:
    left, right = np.array([row[:-1] for row in rows]), np.array([row[-1] for row in rows])
    df_r = model.df_r
    result = wald.test(model.b, model.V, left, right, df_r)
    session.out(models.wald([_text(model, row) for row in rows], result))
    session.r.clear()
    session.r.set("F" if df_r is not None else "chi2", result.statistic)
    session.r.set("df", result.df)
    session.r.set("p", result.p)
    session.r.set("drop", float(bool(result.dropped)))
    if df_r is not None:
        session.r.set("df_r", df_r)


def _hypotheses(text: str) -> list[str]:
    """Split `(a = b) (c = 0)` into its hypotheses; without parentheses there is one."""
    if not text.startswith("("):
        return [text]
    places = [at for at, character, depth in syntax.scan(text) if character == ")" and not depth]
    starts = [0, *(at + 1 for at in places[:-1])]
    parts = [text[start:end].strip() for start, end in zip(starts, places, strict=True)]
    if text[places[-1] + 1 :].strip() or any(not part.startswith("(") for part in parts):
        raise errors.invalid_syntax()
    return [part[1:] for part in parts]


def _constraints(session: Session, model: Model, text: str) -> list[Floats]:
    """Return the constraints of `a b c` (each is zero) or of `exp = exp [= exp …]`, as coefficients and a constant."""
    sides = re.split(r"==?", text)
    if len(sides) == 1:
        return [_linear(session, model, word) for word in text.split()]
    first, *others = (_linear(session, model, side) for side in sides)
    return [first - other for other in others]


def _linear(session: Session, model: Model, text: str) -> Floats:
    """Return a linear combination of coefficients: one number for each of them, and minus the constant."""
    total = np.zeros(len(model.names) + 1)
    place = 0
    while place < len(text) or not place:
        found = _TERM.match(text, place)
        if not found or (place and not found[1]):
            raise errors.invalid_syntax()
        sign, before, name, operator, after, number = found.groups()
        factor = -1.0 if sign == "-" else 1.0
        if number:
            total[-1] -= factor * float(number)
        else:
            factor *= float(before or 1)
            factor = factor / float(after) if operator == "/" else factor * float(after or 1)
            total[_position(session, model, name.removeprefix("_b[").removesuffix("]"))] += factor
        place = found.end()
    return total


def _position(session: Session, model: Model, word: str) -> int:
    names = list(model.names)
    if word not in names and "." not in word and word != "_cons":
        word = session.data.resolve(word)
    if word not in names:
        raise errors.not_found(word)
    return names.index(word)


def _text(model: Model, row: Floats) -> str:
    """Return a constraint as it is shown."""
    prefix = f"[{model.depvar}]" if model.df_r is None else ""
    shown = ""
    for column, factor in zip(model.terms, row[:-1], strict=True):
        if not factor:
            continue
        sign = " - " if factor < 0 else " + "
        size = "" if abs(factor) == 1 else f"{abs(factor):g}*"
        shown += (sign if shown else sign.strip() + " " if factor < 0 else "") + f"{size}{prefix}{column.name}"
    return f"{shown or '0'} = {row[-1]:g}".replace("= -0", "= 0") if row[-1] == 0 else f"{shown or '0'} = {row[-1]:g}"
