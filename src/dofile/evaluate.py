"""Expressions over whole columns at once.

Within arithmetic a missing value is NaN, which spreads by itself; where values are compared or kept, it is coded. A
column is searched for missing values once, so that complete ones cost nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dofile import errors
from dofile.data import Dataset, Variable
from dofile.expression import Expression, Node
from dofile.functions import FUNCTIONS
from dofile.results import Results
from dofile.values import MISSING, Bools, Rows, from_nan, to_nan


def _dtype(data: Any) -> str:
    return str(getattr(data, "dtype", ""))


@dataclass(frozen=True)
class Groups:
    """The groups of `by`: for each observation, where its group begins and how many observations it has."""

    start: Rows
    size: Rows


@dataclass(frozen=True)
class Value:
    """A number or text, or an array of them. `state` of numbers: "complete", "coded" or "nan" (missing values as).

    `source` is the variable that has these very numbers; `fresh` says that nothing else has the array.
    """

    data: Any
    state: str = "coded"
    source: Variable | None = None
    fresh: bool = False

    @property
    def text(self) -> bool:
        """Whether it is text."""
        return isinstance(self.data, str) or _dtype(self.data) == "object"

    def nan(self) -> Any:
        """Return numbers with NaN for missing values. Raises r(109) for text."""
        if self.text:
            raise errors.type_mismatch()
        if self.state == "coded":
            return to_nan(self.data) if self.source is None else self.source.numbers
        if _dtype(self.data) == "bool":
            return self.data.astype(np.float64)
        # NumPy's numbers, as a division of Python's own by zero is an error.
        return np.float64(self.data) if isinstance(self.data, float) else self.data

    def coded(self) -> Any:
        """Return numbers with coded missing values. Raises r(109) for text."""
        if self.text:
            raise errors.type_mismatch()
        return from_nan(self.data, own=self.fresh) if self.state == "nan" else self.data

    def truth(self) -> Any:
        """Say of each number whether it is true: all but zero, missing values too."""
        data = self.coded()
        return data if _dtype(data) == "bool" else data != 0


@dataclass(frozen=True)
class Frame:
    """What an expression can see: data, the observations it is asked for (None: all), and what commands have left."""

    data: Dataset
    rows: Rows | None = None
    groups: Groups | None = None
    r: Results = field(default_factory=Results)
    e: Results = field(default_factory=Results)
    scalars: Mapping[str, float | str] = field(default_factory=dict)
    rc: int = 0

    @property
    def n(self) -> int:
        """How many values an expression has."""
        return self.data.n if self.rows is None else len(self.rows)

    def pick(self, array: Any) -> Any:
        """Return the elements of the observations asked for."""
        return array if self.rows is None else array[self.rows]


def value(expression: Expression, frame: Frame) -> Value:
    """Evaluate for all observations of the frame. Raises r(109), r(111), r(133), r(198)."""
    with np.errstate(all="ignore"):
        return _evaluate(expression.root, frame)


def values(expression: Expression, frame: Frame, *, text: bool = False) -> Any:
    """Evaluate to an array of coded numbers, or of texts. Raises r(109) for the other."""
    found = value(expression, frame)
    if found.text != text:
        raise errors.type_mismatch()
    return column(found, frame.n)


def column(found: Value, n: int) -> Any:
    """Return a value as an array of n: texts, or coded numbers."""
    if found.text:
        if not isinstance(found.data, str):
            return found.data
        filled = np.empty(n, dtype=object)
        filled[:] = found.data
        return filled
    data = found.coded()
    if isinstance(data, np.ndarray) and data.ndim:
        return data.astype(np.float64, copy=False)
    return np.full(n, float(data))


def truth(expression: Expression, frame: Frame) -> Bools:
    """Evaluate to an array of truth values. Raises r(109) for text."""
    found = value(expression, frame).truth()
    return found if isinstance(found, np.ndarray) and found.ndim else np.full(frame.n, bool(found))


def scalar(expression: Expression, frame: Frame) -> float | str:
    """Evaluate to one value: variables stand for their first observation."""
    rows = np.zeros(1 if frame.data.n else 0, dtype=np.int64)
    one = Frame(frame.data, rows, None, frame.r, frame.e, frame.scalars, frame.rc)
    found = value(expression, one)
    data = found.data if found.text else found.coded()
    if isinstance(data, np.ndarray) and data.ndim:
        if not data.size:
            return "" if found.text else MISSING
        data = data[0]
    return data if isinstance(data, str) else float(data)


def _evaluate(node: Node, frame: Frame) -> Value:
    if node.kind == "number":
        number = float(node.value)
        return Value(number, "coded" if number >= MISSING else "complete")
    if node.kind == "string":
        return Value(str(node.value))
    return _KINDS[node.kind](node, frame)


def _column(variable: Variable, frame: Frame) -> Value:
    source = variable if frame.rows is None else None
    return Value(frame.pick(variable.data), "complete" if variable.complete else "coded", source)


def _name(node: Node, frame: Frame) -> Value:
    name = str(node.value)
    if name in frame.data.variables:
        return _column(frame.data[name], frame)
    if name in ("_n", "_N"):
        return Value(_place(name, frame), "complete")
    if name == "_pi":
        return Value(np.pi, "complete")
    if name == "_rc":
        return Value(float(frame.rc), "complete")
    try:
        return _column(frame.data[frame.data.resolve(name)], frame)
    except errors.DoError as error:
        if name in frame.scalars:
            return Value(frame.scalars[name])
        # An expression may name a scalar too, so the words do not say what was not found.
        message = error.message if "ambiguous" in error.message else f"{name} not found"
        raise errors.DoError(error.code, message) from None


def _place(name: str, frame: Frame) -> Any:
    if name == "_N":
        return float(frame.data.n) if frame.groups is None else frame.pick(frame.groups.size).astype(np.float64)
    rows = np.arange(frame.data.n) if frame.rows is None else frame.rows
    start = 0 if frame.groups is None else frame.pick(frame.groups.start)
    return (rows - start + 1).astype(np.float64)


def _subscript(node: Node, frame: Frame) -> Value:
    variable = frame.data[frame.data.resolve(str(node.value))]
    index = np.trunc(np.broadcast_to(_evaluate(node.below[0], frame).nan(), frame.n))
    start: Any = 0 if frame.groups is None else frame.pick(frame.groups.start)
    size: Any = frame.data.n if frame.groups is None else frame.pick(frame.groups.size)
    inside = (index >= 1) & (index <= size)
    at = np.where(inside, index, 1).astype(np.int64) - 1 + start
    if not frame.data.n:
        return Value(np.empty(0, dtype=variable.data.dtype))
    return Value(np.where(inside, variable.data[at], "" if variable.is_string else MISSING))


def _call(node: Node, frame: Frame) -> Value:
    name = str(node.value)
    if name in ("r", "e") and len(node.below) == 1 and node.below[0].kind == "name":
        return _stored(name, str(node.below[0].value), frame)
    if name not in FUNCTIONS:
        raise errors.unknown_function(name)
    function = FUNCTIONS[name]
    if not function.least <= len(node.below) <= function.most:
        raise errors.invalid_syntax()
    arguments = [_evaluate(below, frame) for below in node.below]
    if name == "sum":
        return Value(_running_sum(arguments[0].nan(), frame), "nan")
    if function.kind == "number":
        return Value(_finite(function.apply, *(argument.nan() for argument in arguments)), "nan")
    given = [argument.data if argument.text else argument.coded() for argument in arguments]
    if any(argument.text != (kind == "s") for argument, kind in zip(arguments, function.takes, strict=False)):
        raise errors.type_mismatch()
    if function.kind == "any" and len({argument.text for argument in arguments[function.free :]}) > 1:
        raise errors.type_mismatch()
    return Value(function.apply(*given))


def _running_sum(numbers: Any, frame: Frame) -> Any:
    """Return the sum up to each observation, from the beginning of its group; missing values count as 0."""
    sums = np.cumsum(np.nan_to_num(np.broadcast_to(numbers, frame.n), nan=0.0))
    if frame.groups is None or not frame.n:
        return sums
    start = frame.pick(frame.groups.start)
    first = np.flatnonzero(np.diff(start, prepend=-1))
    before = np.concatenate([[0.0], sums[first[1:] - 1]])
    return sums - np.repeat(before, np.diff(np.append(first, frame.n)))


def _stored(where: str, name: str, frame: Frame) -> Value:
    if (where, name) == ("e", "sample"):
        sample = frame.data.sample
        return Value(np.zeros(frame.n, bool) if sample is None else frame.pick(sample), "complete")
    found = (frame.r if where == "r" else frame.e).get(name)
    return Value(MISSING if found is None else found)


def _coefficient(node: Node, frame: Frame) -> Value:
    kind, _, name = str(node.value)[1:-1].partition("[")
    if frame.e.model is None:
        raise errors.estimates_not_found()
    model = frame.e.model
    name = name.strip().removeprefix(f"{model.depvar}:")
    names = list(model.names)
    if name not in names:
        if "." not in name and name != "_cons" and (full := frame.data.resolve(name)) in names:
            name = full
        else:
            raise errors.DoError(111, f"[{name}] not found")
    place = names.index(name)
    return Value(float(model.b[place] if kind == "b" else np.sqrt(model.V[place, place])))


def _compare(node: Node, frame: Frame) -> Value:
    one, other = (_evaluate(below, frame) for below in node.below)
    if one.text != other.text:
        raise errors.type_mismatch()
    left, right = (side.data if side.text else side.coded() for side in (one, other))
    found = _COMPARISONS[str(node.value)](left, right)
    return Value(np.asarray(found, dtype=bool), "complete")


def _logical(operate: Callable[[Any, Any], Any]) -> Callable[[Node, Frame], Value]:
    def evaluate(node: Node, frame: Frame) -> Value:
        left, right = (_evaluate(below, frame).truth() for below in node.below)
        return Value(np.asarray(operate(left, right)), "complete")

    return evaluate


def _finite(operate: Callable[..., Any], *operands: Any, **places: Any) -> Any:
    """Return what is computed, with NaN where it is infinite or undefined: what follows shall meet no infinity."""
    flags: list[str] = []
    with np.errstate(divide="call", over="call", call=lambda kind, _: flags.append(kind)):
        found = operate(*operands, **places)
    return np.where(np.isinf(found), np.nan, found)[()] if flags else found


def _computed(operate: Callable[..., Any], one: Value, other: Value) -> Value:
    """Return numbers computed of two operands, in the memory of one of them if nothing else has it."""
    left, right = one.nan(), other.nan()
    shape = np.broadcast_shapes(np.shape(left), np.shape(right))
    for side, array in ((one, left), (other, right)):
        if side.fresh and isinstance(array, np.ndarray) and array.shape == shape:
            return Value(_finite(operate, left, right, out=array), "nan", fresh=True)
    return Value(_finite(operate, left, right), "nan", fresh=True)


def _power(node: Node, frame: Frame) -> Value:
    """Return a power; unlike NumPy's, it is missing where one of the two is, be they 0 and 1."""
    base, exponent = (_evaluate(below, frame).nan() for below in node.below)
    missing = np.isnan(base) | np.isnan(exponent)
    return Value(np.where(missing, np.nan, _finite(np.power, base, exponent)), "nan", fresh=True)


def _arithmetic(operate: Callable[..., Any]) -> Callable[[Node, Frame], Value]:
    def evaluate(node: Node, frame: Frame) -> Value:
        one, other = (_evaluate(below, frame) for below in node.below)
        return _computed(operate, one, other)

    return evaluate


def _add(node: Node, frame: Frame) -> Value:
    one, other = (_evaluate(below, frame) for below in node.below)
    if one.text and other.text:
        return Value(one.data + other.data)
    return _computed(np.add, one, other)


_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "==": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
    "~=": lambda one, other: one != other,
    ">": lambda one, other: one > other,
    "<": lambda one, other: one < other,
    ">=": lambda one, other: one >= other,
    "<=": lambda one, other: one <= other,
}
_KINDS: dict[str, Callable[[Node, Frame], Value]] = {
    "name": _name,
    "subscript": _subscript,
    "call": _call,
    "coefficient": _coefficient,
    "compare": _compare,
    "either": _logical(np.logical_or),
    "both": _logical(np.logical_and),
    "add": _add,
    "subtract": _arithmetic(np.subtract),
    "multiply": _arithmetic(np.multiply),
    "divide": _arithmetic(np.divide),
    "power": _power,
    "negative": lambda node, frame: Value(-_evaluate(node.below[0], frame).nan(), "nan"),
    "positive": lambda node, frame: Value(_evaluate(node.below[0], frame).nan(), "nan"),
    "inverse": lambda node, frame: Value(~np.asarray(_evaluate(node.below[0], frame).truth()), "complete"),
}
