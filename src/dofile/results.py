"""What a command leaves behind: r() and e()."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dofile.values import Floats


@dataclass(frozen=True, eq=False)
class Matrix:
    """A matrix, with the names of its rows and columns."""

    values: Floats
    rows: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Model:
    """What the commands after an estimation need.

    `names` are the coefficients as a table shows them (`2.rep78`, `_cons`), k of them; `b` has shape (k,), `V` (k, k),
    both in coded doubles. `df_r` is None where tests are asymptotic. `terms` are the regressors as the user typed them.
    """

    command: str
    depvar: str
    names: tuple[str, ...]
    b: Floats
    V: Floats
    df_r: float | None = None
    terms: tuple[Any, ...] = ()


@dataclass
class Results:
    """Scalars, macros and matrices by name; `model` after an estimation."""

    scalars: dict[str, float] = field(default_factory=dict)
    macros: dict[str, str] = field(default_factory=dict)
    matrices: dict[str, Matrix] = field(default_factory=dict)
    model: Model | None = None

    def clear(self) -> None:
        """Forget everything."""
        self.scalars, self.macros, self.matrices, self.model = {}, {}, {}, None

    def set(self, name: str, value: float | str) -> None:
        """Keep a number or a text under a name."""
        if isinstance(value, str):
            self.macros[name] = value
        else:
            self.scalars[name] = float(value)

    def matrix(self, name: str, values: Any, rows: Sequence[str], columns: Sequence[str]) -> None:
        """Keep a matrix, of shape (rows, columns), under a name."""
        self.matrices[name] = Matrix(np.atleast_2d(np.asarray(values, dtype=float)), tuple(rows), tuple(columns))

    def set_model(self, model: Model) -> None:
        """Keep a model, and `b` and `V` as matrices. The command adds its scalars, and marks `session.data.sample`."""
        self.clear()
        self.model = model
        self.matrix("b", model.b, ("y1",), model.names)
        self.matrix("V", model.V, model.names, model.names)
        self.set("cmd", model.command)
        self.set("depvar", model.depvar)
        if model.df_r is not None:
            self.set("df_r", model.df_r)

    def get(self, name: str) -> float | str | None:
        """Return the number or text of this name, or None."""
        return self.scalars.get(name, self.macros.get(name))
