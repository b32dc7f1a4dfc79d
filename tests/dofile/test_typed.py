"""What the kernel says of code as it is typed: what can follow, what it means, whether more must come."""

from __future__ import annotations

import pytest

from dofile import BANNER
from dofile.kernel.code import indent
from dofile.kernel.complete import complete
from dofile.kernel.inspect import describe
from dofile.kernel.known import Known
from dofile.table import TABLE

KNOWN = Known(
    variables={"price": "price: int, %8.0g\nPrice", "mpg": "mpg: int, %8.0g", "make": "make: str18, %-18s"},
    locals={"controls": "mpg weight"},
    globals={"folder": "data"},
    r=("mean", "N"),
    e=("b", "rmse"),
)


@pytest.mark.parametrize(
    ("code", "word", "matches"),
    [
        ("summ", "summ", ["summarize"]),
        ("quietly regr", "regr", ["regress"]),
        ("bysort make: coll", "coll", ["collapse"]),
        ("capture noisily ttes", "ttes", ["ttest"]),
        ("* a comment\nforv", "forv", ["forvalues"]),
        ("if 1 {\n  cou", "cou", ["count"]),
        ("summarize p", "p", ["price"]),
        ("regress price ///\n    mp", "mp", ["mpg"]),
        ("regress price i.ma", "ma", ["make"]),
        ("summarize price, det", "det", ["detail"]),
        ("regress price mpg, vce(cluster ma", "ma", ["make"]),
        ("tabulate make, col", "col", ["column"]),
        ("import delimited x, case(up", "up", ["upper"]),
        ("regress price `con", "con", ["controls'"]),
        ('use "$fo', "fo", ["folder"]),
        ("use ${fo", "fo", ["folder}"]),
        ("display r(me", "me", ["mean)"]),
        ("display e(", "", ["b)", "rmse)"]),
        ('display "pri', "", []),
        ("// pri", "", []),
        ("nonsense pri", "pri", ["price"]),
        ("summarize price, nothing", "nothing", []),
    ],
)
def test_completion(code: str, word: str, matches: list[str]) -> None:
    """Where a name can stand, those that begin as it does are proposed; within texts and comments, none."""
    start, found = complete(code, KNOWN)
    assert code[start:] == word
    assert found == matches


def test_completion_proposes_all_of_the_table() -> None:
    """On an empty line, every command of the table is there; behind a comma, every option of its command."""
    assert {spec.name for spec in TABLE} <= set(complete("", KNOWN)[1])
    for spec in TABLE:
        proposed = [name.removesuffix("(") for name in complete(f"{spec.name} price, ", KNOWN)[1]]
        assert proposed == [option.name for option in spec.options]


@pytest.mark.parametrize(
    ("code", "cursor", "told"),
    [
        ("summarize price", 3, "Show means and spread."),
        ("su price", 2, "Show means and spread."),
        ("quietly su price", 9, "summarize [varlist] [if] [in] [, detail]"),
        ("foreach x in a {", 2, "foreach name in words"),
        ("summarize price, detail", 20, "summarize, detail: percentiles and more"),
        ("summarize price", 12, "price: int, %8.0g\nPrice"),
        ("regress price `controls'", 18, "local controls: mpg weight"),
        ("use $folder/x.dta", 7, "global folder: data"),
    ],
)
def test_inspection(code: str, cursor: int, told: str) -> None:
    """A command shows its help from the table, an option its line, a variable its label, a macro its content."""
    assert told in (describe(code, cursor, KNOWN) or "")


def test_inspection_of_a_command_says_who_runs_it() -> None:
    """A command's help ends with the name of the engine, and that it is another one."""
    assert (describe("summarize", 4, KNOWN) or "").endswith(BANNER)


@pytest.mark.parametrize("code", ["", "   ", "foo bar", "summarize nowhere"])
def test_inspection_of_the_unknown(code: str) -> None:
    """Where nothing is known, nothing is said."""
    assert describe(code, len(code), KNOWN) is None


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("display 1", None),
        ("display 1 + ///", ""),
        ("display 1 + ///\n  2", None),
        ("/* a comment", ""),
        ("/* a comment */ display 1", None),
        ("foreach x in a b {", "    "),
        ("foreach x in a b {\n  if 1 {", "        "),
        ("foreach x in a b {\n  display `x'\n}", None),
        ('display "{"', None),
        ("display ${folder", None),
        ("// {", None),
        ("use https://research.example/a.dta", None),
    ],
)
def test_more_must_come(code: str, more: str | None) -> None:
    """A console asks for another line behind `///`, in an open comment and in an open block, and says how deep."""
    assert indent(code) == more
