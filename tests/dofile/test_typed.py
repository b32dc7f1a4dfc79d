"""What the kernel says of code as it is typed: what can follow, whether more must come."""

from __future__ import annotations

import pytest

from dofile.kernel.code import indent
from dofile.kernel.complete import complete
from dofile.table import TABLE

VARIABLES = ["price", "mpg", "make"]


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
        ('display "pri', "", []),
        ("// pri", "", []),
        ("nonsense pri", "pri", ["price"]),
        ("summarize price, nothing", "nothing", []),
    ],
)
def test_completion(code: str, word: str, matches: list[str]) -> None:
    """Where a name can stand, those that begin as it does are proposed; within texts and comments, none."""
    start, found = complete(code, VARIABLES)
    assert code[start:] == word
    assert found == matches


def test_completion_proposes_all_of_the_table() -> None:
    """On an empty line, every command of the table is there; behind a comma, every option of its command."""
    assert {spec.name for spec in TABLE} <= set(complete("", VARIABLES)[1])
    for spec in TABLE:
        proposed = [name.removesuffix("(") for name in complete(f"{spec.name} price, ", VARIABLES)[1]]
        assert proposed == [option.name for option in spec.options]


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
