"""`regress`, `predict` and `test` after it: published layout and numbers, and statsmodels' own."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.regression.linear_model import OLS

from tests.dofile.cars import Cars

# [R] regress, example 1 (in its form of earlier releases); [U] 20 prints it too.
PLAIN = """
      Source |       SS           df       MS      Number of obs   =        74
-------------+----------------------------------   F(2, 71)        =     69.75
       Model |   1619.2877         2  809.643849   Prob > F        =    0.0000
    Residual |  824.171761        71   11.608053   R-squared       =    0.6627
-------------+----------------------------------   Adj R-squared   =    0.6532
       Total |  2443.45946        73  33.4720474   Root MSE        =    3.4071

------------------------------------------------------------------------------
         mpg | Coefficient  Std. err.      t    P>|t|     [95% conf. interval]
-------------+----------------------------------------------------------------
      weight |  -.0065879   .0006371   -10.34   0.000    -.0078583   -.0053175
     foreign |  -1.650029   1.075994    -1.53   0.130      -3.7955    .4954422
       _cons |    41.6797   2.165547    19.25   0.000     37.36172    45.99768
------------------------------------------------------------------------------
"""
ROBUST = """note: twice omitted because of collinearity.

Linear regression                               Number of obs     =         69
                                                F(6, 62)          =       8.26
                                                Prob > F          =     0.0000
                                                R-squared         =     0.5010
                                                Root MSE          =     2154.6

------------------------------------------------------------------------------
             |               Robust
       price | Coefficient  std. err.      t    P>|t|     [95% conf. interval]
-------------+----------------------------------------------------------------
      weight |   3.392021   .5422298     6.26   0.000     2.308119    4.475923
       twice |          0  (omitted)
             |
       rep78 |
          2  |   542.3997   1177.039     0.46   0.647    -1810.468    2895.267
          3  |   836.6638   773.7318     1.08   0.284     -710.004    2383.332
          4  |    521.878    918.467     0.57   0.572    -1314.111    2357.867
          5  |   1096.374    1073.11     1.02   0.311    -1048.742     3241.49
             |
     foreign |
    Foreign  |   3530.574    911.072     3.88   0.000     1709.367    5351.781
       _cons |  -5950.765   1806.055    -3.29   0.002    -9561.016   -2340.513
------------------------------------------------------------------------------
"""
TEST = """
 ( 1)  2.rep78 - 4.rep78 = 0
 ( 2)  weight = 3

       F(  2,    63) =    1.42
            Prob > F =    0.2490
"""


def test_plain_regression_has_the_published_layout():
    """The analysis of variance stands beside the summary, the coefficients below."""
    assert Cars().run("regress mpg weight foreign") == PLAIN


def test_robust_regression_has_no_analysis_of_variance():
    """Factors have a block of levels without their base, collinear variables a note and a line."""
    cars = Cars()
    cars.put("twice", 2 * cars.array("weight"))
    assert cars.run("regress price weight twice i.rep78 i.foreign, vce(robust)") == ROBUST


@pytest.mark.parametrize(("options", "kind"), [("", "nonrobust"), (", robust", "HC1"), (", cluster(rep78)", "cluster")])
def test_covariances_are_those_of_statsmodels(options: str, kind: str):
    """Standard errors agree with statsmodels' HC1 and clustered ones to rounding."""
    cars = Cars()
    cars.run(f"regress price weight mpg{options}")
    keep = ~np.isnan(cars.array("rep78")) if kind == "cluster" else np.ones(74, dtype=bool)
    x = np.column_stack([cars.array("weight"), cars.array("mpg"), np.ones(74)])[keep]
    more = {"cov_kwds": {"groups": cars.array("rep78")[keep]}} if kind == "cluster" else {}
    expected = OLS(cars.array("price")[keep], x).fit(cov_type=kind, **more)
    for name, b, se in zip(("weight", "mpg", "_cons"), expected.params, expected.bse, strict=True):
        assert cars.value(f"_b[{name}]") == pytest.approx(b, rel=1e-9)
        assert cars.value(f"_se[{name}]") == pytest.approx(se, rel=1e-9)


def test_clusters_are_counted_above_the_table():
    """t has as many degrees of freedom as clusters less one; with too few of them there is no F."""
    cars = Cars()
    printed = cars.run("regress price weight i.rep78, vce(cluster rep78)")
    assert "                                  (Std. err. adjusted for 5 clusters in rep78)\n" in printed
    assert "Prob > F          =          .\n" in printed
    assert cars.value("e(df_r)") == 4


def test_the_base_can_be_chosen():
    """ib3. leaves level 3 out; levels have names of their own in _b."""
    cars = Cars()
    cars.run("regress price i.rep78")
    difference = cars.value("_b[2.rep78]") - cars.value("_b[3.rep78]")
    assert "          3  |" not in cars.run("regress price ib3.rep78")
    assert cars.value("_b[2.rep78]") == pytest.approx(difference)


def test_a_single_level_without_label_has_a_line_of_its_own():
    """An indicator without value label is one line, as any variable."""
    cars = Cars()
    cars.put("heavy", cars.array("weight") > 3000)
    lines = cars.run("regress price mpg i.heavy").splitlines()
    assert [line[:14] for line in lines[-4:-1]] == ["         mpg |", "     1.heavy |", "       _cons |"]


def test_no_constant():
    """Without a constant, sums of squares are about zero."""
    cars = Cars()
    cars.run("regress mpg weight, noconstant")
    y, x = cars.array("mpg"), cars.array("weight")
    assert cars.value("e(r2)") == pytest.approx((x @ y) ** 2 / (x @ x) / (y @ y))


def test_nearly_collinear_regressors_stay():
    """Powers of a year are close to collinear, but none is omitted."""
    cars = Cars()
    cars.put("year", 1990 + cars.array("mpg"))
    cars.put("square", cars.array("year") ** 2)
    assert "omitted" not in cars.run("regress price year square")


def test_predictions_and_residuals_add_up():
    """Fitted values and residuals make up the outcome; other observations are predicted too."""
    cars = Cars()
    cars.run("regress price weight if foreign == 1")
    assert cars.run("predict double fitted") == "(option xb assumed; fitted values)\n"
    assert cars.run("predict double rest if foreign == 1, residuals") == "(52 missing values generated)\n"
    fitted, rest, price = (cars.array(name) for name in ("fitted", "rest", "price"))
    assert not np.isnan(fitted).any()
    assert np.nanmax(np.abs(fitted + rest - price)) < 1e-9
    cars.run("predict shown")
    assert cars.session.data["shown"].type == "float"
    assert (cars.array("shown") == fitted.astype(np.float32)).all()


def test_hypotheses_have_the_published_layout():
    """Constraints are numbered and put in order of the coefficients."""
    cars = Cars()
    cars.run("regress price weight i.rep78, robust")
    assert cars.run("test (2.rep78 = 4.rep78) (weight = 3)") == TEST
    keep = ~np.isnan(cars.array("rep78"))
    factor = [cars.array("rep78") == level for level in (2, 3, 4, 5)]
    x = np.column_stack([cars.array("weight"), *factor, np.ones(74)])[keep].astype(float)
    expected = OLS(cars.array("price")[keep], x).fit(cov_type="HC1", use_t=True)
    tested = expected.f_test(([[0, 1, 0, -1, 0, 0], [1, 0, 0, 0, 0, 0]], [0, 3]))
    assert cars.value("r(F)") == pytest.approx(tested.fvalue, rel=1e-9)
    assert cars.value("r(p)") == pytest.approx(tested.pvalue, rel=1e-9)


def test_all_levels_of_a_factor_are_tested_together():
    """testparm tests each coefficient of its terms; the base has none."""
    cars = Cars()
    cars.run("regress price weight i.rep78")
    printed = cars.run("testparm i.rep78")
    assert printed == cars.run("test 2.rep78 3.rep78 4.rep78 5.rep78")
    assert " ( 4)  5.rep78 = 0" in printed
    assert cars.code("testparm mpg") == 111


def test_constraints_that_say_nothing_new_are_dropped():
    """A constraint that follows from others is named, and does not count."""
    cars = Cars()
    cars.run("regress price weight mpg")
    printed = cars.run("test (weight = 0) (2*weight = 0) (mpg = 0)")
    assert "       Constraint 2 dropped\n" in printed
    assert "       F(  2,    71) =" in printed


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("regress price foo", 111),
        ("regress price weight make", 2000),
        ("regress price i.make", 109),
        ("regress price i.gear_ratio", 452),
        ("regress price ib9.rep78", 198),
        ("regress price ib2.rep78 ib3.rep78", 198),
        ("regress price rep78##rep78", 198),
        ("regress price weight if mpg > 100", 2000),
        ("regress price weight in 1", 2001),
        ("regress price weight, vce(hc3)", 198),
        ("regress price weight, beta", 198),
        ("regress price weight, level(5)", 198),
        ("regress price weight if rep78 == 3, vce(cluster rep78)", 460),
        ("predict p", 301),
        ("test weight", 301),
    ],
)
def test_refusals(command: str, code: int):
    """What is not in the subset, and what cannot be estimated, is refused with its return code."""
    assert Cars().code(command) == code


@pytest.mark.parametrize(("command", "code"), [("test foo", 111), ("test weight +", 198), ("predict price", 110)])
def test_refusals_after_a_model(command: str, code: int):
    """A model does not make sense of everything."""
    cars = Cars()
    cars.run("regress price weight")
    assert cars.code(command) == code


# [R] regress fits this model to these cars; its table has the same numbers.
POLYNOMIAL = """
      weight |  -.0165729   .0039692    -4.18   0.000    -.0244892   -.0086567
             |
    c.weight#|
    c.weight |   1.59e-06   6.25e-07     2.55   0.013     3.45e-07    2.84e-06
             |
     foreign |
    Foreign  |    -2.2035   1.059246    -2.08   0.041      -4.3161   -.0909002
       _cons |   56.53884   6.197383     9.12   0.000     44.17855    68.89913
"""
CELLS = """
rep78#foreign |
   1#Foreign  |          0  (empty)
   2#Foreign  |          0  (empty)
   3#Foreign  |  -3866.574   2980.505    -1.30   0.199    -9826.462    2093.314
   4#Foreign  |  -1708.278   2746.365    -0.62   0.536    -7199.973    3783.418
   5#Foreign  |          0  (omitted)
"""


def test_a_product_of_variables_is_an_interaction():
    """c.weight##c.weight is the variable and its square."""
    assert POLYNOMIAL in Cars().run("regress mpg c.weight##c.weight i.foreign")


def test_interactions_of_factors_have_cells():
    """Cells that do not occur, and those that others determine, are said and shown; bases are not."""
    cars = Cars()
    printed = cars.run("regress price i.rep78##i.foreign")
    assert printed.splitlines()[:3] == [
        "note: 1b.rep78#1.foreign identifies no observations in the sample.",
        "note: 2.rep78#1.foreign identifies no observations in the sample.",
        "note: 5.rep78#1.foreign omitted because of collinearity.",
    ]
    assert CELLS in printed
    assert "3.rep78#1.foreign - 4.rep78#1.foreign = 0" in cars.run("test 3.rep78#1.foreign = 4.rep78#1.foreign")


def test_slopes_by_group():
    """A factor and a variable alone: each level has its slope, as two regressions would give."""
    cars = Cars()
    cars.run("regress price i.foreign##c.weight")
    difference = cars.value("_b[1.foreign#c.weight]")
    slope = cars.value("_b[weight]")
    cars.run("regress price weight if foreign == 1")
    assert slope + difference == pytest.approx(cars.value("_b[weight]"))
    assert cars.code("regress price foreign##rep78##c.mpg") == 198
