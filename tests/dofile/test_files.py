"""Files: what is written is read again, and nothing is lost or overwritten."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dofile import dta
from dofile.data import Dataset, Variable
from dofile.values import EXTENDED, MISSING, RANGES, round_to, string_type

from .conftest import Recorder

_FORMATS = {"byte": "%8.0g", "int": "%td", "long": "%12.0gc", "float": "%9.2f", "double": "%tc"}
_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    """Datasets of each storage type, with every kind of missing value, labels, formats and an order."""
    n = draw(st.integers(0, 6))
    data = Dataset(n=n, label=draw(st.text("abc é", max_size=20)))
    missing = st.sampled_from(list(EXTENDED.values()))
    for place, kind in enumerate(draw(st.lists(st.sampled_from([*RANGES, "str", "strL"]), min_size=1, max_size=5))):
        name = f"v{place}"
        if kind.startswith("str"):
            texts = np.empty(n, dtype=object)
            texts[:] = draw(st.lists(_TEXTS, min_size=n, max_size=n))
            data.put(Variable(name, string_type(texts) if kind == "str" else kind, texts))
        else:
            low, high = RANGES[kind]
            numbers = st.one_of(missing, st.floats(low, high))
            values = round_to(np.array(draw(st.lists(numbers, min_size=n, max_size=n)), dtype=np.float64), kind)
            label = draw(st.sampled_from(["", "lab"])) if kind in ("byte", "int", "long") else ""
            data.put(Variable(name, kind, values, _FORMATS[kind], draw(st.text("xyz", max_size=9)), label))
    if draw(st.booleans()):
        data.value_labels["lab"] = {-1.0: "minus one", 3.0: "thrée", EXTENDED[".b"]: "refused"}
    data.n = n
    data.sorted_by = ("v0",) if draw(st.booleans()) else ()
    return data


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(datasets())
def test_a_dataset_is_read_as_it_was_written(tmp_path: Path, data: Dataset) -> None:
    """Values, types, formats, labels, missing values of each kind and the order survive."""
    path = tmp_path / "round.dta"
    dta.write(data, path)
    found = dta.read(path)
    assert found.names == data.names
    assert (found.n, found.label, found.sorted_by) == (data.n, data.label, data.sorted_by)
    assert found.value_labels == data.value_labels
    for name, variable in data.variables.items():
        other = found[name]
        assert (other.type, other.format, other.label, other.value_label) == (
            *(variable.type, variable.format, variable.label, variable.value_label),
        )
        assert other.data.tolist() == variable.data.tolist()


@pytest.mark.parametrize("version", [114, 117, 118])
def test_files_of_other_programs_are_read(tmp_path: Path, version: int) -> None:
    """What pandas writes in older and newer forms of the format is read, with its missing values."""
    frame = pd.DataFrame({"a": np.array([1, 2, 3], np.int8), "b": [0.5, np.nan, -1e300], "c": ["x", "yy", ""]})
    frame.to_stata(tmp_path / "a.dta", write_index=False, version=version, value_labels={"a": {1: "one"}})
    found = dta.read(tmp_path / "a.dta")
    assert [variable.type for variable in found.variables.values()] == ["byte", "double", "str2"]
    assert found["b"].data.tolist() == [0.5, MISSING, -1e300]
    assert found.labels("a") == {1.0: "one"}
    assert found["c"].data.tolist() == ["x", "yy", ""]


def test_save_and_use(do: Recorder) -> None:
    """Files are not overwritten, nor data lost, unless that is said."""
    do('set obs 4\ngenerate x = _n\nlabel data "Numbers"\ngenerate y = x')
    assert do("save a") == "file a.dta saved\n"
    assert do.refused("save a.dta") == (602, "file a.dta already exists")
    assert do("save a, replace") == "file a.dta saved\n"
    do("replace x = 0")
    assert do.refused("use a") == (4, "no; dataset in memory has changed since last saved")
    assert do("use a, clear") == "(Numbers)\n"
    assert do('use x if x > 1 in 1/3 using "a.dta", clear\ndisplay _N') == "(Numbers)\n2\n"
    assert do.data.names == ["x"]
    assert do.refused("use none, clear") == (601, "file none.dta not found")
    (do.folder or Path()).joinpath("no.dta").write_bytes(b"x" * 200)
    assert do.refused("use no, clear")[0] == 610


def test_import_of_delimited_text(do: Recorder, tmp_path: Path) -> None:
    """Columns of numbers become numeric, of the smallest type; names are made of the first line."""
    tmp_path.joinpath("a.csv").write_text('Id,Per Capita,"Name, full",x,big\n1,.5,"A, b",,3000000000\n2,1.25,C,.a,1\n')
    assert do("import delimited using a.csv") == "(5 vars, 2 obs)\n"
    found = do.data
    assert found.names == ["id", "percapita", "namefull", "x", "big"]
    assert [variable.type for variable in found.variables.values()] == ["byte", "float", "str4", "byte", "double"]
    assert found["percapita"].label == "Per Capita"
    assert found["x"].data.tolist() == [MISSING, MISSING]
    assert do("import delimited a, clear varnames(nonames)") == "(5 vars, 3 obs)\n"
    tmp_path.joinpath("t.txt").write_text("1\t2\n3\t4\n")
    assert do("import delimited t.txt, clear") == "(2 vars, 2 obs)\n"
    assert do.data.names == ["v1", "v2"]
    assert do.refused("import excel a.xls, clear")[0] == 198
    assert do.refused("import delimited b.csv, clear") == (601, "file b.csv not found")


def test_export_of_delimited_text(do: Recorder, tmp_path: Path) -> None:
    """Labels stand for values unless `nolabel` is given; missing numbers are empty."""
    do('set obs 2\ngenerate x = _n\ngenerate y = .5 in 1\nlabel define l 1 "one, two"\nlabel values x l')
    assert do("export delimited using a") == "file a.csv saved\n"
    assert tmp_path.joinpath("a.csv").read_text() == 'x,y\n"one, two",.5\n2,\n'
    do('export delimited x if x == 2 using a, replace nolabel novarnames delimiter(";")')
    assert tmp_path.joinpath("a.csv").read_text() == "2\n"
    assert do.refused("export delimited using a") == (602, "file a.csv already exists")


@pytest.mark.parametrize(
    "line", ["save a b", "use a b, clear", "merge 1:1 x using a b", "append using a b", "import delimited a b, clear"]
)
def test_names_with_blanks_need_quotes(do: Recorder, line: str) -> None:
    """A second word behind a file's name is refused; a quoted name may hold blanks."""
    do("set obs 1\ngenerate x = 1")
    assert do.refused(line) == (198, "invalid 'b'")
    assert do('save "a b"') == "file a b.dta saved\n"
