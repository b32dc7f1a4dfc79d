"""Statistics on whatever data: few observations, constants, huge and tiny numbers, missing values, text.

Each command gives its output or is refused with a return code; no warning of numpy and no other exception escapes.
"""

from __future__ import annotations

import contextlib

import numpy as np
import pytest

from dofile import DoError, Session
from dofile.data import Dataset, Variable
from dofile.values import MISSING

COMMANDS = (
    "summarize {y} {x}",
    "summarize {y}, detail",
    "tabulate {f}, missing",
    "tabulate {f} {g}, chi2 row column cell",
    "correlate {y} {x}",
    "ttest {y} == 3",
    "ttest {y} == {x}",
    "ttest {y}, by({f})",
    "ttest {y}, by({f}) unequal",
    "regress {y} {x}",
    "regress {y} {x} i.{f}, robust",
    "regress {y} i.{f}##i.{g}, vce(cluster {g})",
    "regress {y} c.{x}##i.{f}, noconstant",
    "predict {y}1, residuals",
    "testparm {x}",
    "logit {f} {x}",
    "logit {f} {x} {g}, or robust",
    "logit {f} {x}, vce(cluster {g})",
    "predict {y}2",
    "test {x} = 1",
)


def numbers(generator: np.random.Generator, n: int) -> np.ndarray:
    """Return numbers of one of several kinds, some of them missing."""
    kinds = (
        np.full(n, -2.0),
        generator.normal(size=n) * 10.0 ** generator.integers(-8, 9),
        1e6 + generator.integers(0, 2, n),
        generator.integers(0, 5, n).astype(float),
        np.arange(n) * 0.5,
    )
    values = kinds[generator.integers(len(kinds))]
    missing = generator.random(n) < generator.choice([0, 0.3])
    return np.where(missing, MISSING * (1 + generator.integers(0, 3, n) / 4096), values)


def dataset(generator: np.random.Generator) -> Dataset:
    """Return a dataset with two numbers, two factors and a text."""
    n = int(generator.choice([1, 2, 3, 5, 9, 40]))
    data = Dataset(n=n, value_labels={"l": {0.0: "No", 1.0: "A label longer than its column"}})
    for name in "yx":
        data.put(Variable(name, "double", numbers(generator, n)))
    for name in "fg":
        values = generator.integers(0, generator.integers(2, 4), n).astype(float)
        data.put(Variable(name, "byte", values, value_label=str(generator.choice(["", "l"]))))
    data.put(Variable("s", "str2", np.array([["", "a", "bb"][i] for i in generator.integers(0, 3, n)], dtype=object)))
    return data


@pytest.mark.parametrize("seed", range(40))
def test_any_data_gives_output_or_a_return_code(seed: int):
    """No data make a command fail otherwise than by a return code."""
    generator = np.random.default_rng(seed)
    printed: list[str] = []
    session = Session(printed.append)
    session.data = dataset(generator)
    done = 0
    for command in COMMANDS:
        text = command.format(y="y", x=generator.choice(["x", "x", "x", "s"]), f="f", g=generator.choice(["g", "s"]))
        with contextlib.suppress(DoError):
            session.run(text)
            done += 1
    assert done >= 2
    assert "nan" not in "".join(printed).replace("inan", "")
