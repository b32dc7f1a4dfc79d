"""Commands for graphs, and the plots of `twoway`."""

from __future__ import annotations

from dofile.allowed.spec import IF_IN, Option, Spec

_SORT = Option("sort", "draw lines in order of x")
_TITLES = (
    Option("title", "title above", 2, "text"),
    Option("xtitle", "title of the horizontal axis", 3, "text"),
    Option("ytitle", "title of the vertical axis", 3, "text"),
    Option("note", "note below", value="text"),
)
_LEGEND = Option("legend", "whether the series are named", 3, "on|off")

GRAPHS: tuple[Spec, ...] = (
    Spec("histogram", "Draw a histogram.", "histogram var [if] [in] [, options]", 4,
         takes="variables", least=1, most=1, allows=IF_IN, options=(
             Option("bin", "number of bars", value="integer"),
             Option("width", "width of a bar", 1, "number"),
             Option("density", "scale to density", 3),
             Option("fraction", "scale to fractions", 4),
             Option("frequency", "scale to frequencies", 4),
             Option("percent", "scale to percentages"),
             *_TITLES),
         r=("bin", "width", "start", "N", "min", "max"), family="graphs",
         refuses="`discrete`, `start()`, `normal`, `kdensity`, `by()`, colours"),
    Spec("scatter", "Draw a scatter plot.", "scatter y [y …] x [if] [in] [, options]", 2,
         takes="variables", least=2, allows=IF_IN, options=(*_TITLES, _LEGEND), family="graphs"),
    Spec("line", "Draw lines through points.", "line y [y …] x [if] [in] [, options]",
         takes="variables", least=2, allows=IF_IN, options=(_SORT, *_TITLES, _LEGEND), family="graphs"),
    Spec("twoway", "Draw points, lines and fitted lines in one graph.", "twoway (plot …) [(plot …)] [, options]", 2,
         takes="raw", allows=IF_IN, options=(_SORT, *_TITLES, _LEGEND), family="graphs",
         refuses="plots other than `scatter`, `line` and `lfit`"),
)  # fmt: skip

# What stands in the parentheses of `twoway`.
PLOTS: tuple[Spec, ...] = (
    Spec("scatter", "Points.", "scatter y [y …] x [if] [in]", 2, takes="variables", least=2, allows=IF_IN),
    Spec("line", "Lines through points.", "line y [y …] x [if] [in] [, sort]", takes="variables", least=2,
         allows=IF_IN, options=(_SORT,)),
    Spec("lfit", "The line of least squares.", "lfit y x [if] [in]", takes="variables", least=2, most=2, allows=IF_IN),
)  # fmt: skip
