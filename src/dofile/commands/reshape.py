"""`reshape long` and `reshape wide`."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from dofile import errors, order
from dofile.commands.combine import nothing, wider
from dofile.commands.rows import not_unique
from dofile.data import Dataset, Variable, check_name
from dofile.errors import DoError
from dofile.extended import number_text
from dofile.loops import numlist
from dofile.session import Session
from dofile.syntax import Call
from dofile.values import holds, string_type

_LINE = 80
_RULE = "-" * 77


def reshape(session: Session, call: Call) -> None:
    """Turn wide data long, or long data wide."""
    way, _, text = call.text.partition(" ")
    stubs = text.split()
    if way not in ("long", "wide") or not stubs:
        raise errors.invalid_syntax()
    if bad := next((stub for stub in stubs if not re.fullmatch(r"[A-Za-z_]\w*", stub)), None):
        raise DoError(198, f"{bad}: only plain names are in the subset")
    words = str(call.options.get("j", "_j")).split()
    before = (session.data.n, len(session.data.variables))
    identity = list(call.options["i"])
    if way == "long":
        data, suffixes, pairs = _long(session.data, stubs, identity, words, "string" in call.options)
    else:
        data, suffixes, pairs = _wide(session.data, stubs, identity, words, "string" in call.options)
    session.data = data
    after = (data.n, len(data.variables))
    lines = [*_wrapped(f"(j = {' '.join(suffixes)})"), "", *_table(way, words[0], len(suffixes), before, after)]
    session.out("\n".join([*lines, *(f"{left:>39}   ->   {right}" for left, right in pairs), _RULE]))


def _long(
    data: Dataset, stubs: list[str], identity: list[str], words: list[str], text: bool
) -> tuple[Dataset, list[str], list[tuple[str, str]]]:
    """Return (long data, suffixes, pairs of wide and long names)."""
    j = check_name(words[0])
    for name in (j, *stubs):
        if name in data:
            raise errors.already_defined(name)
    suffixes = _suffixes(data, stubs, words[1:], text)
    if order.codes(data, identity)[1] < data.n:
        raise DoError(9, f"{not_unique(identity)} the observations")
    wide = {stub: [f"{stub}{suffix}" for suffix in suffixes] for stub in stubs}
    count = len(suffixes)
    result = Dataset(label=data.label, value_labels=dict(data.value_labels), changed=True, n=data.n * count)
    first = {next(name for name in names if name in data): stub for stub, names in wide.items()}
    gone = {name for names in wide.values() for name in names}
    marks: Any = np.array(suffixes, dtype=object) if text else np.array([float(suffix) for suffix in suffixes])
    kinds = [string_type(suffixes)] if text else ["byte", "int", "long", "double"]
    kind = next(each for each in kinds if text or holds(marks, each))
    made: dict[str, Variable] = {}
    for name, variable in data.variables.items():
        if name in first:
            made[first[name]] = _stacked(data, first[name], wide[first[name]])
        elif name not in gone:
            made[name] = variable.but(data=np.repeat(variable.data, count))
    made[j] = Variable(j, kind, np.tile(marks, data.n))
    result.variables = {name: made[name] for name in dict.fromkeys([*identity, j, *made])}
    result.take(order.order(result, [*identity, j]))
    result.sorted_by = (*identity, j)
    pairs = [(_shown([name for name in wide[stub] if name in data], wide[stub]), stub) for stub in stubs]
    return result, suffixes, pairs


def _suffixes(data: Dataset, stubs: list[str], given: list[str], text: bool) -> list[str]:
    """Return what stands behind the stubs in the variables' names, in order."""
    if given:
        found = set(given) if text else {number_text(number) for number in numlist(" ".join(given))}
    else:
        pattern = r"(.+)" if text else r"(0|[1-9]\d*)"
        matches = (re.fullmatch(stub + pattern, name) for stub in stubs for name in data.names)
        found = {match[1] for match in matches if match}
    ordered = sorted(found) if text else sorted(found, key=float)
    for stub in stubs:
        if not any(f"{stub}{suffix}" in data for suffix in ordered):
            raise DoError(111, f"no xij variables found: none is called {stub} with a suffix")
    return ordered


def _stacked(data: Dataset, stub: str, names: list[str]) -> Variable:
    """Return the variables of these names as one, observation by observation."""
    there = [data[name] for name in names if name in data]
    if len({variable.is_string for variable in there}) > 1:
        raise DoError(198, f"{stub}: some of its variables are numeric and others string")
    kind = there[0].type
    for variable in there[1:]:
        kind = wider(kind, variable.type)
    columns = [data[name].data if name in data else nothing(there[0], data.n) for name in names]
    return there[0].but(name=stub, type=kind, data=np.stack(columns, axis=1).ravel(), label="")


def _wide(
    data: Dataset, stubs: list[str], identity: list[str], words: list[str], text: bool
) -> tuple[Dataset, list[str], list[tuple[str, str]]]:
    """Return (wide data, suffixes, pairs of long and wide names)."""
    if not words or words == ["_j"]:
        raise errors.option_required("j")
    if len(words) > 1:
        raise errors.invalid_syntax("reshape wide: values in j() are not in the subset")
    j = data.resolve(words[0])
    words[0] = j
    stubs = [data.resolve(stub) for stub in stubs]
    marks = data[j]
    if marks.is_string and not text:
        raise DoError(109, f"variable {j} is string; specify string option")
    if marks.missing().any():
        raise DoError(498, f"variable {j} contains missing values")
    codes, count = order.codes(data, identity)
    values, places = np.unique(marks.data, return_inverse=True)
    if len(np.unique(codes * len(values) + places)) < data.n:
        raise DoError(9, f"values of variable {j} not unique within {' '.join(identity)}")
    rest = [name for name in data.names if name not in (*identity, j, *stubs)]
    where = np.empty(count, dtype=np.int64)
    where[codes] = np.arange(data.n)
    for name in rest:
        if (data[name].data != data[name].data[where][codes]).any():
            raise DoError(9, f"variable {name} not constant within {' '.join(identity)}")
    suffixes = [value if isinstance(value, str) else number_text(value) for value in values.tolist()]
    result = Dataset(label=data.label, value_labels=dict(data.value_labels), changed=True, n=count)
    for name in identity:
        result.variables[name] = data[name].but(data=data[name].data[where])
    taken = {*identity, *rest}
    for place, suffix in enumerate(suffixes):
        for stub in stubs:
            name = check_name(f"{stub}{suffix}")
            if name in taken:
                raise errors.already_defined(name)
            source = data[stub]
            column = nothing(source, count)
            chosen = places == place
            column[codes[chosen]] = source.data[chosen]
            result.variables[name] = source.but(name=name, data=column, label=f"{suffix} {source.label or stub}"[:80])
    for name in rest:
        result.variables[name] = data[name].but(data=data[name].data[where])
    result.sorted_by = tuple(identity)
    pairs = [(stub, _shown(names, names)) for stub in stubs for names in [[f"{stub}{suffix}" for suffix in suffixes]]]
    return result, suffixes, pairs


def _shown(names: list[str], all_: list[str]) -> str:
    return " ".join(names) if len(names) <= 3 else f"{names[0]} {names[1]} ... {names[-1]}"


def _table(way: str, j: str, values: int, before: tuple[int, int], after: tuple[int, int]) -> list[str]:
    """Return the table of what has become of the data, up to the list of its variables."""
    long = way == "long"
    counted = f"j variable ({values} values)"
    titles = ("Wide", "Long") if long else ("Long", "Wide")
    rows = [
        (f"{'Number of observations':<22}{before[0]:>17,}", f"{after[0]:<12,}" if long else f"{after[0]:,}"),
        (f"{'Number of variables':<22}{before[1]:>17,}", f"{after[1]:<12,}" if long else f"{after[1]:,}"),
        (counted.ljust(39) if long else f"{counted}{j:>{39 - len(counted)}}", j if long else "(dropped)"),
    ]
    return [
        f"{'Data':<35}{titles[0]:<7}->   {titles[1]}",
        _RULE,
        *(f"{left}   ->   {right}" for left, right in rows),
        "xij variables:",
    ]


def _wrapped(text: str) -> list[str]:
    """Return lines of no more than 80 columns; those that follow begin with the mark of a continued line."""
    lines = [text[:_LINE]]
    text = text[_LINE:]
    while text:
        lines.append("> " + text[: _LINE - 2])
        text = text[_LINE - 2 :]
    return lines
