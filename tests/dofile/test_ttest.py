"""`ttest`: layout and numbers as published in [R] ttest, and against scipy."""

from __future__ import annotations

import pytest
from scipy import stats

from tests.dofile.cars import Cars

# [R] ttest, example 1.
ONE_SAMPLE = """
One-sample t test
------------------------------------------------------------------------------
Variable |     Obs        Mean    Std. err.   Std. dev.   [95% conf. interval]
---------+--------------------------------------------------------------------
     mpg |      74     21.2973    .6725511    5.785503     19.9569    22.63769
------------------------------------------------------------------------------
    mean = mean(mpg)                                              t =   1.9289
H0: mean = 20                                    Degrees of freedom =       73

    Ha: mean < 20               Ha: mean != 20                 Ha: mean > 20
 Pr(T < t) = 0.9712         Pr(|T| > |t|) = 0.0576          Pr(T > t) = 0.0288
"""
TWO_GROUPS = """
Two-sample t test with equal variances
------------------------------------------------------------------------------
   Group |     Obs        Mean    Std. err.   Std. dev.   [95% conf. interval]
---------+--------------------------------------------------------------------
Domestic |      52    19.82692     .657777    4.743297    18.50638    21.14747
 Foreign |      22    24.77273     1.40951    6.611187    21.84149    27.70396
---------+--------------------------------------------------------------------
Combined |      74     21.2973    .6725511    5.785503     19.9569    22.63769
---------+--------------------------------------------------------------------
    diff |           -4.945804    1.362162               -7.661225   -2.230384
------------------------------------------------------------------------------
    diff = mean(Domestic) - mean(Foreign)                         t =  -3.6308
H0: diff = 0                                     Degrees of freedom =       72

    Ha: diff < 0                 Ha: diff != 0                 Ha: diff > 0
 Pr(T < t) = 0.0003         Pr(|T| > |t|) = 0.0005          Pr(T > t) = 0.9997
"""


def test_one_sample_has_the_published_layout():
    """A mean against a number."""
    assert Cars().run("ttest mpg == 20") == ONE_SAMPLE


def test_two_groups_have_the_published_layout():
    """Two groups, named by their labels, and both together."""
    assert Cars().run("ttest mpg, by(foreign)") == TWO_GROUPS


def test_unequal_variances_have_satterthwaites_degrees_of_freedom():
    """Statistic and probability are those of scipy's test without equal variances."""
    cars = Cars()
    printed = cars.run("ttest price, by(foreign) unequal")
    # Cleves on Statalist (2002-09) printed t = -0.4430 with 46.4471 degrees of freedom for this test.
    assert "    diff = mean(Domestic) - mean(Foreign)                         t =  -0.4430\n" in printed
    assert "H0: diff = 0                     Satterthwaite's degrees of freedom =  46.4471\n" in printed
    foreign = cars.array("foreign") == 1
    expected = stats.ttest_ind(cars.array("price")[~foreign], cars.array("price")[foreign], equal_var=False)
    assert cars.value("r(t)") == pytest.approx(expected.statistic, rel=1e-10)
    assert cars.value("r(p)") == pytest.approx(expected.pvalue, rel=1e-10)


def test_pairs_are_compared_by_their_difference():
    """Two variables are pairs."""
    cars = Cars()
    printed = cars.run("ttest mpg == trunk, level(90)")
    assert "     mean(diff) = mean(mpg - trunk)                               t =   7.2273\n" in printed
    assert "[90% conf. interval]" in printed
    expected = stats.ttest_rel(cars.array("mpg"), cars.array("trunk"))
    assert cars.value("r(t)") == pytest.approx(expected.statistic, rel=1e-10)


def test_one_value_has_no_test():
    """What cannot be computed is missing."""
    assert "t =        .\n" in Cars().run("ttest mpg == 3 in 1")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("ttest mpg, by(rep78)", 420),
        ("ttest mpg if foreign == 1, by(foreign)", 420),
        ("ttest mpg if mpg > 100, by(foreign)", 2000),
        ("ttest mpg", 198),
        ("ttest make == 3", 109),
        ("ttest foo == 3", 111),
        ("ttest mpg == 3, by(foreign)", 198),
        ("ttest mpg == 3, level(101)", 198),
    ],
)
def test_refusals(command: str, code: int):
    """More or fewer than two groups, no observations and wrong options are refused."""
    assert Cars().code(command) == code
