"""`correlate`: layout, listwise deletion, panels."""

from __future__ import annotations

import numpy as np
import pytest

from dofile.commands.correlate import correlations
from tests.dofile.cars import Cars

TABLE = """(obs=74)

             |      mpg   weight displa~t
-------------+---------------------------
         mpg |   1.0000
      weight |  -0.8072   1.0000
displacement |  -0.7056   0.8949   1.0000

"""


def test_table_has_the_published_layout():
    """The lower triangle, names shortened to eight columns above it."""
    cars = Cars()
    assert cars.run("correlate mpg weight displacement") == TABLE
    expected = np.corrcoef(cars.array("mpg"), cars.array("weight"))[0, 1]
    assert cars.value("r(rho)") == pytest.approx(expected, rel=1e-12)


def test_observations_with_a_missing_value_are_left_out():
    """Only observations with all variables count."""
    assert Cars().run("correlate mpg rep78").startswith("(obs=69)\n")


def test_wide_matrices_are_printed_in_panels():
    """Seven columns fit; the others follow below, without the rows above the diagonal."""
    printed = Cars().run("correlate price-displacement")
    assert max(len(line) for line in printed.splitlines()) <= 80
    assert printed.count("displacement |") == 2
    assert printed.count("         mpg |") == 1


def test_a_constant_has_no_correlation():
    """The correlations of a variable without variance are missing."""
    assert (correlations(np.column_stack([np.ones(3), np.arange(3.0)]))[0] == 2.0**1023).all()


@pytest.mark.parametrize(
    ("command", "code"),
    [("correlate mpg make", 109), ("correlate mpg if mpg > 100", 2000), ("correlate mpg weight in 1", 2001)],
)
def test_refusals(command: str, code: int):
    """Text, no observations and a single one are refused."""
    assert Cars().code(command) == code
