"""What must hold of statistics whatever the data are: invariances, and agreement with numpy and statsmodels."""

from __future__ import annotations

from typing import Any

import numpy as np
import statsmodels.api as sm
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dofile import Session
from dofile.data import Variable
from dofile.values import MISSING

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
MOMENTS = ("N", "mean", "sd", "Var", "min", "max", "sum")
whole = st.integers(-50, 50)
seeds = st.integers(0, 2**32 - 1)


def session(**columns: Any) -> Session:
    """A session with these columns as doubles; NaN is `.`."""
    new = Session(write=lambda _: None, show=lambda _: None)
    for name, values in columns.items():
        data = np.where(np.isnan(values), MISSING, values)
        new.data.add(Variable(name, "double", data))
    return new


def results(kind: Any, *names: str) -> list[float]:
    """The scalars of these names."""
    return [float(kind.scalars[name]) for name in names]


def sample(seed: int, n: int = 60, holes: bool = True) -> dict[str, np.ndarray[Any, Any]]:
    """Random y, x, z and a group g from 1 to 4, with some missing values."""
    random = np.random.default_rng(seed)
    x, z = random.normal(size=n), random.uniform(size=n)
    g = random.integers(1, 5, size=n).astype(float)
    g[:4] = [1, 2, 3, 4]
    y = 1 + 2 * x - z + 0.5 * g + random.normal(size=n)
    if holes:
        for column in (y, x, g):
            column[random.integers(4, n, size=3)] = np.nan
    return {"y": y, "x": x, "z": z, "g": g}


@QUICK
@given(arrays(float, st.integers(2, 40), elements=whole.map(float)), st.data())
def test_summarize_is_numpy_on_what_is_not_missing(values: np.ndarray[Any, Any], data: st.DataObject) -> None:
    """`summarize` gives numpy's moments of the values that are not missing, `.a` included among the missing."""
    holes = data.draw(arrays(bool, len(values)))
    assume((~holes).sum() >= 2)
    present = values[~holes]
    do = session(x=np.where(holes, np.nan, values))
    do.run("replace x = .a if x == . & mod(_n, 2)")
    do.run("summarize x, detail")
    expected = [len(present), present.mean(), present.std(ddof=1), present.var(ddof=1), present.min(), present.max()]
    np.testing.assert_allclose(results(do.r, *MOMENTS), [*expected, present.sum()], rtol=1e-12, atol=1e-9)
    percentiles = np.percentile(present, [1, 25, 50, 75, 99], method="averaged_inverted_cdf")
    np.testing.assert_allclose(results(do.r, "p1", "p25", "p50", "p75", "p99"), percentiles)


@QUICK
@given(seeds)
def test_summarize_does_not_mind_the_order(seed: int) -> None:
    """The order of observations changes no result but by rounding."""
    columns = sample(seed)
    order = np.random.default_rng(seed).permutation(len(columns["y"]))
    before, after = session(**columns), session(**{name: values[order] for name, values in columns.items()})
    for do in (before, after):
        do.run("summarize y, detail")
    names = [*MOMENTS, "skewness", "kurtosis", "p10", "p50", "p90"]
    np.testing.assert_allclose(results(before.r, *names), results(after.r, *names), rtol=1e-10)


@QUICK
@given(seeds, st.floats(0.01, 1000), st.floats(-1000, 1000))
def test_tests_do_not_mind_the_unit(seed: int, factor: float, shift: float) -> None:
    """t of `ttest` and the correlation are the same in another unit."""
    columns = sample(seed)
    columns["h"] = (columns["g"] > 2).astype(float)
    do = session(**columns)
    do.run(f"generate double w = y * {factor!r} + {shift!r}")
    found = []
    for name in ("y", "w"):
        do.run(f"ttest {name}, by(h)")
        found.append(results(do.r, "t", "p", "df_t"))
        do.run(f"correlate {name} x")
        found[-1].append(do.r.scalars["rho"])
    np.testing.assert_allclose(found[0], found[1], rtol=1e-6, atol=1e-9)


@QUICK
@given(seeds, st.sampled_from(["", "vce(robust)", "vce(cluster c)"]))
def test_regress_is_statsmodels(seed: int, vce: str) -> None:
    """`regress` with a factor and missing values gives what statsmodels gives on the complete observations."""
    columns = sample(seed)
    columns["c"] = np.repeat(np.arange(12.0), 5)
    do = session(**columns)
    do.run(f"regress y x z i.g, {vce}" if vce else "regress y x z i.g")
    complete = ~np.isnan(columns["y"] + columns["x"] + columns["g"])
    kept = {name: values[complete] for name, values in columns.items()}
    dummies = [(kept["g"] == level).astype(float) for level in (2, 3, 4)]
    design = np.column_stack([kept["x"], kept["z"], *dummies, np.ones(complete.sum())])
    kinds: dict[str, dict[str, Any]] = {
        "": {},
        "vce(robust)": {"cov_type": "HC1"},
        "vce(cluster c)": {"cov_type": "cluster", "cov_kwds": {"groups": kept["c"]}},
    }
    model = sm.OLS(kept["y"], design).fit(use_t=True, **kinds[vce])
    assert do.e.model is not None
    used = np.flatnonzero(np.diag(do.e.model.V))
    np.testing.assert_allclose(do.e.model.b[used], model.params, rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(np.sqrt(np.diag(do.e.model.V)[used]), model.bse, rtol=1e-7)
    assert do.e.scalars["N"] == complete.sum()
    np.testing.assert_allclose(results(do.e, "r2", "rmse"), [model.rsquared, np.sqrt(model.mse_resid)], rtol=1e-9)


@QUICK
@given(seeds, st.floats(0.1, 100), st.floats(-100, 100))
def test_regress_does_not_mind_units(seed: int, factor: float, shift: float) -> None:
    """A regressor in another unit has the coefficient divided, and the same t, fit and predictions."""
    do = session(**sample(seed, holes=False))
    do.run(f"generate double w = x * {factor!r} + {shift!r}")
    do.run("regress y x z\npredict double one")
    first = [do.e.model, *results(do.e, "r2", "F", "ll")]
    do.run("regress y w z\npredict double two")
    second = [do.e.model, *results(do.e, "r2", "F", "ll")]
    np.testing.assert_allclose(first[0].b[0], second[0].b[0] * factor, rtol=1e-7)
    np.testing.assert_allclose(first[0].V[0, 0], second[0].V[0, 0] * factor**2, rtol=1e-6)
    np.testing.assert_allclose(first[1:], second[1:], rtol=1e-7)
    np.testing.assert_allclose(do.data["one"].data, do.data["two"].data, rtol=1e-6, atol=1e-8)


@QUICK
@given(seeds)
def test_residuals_are_orthogonal(seed: int) -> None:
    """Residuals of a regression add up to nothing, also beside each regressor; y is fit plus residual."""
    columns = sample(seed, holes=False)
    do = session(**columns)
    do.run("regress y x i.g\npredict double fit\npredict double rest, residuals")
    rest = do.data["rest"].data
    assert abs(rest.sum()) < 1e-9
    assert abs(rest @ columns["x"]) < 1e-9
    np.testing.assert_allclose(do.data["fit"].data + rest, columns["y"], rtol=1e-12, atol=1e-12)


@QUICK
@given(seeds)
def test_logit_is_statsmodels(seed: int) -> None:
    """`logit` gives statsmodels' estimates, with observed information and robust."""
    columns = sample(seed, n=120)
    random = np.random.default_rng(seed)
    columns["d"] = (columns["x"] + random.logistic(size=120) > 0).astype(float)
    columns["d"][np.isnan(columns["x"])] = np.nan
    complete = ~np.isnan(columns["x"])
    design = np.column_stack([columns["x"][complete], columns["z"][complete], np.ones(complete.sum())])
    model = sm.Logit(columns["d"][complete], design).fit(disp=0, method="newton", maxiter=100, tol=1e-12)
    do = session(**columns)
    do.run("logit d x z")
    np.testing.assert_allclose(do.e.model.b, model.params, rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(np.sqrt(np.diag(do.e.model.V)), model.bse, rtol=1e-6)
    np.testing.assert_allclose(results(do.e, "ll", "ll_0"), [model.llf, model.llnull], rtol=1e-9)
    n = complete.sum()
    robust = sm.Logit(columns["d"][complete], design).fit(disp=0, cov_type="HC0", maxiter=100, tol=1e-12)
    do.run("logit d x z, robust")
    np.testing.assert_allclose(np.sqrt(np.diag(do.e.model.V)), robust.bse * np.sqrt(n / (n - 1)), rtol=1e-6)


@QUICK
@given(seeds)
def test_test_of_one_coefficient_is_the_square_of_t(seed: int) -> None:
    """F of `test x` is the square of x's t, and of all regressors is the model's F."""
    do = session(**sample(seed))
    do.run("regress y x z\ntest x")
    t = do.e.model.b[0] / np.sqrt(do.e.model.V[0, 0])
    np.testing.assert_allclose(do.r.scalars["F"], t**2, rtol=1e-9)
    do.run("test x z")
    np.testing.assert_allclose(do.r.scalars["F"], do.e.scalars["F"], rtol=1e-9)


@QUICK
@given(arrays(np.int64, (2, 3), elements=st.integers(1, 30)))
def test_chi2_of_a_table_is_scipys(counts: np.ndarray[Any, Any]) -> None:
    """Pearson's chi-squared of `tabulate` is scipy's, and does not mind which variable is in the rows."""
    from scipy.stats import chi2_contingency  # noqa: PLC0415

    a = np.repeat([0.0, 0, 0, 1, 1, 1], counts.ravel())
    b = np.repeat([0.0, 1, 2, 0, 1, 2], counts.ravel())
    do = session(a=a, b=b)
    expected = chi2_contingency(counts, correction=False)
    for variables in ("a b", "b a"):
        do.run(f"tabulate {variables}, chi2")
        np.testing.assert_allclose(results(do.r, "chi2", "p"), [expected.statistic, expected.pvalue], rtol=1e-9)
        assert do.r.scalars["N"] == counts.sum()
