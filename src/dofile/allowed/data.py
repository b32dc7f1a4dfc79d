"""Commands for data."""

from __future__ import annotations

from dofile.allowed.spec import BY, IF_IN, Option, Spec

_BY = Option("by", "groups", value="variables")
_REPLACE = Option("replace", "overwrite the file")
_CLEAR = Option("clear", "forget the data in memory")
_NOLABEL = Option("nolabel", "show values, not their labels", 5)

DATA: tuple[Spec, ...] = (
    Spec("use", "Read a .dta file.", "use filename [, clear]  or  use varlist [if] [in] using filename [, clear]", 1,
         takes="raw", allows=IF_IN, using="optional", options=(_CLEAR,)),
    Spec("save", "Write a .dta file.", "save [filename] [, replace]", 2, takes="raw", options=(_REPLACE,)),
    Spec("import", "Read a delimited text file.", "import delimited [using] filename [, options]",
         takes="raw", using="optional", options=(
             _CLEAR,
             Option("delimiters", "the character between fields, or `tab`", 5, "text"),
             Option("varnames", "the line that has the names, or `nonames`", 4, "text"),
             Option("case", "what becomes of capitals in names", value="lower|upper|preserve", default="lower"),
             Option("encoding", "encoding of the file", 3, "text"))),
    Spec("export", "Write a delimited text file.",
         "export delimited [varlist] [if] [in] using filename [, options]",
         takes="raw", allows=IF_IN, using="required", options=(
             _REPLACE,
             Option("delimiter", "the character between fields, or `tab`", 5, "text"),
             Option("novarnames", "without a line of names", 5),
             _NOLABEL)),
    Spec("generate", "Make a new variable.", "generate [type] newvar[:labelname] = exp [if] [in]", 1,
         takes="raw", exp=True, allows=BY),
    Spec("replace", "Change a variable's values.", "replace var = exp [if] [in] [, nopromote]",
         takes="raw", exp=True, allows=BY, options=(Option("nopromote", "keep the storage type", 3),)),
    Spec("egen", "Make a new variable by group.", "egen [type] newvar = function(exp) [if] [in] [, by(varlist)]",
         takes="raw", exp=True, allows=BY, options=(_BY,),
         refuses="functions other than `mean`, `sd`, `min`, `max`, `total` and `count`"),
    Spec("drop", "Take out variables or observations.", "drop varlist  or  drop if exp  or  drop in range",
         takes="variables", allows=BY),
    Spec("keep", "Keep variables or observations.", "keep varlist  or  keep if exp  or  keep in range",
         takes="variables", allows=BY),
    Spec("rename", "Give a variable another name.", "rename old new", 3, takes="raw"),
    Spec("label", "Label the data, a variable or values.", "label data | variable | define | values | list", 2,
         takes="raw", options=(
             Option("add", "add to a value label"),
             Option("modify", "change a value label"),
             Option("replace", "replace a value label"))),
    Spec("sort", "Put observations in order.", "sort varlist [, stable]", 2, takes="variables", least=1,
         options=(Option("stable", "keep the order of equals, as is done anyway"),)),
    Spec("merge", "Match observations with those of a file.",
         "merge 1:1|m:1|1:m varlist using filename [, options]",
         takes="raw", using="required", options=(
             Option("keepusing", "variables to take from the file", 6, "text"),
             Option("keep", "observations to keep: `master`, `match`, `using`, or 1, 3, 2", value="text"),
             Option("nogenerate", "make no variable of results", 5)),
         refuses="`m:m`, `merge 1:1 _n`, `update`, `replace`, `force`, `generate()`, `assert()`"),
    Spec("append", "Add the observations of a file.", "append using filename [, generate(newvar)]", 3,
         using="required", options=(Option("generate", "new variable: 0 for the data, 1 for the file", 3, "new"),),
         refuses="`force`, `keep()`"),
    Spec("collapse", "Make a dataset of statistics.",
         "collapse [(stat)] [new=]var … [(stat) …] [if] [in] [, by(varlist)]",
         takes="raw", allows=IF_IN, options=(_BY,),
         refuses="statistics other than `mean`, `median`, `p1` to `p99`, `sd`, `sum`, `count`, `max` and `min`; `cw`"),
    Spec("reshape", "Turn wide data long, or long data wide.",
         "reshape long|wide stub …, i(varlist) j(var [values]) [string]",
         takes="raw", options=(
             Option("i", "variables that tell the groups apart", value="variables", required=True),
             Option("j", "variable of the suffixes", value="text"),
             Option("string", "suffixes may be text", 1)),
         refuses="`reshape` with remembered settings, `@`"),
    Spec("describe", "Show what the data holds.", "describe [varlist]", 1, takes="variables",
         r=("N", "k", "width", "changed")),
    Spec("list", "Show observations.", "list [varlist] [if] [in] [, options]", 1,
         takes="variables", all=True, allows=BY, options=(
             Option("noobs", "without the numbers of the observations", 3),
             _NOLABEL,
             Option("clean", "without lines"),
             Option("sepby", "a line where these variables change", value="variables"),
             Option("separator", "a line after each # observations", 3, "integer", default="5")),
         refuses="tables wider than 80 columns"),
    Spec("count", "Count observations.", "count [if] [in]", 3, allows=BY, r=("N",)),
    Spec("clear", "Forget the data in memory.", "clear [all]", takes="raw"),
    Spec("format", "Set a display format.", "format varlist %fmt  or  format %fmt varlist", 4, takes="raw"),
    Spec("order", "Move variables.", "order varlist [, first | after(var)]", takes="variables", least=1, options=(
        Option("first", "to the front, as is done anyway"), Option("after", "after this variable", 1, "variable"))),
)  # fmt: skip
