"""`drop`, `keep`, `sort`, `gsort`, `order`, `rename`, `format`, `isid`, `preserve`, `restore`, `clear`, `set`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from dofile import errors
from dofile import order as ordering
from dofile.data import Dataset, check_name
from dofile.errors import DoError
from dofile.format import parse
from dofile.values import is_string

if TYPE_CHECKING:
    from dofile.session import Session
    from dofile.syntax import Call


def drop(session: Session, call: Call) -> None:
    """Take out variables or observations."""
    _choose(session, call, keep=False)


def keep(session: Session, call: Call) -> None:
    """Keep variables or observations."""
    _choose(session, call, keep=True)


def _choose(session: Session, call: Call, *, keep: bool) -> None:
    data = session.data
    if bool(call.varlist) == call.selects:
        raise errors.invalid_syntax()
    if call.varlist:
        if call.by:
            raise errors.invalid_syntax()
        named = set(call.names)
        data.drop([name for name in data.names if (name in named) != keep])
        return
    chosen = np.zeros(data.n, dtype=bool)
    chosen[call.rows] = True
    if not keep:
        chosen = ~chosen
    gone = data.n - int(np.count_nonzero(chosen))
    if gone:
        data.take(chosen)
    session.out(f"({gone:,} observation{'s' * (gone != 1)} deleted)")


def sort(session: Session, call: Call) -> None:
    """Put observations in ascending order; equals keep theirs."""
    ordering.sort(session.data, call.names)


def gsort(session: Session, call: Call) -> None:
    """Put observations in ascending or descending order. Missing values stay the largest, so they come first in -."""
    words = re.findall(r"([+-]?)\s*([^\s+-]+)", call.text)
    if not words:
        raise errors.varlist_required()
    data = session.data
    names = [data.resolve(name) for _, name in words]
    down = [sign == "-" for sign, _ in words]
    changed = data.changed
    data.take(ordering.order(data, names, down))
    data.changed = changed
    data.sorted_by = tuple(names[: down.index(True)] if any(down) else names)


def order(session: Session, call: Call) -> None:
    """Move variables to the front, to the end, or beside another."""
    data, options = session.data, call.options
    names = list(dict.fromkeys(call.names))
    if len({"first", "last", "before", "after"} & set(options)) > 1:
        raise errors.invalid_syntax("only one of first, last, before() and after() allowed")
    if "alphabetic" in options:
        names = sorted(names)
    others = [name for name in data.names if name not in names]
    place = len(others) if "last" in options else 0
    for where, offset in (("before", 0), ("after", 1)):
        if where in options:
            if options[where] not in others:
                raise errors.invalid_syntax(f"{where}() cannot name a variable that is moved")
            place = others.index(options[where]) + offset
    changed = data.changed
    data.reorder([*others[:place], *names, *others[place:]])
    data.changed = changed  # the order is not counted as a change, as `describe` shows


def rename(session: Session, call: Call) -> None:
    """Give variables other names: one, or as many as are named in parentheses."""
    data = session.data
    found = re.fullmatch(r"\(([^()]*)\)\s*\(([^()]*)\)", call.text)
    old, new = (found[1].split(), found[2].split()) if found else ([word] for word in _pair(call.text))
    if len(old) != len(new):
        raise DoError(198, "rename: old and new have different numbers of names")
    pairs = dict(zip([data.resolve(word) for word in old], new, strict=True))
    for name in new:
        check_name(name)
        if name in data and name not in pairs:
            raise DoError(110, f"variable {name} already defined")
    if len(set(new)) < len(new):
        raise DoError(198, "rename: a new name stands twice")
    data.rename(pairs)


def _pair(text: str) -> tuple[str, str]:
    words = text.split()
    if len(words) != 2 or set(text) & set("*?#()"):
        raise errors.invalid_syntax()
    return words[0], words[1]


def format(session: Session, call: Call) -> None:
    """Set a display format."""
    words = call.text.split()
    formats = [word for word in words if word.startswith("%")]
    if len(formats) != 1 or not (words[0] == formats[0] or words[-1] == formats[0]):
        raise errors.invalid_syntax() if formats else DoError(120, "invalid %format")
    names = session.data.varlist(" ".join(word for word in words if word != formats[0]))
    if not names:
        raise errors.varlist_required()
    text = parse(formats[0]).kind == "s"
    for name in names:
        if session.data[name].is_string != text:
            raise DoError(120, f"invalid %format: {name} is {'a string' if not text else 'numeric'}")
    for name in names:
        session.data.put(session.data[name].but(format=formats[0]))


def isid(session: Session, call: Call) -> None:
    """Stop unless variables tell observations apart."""
    data = session.data
    if any(data[name].missing().any() for name in call.names):
        raise DoError(459, f"variable{'s' * (len(call.names) > 1)} {' '.join(call.names)} should never be missing")
    if ordering.codes(data, call.names)[1] < data.n:
        raise DoError(459, f"{not_unique(call.names)} the observations")


def not_unique(names: list[str]) -> str:
    """Return the words of an error up to what is not identified."""
    if len(names) > 1:
        return f"variables {' '.join(names)} do not uniquely identify"
    return f"variable {names[0]} does not uniquely identify"


def preserve(session: Session, call: Call) -> None:
    """Keep the data, to come back to it."""
    if session.preserved is not None:
        raise DoError(621, "already preserved")
    session.preserved = session.data.copy()


def restore(session: Session, call: Call) -> None:
    """Come back to the data that was kept."""
    if session.preserved is None:
        raise DoError(622, "nothing to restore")
    if call.options.keys() >= {"not", "preserve"}:
        raise errors.invalid_syntax("options not and preserve may not be combined")
    if "not" not in call.options:
        session.data = session.preserved.copy()
    if "preserve" not in call.options:
        session.preserved = None


def clear(session: Session, call: Call) -> None:
    """Forget the data in memory, and with `all` what commands have left behind."""
    if call.text not in ("", "all", "*"):
        raise errors.invalid_syntax()
    session.data = Dataset()
    if call.text:
        session.r.clear()
        session.e.clear()
        session.scalars.clear()


def set_(session: Session, call: Call) -> None:
    """Set the number of observations; other settings are known where they change nothing here."""
    words = call.text.split()
    if len(words) == 2 and words[0] == "obs" and words[1].isdigit():
        _observations(session, int(words[1]))
    elif tuple(words) not in _SETTINGS:
        raise DoError(198, f"set {call.text}: not in the subset")


_SETTINGS = {
    *(("more", "off"), ("more", "on"), ("linesize", "80"), ("type", "float"), ("varabbrev", "on"), ("rmsg", "off")),
    *(("scheme", "s2color"), ("scheme", "stcolor")),
}


def _observations(session: Session, count: int) -> None:
    data = session.data
    before = data.n
    if count < before:
        raise DoError(198, f"number of observations will not be reduced: there are {before}")
    for variable in list(data.variables.values()):
        rest = np.full(count - before, "" if is_string(variable.type) else 2.0**1023, dtype=variable.data.dtype)
        data.put(variable.but(data=np.concatenate([variable.data, rest])))
    data.n = count
    if data.sample is not None:
        data.sample = np.concatenate([data.sample, np.zeros(count - before, dtype=bool)])
    if count > before:
        data.sorted_by = ()
        data.changed = True
    session.out(f"Number of observations (_N) was {before:,}, now {count:,}.")
