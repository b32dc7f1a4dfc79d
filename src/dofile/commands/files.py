"""`use`, `save`, `import delimited`, `export delimited`."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from dofile import errors, evaluate, order, syntax
from dofile.data import Dataset
from dofile.errors import DoError
from dofile.session import Session
from dofile.syntax import Call


def load(session: Session, name: str) -> Dataset:
    """Return the dataset of a .dta file. Raises r(601), r(610)."""
    from dofile import dta  # noqa: PLC0415 - pandas is slow to import

    path = session.path(name, ".dta")
    if not path.is_file():
        raise errors.file_not_found(shown(name, ".dta"))
    return dta.read(path)


def shown(name: str, suffix: str) -> str:
    """Return a file's name as messages show it."""
    return name if re.search(r"\.[^./\\]*$", name) else name + suffix


def use(session: Session, call: Call) -> None:
    """Read a .dta file, all of it or some variables and observations."""
    _may_replace(session, call)
    name = syntax.file_name(call.text) if call.using is None else call.using
    if not name:
        raise errors.invalid_syntax()
    if call.using is None and call.selects:
        raise DoError(198, "if and in need: use varlist using filename")
    data = load(session, name)
    label = data.label
    if call.using is not None:
        rows = selected(session, call, data)
        names = data.varlist(call.text) if call.text else data.names
        if len(rows) < data.n:
            kept = data.sorted_by
            data.take(rows)
            data.sorted_by = kept
        keep = set(names)
        data.drop([name for name in data.names if name not in keep])
        data.n = len(rows)
        data.changed = bool(call.selects or len(keep) < len(data.names))
    data.filename = shown(name, ".dta")
    session.data = data
    if label:
        session.out(f"({label})")


def selected(session: Session, call: Call, data: Dataset) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the observations of a file that the call's if and in select."""
    rows = order.every(data.n)
    if call.range is not None:
        rows = rows[syntax.positions(call.range, data.n)]
    if call.condition is not None:
        rows = rows[evaluate.truth(call.condition, replace(session.frame(), data=data, rows=rows))]
    return rows


def _may_replace(session: Session, call: Call) -> None:
    if session.data.changed and session.data.variables and "clear" not in call.options:
        raise errors.no_data_changed()


def save(session: Session, call: Call) -> None:
    """Write a .dta file."""
    from dofile import dta  # noqa: PLC0415

    data = session.data
    if not data.variables:
        raise errors.no_variables()
    name = syntax.file_name(call.text) or data.filename
    if not name:
        raise errors.invalid("filename")
    name = shown(name, ".dta")
    path = session.path(name)
    there = path.exists()
    if there and "replace" not in call.options:
        raise errors.file_exists(name)
    dta.write(data, path)
    data.filename, data.changed, data.stamp = name, False, dta.stamp()
    if not there and "replace" in call.options:
        session.out(f"(file {name} not found)")
    session.out(f"file {name} saved")


def import_(session: Session, call: Call) -> None:
    """Read a delimited text file."""
    name = syntax.file_name(_delimited(call.text))
    if call.using is not None:
        if name:
            raise DoError(198, "import delimited: naming the variables is not in the subset; see varnames()")
        name = call.using
    if not name:
        raise DoError(100, "using required")
    _may_replace(session, call)
    options = call.options
    names = options.get("varnames")
    if names is not None and names != "nonames" and not re.fullmatch(r"[1-9]\d*", names):
        raise errors.option_invalid("varnames")
    from dofile import delimited  # noqa: PLC0415

    path = session.path(name, ".csv")
    if not path.is_file():
        raise errors.file_not_found(shown(name, ".csv"))
    session.data = delimited.read(
        path,
        _delimiter(options.get("delimiters"), "delimiters"),
        None if names is None else 0 if names == "nonames" else int(names),
        options.get("case", "lower"),
        options.get("encoding", "utf-8"),
    )
    count = len(session.data.variables)
    session.out(f"({count:,} var{'s' * (count != 1)}, {session.data.n:,} obs)")


def _delimited(text: str) -> str:
    """Return what follows `delimited`. Raises r(198) where it is not there: no other kind of file is read."""
    kind, _, rest = text.partition(" ")
    if not kind or len(kind) < 5 or not "delimited".startswith(kind):
        raise DoError(198, f"import {kind}: only delimited is in the subset")
    return rest.strip()


def _delimiter(text: str | None, name: str) -> str | None:
    if text is None:
        return None
    character = {"tab": "\t", r"\t": "\t", "comma": ","}.get(text, text)
    if len(character) != 1:
        raise errors.option_invalid(name)
    return character


def export(session: Session, call: Call) -> None:
    """Write a delimited text file."""
    names = session.data.varlist(_delimited(call.text)) or session.data.names
    name = shown(str(call.using), ".csv")
    path = session.path(name)
    rows = selected(session, call, session.data)
    if path.exists() and "replace" not in call.options:
        raise errors.file_exists(name)
    from dofile import delimited  # noqa: PLC0415

    delimited.write(
        session.data,
        names,
        rows,
        path,
        delimiter=_delimiter(call.options.get("delimiter"), "delimiter") or ",",
        header="novarnames" not in call.options,
        label="nolabel" not in call.options,
    )
    session.out(f"file {name} saved")
