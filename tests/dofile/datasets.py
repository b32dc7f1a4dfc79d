"""The datasets of the published results, from packages that ship them or from `golden/data`.

Every dataset is written as a .dta file, so that a licensed user's do-file and the engine's read the same rows.
"""

from __future__ import annotations

import functools
import importlib.util
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

DATA = Path(__file__).parent / "golden" / "data"


def package(name: str) -> Path:
    """Return the folder of an installed package."""
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.origin is not None, f"{name} is not installed"
    return Path(spec.origin).parent


def causaldata(name: str, target: Path) -> None:
    """Copy a .dta file of the package causaldata."""
    shutil.copyfile(package("causaldata") / name / f"{name}.dta", target)


def write(frame: pd.DataFrame, target: Path, labels: dict[str, dict[int, str]] | None = None) -> None:
    """Write a frame, with value labels."""
    frame.to_stata(target, write_index=False, version=118, value_labels=labels)


def nhefs(target: Path) -> None:
    """NHEFS as its authors code it: categories from 0, where causaldata has factors that count from 1."""
    frame = pd.read_stata(package("causaldata") / "nhefs" / "nhefs.dta", convert_categoricals=False)
    for name in ("sex", "race", "education", "active", "exercise"):
        frame[name] -= frame[name].min() - (1 if name == "education" else 0)
    write(frame.select_dtypes("number"), target)


def grunfeld(target: Path) -> None:
    """Grunfeld's ten firms as Stata's own copy names them (webuse grunfeld); statsmodels ships eleven."""
    from statsmodels.datasets import grunfeld as module  # noqa: PLC0415

    frame = module.load_pandas().data
    frame = frame[frame["firm"] != "American Steel"].copy()
    frame["company"] = pd.factorize(frame["firm"])[0] + 1
    write(frame.rename(columns={"value": "mvalue", "capital": "kstock"}).drop(columns="firm"), target)


def shipped(name: str, target: Path) -> None:
    """Write a dataset of statsmodels, its names in lower case, its numbers as they are."""
    frame = importlib.import_module(f"statsmodels.datasets.{name}").load_pandas().data
    write(frame.rename(columns=str.lower), target)


def lbw(target: Path) -> None:
    """Hosmer and Lemeshow's low birth weight data; race is labelled, as in Stata's own copy."""
    frame = pd.read_csv(package("statsmodels") / "genmod/tests/results/stata_lbw_glm.csv")
    races = {1: "white", 2: "black", 3: "other"}
    frame["race"] = frame["race"].map({text: code for code, text in races.items()}).astype("int8")
    small = {name: "int8" for name in frame if name not in {"id", "bwt", "lwt"}}
    write(frame.astype(small | {"id": "int16", "bwt": "int16", "lwt": "int16"}), target, {"race": races})


def nist(folder: str, name: str, columns: list[str], target: Path) -> None:
    """Read a data file of the NIST, which says itself in which lines its data stand."""
    text = (package("scipy") / f"stats/tests/data/{folder}/{name}.dat").read_text().splitlines()
    found = re.search(r"Data\s+\(lines\s+(\d+) to (\d+)", "\n".join(text))
    assert found is not None
    first, last = int(found[1]), int(found[2])
    numbers = [line.split() for line in text[first - 1 : last]]
    write(pd.DataFrame(np.array(numbers, dtype=float), columns=columns), target)


def citytemp2(target: Path) -> None:
    """Rebuild 956 cities from the table of counts that is published."""
    counts = {1: (46, 83, 37), 2: (162, 92, 30), 3: (139, 68, 43), 4: (160, 73, 23)}
    rows = [(region, age + 1) for region, ages in counts.items() for age, n in enumerate(ages) for _ in range(n)]
    frame = pd.DataFrame(rows, columns=["region", "agecat"]).astype("int8")
    labels = {"region": {1: "NE", 2: "N Cntrl", 3: "South", 4: "West"}, "agecat": {1: "19-29", 2: "30-34", 3: "35+"}}
    frame.to_stata(
        target,
        write_index=False,
        version=118,
        value_labels=labels,  # type: ignore[arg-type]
        variable_labels={"region": "Census Region"},
    )


def typed(name: str, target: Path) -> None:
    """A small dataset that a source prints, from `golden/data`."""
    frame = pd.read_csv(DATA / f"{name}.csv")
    numbers = frame.select_dtypes("number")
    write(frame.astype({c: "float32" if numbers[c].dtype == float else "int16" for c in numbers}), target)


MAKERS: dict[str, Callable[[Path], None]] = {
    "auto": functools.partial(causaldata, "auto"),
    "thornton_hiv": functools.partial(causaldata, "thornton_hiv"),
    "nhefs": nhefs,
    "grunfeld": grunfeld,
    "lbw": lbw,
    "citytemp2": citytemp2,
    "norris": functools.partial(nist, "nist_linregress", "Norris", ["y", "x"]),
    **{name: functools.partial(shipped, name) for name in ("macrodata", "spector", "longley")},
    **{
        n: functools.partial(nist, "nist_anova", n, ["treatment", "y"])
        for n in ("AtmWtAg", "SiRstv", "SmLs01", "SmLs04")
    },
    **{path.stem: functools.partial(typed, path.stem) for path in DATA.glob("*.csv")},
}


def make(folder: Path, names: set[str] | None = None) -> None:
    """Write the named datasets (all, where none are named) into a folder as `NAME.dta`."""
    for name in sorted(names if names is not None else MAKERS):
        if name not in MAKERS:
            raise ValueError(f"no dataset is called {name!r}; there are {', '.join(sorted(MAKERS))}")
        MAKERS[name](folder / f"{name}.dta")
