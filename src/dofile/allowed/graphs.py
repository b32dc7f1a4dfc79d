"""Commands for graphs, and the plots of `twoway`."""

from __future__ import annotations

from dofile.allowed.spec import Option, Spec

_SORT = Option("sort", "draw lines in order of x")
_TITLES = (
    Option("title", "title above", 2, "text"),
    Option("subtitle", "second line of the title", 3, "text"),
    Option("xtitle", "title of the horizontal axis", 3, "text"),
    Option("ytitle", "title of the vertical axis", 3, "text"),
    Option("note", "note below", value="text"),
    Option("legend", '`off`, or the series to name: `order(1 "text" 2 "text")`', 3, "text"),
    Option("name", "name of the graph, with `, replace`", value="text"),
)

GRAPHS: tuple[Spec, ...] = (
    Spec(
        *("histogram", "Draw a histogram.", "histogram var [if] [in] [, options]", 4),
        takes="variables",
        least=1,
        most=1,
        if_=True,
        in_=True,
        options=(
            Option("bin", "number of bars", value="integer"),
            Option("width", "width of a bar", 1, "number"),
            Option("start", "where the first bar begins", value="number"),
            Option("discrete", "a bar for each value", 1),
            Option("density", "scale to density", 3),
            Option("fraction", "scale to fractions", 4),
            Option("frequency", "scale to frequencies", 4),
            Option("percent", "scale to percentages"),
            Option("normal", "with a normal density", 3),
            *_TITLES,
        ),
        r=("bin", "width", "start", "N", "min", "max"),
        family="graphs",
        refuses="`kdensity`, `by()`, `addlabels`, colours",
    ),
    Spec(
        *("scatter", "Draw a scatter plot.", "scatter y [y …] x [if] [in] [, options]", 2),
        takes="variables",
        least=2,
        if_=True,
        in_=True,
        options=_TITLES,
        family="graphs",
    ),
    Spec(
        *("line", "Draw lines through points.", "line y [y …] x [if] [in] [, options]"),
        takes="variables",
        least=2,
        if_=True,
        in_=True,
        options=(_SORT, *_TITLES),
        family="graphs",
    ),
    Spec(
        *("twoway", "Draw points, lines and fitted lines in one graph.", "twoway (plot …) [(plot …)] [, options]"),
        takes="raw",
        short=2,
        if_=True,
        in_=True,
        options=(_SORT, *_TITLES),
        family="graphs",
        refuses="plots other than `scatter`, `line` and `lfit`",
    ),
)  # fmt: skip

# What stands in the parentheses of `twoway`.
PLOTS: tuple[Spec, ...] = (
    Spec("scatter", "Points.", "scatter y [y …] x [if] [in]", 2, takes="variables", least=2, if_=True, in_=True),
    Spec("line", "Lines through points.", "line y [y …] x [if] [in] [, sort]", takes="variables", least=2, if_=True,
         in_=True, options=(_SORT,)),
    Spec("lfit", "The line of least squares.", "lfit y x [if] [in]", takes="variables", least=2, most=2, if_=True,
         in_=True),
)  # fmt: skip
