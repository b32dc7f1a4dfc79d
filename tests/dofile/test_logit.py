"""`logit`, `predict` and `test` after it: as published in [R] logit, and against statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.discrete.discrete_model import Logit

from tests.dofile.cars import Cars

# [R] logit, example 1; each log likelihood ends with two blanks.
PLAIN = """
Iteration 0:  Log likelihood =  -45.03321\x20\x20
Iteration 1:  Log likelihood = -29.238536\x20\x20
Iteration 2:  Log likelihood = -27.244139\x20\x20
Iteration 3:  Log likelihood = -27.175277\x20\x20
Iteration 4:  Log likelihood = -27.175156\x20\x20
Iteration 5:  Log likelihood = -27.175156\x20\x20

Logistic regression                                     Number of obs =     74
                                                        LR chi2(2)    =  35.72
                                                        Prob > chi2   = 0.0000
Log likelihood = -27.175156                             Pseudo R2     = 0.3966

------------------------------------------------------------------------------
     foreign | Coefficient  Std. err.      z    P>|z|     [95% conf. interval]
-------------+----------------------------------------------------------------
      weight |  -.0039067   .0010116    -3.86   0.000    -.0058894    -.001924
         mpg |  -.1685869   .0919175    -1.83   0.067    -.3487418     .011568
       _cons |   13.70837   4.518709     3.03   0.002     4.851859    22.56487
------------------------------------------------------------------------------
"""
ODDS = """
Logistic regression                                     Number of obs =     74
                                                        Wald chi2(2)  =  25.77
                                                        Prob > chi2   = 0.0000
Log pseudolikelihood = -27.175156                       Pseudo R2     = 0.3966

------------------------------------------------------------------------------
             |               Robust
     foreign | Odds ratio   std. err.      z    P>|z|     [95% conf. interval]
-------------+----------------------------------------------------------------
      weight |   .9961009    .000876    -4.44   0.000     .9943855    .9978193
         mpg |   .8448578   .0943395    -1.51   0.131     .6787905    1.051554
       _cons |   898396.7    4121571     2.99   0.003     111.7929    7.22e+09
------------------------------------------------------------------------------
Note: _cons estimates baseline odds.
"""
TEST = """
 ( 1)  [foreign]weight - [foreign]mpg = 0

           chi2(  1) =    3.26
         Prob > chi2 =    0.0708
"""


def test_regression_has_the_published_layout():
    """Each iteration's log likelihood is the published one, and so is the table."""
    assert Cars().run("logit foreign weight mpg") == PLAIN


def test_odds_ratios():
    """With `or`, coefficients are odds ratios and so are the ends of their intervals."""
    assert Cars().run("logit foreign weight mpg, or robust nolog") == ODDS


@pytest.mark.parametrize(("options", "clustered"), [("", False), (", vce(cluster rep78)", True)])
def test_numbers_are_those_of_statsmodels(options: str, clustered: bool):
    """Coefficients and standard errors agree with statsmodels; clusters are corrected by G/(G-1)."""
    cars = Cars()
    cars.run(f"logit foreign gear_ratio mpg{options}")
    keep = ~np.isnan(cars.array("rep78")) if clustered else np.ones(74, dtype=bool)
    x = np.column_stack([cars.array("gear_ratio"), cars.array("mpg"), np.ones(74)])[keep]
    model = Logit(cars.array("foreign")[keep], x)
    expected = model.fit(disp=False, tol=1e-12)
    se = expected.bse
    if clustered:
        scores = model.score_obs(expected.params)
        groups = cars.array("rep78")[keep]
        sums = np.array([scores[groups == group].sum(axis=0) for group in np.unique(groups)])
        inverse = np.linalg.inv(model.hessian(expected.params))
        se = np.sqrt(np.diag(inverse @ (sums.T @ sums) @ inverse) * 5 / 4)
    for name, b, error in zip(("gear_ratio", "mpg", "_cons"), expected.params, se, strict=True):
        assert cars.value(f"_b[{name}]") == pytest.approx(b, rel=1e-7)
        assert cars.value(f"_se[{name}]") == pytest.approx(error, rel=1e-6)


def test_probabilities_are_predicted():
    """Without an option, predict gives probabilities, which add up to the successes."""
    cars = Cars()
    cars.run("logit foreign weight mpg")
    assert cars.run("predict double p") == "(option pr assumed; Pr(foreign))\n"
    assert cars.array("p").sum() == pytest.approx(22)
    cars.run("predict double xb, xb")
    assert cars.array("p") == pytest.approx(1 / (1 + np.exp(-cars.array("xb"))))


def test_hypotheses_are_tested_by_chi_squared():
    """Constraints name the equation, and the test is Wald's."""
    cars = Cars()
    cars.run("logit foreign weight mpg")
    assert cars.run("test weight = mpg") == TEST


def test_a_positive_outcome_is_any_number_but_zero():
    """Outcomes other than zero count as one."""
    cars = Cars()
    cars.put("sign", -3 * cars.array("foreign"))
    cars.run("logit sign weight mpg, nolog")
    assert cars.value("e(ll)") == pytest.approx(-27.175156, abs=1e-6)


def test_a_variable_that_predicts_perfectly_is_omitted():
    """Where a variable's values but one predict the outcome, it goes with their observations, as is said."""
    cars = Cars()
    cars.put("y", np.repeat([0.0, 1.0, 1.0], [49, 17, 8]))
    cars.put("x1", np.repeat([0.0, 1.0], [66, 8]))
    printed = cars.run("logit y x1 mpg")
    assert printed.startswith(
        "\nnote: x1 != 0 predicts success perfectly;\n      x1 omitted and 8 obs not used.\n\nIteration 0:  Log"
    )
    # The likelihood of 17 successes among 66, as published for the data of Heinze and Schemper (2002).
    assert "Iteration 0:  Log likelihood = -37.653392  \n" in printed
    assert "          x1 |          0  (omitted)\n" in printed
    assert cars.value("e(N)") == 66
    assert "(8 missing values generated)\n" in cars.run("predict p")
    assert cars.code("logit foreign i.rep78") == 498


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("logit mpg weight", 2000),
        ("logit foreign foreign", 2000),
        ("logit foreign weight if mpg > 100", 2000),
        ("logit foreign foo", 111),
        ("logit foreign weight, noconstant", 198),
        ("logit foreign weight, vce(jackknife)", 198),
    ],
)
def test_refusals(command: str, code: int):
    """Outcomes that do not vary or are predicted perfectly are refused, and what is not in the subset."""
    assert Cars().code(command) == code


def test_a_linear_combination_that_predicts_perfectly_does_not_converge():
    """Where the likelihood has no maximum, the search says so."""
    cars = Cars()
    cars.put("high", cars.array("weight") + 100 * cars.array("mpg") > 5000)
    assert cars.code("logit high weight mpg") == 430
