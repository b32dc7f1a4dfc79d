"""The allow-list: every command, every option, every value. What is not in this table is refused, never guessed.

The parser reads it, and the reference page is written from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dofile import errors


@dataclass(frozen=True)
class Option:
    """An option: `short` is how many letters are enough, `value` what stands in its parentheses.

    Kinds of value: "" (none, the option is a flag), "integer", "number", "numbers", "variable", "variables", "new" (a
    new variable's name), "name", "text", or words to choose from, with `|` between them.
    """

    name: str
    help: str
    short: int = 0
    value: str = ""
    required: bool = False
    default: str | None = None

    @property
    def letters(self) -> int:
        """How many letters of the name are enough."""
        return self.short or len(self.name)


@dataclass(frozen=True)
class Spec:
    """A command. `takes` says what follows its name, before `if`, `in`, `using` and the options.

    "nothing"; "variables" (`least` to `most` of them; none at all means all of them where `all` is true); "terms"
    (variables, with i., ib#. and c. before them, and interactions of two, a#b and a##b); "raw" (the command reads
    `Call.text` itself).
    """

    name: str
    help: str
    syntax: str
    short: int = 0
    takes: str = "nothing"
    least: int = 0
    most: int = 10_000
    all: bool = False
    exp: str = ""
    if_: bool = False
    in_: bool = False
    using: str = ""
    by: bool = False
    options: tuple[Option, ...] = ()
    r: tuple[str, ...] = ()
    e: tuple[str, ...] = ()
    refuses: str = ""
    family: str = "data"

    @property
    def letters(self) -> int:
        """How many letters of the name are enough."""
        return self.short or len(self.name)

    def option(self, word: str) -> Option:
        """Return the option that a word means. Raises r(198) where it means none."""
        for option in self.options:
            if word == option.name or (len(word) >= option.letters and option.name.startswith(word)):
                return option
        raise errors.option_not_allowed(word)


_BY = Option("by", "groups", value="variables")
_REPLACE = Option("replace", "overwrite the file")
_CLEAR = Option("clear", "forget the data in memory")
_NOLABEL = Option("nolabel", "show values, not their labels", 5)
_LEVEL = Option("level", "confidence level in percent", 1, "number")
_VCE = Option("vce", "standard errors: `robust`, `cluster` variable, or the model's own `ols`, `oim`", value="text")
_ROBUST = Option("robust", "robust standard errors", 1)
_CLUSTER = Option("cluster", "standard errors that allow for clusters", 2, "variable")
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

_LANGUAGE = (
    Spec("about", "Say what runs the do-file.", "about", family="language"),
    Spec(
        *("display", "Show texts and values.", "display [%fmt] [text | exp] …", 2),
        takes="raw",
        family="language",
        refuses="markup such as `{hline}`; `as text`, `as result` and the like are read and change nothing",
    ),
    Spec("local", "Set a local macro.", "local name [text | = exp | : function]", 3, takes="raw", family="language"),
    Spec("global", "Set a global macro.", "global name [text | = exp | : function]", 2, takes="raw", family="language"),
    Spec("scalar", "Set a scalar.", "scalar [define] name = exp", 3, takes="raw", exp="required", family="language"),
    Spec("tempvar", "Name variables that end with the run.", "tempvar name …", takes="raw", family="language"),
    Spec("tempfile", "Name files that end with the run.", "tempfile name …", takes="raw", family="language"),
    Spec("tempname", "Name scalars that end with the run.", "tempname name …", takes="raw", family="language"),
    Spec(
        *("assert", "Stop unless an expression is true in each observation.", "assert exp [if] [in]"),
        takes="raw",
        if_=True,
        in_=True,
        by=True,
        family="language",
    ),
    Spec(
        *("set", "Set the number of observations, or a setting that changes nothing here.", "set obs #"),
        takes="raw",
        family="language",
        refuses="settings other than `obs`, `more`, `linesize 80`, `type float`, `varabbrev on`",
    ),
    Spec("version", "Name the version that the do-file is written for.", "version #", 3, takes="raw",
         family="language", refuses="versions before 12 and after 19"),
)  # fmt: skip

_DATA = (
    Spec(
        *("use", "Read a .dta file.", "use filename [, clear]  or  use varlist [if] [in] using filename [, clear]", 1),
        takes="raw",
        if_=True,
        in_=True,
        using="optional",
        options=(_CLEAR,),
    ),
    Spec("save", "Write a .dta file.", "save [filename] [, replace]", 2, takes="raw", options=(_REPLACE,)),
    Spec(
        *("import", "Read a delimited text file.", "import delimited [using] filename [, options]"),
        takes="raw",
        using="optional",
        options=(
            _CLEAR,
            Option("delimiters", "the character between fields, or `tab`", 5, "text"),
            Option("varnames", "the line that has the names, or `nonames`", 3, "text"),
            Option("case", "what becomes of capitals in names", value="lower|upper|preserve", default="lower"),
            Option("encoding", "encoding of the file", 3, "text"),
        ),
    ),
    Spec(
        *("export", "Write a delimited text file.", "export delimited [varlist] [if] [in] using filename [, options]"),
        takes="raw",
        if_=True,
        in_=True,
        using="required",
        options=(
            _REPLACE,
            Option("delimiter", "the character between fields, or `tab`", 5, "text"),
            Option("novarnames", "without a line of names", 3),
            _NOLABEL,
        ),
    ),
    Spec(
        *("generate", "Make a new variable.", "generate [type] newvar[:labelname] = exp [if] [in]", 1),
        takes="raw",
        exp="required",
        if_=True,
        in_=True,
        by=True,
    ),
    Spec(
        *("replace", "Change a variable's values.", "replace var = exp [if] [in] [, nopromote]"),
        takes="raw",
        exp="required",
        if_=True,
        in_=True,
        by=True,
        options=(Option("nopromote", "keep the storage type", 3),),
    ),
    Spec(
        *("egen", "Make a new variable by group.", "egen [type] newvar = function(exp) [if] [in] [, by(varlist)]"),
        takes="raw",
        exp="required",
        if_=True,
        in_=True,
        by=True,
        options=(_BY,),
        refuses="functions other than `mean`, `sd`, `min`, `max`, `total` and `count`",
    ),
    Spec(
        *("drop", "Take out variables or observations.", "drop varlist  or  drop if exp  or  drop in range"),
        takes="variables",
        if_=True,
        in_=True,
        by=True,
    ),
    Spec(
        *("keep", "Keep variables or observations.", "keep varlist  or  keep if exp  or  keep in range"),
        takes="variables",
        if_=True,
        in_=True,
        by=True,
    ),
    Spec("rename", "Give a variable another name.", "rename old new", 3, takes="raw"),
    Spec(
        *("label", "Label the data, a variable or values.", "label data | variable | define | values | list | drop", 2),
        takes="raw",
        options=(
            Option("add", "add to a value label"),
            Option("modify", "change a value label"),
            Option("replace", "replace a value label"),
        ),
    ),
    Spec("sort", "Put observations in order.", "sort varlist [, stable]", 2, takes="variables", least=1,
         options=(Option("stable", "keep the order of equals, as is done anyway"),)),
    Spec("gsort", "Put observations in order, up or down.", "gsort [+|-]var …", takes="raw"),
    Spec(
        *("merge", "Match observations with those of a file.", "merge 1:1|m:1|1:m varlist using filename [, options]"),
        takes="raw",
        using="required",
        options=(
            Option("keepusing", "variables to take from the file", value="text"),
            Option("keep", "observations to keep: `master`, `match`, `using`, or 1, 3, 2", value="text"),
            Option("assert", "which results there may be", value="text"),
            Option("generate", "name of the variable of results, in place of `_merge`", 3, "new"),
            Option("nogenerate", "make no variable of results", 5),
            Option("noreport", "show no table of results", 5),
            Option("nolabel", "take no value labels from the file", 5),
            Option("nonotes", "take no notes from the file", 5),
        ),
        refuses="`m:m`, `merge 1:1 _n`, `update`, `replace`, `force`",
    ),
    Spec(
        *("append", "Add the observations of a file.", "append using filename [, options]"),
        using="required",
        options=(
            Option("generate", "new variable: 0 for the data, 1 for the file", 3, "new"),
            Option("keep", "variables to take from the file", value="text"),
            Option("force", "let a text and a number meet, losing the file's"),
            Option("nolabel", "take no value labels from the file", 5),
        ),
    ),
    Spec(
        *("collapse", "Make a dataset of statistics.", "collapse [(stat)] [new=]var … [(stat) …] [if] [in] [, by()]"),
        takes="raw",
        if_=True,
        in_=True,
        options=(_BY, Option("cw", "leave out observations with any missing value")),
        refuses="statistics other than `mean`, `median`, `p1` to `p99`, `sd`, `semean`, `sum`, `rawsum`, `count`, "
        "`max`, `min`, `iqr`, `first`, `last`, `firstnm` and `lastnm`",
    ),
    Spec(
        *("reshape", "Turn wide data long, or long data wide.",
          "reshape long|wide stub …, i(varlist) j(var [values]) [string]"),
        takes="raw",
        options=(
            Option("i", "variables that tell the groups apart", value="variables", required=True),
            Option("j", "variable of the suffixes", value="text"),
            Option("string", "suffixes may be text", 1),
        ),
        refuses="`reshape` with remembered settings, `@`",
    ),
    Spec(
        *("describe", "Show what the data holds.", "describe [varlist] [, short]", 1),
        takes="variables",
        options=(Option("short", "the heading only", 1),),
        r=("N", "k", "width", "changed"),
    ),
    Spec(
        *("list", "Show observations.", "list [varlist] [if] [in] [, options]", 1),
        takes="variables",
        all=True,
        if_=True,
        in_=True,
        by=True,
        options=(
            Option("noobs", "without the numbers of the observations", 3),
            _NOLABEL,
            Option("clean", "without lines"),
            Option("sepby", "a line where these variables change", value="variables"),
            Option("separator", "a line after each # observations", 3, "integer", default="5"),
            Option("abbreviate", "columns for a name", 2, "integer", default="8"),
        ),
        refuses="tables wider than 80 columns",
    ),
    Spec("count", "Count observations.", "count [if] [in]", 3, if_=True, in_=True, by=True, r=("N",)),
    Spec("clear", "Forget the data in memory.", "clear [all]", takes="raw"),
    Spec("format", "Set a display format.", "format varlist %fmt  or  format %fmt varlist", 3, takes="raw"),
    Spec("order", "Move variables to the front.", "order varlist [, first | last | before() | after()]",
         takes="variables", least=1, options=(
             Option("first", "to the front"), Option("last", "to the end"),
             Option("before", "before this variable", 1, "variable"),
             Option("after", "after this variable", 1, "variable"), Option("alphabetic", "by name", 5))),
    Spec("preserve", "Keep the data, to come back to it.", "preserve"),
    Spec(
        *("restore", "Come back to the data that was kept.", "restore [, not | preserve]"),
        options=(Option("not", "forget what was kept"), Option("preserve", "keep it on")),
    ),
    Spec("isid", "Stop unless variables tell observations apart.", "isid varlist", takes="variables", least=1),
)  # fmt: skip

_SUMMARIES = (
    Spec(
        *("summarize", "Show means and spread.", "summarize [varlist] [if] [in] [, detail]", 2),
        takes="variables",
        all=True,
        if_=True,
        in_=True,
        by=True,
        options=(
            Option("detail", "percentiles and more", 1),
            Option("meanonly", "compute r(mean) and show nothing", 4),
            Option("separator", "a line after each # variables", 3, "integer", default="5"),
        ),
        r=("N", "sum_w", "mean", "Var", "sd", "min", "max", "sum", "skewness", "kurtosis", "p1 … p99"),
        family="statistics",
        refuses="`format`, weights",
    ),
    Spec(
        *("tabulate", "Show frequencies, one-way or two-way.", "tabulate var [var] [if] [in] [, options]", 2),
        takes="variables",
        least=1,
        most=2,
        if_=True,
        in_=True,
        by=True,
        options=(
            Option("chi2", "Pearson's chi-squared", 2),
            Option("row", "shares of the row", 1),
            Option("column", "shares of the column", 3),
            Option("cell", "shares of the whole", 2),
            Option("nofreq", "without the frequencies", 4),
            Option("missing", "count missing values too", 1),
            _NOLABEL,
        ),
        r=("N", "r", "c", "chi2", "p"),
        family="statistics",
        refuses="`exact`, `summarize()`, `generate()`, more than 12,000 values (1,200 by 80 in two ways)",
    ),
    Spec(
        *("correlate", "Show correlations.", "correlate [varlist] [if] [in]", 3),
        takes="variables",
        all=True,
        if_=True,
        in_=True,
        by=True,
        r=("N", "rho", "C"),
        family="statistics",
        refuses="`covariance`, `means`",
    ),
    Spec(
        *("ttest", "Compare means.", "ttest var == # | var == var | var, by(groupvar) [if] [in] [, options]"),
        takes="raw",
        if_=True,
        in_=True,
        by=True,
        options=(
            Option("by", "the two groups", value="variable"),
            Option("unequal", "the groups' variances differ", 3),
            Option("welch", "Welch's degrees of freedom", 1),
            Option("unpaired", "two variables, not pairs", 3),
            _LEVEL,
        ),
        r=("N_1", "N_2", "mu_1", "mu_2", "sd_1", "sd_2", "se", "t", "df_t", "p", "p_l", "p_u", "level"),
        family="statistics",
    ),
    Spec(
        *("regress", "Fit a linear regression.", "regress depvar [indepvars] [if] [in] [, options]", 3),
        takes="terms",
        least=1,
        if_=True,
        in_=True,
        by=True,
        options=(
            _VCE,
            _ROBUST,
            _CLUSTER,
            _LEVEL,
            Option("noconstant", "without a constant", 3),
        ),
        e=("N", "df_m", "df_r", "F", "r2", "r2_a", "rmse", "mss", "rss", "ll", "ll_0", "N_clust", "rank", "b", "V"),
        family="statistics",
        refuses="`beta`, `vce(hc2)`, `vce(hc3)`, `vce(bootstrap)`, two variables of clusters, weights",
    ),
    Spec(
        *("logit", "Fit a logistic regression.", "logit depvar [indepvars] [if] [in] [, options]"),
        takes="terms",
        least=1,
        if_=True,
        in_=True,
        by=True,
        options=(
            _VCE,
            _ROBUST,
            _CLUSTER,
            _LEVEL,
            Option("or", "odds ratios"),
            Option("nolog", "without the iterations"),
        ),
        e=("N", "k", "df_m", "r2_p", "ll", "ll_0", "chi2", "p", "N_clust", "rank", "b", "V"),
        family="statistics",
        refuses="`noconstant`, `offset()`, a level of a factor that predicts the outcome perfectly, weights",
    ),
    Spec(
        *("predict", "Make a variable of a model's predictions.", "predict [type] newvar [if] [in] [, statistic]"),
        takes="raw",
        if_=True,
        in_=True,
        options=(
            Option("xb", "linear prediction"),
            Option("residuals", "residuals", 1),
            Option("pr", "probability of a positive outcome"),
            Option("stdp", "standard error of the linear prediction"),
        ),
        family="statistics",
        refuses="`residuals` after `logit`, `rstandard`, `stdf`",
    ),
    Spec(
        *("test", "Test linear hypotheses after an estimation.", "test coefficients  or  test exp = exp"),
        takes="raw",
        refuses="options, hypotheses that are not linear",
        short=3,
        r=("F", "chi2", "df", "df_r", "p", "drop"),
        family="statistics",
    ),
    Spec(
        *("testparm", "Test whether all coefficients of variables are zero.", "testparm terms"),
        takes="terms",
        least=1,
        r=("F", "chi2", "df", "df_r", "p", "drop"),
        family="statistics",
        refuses="`equal`",
    ),
)

_GRAPHS = (
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

TABLE: tuple[Spec, ...] = (*_LANGUAGE, *_DATA, *_SUMMARIES, *_GRAPHS)

# Word → the forms that it takes, and what it does.
CONTROL = {
    "by": "by varlist [(varlist)] [, sort]: command — run a command for each group of sorted data",
    "bysort": "bysort varlist [(varlist)]: command — sort, then run a command for each group",
    "capture": "capture command; capture { … } — go on after an error, and leave its code in `_rc`",
    "foreach": "foreach name in words { … }; foreach name of varlist | newlist | numlist | local | global list { … }"
    " — run a block for each word",
    "forvalues": "forvalues name = #/# { … }; forvalues name = #(#)# { … } — run a block for each number",
    "if": "if exp command; if exp { … }; else if exp { … }; else { … } — run what holds",
    "noisily": "noisily command; noisily { … } — with output, within `quietly` or `capture`",
    "quietly": "quietly command; quietly { … } — without output",
    "while": "while exp { … } — run a block as long as a condition holds",
}


def plot(word: str) -> Spec:
    """Return the plot of `twoway` that a word means. Raises r(198) where it means none."""
    for spec in PLOTS:
        if len(word) >= spec.letters and spec.name.startswith(word):
            return spec
    raise errors.DoError(198, f"{word} is not a plot of the subset")


@cache
def find(word: str) -> Spec:
    """Return the command that a word means. Raises r(199) where it means none."""
    for spec in TABLE:
        if word == spec.name:
            return spec
    for spec in TABLE:
        if len(word) >= spec.letters and spec.name.startswith(word):
            return spec
    raise errors.unrecognized(word)
