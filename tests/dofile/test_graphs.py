"""Graphs: what is drawn, what is said of it, and that the same data give the same bytes."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from dofile.graph import MANY, Series, Titles, fitted, histogram, plot
from tests.dofile.cars import Cars


def shapes(svg: str, kind: str) -> int:
    """Count the groups of shapes of one kind, as matplotlib names them."""
    return sum(str(element.get("id", "")).startswith(kind) for element in ET.fromstring(svg).iter())


def test_histogram_says_its_bars():
    """By default there are as many bars as the root of the count ([R] histogram: 8 from 12, each 3.625 wide)."""
    cars = Cars()
    assert cars.run("histogram mpg") == "(bin=8, start=12, width=3.625)\n"
    assert len(cars.graphs) == 1
    assert cars.value("r(bin)") == 8
    assert cars.run("histogram mpg, width(2.5) frequency") == "(bin=12, start=12, width=2.5)\n"


def test_the_largest_value_belongs_to_the_last_bar():
    """All values are counted, whatever their edges are rounded to."""
    cars = Cars()
    cars.put("tenth", np.arange(74) / 10)
    assert cars.run("histogram tenth, width(.1)").startswith("(bin=73,")


def test_a_graph_is_the_same_bytes_each_time():
    """Nothing in a graph depends on the moment or the process."""
    bars = np.array([0.0, 1.0, 2.0]), np.array([3.0, 1.0])
    assert histogram(*bars, Titles("Ages", x="x", y="y")) == histogram(*bars, Titles("Ages", x="x", y="y"))
    assert "<dc:date>" not in histogram(*bars, Titles())


def test_plots_share_one_graph():
    """Points and lines of one variable have one colour; the legend names them."""
    cars = Cars()
    cars.run("twoway (scatter mpg weight if foreign == 1) (lfit mpg weight) (line trunk weight, sort), title(Cars)")
    svg = cars.graphs[0]
    assert len(re.findall('<use [^>]*style="fill: #00798c', svg)) > 22
    assert shapes(svg, "legend_1") == 1
    assert svg.count("#00798c") > 1


def test_one_plot_has_no_legend():
    """A legend is drawn where there is more than one plot, unless it is turned off."""
    cars = Cars()
    cars.run("scatter mpg weight")
    cars.run("twoway (scatter mpg weight) (lfit mpg weight), legend(off)")
    cars.run("twoway scatter mpg weight || lfit mpg weight, legend(on)")
    assert [shapes(svg, "legend_1") for svg in cars.graphs] == [0, 0, 1]


def test_many_points_are_an_image():
    """A million shapes would be megabytes; many points become one image within the graph."""
    x = np.arange(float(MANY + 1))
    svg = plot([Series("scatter", x, x, "y", "y", "x")], Titles())
    assert "<image" in svg
    assert len(svg) < 200_000


def test_the_fitted_line_is_that_of_least_squares():
    """Its ends lie at the ends of x."""
    x, y = np.array([1.0, 2.0, 4.0]), np.array([3.0, 5.0, 9.0])
    ends, heights = fitted(x, y)
    assert ends.tolist() == [1, 4]
    assert heights == pytest.approx([3, 9])


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("histogram make", 109),
        ("histogram mpg if mpg > 100", 2000),
        ("histogram mpg, bin(3) width(2)", 198),
        ("histogram mpg, kdensity", 198),
        ("scatter mpg foo", 111),
        ("scatter mpg", 102),
        ("scatter mpg weight, mcolor(red)", 198),
        ("twoway (area mpg weight)", 198),
        ("twoway (scatter mpg weight), legend(position(6))", 198),
        ("twoway (scatter mpg weight) lfit", 198),
    ],
)
def test_refusals(command: str, code: int):
    """Plots and options that are not in the subset are refused, and nothing is drawn."""
    cars = Cars()
    assert cars.code(command) == code
    assert not cars.graphs
