"""`.dta` files ↔ `Dataset`, by pandas' reader and writer.

Both of them drop what a do-file can see: `.a` to `.z`, display formats, the names of value labels, the order. So each
is given the one step in which it does. They reach for names that pandas does not document; the locked version has them.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pandas.io.stata import StataNonCatValueLabel, StataReader, StataWriterUTF8

from dofile import errors
from dofile.data import Dataset, Variable
from dofile.errors import DoError
from dofile.values import MISSING, Floats

_TYPES = {"int8": "byte", "int16": "int", "int32": "long", "float32": "float", "float64": "double"}
_DTYPES = {kind: np.dtype(name) for name, kind in _TYPES.items()}
_STRL = 32768
# The code of `.` in each integer type, and from which version of the format on `.a` to `.z` follow it.
_FIRST = {"byte": 101, "int": 32741, "long": 2147483621}
_EXTENDED_SINCE = 113
_LABEL_FIRST = 2147483621


class _Reader(StataReader):  # type: ignore[misc]
    """Leaves missing values as the file codes them."""

    def _do_convert_missing(self, data: pd.DataFrame, convert_missing: bool) -> pd.DataFrame:
        return data


class _Writer(StataWriterUTF8):  # type: ignore[misc]
    """Writes arrays that are coded already."""

    def __init__(self, path: Path, dataset: Dataset) -> None:
        self._dataset = dataset
        labels = {name: variable.label[:80] for name, variable in dataset.variables.items()}
        long = [name for name, variable in dataset.variables.items() if variable.type == "strL"]
        super().__init__(
            path,
            pd.DataFrame(index=range(dataset.n)),
            write_index=False,
            time_stamp=_now(),
            data_label=dataset.label[:80],
            variable_labels=labels,
            convert_strl=long,
        )

    def _prepare_pandas(self, data: pd.DataFrame) -> None:
        dataset = self._dataset
        columns = {name: _encoded(variable) for name, variable in dataset.variables.items()}
        self.data = pd.DataFrame(columns, index=range(dataset.n))
        self.nobs, self.nvar = dataset.n, len(columns)
        self.varlist = dataset.names
        self._converted_names: dict[str, str] = {}
        self._convert_dates: dict[str, str] = {}
        self.fmtlist = [variable.format for variable in dataset.variables.values()]
        self.typlist = [_code(variable.type) for variable in dataset.variables.values()]
        self._has_value_labels = np.array([bool(variable.value_label) for variable in dataset.variables.values()])
        self._value_labels = [
            StataNonCatValueLabel(name, {_label_code(value): text for value, text in labels.items()}, "utf-8")
            for name, labels in dataset.value_labels.items()
            if labels
        ]

    def _write_value_label_names(self) -> None:
        names = [variable.value_label for variable in self._dataset.variables.values()]
        self.varlist, kept = names, self.varlist
        super()._write_value_label_names()
        self.varlist = kept

    def _write_sortlist(self) -> None:
        self._update_map("sortlist")
        places = [self.varlist.index(name) + 1 for name in self._dataset.sorted_by]
        numbers = np.zeros(self.nvar + 1, dtype=f"{self._byteorder}u{2 if self._dta_version < 119 else 4}")
        numbers[: len(places)] = places
        self._write_bytes(self._tag(numbers.tobytes(), "sortlist"))


def read(path: Path) -> Dataset:
    """Read a file. Raises r(601) where it is not there, r(610) where it is none of this format."""
    if not path.is_file():
        raise errors.file_not_found(str(path))
    try:
        with _Reader(path, convert_dates=False, convert_categoricals=False) as reader:
            frame = reader.read()
            labels = {name: _coded_labels(texts) for name, texts in reader.value_labels().items()}
            dataset = Dataset(n=len(frame), label=reader.data_label, value_labels=labels, filename=str(path))
            dataset.stamp = reader.time_stamp
            described = reader.variable_labels()
            for place, name in enumerate(reader._varlist):
                column = frame.iloc[:, place]
                kind, data = _decoded(column, reader._typlist[place], reader._dtyplist[place], reader._format_version)
                variable = Variable(name, kind, data, reader._fmtlist[place], described[name], reader._lbllist[place])
                dataset.put(variable)
            order = [reader._varlist[place - 1] for place in reader._srtlist if place]
    except (ValueError, KeyError, IndexError, EOFError) as error:
        raise DoError(610, f"file {path} not in .dta format ({error})") from error
    dataset.n = len(frame)
    dataset.sorted_by = tuple(order)
    dataset.changed = False
    return dataset


def write(dataset: Dataset, path: Path) -> None:
    """Write a file, in the format that programs since 2015 read. Raises r(603) where that is not possible."""
    try:
        _Writer(path, dataset).write_file()
    except OSError as error:
        raise DoError(603, f"file {path} could not be opened") from error


def _now() -> datetime.datetime:
    """Return the time that a file says it was written; builds that shall not change set `SOURCE_DATE_EPOCH`."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.datetime.now() if fixed is None else datetime.datetime.fromtimestamp(int(fixed), datetime.UTC)


def stamp() -> str:
    """Return the time of writing as `describe` shows it."""
    return _now().strftime("%d %b %Y %H:%M").lstrip("0")


def _decoded(column: Any, code: Any, dtype: Any, version: int) -> tuple[str, Any]:
    """Return (storage type, data) of a column as it was read."""
    if isinstance(code, int) or code == "Q" or column.dtype == object or not hasattr(dtype, "name"):
        texts = np.empty(len(column), dtype=object)
        texts[:] = [str(text).rstrip("\0") for text in column]
        return (f"str{max(code, 1)}" if isinstance(code, int) else "strL"), texts
    kind = _TYPES[dtype.name]
    raw = column.to_numpy()
    values: Floats = raw.astype(np.float64)
    if kind in _FIRST:
        above = raw.astype(np.int64) - _FIRST[kind]
        missing = above >= 0
        if missing.any():
            known = missing & (above <= 26) & (version >= _EXTENDED_SINCE)
            values = np.where(missing, MISSING * (1 + np.where(known, above, 0) / 4096), values)
    elif kind == "float":
        missing = values >= 2.0**127
        if missing.any():
            values = np.where(missing, values / 2.0**127 * MISSING, values)
    return kind, values


def _encoded(variable: Variable) -> Any:
    """Return a column as the file holds it."""
    if variable.is_string:
        texts = variable.data if variable.type == "strL" else [text.encode() for text in variable.data]
        return pd.Series(texts, dtype=object)
    values = variable.data
    missing = values >= MISSING
    dtype = _DTYPES[variable.type]
    if variable.type == "double" or not missing.any():
        return pd.Series(values.astype(dtype))
    scaled = np.where(missing, values, MISSING) / MISSING
    codes = scaled * 2.0**127 if variable.type == "float" else _FIRST[variable.type] + (scaled - 1) * 4096
    return pd.Series(np.where(missing, codes, values).astype(dtype))


def _code(kind: str) -> int:
    """Return the number that the file has for a storage type."""
    codes = {"byte": 65530, "int": 65529, "long": 65528, "float": 65527, "double": 65526, "strL": _STRL}
    return codes.get(kind) or int(kind[3:])


def _label_code(value: float) -> int:
    return int(_LABEL_FIRST + (value / MISSING - 1) * 4096) if value >= MISSING else int(value)


def _coded_labels(texts: dict[Any, str]) -> dict[float, str]:
    items: Iterable[tuple[int, str]] = ((int(value), text) for value, text in texts.items())
    return {
        MISSING * (1 + (value - _LABEL_FIRST) / 4096) if value >= _LABEL_FIRST else float(value): text
        for value, text in items
    }
