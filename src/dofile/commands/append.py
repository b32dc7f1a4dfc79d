"""`append`."""

from __future__ import annotations

import numpy as np

from dofile import errors
from dofile.commands.combine import check, nothing, take_labels, widened
from dofile.commands.files import load
from dofile.data import Variable, check_name
from dofile.session import Session
from dofile.syntax import Call


def append(session: Session, call: Call) -> None:
    """Add the observations of a file below those in memory."""
    data, using = session.data, load(session, str(call.using))
    marker = call.options.get("generate")
    if marker is not None:
        check_name(marker)
        if marker in data or marker in using:
            raise errors.already_defined(marker)
    check(data, using, [name for name in using.names if name in data])
    before, added = data.n, using.n
    take_labels(session, using, using.names)
    for name in [*data.names, *(name for name in using.names if name not in data)]:
        if name not in data:
            theirs = using[name]
            values = np.concatenate([nothing(theirs, before), theirs.data])
            data.variables[name] = theirs.but(data=values)
        else:
            mine = data[name]
            rest = using[name].data if name in using else nothing(mine, added)
            kind = widened(session, mine, using[name]) if name in using else mine.type
            data.variables[name] = mine.but(data=np.concatenate([mine.data, rest]), type=kind)
    if marker is not None:
        values = np.repeat([0.0, 1.0], [before, added])
        data.variables[marker] = Variable(marker, "byte", values)
    data.n = before + added
    data.sample = None if data.sample is None else np.concatenate([data.sample, np.zeros(added, bool)])
    data.sorted_by = () if added else data.sorted_by
    data.changed = True
