"""`predict`."""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from dofile import errors, syntax
from dofile.commands import estimation
from dofile.commands.sample import complete, taken
from dofile.data import Variable
from dofile.results import Model
from dofile.session import Session
from dofile.syntax import Call
from dofile.values import MISSING, Floats, Rows, round_to

_STATISTICS = {"regress": ("xb", "residuals"), "logit": ("pr", "xb")}


def predict(session: Session, call: Call) -> None:
    """Make a variable of a model's predictions. Raises r(301) without a model."""
    model = session.e.model
    if model is None:
        raise errors.estimates_not_found()
    name, kind = syntax.new_variable(call.text)
    kind = kind or "float"
    if kind not in ("float", "double"):
        raise errors.DoError(198, f"predictions are float or double, not {kind}")
    allowed = _STATISTICS[model.command]
    chosen = [option for option in ("xb", "residuals", "pr") if option in call.options]
    for option in chosen:
        if option not in allowed:
            raise errors.option_not_allowed(option)
    if len(chosen) > 1:
        raise errors.DoError(198, "only one statistic may be specified")
    data = session.data
    needed = [part.variable for column in model.terms for part in column.parts]
    statistic = chosen[0] if chosen else allowed[0]
    for variable in [*needed, model.depvar] if statistic == "residuals" else needed:
        if variable not in data:
            raise errors.not_found(variable)
        if data[variable].is_string:
            raise errors.type_mismatch()
    rows = complete(data, [*needed, model.depvar] if statistic == "residuals" else needed, call.rows)
    for column in model.terms:
        if column.only is not None:
            rows = rows[data[column.parts[0].variable].data[rows] == column.only]
    values = np.full(data.n, MISSING)
    values[rows] = _values(session, model, statistic, rows)
    label = {
        "xb": "Fitted values" if model.command == "regress" else "Linear prediction",
        "residuals": "Residuals",
        "pr": f"Pr({model.depvar})",
    }[statistic]
    data.add(Variable(name, kind, round_to(values, kind), label=label))
    if not chosen:
        said = {"xb": "fitted values", "pr": f"Pr({model.depvar})"}[statistic]
        session.out(f"(option {statistic} assumed; {said})")
    if missing := int((data[name].data >= MISSING).sum()):
        session.out(f"({missing:,} missing value{'s' * (missing > 1)} generated)")


def _values(session: Session, model: Model, statistic: str, rows: Rows) -> Floats:
    at = [i for i, column in enumerate(model.terms) if not column.status]
    columns = [model.terms[i] for i in at]
    x = estimation.matrix(session.data, columns, rows)
    linear = x @ model.b[at]
    if statistic == "residuals":
        return np.asarray(taken(session.data[model.depvar], rows) - linear)
    if statistic == "pr":
        return np.asarray(expit(linear))
    return np.asarray(linear)
