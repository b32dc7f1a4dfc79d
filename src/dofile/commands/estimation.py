"""What estimation commands share: their sample, their design, their standard errors, what they leave in e()."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dofile import errors
from dofile.commands.sample import complete, taken
from dofile.data import Dataset
from dofile.layout import coefficients
from dofile.results import Model
from dofile.session import Session
from dofile.stats import design
from dofile.stats.design import Column, Design, Part
from dofile.syntax import Call, Term
from dofile.values import Floats, Rows


@dataclass(frozen=True)
class Request:
    """What is to be estimated. `vce` is "" (the model's own, called `own`), robust or cluster, with its variable."""

    depvar: str
    terms: tuple[Term, ...]
    rows: Rows
    y: Floats
    own: str
    vce: str
    cluster: str | None
    clusters: NDArray[Any] | None

    @property
    def robust(self) -> bool:
        """Whether the standard errors are not the model's own."""
        return bool(self.vce)


def request(session: Session, call: Call, own: str) -> Request:
    """Return what a command line asks for; `own` is the name of the model's own standard errors.

    Raises r(198) for other kinds of standard errors, r(109) for text as a factor, r(2000) without observations.
    """
    data = session.data
    first, *terms = call.varlist
    if first.operator:
        raise errors.DoError(198, "depvar may not be a factor variable")
    vce, cluster = _vce(data, call, own)
    single = [part for term in terms for part in term.parts or (term,)]
    names = [first.name, *(term.name for term in single)]
    for term in single:
        if term.operator == "i" and data[term.name].is_string:
            raise errors.DoError(109, f"{term.name}: string variables may not be used as factor variables")
    bases = {(term.name, term.base) for term in single if term.operator == "i"}
    if len(bases) > len({name for name, _ in bases}):
        raise errors.DoError(198, "a factor variable has two base levels")
    if any(data[name].is_string for name in names):
        # Text is no number, so no observation has them all.
        raise errors.no_observations()
    rows = complete(data, [*names, cluster] if cluster else names, call.rows)
    if not len(rows):
        raise errors.no_observations()
    groups = taken(data[cluster], rows) if cluster else None
    return Request(first.name, tuple(terms), rows, taken(data[first.name], rows), own, vce, cluster, groups)


def columns(data: Dataset, terms: tuple[Term, ...], rows: Rows) -> list[Column]:
    """Return the columns of the terms, their levels those of these rows. Raises r(452), r(198)."""
    return design.columns([[_factor(data, part, rows) for part in term.parts or (term,)] for term in terms])


def _factor(data: Dataset, term: Term, rows: Rows) -> tuple[Part, ...]:
    """Return what one variable of a term can be: itself, or its levels."""
    if term.operator != "i":
        return (Part(term.name),)
    values = taken(data[term.name], rows)
    if term.base is not None and not (values == term.base).any():
        raise errors.DoError(198, f"ib{term.base:g}.{term.name}: no observation of the sample has this level")
    try:
        return design.levels(term.name, values, term.base)
    except ValueError:
        kind = "negative" if (values < 0).any() else "noninteger"
        raise errors.DoError(452, f"{term.name}:  factor variables may not contain {kind} values") from None


def matrix(data: Dataset, wanted: list[Column], rows: Rows) -> Floats:
    """Return the matrix of these columns in these rows, in which none of their variables is missing."""
    return design.matrix(wanted, values(data, wanted, rows), len(rows))


def values(data: Dataset, wanted: list[Column], rows: Rows) -> Mapping[str, Floats]:
    """Return the arrays of the variables that columns are made of."""
    names = dict.fromkeys(part.variable for column in wanted for part in column.parts)
    return {name: taken(data[name], rows) for name in names}


def keep(session: Session, command: str, asked: Request, what: Design, fit: Any) -> Model:
    """Put a model into e(), and mark its observations; return it."""
    b, v = what.spread(fit.b, fit.v)
    names = tuple(column.plain for column in what.columns)
    model = Model(command, asked.depvar, names, b, v, fit.df_r, what.columns)
    session.e.set_model(model)
    sample = np.zeros(session.data.n, dtype=bool)
    sample[asked.rows] = True
    session.data.sample = sample
    session.r.clear()
    results = session.e
    for name in ("df_m", "ll", "ll_0"):
        results.set(name, getattr(fit, name))
    results.set("N", fit.n)
    results.set("rank", len(fit.b))
    results.set("vce", asked.vce or asked.own)
    if asked.robust:
        results.set("vcetype", "Robust")
    if asked.cluster:
        results.set("clustvar", asked.cluster)
        results.set("N_clust", fit.clusters)
    return model


def show(
    session: Session, asked: Request, what: Design, fit: Any, names: Sequence[str], *, level: float, odds: bool = False
) -> None:
    """Put a model into e(), with the fit's results of these names, and show its table of coefficients."""
    model = keep(session, "regress" if asked.own == "ols" else "logit", asked, what, fit)
    clusters = (fit.clusters, asked.cluster) if fit.clusters and asked.cluster else None
    shown = coefficients.Table(
        *(asked.depvar, what.columns, model.b, model.V, fit.df_r, level),
        robust=asked.robust,
        clusters=clusters,
        odds=odds,
    )
    session.out(coefficients.table(shown, lambda name, value: session.data.labels(name).get(value, f"{value:g}")))
    for name in names:
        session.e.set(name, getattr(fit, name))
    session.r.set("level", level)


def _vce(data: Dataset, call: Call, own: str) -> tuple[str, str | None]:
    options = call.options
    vce, cluster = "robust" if "robust" in options else "", options.get("cluster")
    if (text := options.get("vce")) is not None:
        if vce or cluster:
            raise errors.DoError(198, "options vce(), robust and cluster() may not be combined")
        word, *rest = text.split()
        if re.fullmatch(r"r(o(b(u(st?)?)?)?)?", word) and not rest:
            vce = "robust"
        elif re.fullmatch(r"cl(u(s(t(er?)?)?)?)?", word) and rest:
            if len(rest) > 1:
                raise errors.DoError(198, f"vcetype '{text}' not allowed")
            cluster = data.resolve(rest[0])
        elif word != own or rest:
            raise errors.DoError(198, f"vcetype '{text}' not allowed")
    return ("cluster", cluster) if cluster else (vce, None)
