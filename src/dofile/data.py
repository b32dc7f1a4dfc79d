"""The dataset in memory. Arrays are never changed in place, so that a copy costs nothing and a command can fail."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

import numpy as np

from dofile import errors
from dofile.format import fmt
from dofile.values import MISSING, Bools, Floats, Rows, is_string, to_nan

NAME = re.compile(r"[A-Za-z_]\w{0,31}", re.ASCII)
RESERVED = {
    *("_all", "_b", "byte", "_coef", "_cons", "double", "float", "if", "in", "int", "long", "_n", "_N", "_pi"),
    *("_pred", "_rc", "_skip", "strL", "using", "with"),
}
DEFAULT_FORMAT = {"byte": "%8.0g", "int": "%8.0g", "long": "%12.0g", "float": "%9.0g", "double": "%10.0g"}


def default_format(kind: str) -> str:
    """Return the display format that a new variable of this storage type gets."""
    if kind == "strL":
        return "%9s"
    return DEFAULT_FORMAT.get(kind) or f"%{max(int(kind[3:]), 9)}s"


def check_name(name: str) -> str:
    """Return the name of a variable. Raises r(198) where it cannot be one."""
    if not NAME.fullmatch(name) or name in RESERVED or re.fullmatch(r"str\d+", name):
        raise errors.invalid_name(name)
    return name


@dataclass(frozen=True, eq=False)
class Variable:
    """A column: float64 with coded missing values, as its type stores them, or an object array of str."""

    name: str
    type: str
    data: np.ndarray[Any, Any]
    format: str = ""
    label: str = ""
    value_label: str = ""

    def __post_init__(self) -> None:
        if not self.format:
            object.__setattr__(self, "format", default_format(self.type))

    @property
    def is_string(self) -> bool:
        """Whether it holds text."""
        return is_string(self.type)

    @cached_property
    def complete(self) -> bool:
        """Whether none of its numbers is missing."""
        return not self.is_string and (not self.data.size or bool(self.data.max() < MISSING))

    @cached_property
    def numbers(self) -> Floats:
        """Its numbers, with NaN for missing values."""
        return to_nan(self.data)

    def missing(self) -> Bools:
        """Say of each observation whether it is missing; of text, whether it is empty."""
        return np.asarray(self.data == "", dtype=bool) if self.is_string else self.data >= MISSING

    def but(self, **changes: Any) -> Variable:
        """Return the variable with some of its properties changed."""
        return dataclasses.replace(self, **changes)


@dataclass
class Dataset:
    """Variables in their order, with what is said about them. `sample` marks the last estimation's observations."""

    variables: dict[str, Variable] = field(default_factory=dict)
    n: int = 0
    label: str = ""
    value_labels: dict[str, dict[float, str]] = field(default_factory=dict)
    sorted_by: tuple[str, ...] = ()
    changed: bool = False
    filename: str = ""
    stamp: str = ""
    sample: Bools | None = None

    @property
    def names(self) -> list[str]:
        """The variables' names, in order."""
        return list(self.variables)

    def __contains__(self, name: str) -> bool:
        return name in self.variables

    def __getitem__(self, name: str) -> Variable:
        return self.variables[name]

    def copy(self) -> Dataset:
        """Return a dataset that can be changed without this one; arrays are shared."""
        return dataclasses.replace(self, variables=dict(self.variables), value_labels=dict(self.value_labels))

    def labels(self, name: str) -> Mapping[float, str]:
        """Return the texts for the values of a variable, by value; none where it has no value label."""
        return self.value_labels.get(self.variables[name].value_label, {})

    def shown(self, name: str, value: float | str, *, labels: bool = True) -> str:
        """Return a value as tables show it: its label, if `labels`, or the number in its variable's format."""
        if isinstance(value, str):
            return value
        label = self.labels(name).get(value) if labels else None
        return fmt(value, self.variables[name].format).strip() if label is None else label

    def put(self, variable: Variable) -> None:
        """Add a variable at the end, or replace the one that has its name. What was sorted by it no longer is."""
        if not self.variables and not self.n:
            self.n = len(variable.data)
        old = self.variables.get(variable.name)
        self.variables[variable.name] = variable
        if variable.name in self.sorted_by and (old is None or old.data is not variable.data):
            self.sorted_by = self.sorted_by[: self.sorted_by.index(variable.name)]
        self.changed = True

    def add(self, variable: Variable) -> None:
        """Add a new variable. Raises r(110) where there is one of this name, r(198) where it is no name."""
        check_name(variable.name)
        if variable.name in self.variables:
            raise errors.already_defined(variable.name)
        self.put(variable)

    def drop(self, names: Iterable[str]) -> None:
        """Take variables out."""
        for name in names:
            del self.variables[name]
            if name in self.sorted_by:
                self.sorted_by = self.sorted_by[: self.sorted_by.index(name)]
        if not self.variables:
            self.n = 0
            self.sample = None
        self.changed = True

    def rename(self, old: str, new: str) -> None:
        """Give a variable a new name."""
        renamed = (variable.but(name=new) if name == old else variable for name, variable in self.variables.items())
        self.variables = {variable.name: variable for variable in renamed}
        self.sorted_by = tuple(new if name == old else name for name in self.sorted_by)
        self.changed = True

    def reorder(self, names: Iterable[str]) -> None:
        """Put variables in this order, which names each of them once."""
        self.variables = {name: self.variables[name] for name in names}
        self.changed = True

    def take(self, rows: Rows | Bools) -> None:
        """Keep these observations, in this order. Whether they are still sorted is for the caller to say."""
        self.variables = {name: variable.but(data=variable.data[rows]) for name, variable in self.variables.items()}
        self.n = int(np.count_nonzero(rows)) if rows.dtype == bool else len(rows)
        self.sample = None if self.sample is None else self.sample[rows]
        self.changed = True

    def resolve(self, word: str) -> str:
        """Return the variable that a name or an unambiguous abbreviation of it means. Raises r(111)."""
        if word in self.variables:
            return word
        if not NAME.fullmatch(word):
            raise errors.invalid_name(word)
        if not self.variables:
            raise errors.no_variables()
        found = [name for name in self.variables if name.startswith(word)]
        if len(found) > 1:
            raise errors.ambiguous(word)
        if not found:
            raise errors.not_found(word)
        return found[0]

    def varlist(self, text: str) -> list[str]:
        """Return the variables that a list names: names, abbreviations, `*` and `?`, ranges `a-b`, `_all`.

        Raises r(111) where one is not found or ambiguous, r(198) where a word is no name.
        """
        found: list[str] = []
        for word in re.sub(r"\s*-\s*", "-", text.strip()).split():
            found += self._matching(word)
        return found

    def _matching(self, word: str) -> list[str]:
        if word == "_all":
            return self.names
        if "*" in word or "?" in word:
            if not re.fullmatch(r"[\w*?]+", word, re.ASCII):
                raise errors.invalid(word)
            matches = [name for name in self.variables if fnmatchcase(name, word)]
            if not matches:
                raise errors.not_found(word)
            return matches
        if "-" in word:
            ends = word.split("-")
            if len(ends) != 2:
                raise errors.invalid(word)
            order = self.names
            first, last = (order.index(self.resolve(end)) for end in ends)
            if first > last:
                raise errors.invalid_syntax()
            return order[first : last + 1]
        return [self.resolve(word)]
