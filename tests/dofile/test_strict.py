"""Whatever is typed either runs or is refused: nothing else comes out, and nothing half done stays."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dofile import DoError
from dofile.functions import FUNCTIONS
from dofile.table import CONTROL, TABLE

from .conftest import Recorder

DATA = """
set obs 6
generate g = ceil(_n / 3)
generate x = _n
generate y = x^2 if x < 6
replace y = .b in 2
generate s = cond(x > 2, "b", "a")
"""
LEAVES = st.sampled_from(
    ["x", "y", "s", "g", "1", "0", ".", ".z", "-2.5", "1e300", '"a"', '""', "_n", "_N", "x[1]", "s[_n+1]", "e(N)"]
)
OPERATORS = st.sampled_from(["+", "-", "*", "/", "^", "==", "!=", ">", "<=", "&", "|"])
WORDS = st.sampled_from(
    [
        *("x", "y", "s", "_all", "x-s", "*", "?", "1", ".", '"a"', "if", "in", "using", "=", "==", "-", "(", ")"),
        *("[", "]", ",", "&", "i.g", "#", "1/3", "f/l", "by(g)", "replace", "clear", "x[_n-1]", "_n", "r(N)", "_b[x]"),
        *("none", "1:1", "(mean)", "n=x", "%9.2f", "{", "}", "`a'", "`=1'", "`", "'", ":", ";", "long", "i(g)"),
        *("str5", "delimited", "values", "define", "17", "robust", "bin(5)", "row"),
    ]
)
COMMANDS = st.sampled_from([*(spec.name for spec in TABLE), *CONTROL])


def calls(below: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions of expressions: operators, and each function with as many arguments as it takes."""
    functions = st.sampled_from(sorted(FUNCTIONS)).flatmap(
        lambda name: st.lists(
            below, min_size=FUNCTIONS[name].least, max_size=min(FUNCTIONS[name].most, FUNCTIONS[name].least + 2)
        ).map(lambda arguments: f"{name}({', '.join(arguments)})")
    )
    return st.one_of(st.tuples(below, OPERATORS, below).map(" ".join), below.map("!({})".format), functions)


def attempt(folder: Path, line: str) -> Recorder:
    """Run a line in a new session with data; check that the data is as before where it is refused."""
    do = Recorder(folder)
    do(DATA)
    before = do.data.copy()
    try:
        do(line)
    except DoError:
        assert {name: id(variable) for name, variable in do.data.variables.items()} == {
            name: id(variable) for name, variable in before.variables.items()
        }
    return do


@settings(deadline=None, max_examples=80)
@given(st.recursive(LEAVES, calls, max_leaves=6), st.sampled_from(["", "bysort g: "]))
def test_expressions_have_a_value_for_each_observation_or_are_refused(text: str, prefix: str) -> None:
    """A new variable is as long as the data, whatever it is computed of."""
    do = attempt(Path(), f"{prefix}generate v = {text} if {text} | x > 2")
    assert "v" not in do.data or len(do.data["v"].data) == 6


@settings(deadline=None, max_examples=100)
@given(COMMANDS, st.lists(WORDS, max_size=6))
def test_lines_run_or_are_refused(command: str, words: list[str]) -> None:
    """Each command, followed by whatever words."""
    attempt(Path("no", "such", "folder"), f"{command} {' '.join(words)}")
