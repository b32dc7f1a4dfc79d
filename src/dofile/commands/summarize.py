"""`summarize`."""

from __future__ import annotations

import numpy as np

from dofile import errors
from dofile.commands.sample import numbers
from dofile.layout import summary as layout
from dofile.results import Results
from dofile.session import Session
from dofile.stats import summary as stats
from dofile.stats.summary import Detail, Summary
from dofile.syntax import Call


def summarize(session: Session, call: Call) -> None:
    """Show means and spread."""
    options = call.options
    if options.get("separator", 0) < 0:
        raise errors.option_invalid("separator")
    if "detail" in options and "meanonly" in options:
        raise errors.DoError(198, "options detail and meanonly may not be combined")
    columns = []
    for name in call.names:
        variable = session.data[name]
        columns.append(np.empty(0) if variable.is_string else numbers(variable, call.rows))
    results = session.r
    results.clear()
    if "detail" in options:
        details = [stats.detail(values) for values in columns]
        for name, detail in zip(call.names, details, strict=True):
            session.out(layout.detail(session.data[name].label or name, detail))
        if details:
            _keep(results, details[-1].summary)
            _keep_detail(results, details[-1])
        return
    summaries = [stats.summarize(values) for values in columns]
    if "meanonly" not in options:
        rows = list(zip(call.names, summaries, strict=True))
        session.out(layout.table(rows, int(options.get("separator", 5))))
    if summaries:
        _keep(results, summaries[-1], spread="meanonly" not in options)


def _keep(results: Results, one: Summary, *, spread: bool = True) -> None:
    results.set("N", one.n)
    results.set("sum_w", one.n)
    results.set("sum", one.sum)
    if not one.n:
        return
    results.set("mean", one.mean)
    results.set("min", one.low)
    results.set("max", one.high)
    if spread:
        results.set("Var", one.variance)
        results.set("sd", one.sd)


def _keep_detail(results: Results, detail: Detail) -> None:
    if not detail.summary.n:
        return
    results.set("skewness", detail.skewness)
    results.set("kurtosis", detail.kurtosis)
    for percent, value in detail.percentiles.items():
        results.set(f"p{percent}", value)
