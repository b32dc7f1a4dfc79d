"""Data from two sides, and in two shapes: compared with pandas."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dofile.data import Dataset
from dofile.values import to_nan

from .conftest import Recorder

KEYS = st.lists(st.integers(0, 6), max_size=8)


def frame(data: Dataset) -> pd.DataFrame:
    """Return a dataset as pandas has it."""
    return pd.DataFrame({name: to_nan(variable.data) for name, variable in data.variables.items()}, dtype=float)


def put(do: Recorder, table: pd.DataFrame, name: str) -> None:
    """Save a table as a .dta file in the session's folder."""
    assert do.folder is not None
    table.to_stata(do.folder / name, write_index=False, version=118)


def same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """Check that two tables have the same rows, in whatever order."""
    names = list(expected.columns)
    found, expected = (each[names].astype(float).sort_values(names, ignore_index=True) for each in (found, expected))
    pd.testing.assert_frame_equal(found, expected)


@settings(deadline=None, max_examples=40)
@given(KEYS, KEYS, st.sampled_from(["1:1", "m:1", "1:m"]))
def test_merge_is_that_of_pandas(mine: list[int], theirs: list[int], kind: str) -> None:
    """All observations of both sides are there, those that match side by side, with what became of each."""
    mine = list(dict.fromkeys(mine)) if kind[0] == "1" else mine
    theirs = list(dict.fromkeys(theirs)) if kind[2] == "1" else theirs
    left = pd.DataFrame({"id": mine, "a": np.arange(len(mine)), "both": 1.0}, dtype=float)
    right = pd.DataFrame({"id": theirs, "b": np.arange(len(theirs)), "both": 2.0}, dtype=float)
    expected = left.merge(right, on="id", how="outer", indicator="_merge", suffixes=("", "_using"))
    expected["both"] = expected["both"].fillna(expected["both_using"])
    expected["_merge"] = expected["_merge"].astype(str).map({"left_only": 1, "right_only": 2, "both": 3})
    with TemporaryDirectory() as folder:
        do = Recorder(Path(folder))
        put(do, left, "left.dta")
        put(do, right, "right.dta")
        do(f"use left\nmerge {kind} id using right")
        same(frame(do.data), expected.drop(columns="both_using"))


def test_merge_shows_and_labels_its_results(do: Recorder) -> None:
    """The table counts what matched; `_merge` says it of each observation."""
    put(do, pd.DataFrame({"id": [1.0, 2, 4], "b": [5.0, 6, 7]}), "b.dta")
    do("set obs 3\ngenerate byte id = _n\nsave a")
    assert (
        do("merge 1:1 id using b")
        == """(variable id was byte, now double to accommodate using data's values)

    Result                      Number of obs
    -----------------------------------------
    Not matched                             2
        from master                         1  (_merge==1)
        from using                          1  (_merge==2)

    Matched                                 2  (_merge==3)
    -----------------------------------------
"""
    )
    assert [line.rstrip() for line in do("list, noobs clean").splitlines()] == [
        "",
        "    id   b            _merge",
        "     1   5       Matched (3)",
        "     2   6       Matched (3)",
        "     3   .   Master only (1)",
        "     4   7    Using only (2)",
    ]
    assert do("use a, clear\nmerge 1:1 id using b, keep(match) nogenerate keepusing(b)").splitlines()[2:6] == [
        "    Result                      Number of obs",
        "    -----------------------------------------",
        "    Not matched                             0",
        "    Matched                                 2  ",
    ]
    assert do.data.names == ["id", "b"]


def test_merge_refuses(do: Recorder) -> None:
    """Keys must identify, be there, and be of one kind; `_merge` must be free."""
    do('set obs 2\ngenerate id = 1\ngenerate str1 s = "a"\ngenerate k = _n\nsave two\n')
    do("save master")
    assert do.refused("merge 1:1 id using two") == (
        *(459, "variable id does not uniquely identify observations in the master data"),
    )
    assert do.refused("merge m:1 id s using two") == (
        *(459, "variables id s do not uniquely identify observations in the using data"),
    )
    assert do.refused("merge m:m id using two")[0] == 198
    assert do.refused("merge 1:1 nope using two")[0] == 111
    assert do.refused("merge 1:1 k using none") == (601, "file none.dta not found")
    assert do.refused("merge 1:1 k using two, force") == (198, "option force not allowed")
    do("drop s\ngenerate s = 1\ngenerate _merge = 1")
    assert do.refused("merge 1:1 k using two") == (110, "variable _merge already defined")
    do("drop _merge")
    assert do.refused("merge 1:1 k using two") == (106, "variable s is float in master but str1 in using data")
    assert do.data.n == 2


def test_append(do: Recorder) -> None:
    """Observations come below, new variables are missing above, types widen and labels come along."""
    do('set obs 2\ngenerate byte x = 1\ngenerate str3 s = "abc"\nlabel define l 1 "one"\nlabel values x l\nsave a')
    do('clear\nset obs 1\ngenerate int x = 500\ngenerate str1 s = "z"\ngenerate y = 2')
    assert do("append using a, generate(from)") == (
        "(variable s was str1, now str3 to accommodate using data's values)\n"
    )
    assert [line.rstrip() for line in do("list, noobs clean nolabel").splitlines()] == [
        "",
        "      x     s   y   from",
        "    500     z   2      0",
        "      1   abc   .      1",
        "      1   abc   .      1",
    ]
    assert do.data.value_labels == {"l": {1.0: "one"}}
    do("clear\nset obs 1\ngenerate s = 1")
    assert do.refused("append using a") == (106, "variable s is float in master but str3 in using data")


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_reshape_is_that_of_pandas_and_comes_back(data: st.DataObject) -> None:
    """Long is pandas' melt; and wide again gives what was there before."""
    n = data.draw(st.integers(1, 5))
    suffixes = data.draw(st.lists(st.integers(0, 99), min_size=1, max_size=4, unique=True))
    numbers = st.lists(st.one_of(st.none(), st.integers(-50, 50)), min_size=n, max_size=n)
    wide = pd.DataFrame({"id": np.arange(n), "c": np.arange(n) * 2})
    for suffix in suffixes:
        wide[f"x{suffix}"] = [np.nan if each is None else each for each in data.draw(numbers)]
    wide = wide.astype(float)
    expected = wide.melt(id_vars=["id", "c"], var_name="j", value_name="x")
    expected["j"] = expected["j"].str[1:].astype(float)
    with TemporaryDirectory() as folder:
        do = Recorder(Path(folder))
        put(do, wide, "wide.dta")
        do("use wide\nreshape long x, i(id) j(j)")
        same(frame(do.data), expected)
        assert do.data.sorted_by == ("id", "j")
        do("reshape wide x, i(id) j(j)")
        same(frame(do.data), wide)


def test_reshape_shows_what_it_did(do: Recorder) -> None:
    """The table counts observations and variables before and after."""
    do("set obs 3\ngenerate id = _n\ngenerate sex = mod(id, 2)\nforeach y in 80 81 82 {\ngenerate inc`y' = id * `y'\n}")
    do("generate ue80 = 1\ngenerate ue81 = 0")
    assert do("reshape long inc ue, i(id) j(year)") == (
        "(j = 80 81 82)\n"
        "\n"
        "Data                               Wide   ->   Long\n"
        "-----------------------------------------------------------------------------\n"
        "Number of observations                3   ->   9           \n"
        "Number of variables                   7   ->   5           \n"
        "j variable (3 values)                     ->   year\n"
        "xij variables:\n"
        "                      inc80 inc81 inc82   ->   inc\n"
        "                              ue80 ue81   ->   ue\n"
        "-----------------------------------------------------------------------------\n"
    )
    assert do.data.names == ["id", "year", "sex", "inc", "ue"]
    assert do.data["year"].type == "byte"
    assert do("reshape wide inc ue, i(id) j(year)").splitlines()[2:8] == [
        "Data                               Long   ->   Wide",
        "-----------------------------------------------------------------------------",
        "Number of observations                9   ->   3",
        "Number of variables                   5   ->   8",
        "j variable (3 values)              year   ->   (dropped)",
        "xij variables:",
    ]
    assert do.data.names == ["id", "inc80", "ue80", "inc81", "ue81", "inc82", "ue82", "sex"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("reshape long inc, i(sex) j(year)", 9),
        ("reshape long nope, i(id) j(year)", 111),
        ("reshape long inc, j(year)", 198),
        ("reshape long inc, i(id) j(sex)", 110),
        ("reshape long inc@x, i(id) j(year)", 198),
        ("reshape wide inc80, i(id)", 198),
        ("reshape wide inc80, i(sex) j(id)", 9),
        ("reshape", 198),
    ],
)
def test_reshape_refuses(do: Recorder, text: str, code: int) -> None:
    """Groups must be told apart, and what is not constant within them named."""
    do("set obs 3\ngenerate id = _n\ngenerate sex = mod(id, 2)\ngenerate inc80 = id\ngenerate inc81 = id + 1")
    assert do.refused(text)[0] == code
    assert do.data.names == ["id", "sex", "inc80", "inc81"]
