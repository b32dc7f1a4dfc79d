"""The data in memory: making, changing and choosing variables and observations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dofile.statistics import by_group
from dofile.values import EXTENDED, MISSING, from_nan, holds, promoted, round_to

from .conftest import Recorder

GRID = "clear\nset obs 6\ngenerate g = ceil(_n / 3)\ngenerate x = _n\n"


def column(do: Recorder, name: str) -> list[float | str]:
    """Return a variable's values, with names for missing ones."""
    names = {value: key for key, value in EXTENDED.items()}
    return [names.get(value, value) for value in do.data[name].data.tolist()]


def test_generate_is_a_float_unless_told_otherwise(do: Recorder) -> None:
    """New numbers are floats, texts as long as they need; a type may be named."""
    assert do(GRID + 'generate y = x / 3 if x < 6\ngenerate byte b = x\ngenerate s = "ab" + string(x)') == (
        "Number of observations (_N) was 0, now 6.\n(1 missing value generated)\n"
    )
    assert [do.data[name].type for name in ("y", "b", "s")] == ["float", "byte", "str3"]
    assert do.data["y"].data[0] == float(np.float32(1 / 3))
    assert do.data["y"].data[5] == MISSING


def test_numbers_and_places_within_groups(do: Recorder) -> None:
    """`_n`, `_N` and subscripts count within the groups of `by`."""
    do(GRID + "bysort g (x): generate n = _n\nby g: generate last = x[_N]\nby g: generate lag = x[_n - 1]")
    assert column(do, "n") == [1, 2, 3, 1, 2, 3]
    assert column(do, "last") == [3, 3, 3, 6, 6, 6]
    assert column(do, "lag") == [".", 1, 2, ".", 4, 5]


def test_replace_widens_the_type_as_far_as_needed(do: Recorder) -> None:
    """A variable takes the next type that holds its new values, and says so."""
    do(GRID + 'generate byte b = 1\ngenerate str1 s = "a"')
    assert do("replace b = 200 in 1") == "variable b was byte now int\n(1 real change made)\n"
    assert do("replace b = 1e5 in 1") == "variable b was int now long\n(1 real change made)\n"
    assert do("replace b = .5 in 2/l") == "variable b was long now double\n(5 real changes made)\n"
    assert do('replace s = "long" if x > 4') == "variable s was str1 now str4\n(2 real changes made)\n"
    assert do("replace x = . if x == 2") == "(1 real change made, 1 to missing)\n"
    assert do("replace x = x") == "(0 real changes made)\n"
    assert do("generate byte c = 1\nreplace c = 1000, nopromote") == "(6 real changes made, 6 to missing)\n"


@pytest.mark.parametrize(
    ("kind", "value", "wider"),
    [
        ("byte", 100, "byte"), ("byte", 101, "int"), ("byte", -128, "int"), ("byte", 40000, "long"),
        ("byte", 0.5, "float"), ("byte", 0.1, "float"), ("int", 32741, "long"), ("int", 0.25, "float"),
        ("long", 2147483621, "double"), ("long", 0.5, "double"), ("float", 123456789, "float"),
        ("float", 1e39, "double"), ("double", 1e300, "double"),
    ],
)  # fmt: skip
def test_promotion(kind: str, value: float, wider: str) -> None:
    """Each type has its range; fractions make a small integer a float, a large one a double."""
    assert promoted(np.array([value, MISSING]), kind) == wider


@given(st.lists(st.floats(width=64), max_size=20), st.sampled_from(["byte", "int", "long", "float", "double"]))
def test_stored_numbers_are_in_range_or_missing(values: list[float], kind: str) -> None:
    """Whatever is stored is a number that the type holds, or missing; storing it again changes nothing."""
    stored = round_to(from_nan(np.array(values)), kind)
    assert holds(stored, kind)
    assert np.array_equal(round_to(stored, kind), stored)
    assert holds(from_nan(np.array(values)), promoted(from_nan(np.array(values)), kind))


def test_running_sums_begin_anew_in_each_group(do: Recorder) -> None:
    """`sum()` adds up what is chosen, and starts again with each group."""
    do(
        GRID
        + "replace x = . in 2\ngenerate s = sum(x)\nbysort g: generate t = sum(x)\nby g: generate u = sum(1) if x > 1"
    )
    assert column(do, "s") == [1, 1, 4, 8, 13, 19]
    assert column(do, "t") == [1, 1, 4, 4, 9, 15]
    assert column(do, "u") == [".", 1, 2, 1, 2, 3]


def test_replace_sees_its_own_changes(do: Recorder) -> None:
    """Values carry forward from one observation to the next, within groups and without."""
    do(GRID + "replace x = . if inlist(_n, 2, 3, 5)\ngenerate y = x\ngenerate z = x\nreplace y = y[_n-1] if missing(y)")
    assert column(do, "y") == [1, 1, 1, 4, 4, 6]
    do("bysort g: replace z = z[_n+1] if missing(z)")
    assert column(do, "z") == [1, ".", ".", 4, 6, 6]


def test_replace_follows_long_chains(do: Recorder) -> None:
    """A value that each observation takes from the one before goes all the way."""
    do("set obs 300\ngenerate double s = 1\nreplace s = s[_n-1] * 2 - s[_n-1] + 1 in 2/l")
    assert column(do, "s") == list(range(1, 301))


def test_missing_values_are_the_largest(do: Recorder) -> None:
    """They sort last, among themselves by letter, and are above every number."""
    do("set obs 5\ngenerate x = 3\nreplace x = . in 1\nreplace x = .a in 2\nreplace x = 2^90 in 3\nreplace x = .z in 4")
    assert do("count if x > 2^90\ncount if x >= .\ncount if x == .") == "  3\n  3\n  1\n"
    do("sort x")
    assert column(do, "x") == [3, 2.0**90, ".", ".a", ".z"]


def test_egen(do: Recorder) -> None:
    """Statistics of groups, of the observations chosen, which alone get them."""
    do(GRID + "replace x = . in 2\negen m = mean(x), by(g)\nbysort g: egen n = count(x)\negen t = total(x)")
    do("egen s = sd(x), by(g)\negen lo = min(x + 1) if g == 2\negen double hi = max(x)")
    assert column(do, "m") == [2, 2, 2, 5, 5, 5]
    assert column(do, "n") == [2, 2, 2, 3, 3, 3]
    assert column(do, "t") == [19] * 6
    assert column(do, "s")[3] == 1
    assert column(do, "lo") == [".", ".", ".", 5, 5, 5]
    assert do.data["hi"].type == "double"


@given(
    st.lists(st.tuples(st.integers(0, 3), st.one_of(st.none(), st.floats(-1e6, 1e6))), min_size=1, max_size=40),
    st.sampled_from(["mean", "sd", "sum", "count", "min", "max"]),
)
def test_statistics_of_groups_are_those_of_pandas(rows: list[tuple[int, float | None]], name: str) -> None:
    """Missing values are left out; a group without others has no mean."""
    import pandas as pd  # noqa: PLC0415

    frame = pd.DataFrame({"g": [g for g, _ in rows], "x": [np.nan if x is None else x for _, x in rows]}, dtype=float)
    grouped = frame.groupby("g")["x"]
    expected = getattr(grouped, {"sd": "std"}.get(name, name))()
    codes = np.unique(frame["g"], return_inverse=True)[1]
    found = by_group(name, frame["x"].to_numpy(), codes, len(expected))
    np.testing.assert_allclose(found, expected.to_numpy(dtype=float), rtol=1e-9, atol=1e-6)


@pytest.mark.parametrize(("percent", "expected"), [("median", 2.5), ("p25", 1.5), ("p90", 4), ("p1", 1)])
def test_percentiles_lie_between_two_values_where_they_hit_one(percent: str, expected: float) -> None:
    """Where n·p/100 is whole, two values are averaged."""
    assert by_group(percent, np.array([4.0, 1, 3, 2, np.nan]), np.zeros(5, np.int64), 1)[0] == expected


def test_choosing_observations_and_variables(do: Recorder) -> None:
    """`drop` and `keep` say how many observations have gone, and keep the rest in order."""
    assert do(GRID + "drop if x == 2\nkeep in 2/4").splitlines()[1:] == [
        "(1 observation deleted)",
        "(2 observations deleted)",
    ]
    assert column(do, "x") == [3, 4, 5]
    do(GRID + "bysort g: keep if _n == _N")
    assert column(do, "x") == [3, 6]
    do("generate abc = 1\ngenerate abd = 2\nkeep x ab*")
    assert do.data.names == ["x", "abc", "abd"]
    do("drop abc-abd")
    assert do.data.names == ["x"]


def test_names_are_abbreviated_where_that_is_clear(do: Recorder) -> None:
    """A variable answers to the beginning of its name, but not if another begins so too."""
    do(GRID + "generate income = 1\ngenerate incline = 2")
    assert do("display inco") == "1\n"
    assert do.refused("drop inc") == (111, "inc ambiguous abbreviation") == do.refused("sort x  inc")
    assert do.refused("display nope + inco") == (111, "nope not found")
    do("keep inc* incl")
    assert do.data.names == ["income", "incline"]


def test_order_rename_and_format(do: Recorder) -> None:
    """Variables move, take other names, and are shown in other formats."""
    do(GRID + "generate a = 1\norder a\norder g, after(x)\nrename x y\nformat a %4.1f")
    assert do.data.names == ["a", "y", "g"]
    assert do.data["a"].format == "%4.1f"


def test_collapse(do: Recorder) -> None:
    """One observation for each group, in order, with types and labels that say what was computed."""
    do(GRID + "replace x = . in 2\ncollapse x (count) n=x (max) top=x (p50) mid=x (sum) total=x, by(g)")
    assert do.data.names == ["g", "x", "n", "top", "mid", "total"]
    assert [variable.type for variable in do.data.variables.values()] == [
        *("float", "float", "long", "float", "float", "double")
    ]
    assert do.data["n"].label == "(count) x"
    assert [column(do, name) for name in ("x", "n", "total")] == [[2, 5], [2, 3], [4, 15]]
    do(GRID + "collapse (sd) x")
    assert do.data.n == 1


def test_groups_have_headings_and_count_from_one(do: Recorder) -> None:
    """A command that is not made for groups runs for each one, below its heading."""
    do(GRID + 'label define l 1 "one"\nlabel values g l\nsort g')
    assert do("by g: list x if x > 2, clean").splitlines() == [
        *("", "-" * 79, "-> g = one", "", "       x  ", "  3.   3  "),
        *("", "-" * 79, "-> g = 2", "", "       x  ", "  1.   4  ", "  2.   5  ", "  3.   6  "),
    ]


def test_collapse_takes_numbers_alone(do: Recorder) -> None:
    """A text has no statistic, and is not counted either."""
    do(GRID + 'generate s = "a"')
    assert do.refused("collapse (count) s, by(g)") == (109, "type mismatch")


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("generate x = 1", 110, "variable x already defined"),
        ("generate 1x = 1", 198, "1x invalid name"),
        ("generate y = nope", 111, "nope not found"),
        ('generate y = x + "a"', 109, "type mismatch"),
        ('generate byte y = "a"', 109, "type mismatch"),
        ("generate y", 100, "=exp required"),
        ("generate y = 1, replace", 198, "option replace not allowed"),
        ('replace x = "a"', 109, "type mismatch"),
        ("replace nope = 1", 111, "variable nope not found"),
        ("egen y = median(x)", 133, "unknown function egen median()"),
        ("drop nope", 111, "variable nope not found"),
        ("drop x if g == 1", 198, "invalid syntax"),
        ("keep", 198, "invalid syntax"),
        ("sort", 100, "varlist required"),
        ("rename x g", 110, "variable g already defined"),
        ("format x %9.3q", 120, "invalid %format"),
        ("format x %tdNN/DD", 120, "invalid %format: %tdNN/DD is not in the subset"),
        ("by g: generate y = 1", 5, "not sorted"),
        ("by g: sort x", 190, "sort may not be combined with by"),
        ("count in 1/9", 198, "observation numbers out of range"),
        ("count using a", 101, "using not allowed"),
        ("count x", 101, "varlist not allowed"),
        ("assert x < 6", 9, "assertion is false"),
        ("collapse (mode) x", 198, "(mode): not a statistic of the subset"),
        ("collapse x if x > 9", 2000, "no observations"),
        ("set obs 2", 198, "number of observations will not be reduced: there are 6"),
        ("set seed 1", 198, "set seed 1: not in the subset"),
        ("describe nope", 111, "variable nope not found"),
        ("list, table", 198, "option table not allowed"),
        ("label define l 1.5 x", 198, "1.5 invalid: labels are for whole numbers and .a to .z"),
    ],
)
def test_refusals(do: Recorder, text: str, code: int, message: str) -> None:
    """What is not in the table is refused, and the data is as before."""
    do(GRID)
    before = {name: variable.data.tolist() for name, variable in do.data.variables.items()}
    assert do.refused(text) == (code, message)
    assert {name: variable.data.tolist() for name, variable in do.data.variables.items()} == before
