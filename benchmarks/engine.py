"""How long the do-file engine takes for a million observations, against pandas and statsmodels called directly.

    python benchmarks/engine.py [--rounds 7] [--observations 1000000]

Both are timed in turn, in one process, on the same numbers, after everything has been imported and each has run once.
Printed are the medians in milliseconds, and the median of the rounds' ratios.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
import statsmodels.api as sm

from dofile import Session
from dofile.data import Dataset, Variable
from dofile.values import round_to

Pair = tuple[Callable[[], object], Callable[[], object]]


def dataset(n: int) -> Dataset:
    """Return numbers with some missing ones, and groups of about a thousand."""
    generator = np.random.default_rng(20200817)
    data = Dataset(n=n)
    for name, values in (
        ("g", np.floor(generator.uniform(0, n / 1000 + 1, n))),
        ("x", generator.normal(size=n)),
        ("z", generator.normal(size=n)),
    ):
        kind = "double" if name != "g" else "long"
        data.put(Variable(name, kind, round_to(values, kind)))
    data.put(Variable("y", "double", 1 + data["x"].data - data["z"].data + generator.normal(size=n)))
    holes = data["y"].data.copy()
    holes[::97] = 2.0**1023
    data.put(Variable("w", "double", holes))
    return data


def pairs(session: Session, base: Dataset) -> dict[str, Pair]:
    """Return, for each task, what the engine does and what is called directly."""
    frame = pd.DataFrame({name: variable.data for name, variable in base.variables.items() if name != "w"})
    frame["w"] = np.where(base["w"].data >= 2.0**1023, np.nan, base["w"].data)

    def engine(text: str) -> Callable[[], None]:
        def run() -> None:
            session.data = base.copy()
            session.run(text)

        return run

    def replace() -> object:
        changed = frame["w"].copy()
        changed[frame["x"] > 0] = frame["z"] * 2
        return frame.assign(w=changed)

    def regress(kind: str, **options: object) -> Callable[[], object]:
        def run() -> object:
            # Estimates and standard errors, without the tests of residuals in statsmodels' own summary.
            result = sm.OLS(frame["y"], sm.add_constant(frame[["x", "z"]])).fit(cov_type=kind, **options)
            return result.params, result.bse, result.rsquared

        return run

    def generate(exp: Callable[[], object]) -> Callable[[], object]:
        return lambda: frame.assign(v=exp())

    return {
        "generate": (
            engine("generate double v = 2 * x + z / 3"),
            generate(lambda: 2 * frame["x"] + frame["z"] / 3),
        ),
        "generate, missing": (engine("generate double v = w * x + 1"), generate(lambda: frame["w"] * frame["x"] + 1)),
        "generate, float": (
            engine("generate v = w * x + 1"),
            generate(lambda: (frame["w"] * frame["x"] + 1).astype("float32")),
        ),
        "replace": (engine("replace w = z * 2 if x > 0"), replace),
        "collapse": (
            engine("collapse (mean) y (sd) s=x (count) n=w, by(g)"),
            lambda: frame.groupby("g").agg(y=("y", "mean"), s=("x", "std"), n=("w", "count")),
        ),
        "regress": (engine("regress y x z"), regress("nonrobust")),
        "regress, robust": (engine("regress y x z, vce(robust)"), regress("HC1")),
        "regress, cluster": (
            engine("regress y x z, vce(cluster g)"),
            regress("cluster", cov_kwds={"groups": frame["g"]}),
        ),
    }


def timed(run: Callable[[], object]) -> float:
    """Return the seconds that a task takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> None:
    """Time each task and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--observations", type=int, default=1_000_000)
    arguments = parser.parse_args()
    session = Session(lambda text: None)
    print(f"{arguments.observations:,} observations, {arguments.rounds} rounds")
    print(f"{'':18}{'engine ms':>12}{'direct ms':>12}{'ratio':>8}")
    for name, (engine, direct) in pairs(session, dataset(arguments.observations)).items():
        engine()
        direct()
        rounds = [(timed(engine), timed(direct)) for _ in range(arguments.rounds)]
        ours, theirs = (1000 * statistics.median(times) for times in zip(*rounds, strict=True))
        ratio = statistics.median(one / other for one, other in rounds)
        print(f"{name:18}{ours:12.1f}{theirs:12.1f}{ratio:8.2f}", flush=True)


if __name__ == "__main__":
    main()
