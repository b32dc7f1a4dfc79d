"""`summarize`: layout and numbers as published in [R] summarize, and the rules of its percentiles."""

from __future__ import annotations

import numpy as np
import pytest

from dofile.stats.summary import detail, percentile, summarize
from tests.dofile.cars import Cars

# [R] summarize, example 1 and remarks on detail.
TABLE = """
    Variable |        Obs        Mean    Std. dev.       Min        Max
-------------+---------------------------------------------------------
        make |          0
       price |         74    6165.257    2949.496       3291      15906
         mpg |         74     21.2973    5.785503         12         41
       rep78 |         69    3.405797    .9899323          1          5
    headroom |         74    2.993243    .8459948        1.5          5
-------------+---------------------------------------------------------
       trunk |         74    13.75676    4.277404          5         23
"""
DETAIL = """
                        Mileage (mpg)
-------------------------------------------------------------
      Percentiles      Smallest
 1%           12             12
 5%           14             12
10%           14             14       Obs                  74
25%           18             14       Sum of wgt.          74

50%           20                      Mean            21.2973
                        Largest       Std. dev.      5.785503
75%           25             34
90%           29             35       Variance       33.47205
95%           34             35       Skewness       .9487176
99%           41             41       Kurtosis       3.975005
"""


def test_table_has_the_published_layout():
    """Variables stand in a table with a line after each five; text has no observations."""
    assert Cars().run("summarize make-trunk") == TABLE


def test_detail_has_the_published_layout():
    """Percentiles, extremes and moments stand where the manual has them."""
    assert Cars().run("summarize mpg, detail") == DETAIL


def test_few_values_leave_points_among_the_extremes():
    """Two observations have two smallest and two largest values; the other places are missing."""
    lines = Cars().run("summarize mpg in 1/2, detail").splitlines()
    assert [line.split()[-1] for line in lines[4:6]] == ["17", "22"]
    assert lines[6].split()[:3] == ["10%", "17", "."]
    assert [line.split()[2] for line in lines[11:15]] == [".", ".", "17", "22"]


@pytest.mark.parametrize(("n", "percent", "expected"), [(4, 25, 1.5), (5, 25, 2), (20, 5, 1.5), (700, 99, 693.5)])
def test_percentile_averages_where_the_share_is_whole(n: int, percent: int, expected: float):
    """Where a percentile falls between two values it is their mean, and else the next value."""
    assert percentile(np.arange(1.0, n + 1), percent) == expected


def test_one_value_has_no_spread():
    """The standard deviation of one value is missing, and so are its skewness and kurtosis."""
    cars = Cars()
    assert cars.run("summarize mpg in 1").splitlines()[-1].split()[-3] == "."
    assert cars.run("display r(sd)") == ".\n"
    assert detail(np.array([3.0])).skewness == 2.0**1023


def test_results_are_those_of_the_last_variable():
    """r() holds the last variable's results, percentiles with detail only."""
    cars = Cars()
    cars.run("summarize mpg weight")
    assert cars.value("r(mean)") == pytest.approx(cars.array("weight").mean(), rel=1e-12)
    assert cars.run("display r(p50)") == ".\n"
    cars.run("summarize mpg, detail")
    assert cars.value("r(p50)") == 20
    assert cars.run("summarize mpg, meanonly") == ""
    assert cars.run("display r(sd) r(max)") == ".41\n"


def test_groups_are_summarised_one_by_one():
    """With by, each group has a heading and a table of its own."""
    printed = Cars().run("bysort foreign: summarize price")
    assert "-> foreign = Domestic" in printed
    assert "       price |         22    6384.682    2621.915       3748      12990" in printed


def test_no_observations_is_no_error():
    """Nothing to summarise: the count is zero and the mean missing."""
    cars = Cars()
    assert cars.run("summarize mpg if mpg > 100").splitlines()[-1] == "         mpg |          0"
    assert cars.run("display r(N) r(mean)") == "0.\n"
    assert summarize(np.empty(0)).n == 0


@pytest.mark.parametrize(("command", "code"), [("summarize foo", 111), ("summarize mpg, format", 198)])
def test_refusals(command: str, code: int):
    """What is not in the subset is refused with its return code."""
    assert Cars().code(command) == code
