"""Delimited text ↔ `Dataset`, by pandas' reader and writer."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from dofile import errors
from dofile.data import RESERVED, Dataset, Variable
from dofile.errors import DoError
from dofile.format import fmt
from dofile.values import MISSING, from_nan, holds, missing_name, round_to, string_type

_MISSING_WORDS = ["", ".", *(f".{chr(letter)}" for letter in range(ord("a"), ord("z") + 1))]


def read(path: Path, delimiter: str | None, names: int | None, case: str, encoding: str) -> Dataset:
    """Read a file. `names`: the line that has the names, from 1; 0 for none; None to see.

    Columns in which each field is a number, or empty, become numeric, of the smallest type that holds them exactly;
    others stay text. Raises r(601) where the file is not there, r(198) where it is not in this encoding.
    """
    if not path.is_file():
        raise errors.file_not_found(str(path))
    try:
        with path.open(encoding=encoding, newline="") as file:
            lines = [file.readline() for _ in range(max(names or 1, 1))]
        separator = delimiter or ("\t" if "\t" in lines[0] else ",")
        head = next(csv.reader([lines[-1].rstrip("\r\n").removeprefix("\ufeff")], delimiter=separator), [])
        named = names if names is not None else int(bool(head) and not any(_number(word) for word in head if word))
        frame = pd.read_csv(
            path, sep=separator, header=None, skiprows=named or 0, dtype=object, keep_default_na=False,
            encoding=encoding, na_filter=False, skip_blank_lines=True, names=range(len(head)), index_col=False,
        )  # fmt: skip
    except (UnicodeDecodeError, LookupError) as error:
        raise DoError(198, f"file {path} is not in the encoding {encoding}") from error
    except pd.errors.EmptyDataError:
        frame = pd.DataFrame(columns=range(len(head)))
    except pd.errors.ParserError as error:
        raise DoError(198, f"file {path}: {error}") from error
    data = Dataset(n=len(frame))
    for place, name in enumerate(_names(head if named else [""] * len(head), case)):
        data.put(_variable(name, frame.iloc[:, place], head[place] if named else ""))
    data.n = len(frame)
    return data


def write(
    data: Dataset, names: Sequence[str], rows: Any, path: Path, *, delimiter: str, header: bool, label: bool
) -> None:
    """Write variables' values, or their value labels where `label` is true. Raises r(603) where that is impossible."""
    columns = {}
    for name in names:
        variable = data[name]
        values = variable.data[rows]
        texts = data.labels(name) if label else {}
        columns[name] = (
            values if variable.is_string else [texts.get(value) or _shown(value, variable) for value in values]
        )
    try:
        pd.DataFrame(columns, dtype=object).to_csv(path, sep=delimiter, header=header, index=False, lineterminator="\n")
    except OSError as error:
        raise DoError(603, f"file {path} could not be opened") from error


def _shown(value: float, variable: Variable) -> str:
    if value >= MISSING:
        return "" if value == MISSING else missing_name(value)
    if variable.format.startswith("%t"):
        return fmt(value, variable.format).strip()
    if value == int(value):
        return str(int(value))
    shown = str(np.float32(value)) if variable.type == "float" else repr(float(value))
    return re.sub(r"^(-?)0\.", r"\1.", shown)


def _number(word: str) -> bool:
    return bool(re.fullmatch(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*", word))


def _names(words: list[str], case: str) -> list[str]:
    """Return names of variables for a line of names: signs that no name can have left out, none twice."""
    found: list[str] = []
    for place, word in enumerate(words, start=1):
        name = re.sub(r"\W", "", word, flags=re.ASCII)[:32]
        name = {"lower": name.lower(), "upper": name.upper()}.get(case, name)
        if name[:1].isdigit():
            name = f"v{place}"
        if not name or name in RESERVED or name in found:
            name = f"v{place}"
        found.append(name)
    return found


def _variable(name: str, column: Any, heading: str) -> Variable:
    label = heading if heading != name else ""
    stripped = column.str.strip() if len(column) else column
    kept = stripped[~stripped.isin(_MISSING_WORDS)] if len(column) else column
    numbers = pd.to_numeric(kept, errors="coerce") if len(kept) else kept
    if len(kept) and (numbers.isna().any() or not kept.map(_number).all()):
        texts = np.empty(len(column), dtype=object)
        texts[:] = column
        return Variable(name, string_type(texts), texts, label=label)
    values = np.full(len(column), MISSING)
    values[kept.index.to_numpy(dtype=np.int64)] = from_nan(numbers.to_numpy(dtype=np.float64))
    kind = next(kind for kind in ("byte", "int", "long", "double") if holds(values, kind))
    real = values[values < MISSING]
    if kind == "double" and (real != np.trunc(real)).any() and _short(kept):
        # A fraction of up to seven digits is what a float shows.
        kind = "float"
    return Variable(name, kind, round_to(values, kind), label=label)


def _short(words: Any) -> bool:
    return bool((words.str.replace(r"[eE].*|\D", "", regex=True).str.lstrip("0").str.len() <= 7).all())
