"""`histogram`, `scatter`, `line`, `twoway`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from dofile import control, errors, graph, syntax, table
from dofile.commands.sample import complete, numbers, taken
from dofile.format import fmt
from dofile.graph import Series, Titles
from dofile.session import Session
from dofile.syntax import Call
from dofile.values import Floats

_SCALES = {"density": "Density", "fraction": "Fraction", "frequency": "Frequency", "percent": "Percent"}


def histogram(session: Session, call: Call) -> None:
    """Draw a histogram. Raises r(2000) without observations, r(198) where the bars cannot be as they are asked for."""
    options = call.options
    variable = session.data[call.names[0]]
    values = numbers(variable, call.rows)
    if not len(values):
        raise errors.no_observations()
    scales = [name for name in _SCALES if name in options] or ["density"]
    if len(scales) > 1:
        raise errors.DoError(198, f"options {scales[0]} and {scales[1]} may not be combined")
    start, width, bins = _bins(values, call)
    edges = np.asarray(start + width * np.arange(bins + 1), dtype=np.float64)
    # A value on the last edge belongs to the last bar, whatever the edge was rounded to.
    places = np.minimum(np.floor((values - start) / width * (1 + 1e-12)).astype(int), bins - 1)
    counts = np.bincount(places, minlength=bins)
    scale = {"density": len(values) * width, "fraction": len(values), "frequency": 1, "percent": len(values) / 100}
    heights = (counts / scale[scales[0]]).astype(np.float64)
    session.out(f"(bin={bins}, start={fmt(start, '%10.0g').strip()}, width={fmt(width, '%10.0g').strip()})")
    titles = _titles(call, variable.label or variable.name, _SCALES[scales[0]])
    session.display(graph.histogram(edges, heights, titles))
    session.r.clear()
    for name, value in (("N", len(values)), ("bin", bins), ("start", start), ("width", width)):
        session.r.set(name, value)
    session.r.set("min", float(values.min()))
    session.r.set("max", float(values.max()))


def scatter(session: Session, call: Call) -> None:
    """Draw points, or lines through points."""
    _draw(session, call, list(_plotted(session, call)))


def twoway(session: Session, call: Call) -> None:
    """Draw points, lines and fitted lines in one graph. Raises r(198) for other plots."""
    series: list[Series] = []
    for text in _plots(call.text):
        name, _, rest = text.strip().partition(" ")
        plot = control.parse_as(session, table.plot(name), rest, (), call.where)
        plot = replace(plot, rows=np.intersect1d(plot.rows, call.rows, assume_unique=True))
        series += _plotted(session, plot, sort="sort" in call.options)
    if not series:
        raise errors.DoError(100, "plot required")
    _draw(session, call, series)


def _bins(values: Floats, call: Call) -> tuple[float, float, int]:
    """Return (start, width, number of bars): as asked, or as many as the root of n, at most 10 log10(n)."""
    options, start, high = call.options, float(values.min()), float(values.max())
    if "bin" in options and "width" in options:
        raise errors.DoError(198, "options bin() and width() may not be combined")
    if options.get("width", 1) <= 0 or options.get("bin", 1) <= 0:
        raise errors.option_invalid("width" if "width" in options else "bin")
    if "width" in options:
        width = float(options["width"])
        return start, width, max(math.ceil((high - start) / width * (1 - 1e-12)), 1)
    bins = int(options.get("bin", max(min(math.sqrt(len(values)), 10 * math.log10(len(values))), 1)))
    return start, (high - start) / bins if high > start else 1.0, bins if high > start else 1


def _plots(text: str) -> Iterator[str]:
    """Give the plots of `(plot) (plot)`, `plot || plot`, or `plot`."""
    text = text.strip()
    if not text.startswith("("):
        yield from (part for part in text.split("||") if part.strip())
        return
    begin = 0
    for at, character, depth in syntax.scan(text):
        if character == "(" and not depth:
            begin = at + 1
        elif character == ")" and not depth:
            yield text[begin:at]
            begin = at + 1
        elif not depth and not character.isspace():
            raise errors.invalid_syntax()


def _plotted(session: Session, call: Call, *, sort: bool = False) -> Iterator[Series]:
    """Give the series of one plot: the last variable is x, each other one is y. Raises r(109), r(2000)."""
    *names, across = call.names
    for name in call.names:
        if session.data[name].is_string:
            raise errors.string_not_allowed(name)
    for name in names:
        rows = complete(session.data, (name, across), call.rows)
        x, y = taken(session.data[across], rows), taken(session.data[name], rows)
        if (sort or "sort" in call.options) and call.spec.name == "line":
            order = np.argsort(x, kind="stable")
            x, y = x[order], y[order]
        if len(x):
            label = "Fitted values" if call.spec.name == "lfit" else session.data[name].label or name
            yield Series(call.spec.name, x, y, label, name, session.data[across].label or across)


def _draw(session: Session, call: Call, series: Sequence[Series]) -> None:
    if not series:
        raise errors.no_observations()
    alone = len(series) == 1
    titles = _titles(call, series[0].across, series[0].label if alone else "")
    named = call.options.get("legend", "off" if alone else "on") == "on"
    session.display(graph.plot(series, titles, legend=named))


def _titles(call: Call, x: str, y: str) -> Titles:
    options = call.options
    texts = {name: options.get(name, "") for name in ("title", "note")}
    return Titles(**texts, x=options.get("xtitle", x), y=options.get("ytitle", y))
