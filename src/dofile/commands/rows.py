"""`drop`, `keep`, `sort`, `order`, `rename`, `format`, `clear`, `set`."""

from __future__ import annotations

import numpy as np

from dofile import errors
from dofile import order as ordering
from dofile.data import Dataset, check_name
from dofile.errors import DoError
from dofile.format import parse
from dofile.session import Session
from dofile.syntax import Call
from dofile.values import is_string


def choose(session: Session, call: Call) -> None:
    """Keep variables or observations, or take them out."""
    data, keep = session.data, call.spec.name == "keep"
    if bool(call.varlist) == call.selects:
        raise errors.invalid_syntax()
    if call.varlist:
        if call.by:
            raise errors.invalid_syntax()
        named = set(call.names)
        data.drop([name for name in data.names if (name in named) != keep])
        return
    chosen = np.full(data.n, not keep)
    chosen[call.rows] = keep
    gone = data.n - int(np.count_nonzero(chosen))
    if gone:
        data.take(chosen)
    session.out(f"({gone:,} observation{'s' * (gone != 1)} deleted)")


def sort(session: Session, call: Call) -> None:
    """Put observations in ascending order; equals keep theirs."""
    ordering.sort(session.data, call.names)


def order(session: Session, call: Call) -> None:
    """Move variables to the front, or behind another."""
    data, options = session.data, call.options
    if len(options) > 1:
        raise errors.invalid_syntax("only one of first and after() allowed")
    names = list(dict.fromkeys(call.names))
    others = [name for name in data.names if name not in names]
    place = 0
    if "after" in options:
        if options["after"] not in others:
            raise errors.invalid_syntax("after() cannot name a variable that is moved")
        place = others.index(options["after"]) + 1
    changed = data.changed
    data.reorder([*others[:place], *names, *others[place:]])
    data.changed = changed  # the order is not counted as a change, as `describe` shows


def rename(session: Session, call: Call) -> None:
    """Give a variable another name."""
    words = call.text.split()
    if len(words) != 2 or set(call.text) & set("*?#()"):
        raise errors.invalid_syntax()
    data = session.data
    old, new = data.resolve(words[0]), check_name(words[1])
    if new in data and new != old:
        raise errors.already_defined(new)
    data.rename(old, new)


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


def not_unique(names: list[str]) -> str:
    """Return the words of an error up to what is not identified."""
    if len(names) > 1:
        return f"variables {' '.join(names)} do not uniquely identify"
    return f"variable {names[0]} does not uniquely identify"


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
