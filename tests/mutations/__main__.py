"""Make mutations of the product and of the guide, walk the guide, and tell which were noticed.

    python -m tests.mutations [--mutations FILE ...] [-k NAME] [--jobs N] [--keep] [--whole]

The exit status is 0 where each mutation was as expected, 1 where one was not, 2 where one cannot be made.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.mutations import report
from tests.mutations.model import Mutation, MutationError, read
from tests.mutations.run import Runner
from tests.mutations.score import Result
from tests.mutations.workspace import ROOT


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sets, or some of them; return the exit status."""
    options = _parser().parse_args(arguments)
    try:
        mutations = chosen(options.mutations, options.only)
    except MutationError as error:
        print(error, file=sys.stderr)
        return 2
    # To be told to end is to be interrupted: what runs is stopped too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    keep = ROOT / "build/mutations" if options.keep else None
    print(f"{len(mutations)} mutations, {options.jobs} at a time", flush=True)
    started = time.monotonic()
    results: list[Result] = []
    try:
        for result in Runner(options.jobs, keep, whole=options.whole).results(mutations):
            results.append(result)
            _tell(result, len(results), len(mutations))
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
    if not results:
        return 2
    seconds = time.monotonic() - started
    print(f"\n{report.printed(results, seconds)}", flush=True)
    report.FILE.parent.mkdir(exist_ok=True)
    report.FILE.write_text(report.as_json(results, seconds), "utf-8")
    print(f"All results: {report.FILE.relative_to(ROOT)}" + (f"; workspaces: {keep.relative_to(ROOT)}" if keep else ""))
    if len(results) < len(mutations):
        return 2
    order = {mutation.name: number for number, mutation in enumerate(mutations)}
    results.sort(key=lambda result: order[result.mutation.name])
    if not options.mutations and not options.only:
        report.publish(results, seconds)
        print(f"Written: {report.PAGE.relative_to(ROOT)}")
    if any(result.problem for result in results):
        return 2
    return 0 if all(result.passed for result in results) else 1


def chosen(files: Sequence[Path], only: Sequence[str]) -> list[Mutation]:
    """The mutations of some files, by default of those beside this one; of these, those whose names hold a text."""
    paths = list(files) or sorted(Path(__file__).parent.glob("*.toml"))
    found: dict[str, Mutation] = {}
    for mutation in (each for path in paths for each in read(path)):
        if mutation.name in found:
            raise MutationError(
                f"{mutation.place}: expected a name of its own; found it in {found[mutation.name].place}"
            )
        found[mutation.name] = mutation
    kept = [each for each in found.values() if not only or any(part in each.name for part in only)]
    if not kept:
        raise MutationError(f"-k: expected a part of a mutation's name; found {' '.join(only)}, which is in none")
    return kept


def _tell(result: Result, done: int, all_: int) -> None:
    sign = "ok" if result.passed else "ERROR" if result.problem else "WRONG"
    said = "" if result.passed else f": {result.problem or f'expected {result.expected}; found {result.found}'}"
    print(
        f"{done:>3}/{all_} {sign:<5} {result.mutation.table} {result.mutation.name} {result.seconds:.0f} s{said}",
        flush=True,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nox -s mutation --", description=__doc__.split("\n")[0])  # type: ignore[union-attr]
    parser.add_argument(
        "--mutations", type=Path, action="append", default=[], metavar="FILE", help="run this set instead"
    )
    parser.add_argument(
        "-k", dest="only", action="append", default=[], metavar="NAME", help="those whose names hold this"
    )
    parser.add_argument("--jobs", type=_jobs, default=2, metavar="N", help="how many at a time (default: %(default)s)")
    parser.add_argument("--keep", action="store_true", help="keep the workspaces, with what the runs left and printed")
    parser.add_argument("--whole", action="store_true", help="walk each page to its end, into the workspace")
    return parser


def _jobs(value: str) -> int:
    most = 4 * (os.cpu_count() or 1)
    if not value.isdigit() or not 0 < int(value) <= most:
        raise argparse.ArgumentTypeError(f"expected 1 to {most}; found {value!r}")
    return int(value)


if __name__ == "__main__":
    sys.exit(main())
