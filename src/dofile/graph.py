"""Graphs as SVG, the same bytes for the same data: histograms, points, lines, fitted lines.

A graph is dark ink on its own white paper, so that it can be read on any page, light or dark, without the page's help.
A page that knows its theme can still turn paper and ink round.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from dofile.values import Floats

INK, GRID, PAPER = "#1b2a30", "#dbe2e4", "#ffffff"
# Told apart by lightness too, for those who cannot tell the hues.
COLOURS = ("#00798c", "#c8553d", "#6a4c93", "#8a6d00", "#2f4858", "#b0357c")
MARKERS = "oDs^vP"
# From here on points are an image within the graph: as shapes they would take megabytes.
MANY = 5_000
_STYLE: Any = {
    "svg.hashsalt": "dofile",
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "savefig.dpi": 200,
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": INK,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.unicode_minus": False,
    "grid.color": GRID,
    "xtick.color": INK,
    "ytick.color": INK,
    "lines.linewidth": 1.6,
    "lines.markersize": 5,
    "legend.frameon": False,
}


@dataclass(frozen=True)
class Titles:
    """What is written around a graph; empty texts are left out."""

    title: str = ""
    x: str = ""
    y: str = ""
    note: str = ""


@dataclass(frozen=True, eq=False)
class Series:
    """Points to draw: `kind` is scatter, line or lfit; `across` names x. Series of one `group` have one colour."""

    kind: str
    x: Floats
    y: Floats
    label: str
    group: str
    across: str


def plot(series: Sequence[Series], titles: Titles, *, legend: bool = False) -> str:
    """Draw series in one graph, and return it as SVG. `legend` names them."""

    def draw(axes: Axes) -> None:
        groups = list(dict.fromkeys(one.group for one in series))
        shown = [_series(axes, one, groups.index(one.group) % len(COLOURS)) for one in series]
        if legend:
            # To look for the best place among many points takes long.
            few = sum(len(one.x) for one in series) <= MANY
            axes.legend(shown, [one.label for one in series], loc="best" if few else "upper right")

    return _graph(draw, titles)


def histogram(edges: Floats, heights: Floats, titles: Titles) -> str:
    """Draw a histogram of bars between edges, one more than heights, and return it as SVG."""

    def draw(axes: Axes) -> None:
        look: Any = {"align": "edge", "color": COLOURS[0], "edgecolor": PAPER, "linewidth": 0.8}
        axes.bar(edges[:-1], heights, np.diff(edges), **look)
        axes.grid(False, axis="x")

    return _graph(draw, titles)


def fitted(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return the ends of the line of least squares through points; one point, if all have the same x."""
    ends = np.array([x.min(), x.max()])
    deviations = x - x.mean()
    spread = float(deviations @ deviations)
    if not spread:
        return ends[:1], np.array([y.mean()])
    return ends, y.mean() + float(deviations @ y) / spread * (ends - x.mean())


def _series(axes: Axes, one: Series, at: int) -> Artist:
    image, colour = len(one.x) > MANY, COLOURS[at]
    if one.kind == "scatter":
        look: Any = {"linestyle": "", "marker": MARKERS[at], "markeredgewidth": 0, "alpha": 0.85}
        return axes.plot(one.x, one.y, color=colour, rasterized=image, **look)[0]
    x, y = fitted(one.x, one.y) if one.kind == "lfit" else (one.x, one.y)
    return axes.plot(x, y, color=colour, rasterized=image and one.kind == "line")[0]


def _graph(draw: Callable[[Axes], None], titles: Titles) -> str:
    with matplotlib.rc_context({**matplotlib.rcParamsDefault, **_STYLE}):
        figure = Figure(figsize=(5.6, 3.6), layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        draw(axes)
        axes.set(xlabel=titles.x, ylabel=titles.y)
        if titles.title:
            figure.suptitle(titles.title, fontsize="large")
        if titles.note:
            figure.supxlabel(titles.note, fontsize="small", x=0.01, ha="left")
        written = io.StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None, "Title": titles.title})
    return written.getvalue()
