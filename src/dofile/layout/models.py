"""What stands above the table of coefficients: the analysis of variance, numbers of observations, tests of all."""

from __future__ import annotations

from collections.abc import Sequence

from dofile.layout.text import count, fixed, general, short
from dofile.stats.linear import LinearFit
from dofile.stats.logistic import LogitFit
from dofile.stats.wald import Wald
from dofile.values import MISSING

WIDTH = 78


def variance(fit: LinearFit) -> str:
    """Return the analysis of variance of a regression, beside its summary."""
    rows = [("Model", fit.mss, fit.df_m), ("Residual", fit.rss, fit.df_residual)]
    rows.append(("Total", fit.tss, fit.df_m + fit.df_residual))
    rule = "-" * 13 + "+" + "-" * 34
    left = ["      Source |       SS           df       MS   ", rule]
    left += [_squares(*row) for row in rows]
    left.insert(4, rule)
    right = _summary(fit, "Adj R-squared")
    lines = [f"{one:<48}   {label:<16}={value:>10}" for one, (label, value) in zip(left, right, strict=True)]
    return "\n".join(["", *lines, ""])


def linear(fit: LinearFit) -> str:
    """Return the summary of a regression with robust or clustered standard errors."""
    titles = ["Linear regression", "", "", "", ""]
    right = [row for row in _summary(fit, "") if row[0]]
    lines = [f"{title:<48}{label:<18}={value:>11}" for title, (label, value) in zip(titles, right, strict=True)]
    return "\n".join(["", *lines, ""])


def iterations(log: Sequence[float], robust: bool) -> str:
    """Return the log of iterations."""
    what = "Log pseudolikelihood" if robust else "Log likelihood"
    return "\n".join(["", *(f"Iteration {i}:  {what} = {general(ll, 10)}  " for i, ll in enumerate(log))])


def logistic(fit: LogitFit, robust: bool) -> str:
    """Return the summary of a logistic regression."""
    likelihood = f"Log {'pseudo' if robust else ''}likelihood = {general(fit.ll, 10).strip()}"
    left = ["Logistic regression", "", "", likelihood]
    test = f"{'Wald' if robust else 'LR'} chi2({fit.df_m})"
    chi2 = "." if fit.chi2 >= MISSING else f"{fit.chi2:.2f}"
    right = [("Number of obs", f"{fit.n:,}"), (test, chi2)]
    right += [("Prob > chi2", _decimals(fit.p)), ("Pseudo R2", _decimals(fit.r2_p))]
    names, values = (max(len(row[i]) for row in right) for i in (0, 1))
    start = WIDTH - names - 3 - values
    lines = [
        f"{one:<{start}}{name:<{names}} = {value:>{values}}" for one, (name, value) in zip(left, right, strict=True)
    ]
    return "\n".join(["", *lines, ""])


def wald(constraints: Sequence[str], result: Wald) -> str:
    """Return the test of linear hypotheses."""
    lines = ["", *(f" ({number:>2})  {text}" for number, text in enumerate(constraints, 1))]
    lines += [f"       Constraint {i + 1} dropped" for i in result.dropped]
    if result.df_r is None:
        head, foot = f"chi2({result.df:>3})", "Prob > chi2"
    else:
        head, foot = f"F({result.df:>3},{result.df_r:>6.0f})", "Prob > F"
    return "\n".join(
        [*lines, "", f"{head:>20} ={fixed(result.statistic, 8, 2)}", f"{foot:>20} =  {fixed(result.p, 8, 4)}"]
    )


def _decimals(value: float) -> str:
    return "." if value >= MISSING else f"{value:.4f}"


def _squares(name: str, squares: float, df: int) -> str:
    mean = squares / df if df else MISSING
    return f"{name:>12} | {general(squares, 11)}{count(df, 10)} {general(mean, 11)}"


def _summary(fit: LinearFit, adjusted: str) -> list[tuple[str, str]]:
    """Return the five or six facts beside the table; `adjusted` is a label, or empty where it is not shown."""
    facts = [("Number of obs", f"{fit.n:,}"), (f"F({fit.df_f}, {fit.df_r})", fixed(fit.f, 9, 2).strip())]
    facts += [("Prob > F", _decimals(fit.p)), ("R-squared", _decimals(fit.r2))]
    return [*facts, (adjusted, _decimals(fit.r2_a)), ("Root MSE", short(fit.rmse))]
