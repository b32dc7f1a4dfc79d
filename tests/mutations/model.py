"""Mutations as data, read from TOML files; what is wrong in a file is told before anything runs.

The format is described in docs/mutations.md.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from walkthrough.outcome import Verdict

LOGIN: Final = "docs/login.md"
TABLES: Final = ("harmful", "harmless", "page")
ERROR: Final = "error"
"""What a mutation can expect beside a verdict: the page is refused before anything is walked."""

FINE: Final = frozenset({Verdict.SAME.value, Verdict.COSMETIC.value})
_STEP: Final = re.compile(r"\d+\. ")
_FAILS: Final = frozenset({verdict.value for verdict in Verdict if verdict.drifted} | {ERROR})
_KINDS: Final = ("template", "file", "proxy", "swap", "drop")
_EDIT: Final = {"old": str, "new": str, "count": int, "append": str}
_RULE: Final = {"method": str, "delay": float, "status": int, "redirect": str, "serve": str, "old": str, "new": str}
_OWN: Final = {
    "family": str,
    "page": str,
    "walkthrough": str,
    "verdict": list,
    "at": list,
    "step": int,
    "line": int,
    "patience": float,
    "whole": bool,
    "also": list,
}


class MutationError(Exception):
    """A mutation that cannot be made, or that would change nothing. The message says where, expected, found."""


@dataclass(frozen=True)
class Edit:
    """A change of a text file: each of the ``count`` places of ``old`` becomes ``new``, or ``append`` is added.

    ``kind`` is ``template``, ``file`` or ``page``; ``path`` is as the mutation's file writes it. Of a page, ``swap``
    exchanges two steps and ``drop`` takes one out, by their numbers.
    """

    kind: str
    path: str
    old: str = ""
    new: str = ""
    count: int = 1
    append: str = ""
    swap: tuple[int, int] | None = None
    drop: int = 0


@dataclass(frozen=True)
class Rule:
    """What the proxy does to requests whose path matches: waits ``delay`` seconds, answers with ``status``, leads to
    ``redirect``, serves the page at ``serve`` instead, or puts ``new`` in place of ``old`` in the body.
    """

    path: str
    method: str = ""
    delay: float = 0.0
    status: int = 0
    redirect: str = ""
    serve: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class Mutation:
    """One mutation: what changes, on which page it shall be noticed, with which verdict, and in which line or step.

    ``at`` are pieces of the page's text: the first line of one of them is the line that must be reported, or any of a
    step's where a piece begins with the step's number. ``patience`` is how many seconds each thing is waited for; 0
    leaves that to the runner. With ``whole`` the page is walked to its end, also where the mutation shows before the
    workspace only. ``place`` names file and mutation.
    """

    name: str
    table: str
    family: str
    place: str
    changes: tuple[Edit | Rule, ...]
    verdicts: frozenset[str]
    page: str = LOGIN
    walkthrough: str = ""
    at: tuple[str, ...] = ()
    step: int = 0
    line: int = 0
    patience: float = 0.0
    whole: bool = False

    @property
    def rules(self) -> tuple[Rule, ...]:
        """What the proxy has to do."""
        return tuple(change for change in self.changes if isinstance(change, Rule))

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What changes in files."""
        return tuple(change for change in self.changes if isinstance(change, Edit))

    def lines(self, page: str) -> tuple[int, ...]:
        """The lines that may be reported, in the text of the page as it is walked; none where any may be."""
        if self.line:
            return (self.line,)
        return tuple(line for piece in self.at for line in _lines(page, _found(page, piece, self), piece))


def _lines(page: str, start: int, piece: str) -> Iterator[int]:
    """The line on which a piece of a page begins; all of a step where it begins with the step's number."""
    first = page.count("\n", 0, start) + 1
    yield first
    if _STEP.match(piece):
        rest = page[start:].splitlines()[1:]
        yield from range(first + 1, first + 1 + sum(1 for _ in itertools.takewhile(_goes_on, rest)))


def _goes_on(line: str) -> bool:
    """Whether a line is still of the step above it."""
    return not line.strip() or line.startswith(" ")


def _found(page: str, piece: str, mutation: Mutation) -> int:
    start = page.find(piece)
    if start < 0:
        raise MutationError(
            f"{mutation.place}: at: expected a piece of {mutation.page}; found “{piece}”, which is not there"
        )
    return start


def read(path: Path) -> list[Mutation]:
    """Read a file of mutations, in its order. Raises `MutationError`."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise MutationError(f"{path}: expected a file of mutations; found none ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MutationError(f"{path}: expected TOML; found {error}") from None
    if unknown := sorted(set(data) - set(TABLES)):
        raise MutationError(f"{path}: expected the tables {_or(TABLES)}; found [{unknown[0]}]")
    found: list[Mutation] = []
    for table, entries in data.items():
        for name, values in entries.items() if isinstance(entries, dict) else ():
            if any(each.name == name for each in found):
                raise MutationError(f"{path}: {name}: expected a name of its own; found it in two tables")
            if not isinstance(values, dict):
                raise MutationError(f"{path}: {name}: expected a mutation in {{ }}; found {values!r}")
            found.append(_mutation(f"{path}: {name}", table, name, values))
    if not found:
        raise MutationError(f"{path}: expected at least one mutation; found none")
    return found


def _mutation(place: str, table: str, name: str, values: Mapping[str, Any]) -> Mutation:
    _check(place, values, {*_OWN, *_EDIT, *_RULE, *_KINDS})
    also = values.get("also", [])
    if not isinstance(also, list) or not all(isinstance(each, dict) for each in also):
        raise MutationError(f"{place}: also: expected a list of changes in {{ }}; found {also!r}")
    page = _value(place, values, "page", str, LOGIN)
    first = {key: value for key, value in values.items() if key not in _OWN}
    changes = (first, *also) if first or not also else also
    mutation = Mutation(
        name=name,
        table=table,
        family=_value(place, values, "family", str, ""),
        place=place,
        changes=tuple(_change(place, table, page, each) for each in changes),
        verdicts=_verdicts(place, table, values.get("verdict")),
        page=page,
        walkthrough=_value(place, values, "walkthrough", str, ""),
        at=_strings(place, "at", values.get("at", [])),
        step=_value(place, values, "step", int, 0),
        line=_value(place, values, "line", int, 0),
        patience=_value(place, values, "patience", float, 0.0),
        whole=_value(place, values, "whole", bool, False),
    )
    if not mutation.family:
        raise MutationError(f"{place}: family: expected the kind of change, such as “rename”; found none")
    aims = [key for key in ("at", "step", "line") if values.get(key)]
    if table == "harmful" and len(aims) != 1:
        raise MutationError(
            f"{place}: expected one of at, step and line, to say where it must be noticed; found {aims}"
        )
    if table == "harmless" and aims:
        raise MutationError(f"{place}: expected a harmless mutation to be noticed nowhere; found {aims[0]}")
    return mutation


def _change(place: str, table: str, page: str, values: Mapping[str, Any]) -> Edit | Rule:
    kinds = [key for key in _KINDS if key in values]
    if not kinds and table == "page":
        kinds = ["page"]
    if len(kinds) != 1:
        raise MutationError(f"{place}: expected one of {_or(_KINDS)} in each change; found {_or(kinds) or 'none'}")
    kind = kinds[0]
    allowed = _RULE if kind == "proxy" else {} if kind in ("swap", "drop") else _EDIT
    _check(place, values, {kind, *allowed})
    given = {key: _value(place, values, key, type_, None) for key, type_ in allowed.items() if key in values}
    if kind == "proxy":
        return _rule(place, Rule(_value(place, values, "proxy", str, ""), **given))
    if kind == "swap":
        numbers = values["swap"]
        if not isinstance(numbers, list) or len(numbers) != 2 or not all(type(each) is int for each in numbers):
            raise MutationError(f"{place}: swap: expected the numbers of two steps, such as [3, 4]; found {numbers!r}")
        return Edit("page", page, swap=(numbers[0], numbers[1]))
    if kind == "drop":
        return Edit("page", page, drop=_value(place, values, "drop", int, 0))
    edit = Edit(kind, page if kind == "page" else _value(place, values, kind, str, ""), **given)
    if ("old" in given) != ("new" in given) or ("old" in given) == ("append" in given):
        raise MutationError(
            f"{place}: {kind}: expected old and new, or append; found {_or(sorted(given)) or 'neither'}"
        )
    if "old" in given and (not edit.old or edit.old == edit.new):
        raise MutationError(f"{place}: old: expected a text that changes; found {edit.old!r} and new {edit.new!r}")
    return edit


def _rule(place: str, rule: Rule) -> Rule:
    does = [key for key in ("delay", "status", "redirect", "serve", "old") if getattr(rule, key)]
    if not does:
        raise MutationError(f"{place}: proxy: expected delay, status, redirect, serve, or old and new; found none")
    if not rule.path.startswith(("/", "*")):
        raise MutationError(f"{place}: proxy: expected a path such as /signup/ or */hub/login; found {rule.path!r}")
    if (rule.redirect or "/")[0] != "/" and "://" not in rule.redirect:
        raise MutationError(f"{place}: redirect: expected a path or an address; found {rule.redirect!r}")
    if rule.serve and not rule.serve.startswith("/"):
        raise MutationError(f"{place}: serve: expected the path of another page; found {rule.serve!r}")
    if rule.status and not 200 <= rule.status <= 599:
        raise MutationError(f"{place}: status: expected 200 to 599; found {rule.status}")
    return rule


def _verdicts(place: str, table: str, given: object) -> frozenset[str]:
    allowed = FINE if table == "harmless" else _FAILS
    if given is None and table != "harmful":
        return allowed
    verdicts = _strings(place, "verdict", given or [])
    if not verdicts or not set(verdicts) <= allowed:
        raise MutationError(
            f"{place}: verdict: expected, of {table} mutations, {_or(sorted(allowed))}; found {given!r}"
        )
    return frozenset(verdicts)


def _strings(place: str, key: str, given: object) -> tuple[str, ...]:
    listed = [given] if isinstance(given, str) else given
    if not isinstance(listed, list) or not all(isinstance(each, str) and each for each in listed):
        raise MutationError(f"{place}: {key}: expected a text or a list of texts; found {given!r}")
    return tuple(listed)


def _check(place: str, values: Mapping[str, Any], allowed: set[str]) -> None:
    if unknown := sorted(set(values) - allowed):
        raise MutationError(f"{place}: expected the keys {_or(sorted(allowed))}; found {unknown[0]!r}")


def _value(place: str, values: Mapping[str, Any], key: str, type_: type, default: Any) -> Any:
    if key not in values:
        return default
    value = values[key]
    if type_ is float and type(value) is int:
        value = float(value)
    if type(value) is not type_ or (type_ in (int, float) and value <= 0):
        kind = {bool: "true or false", str: "a text", int: "a whole number above 0", float: "a number above 0"}[type_]
        raise MutationError(f"{place}: {key}: expected {kind}; found {value!r}")
    return value


def _or(names: object) -> str:
    *others, last = [*names] or [""]  # type: ignore[misc]
    return f"{', '.join(others)} or {last}" if others else last
