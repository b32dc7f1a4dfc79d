"""The cars of 1978 that the manuals' examples are about, in a session of their own."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from pandas.api.types import is_numeric_dtype

from dofile import DoError, Session
from dofile.data import Dataset, Variable
from dofile.values import from_nan
from tests.dofile.datasets import package

TYPES = {"int8": "byte", "int16": "int", "int32": "long", "float32": "float", "float64": "double"}


class Cars:
    """A session with the cars loaded; `run` returns what a do-file prints."""

    def __init__(self) -> None:
        self.printed: list[str] = []
        self.graphs: list[str] = []
        self.session = Session(self.printed.append, self.graphs.append)
        self.session.data = cars()

    def run(self, text: str) -> str:
        """Run a do-file, and return its output."""
        self.printed.clear()
        self.session.run(text)
        return "".join(self.printed)

    def code(self, text: str) -> int:
        """Return the return code of a command that is refused."""
        with pytest.raises(DoError) as caught:
            self.session.run(text)
        return caught.value.code

    def value(self, expression: str) -> float:
        """Return the value of an expression."""
        return float(self.run(f"display %21.0g {expression}"))

    def put(self, name: str, values: np.ndarray) -> None:
        """Add a variable."""
        self.session.data.put(Variable(name, "double", np.asarray(values, dtype=float)))

    def array(self, name: str) -> np.ndarray:
        """Return a variable's numbers, missing values as NaN."""
        data = self.session.data[name].data
        return np.where(data < 2.0**1023, data, np.nan)


def cars() -> Dataset:
    """Return the dataset, as the package causaldata ships it (MIT)."""
    with pd.io.stata.StataReader(package("causaldata") / "auto" / "auto.dta") as reader:
        frame = reader.read(convert_categoricals=False)
        labels = reader.variable_labels()
    dataset = Dataset(value_labels={"origin": {0.0: "Domestic", 1.0: "Foreign"}})
    for name in frame:
        column, label = frame[name], labels[name]
        if is_numeric_dtype(column):
            values = from_nan(column.to_numpy(float, na_value=np.nan))
            kind, named = TYPES[str(column.dtype).lower()], "origin" if name == "foreign" else ""
            dataset.put(Variable(name, kind, values, label=label, value_label=named))
        else:
            dataset.put(Variable(name, "str18", column.to_numpy(object), label=label))
    return dataset
