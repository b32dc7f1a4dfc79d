"""The columns of a regression: variables, levels of factors, interactions; which are bases, which are omitted."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from dofile.values import Bools, Floats

# What is left of a column's variance (of 1) once the columns before it are known, below which it is collinear.
TOLERANCE = 1e-12


@dataclass(frozen=True)
class Part:
    """One variable in a column: itself, or the indicator of one level of it."""

    variable: str
    level: float | None = None
    base: bool = False


@dataclass(frozen=True)
class Column:
    """A coefficient's place. `status` is empty, base, omitted (collinear) or empty cell; no parts: the constant.

    `only` is the value that a variable has in the sample because its other values predict outcomes perfectly.
    """

    parts: tuple[Part, ...]
    status: str = ""
    only: float | None = None

    @property
    def name(self) -> str:
        """The name in `e(b)`: `weight`, `2.rep78`, `1b.rep78`, `o.weight`, `1.a#2.b`, `_cons`."""
        if not self.parts:
            return "_cons"
        alone = len(self.parts) == 1
        return "#".join(self._name(part, alone) for part in self.parts)

    @property
    def plain(self) -> str:
        """The name as users refer to it: without marks for a base or an omitted column."""
        if not self.parts:
            return "_cons"
        alone = len(self.parts) == 1
        return "#".join(_reference(part, alone) for part in self.parts)

    def _name(self, part: Part, alone: bool) -> str:
        omitted = self.status == "omitted" or (self.status == "empty" and not part.base)
        if part.level is None:
            prefix = "co" if omitted else "c"
            return f"{prefix}.{part.variable}" if not alone else ("o." if omitted else "") + part.variable
        mark = "b" if part.base else "o" if omitted or self.status == "base" else ""
        return f"{part.level:g}{mark}.{part.variable}"


@dataclass(frozen=True)
class Design:
    """Columns in order, and the matrix of those that are estimated (observations in rows, the constant last)."""

    columns: tuple[Column, ...]
    matrix: Floats
    constant: bool

    @property
    def estimated(self) -> list[int]:
        """The positions of the estimated columns among all of them."""
        return [i for i, column in enumerate(self.columns) if not column.status]

    def spread(self, b: Floats, v: Floats) -> tuple[Floats, Floats]:
        """Return coefficients and covariances for all columns: zero where nothing is estimated."""
        at = self.estimated
        size = len(self.columns)
        full_b, full_v = np.zeros(size), np.zeros((size, size))
        full_b[at] = b
        full_v[np.ix_(at, at)] = v
        return full_b, full_v


def _reference(part: Part, alone: bool) -> str:
    if part.level is None:
        return part.variable if alone else f"c.{part.variable}"
    return f"{part.level:g}.{part.variable}"


def levels(variable: str, values: Floats, base: float | None) -> tuple[Part, ...]:
    """Return a factor's levels; its base is the smallest unless it is given.

    Raises ValueError where a value is negative or no whole number.
    """
    found = np.unique(values)
    if len(found) and (found[0] < 0 or (found != np.trunc(found)).any()):
        raise ValueError(variable)
    first = float(found[0]) if base is None and len(found) else base
    return tuple(Part(variable, float(level), float(level) == first) for level in found)


def columns(terms: Iterable[Sequence[Sequence[Part]]]) -> list[Column]:
    """Return the columns of terms; a term is a sequence of factors, each given by the parts that it can take.

    A cell is a base where all its factors are at their base, or where what is left without them is a term too.
    """
    terms = list(terms)
    present = {tuple(sorted(factor[0].variable for factor in term)) for term in terms}
    made: dict[tuple[Part, ...], Column] = {}
    for term in terms:
        for parts in product(*term):
            rest = tuple(sorted(part.variable for part in parts if not part.base))
            base = len(rest) < len(parts) and (not rest or rest in present)
            made.setdefault(parts, Column(parts, "base" if base else ""))
    return list(made.values())


def build(wanted: Iterable[Column], data: Mapping[str, Floats], n: int, constant: bool) -> Design:
    """Return the design of these columns over `n` observations of `data`, collinear columns omitted.

    Of collinear columns the later one is omitted; the constant counts as the first.
    """
    wanted = [_emptied(column, data) for column in wanted]
    live = [i for i, column in enumerate(wanted) if not column.status]
    chosen = [wanted[i] for i in live]
    full = matrix([*chosen, Column(())] if constant else chosen, data, n)
    kept = independent(full[:, : len(live)], constant)
    for j, i in enumerate(live):
        if not kept[j]:
            wanted[i] = dataclasses.replace(wanted[i], status="omitted")
    keep = np.append(kept, True) if constant else kept
    every = [*wanted, Column(())] if constant else wanted
    return Design(tuple(every), full if keep.all() else np.asfortranarray(full[:, keep]), constant)


def matrix(wanted: Sequence[Column], data: Mapping[str, Floats], n: int) -> Floats:
    """Return the matrix of columns over `n` observations, shape (n, columns)."""
    full = np.empty((n, len(wanted)), order="F")
    for j, column in enumerate(wanted):
        full[:, j] = _values(column.parts, data) if column.parts else 1.0
    return full


def independent(matrix: Floats, constant: bool) -> Bools:
    """Say of each column whether it is no linear combination of those before it (and of the constant).

    By a Cholesky decomposition, in order, of their correlations (of their cosines without a constant).
    """
    size = matrix.shape[1]
    centred = matrix - matrix.mean(axis=0) if constant else matrix
    gram = centred.T @ centred
    lengths = np.diag(gram).copy()
    # Next to the column itself, deviations that are rounding errors are no variation.
    scale = np.einsum("ij,ij->j", matrix, matrix)
    lengths[lengths <= 1e-24 * scale] = 0.0
    root = np.zeros((size, size))
    kept = np.zeros(size, dtype=bool)
    for j in range(size):
        if lengths[j] <= 0:
            continue
        row = gram[j] / np.sqrt(lengths[j])
        for i in range(j):
            if kept[i]:
                root[j, i] = (row[i] / np.sqrt(lengths[i]) - root[j, :i] @ root[i, :i]) / root[i, i]
        left = 1.0 - root[j] @ root[j]
        if left > TOLERANCE:
            root[j, j] = np.sqrt(left)
            kept[j] = True
    return kept


def _emptied(column: Column, data: Mapping[str, Floats]) -> Column:
    """Return the column as an empty cell if it is a combination of levels that does not occur."""
    cell = [part for part in column.parts if part.level is not None]
    if len(cell) < 2 or all(part.base for part in cell):
        return column
    occurs = np.logical_and.reduce([data[part.variable] == part.level for part in cell])
    return column if occurs.any() else dataclasses.replace(column, status="empty")


def note(column: Column) -> str:
    """Return what is said of a column that is not estimated."""
    if column.status == "empty":
        name = "#".join(f"{p.level:g}{'b' * p.base}.{p.variable}" for p in column.parts if p.level is not None)
        return f"note: {name} identifies no observations in the sample."
    return f"note: {column.plain} omitted because of collinearity."


def _values(parts: Sequence[Part], data: Mapping[str, Floats]) -> Floats:
    factors = [data[part.variable] if part.level is None else data[part.variable] == part.level for part in parts]
    result = np.asarray(factors[0], dtype=np.float64)
    for factor in factors[1:]:
        result = result * factor
    return result
