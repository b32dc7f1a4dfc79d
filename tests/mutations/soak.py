"""Walk the unchanged guide many times while the machine is busy, and count what does not come out the same.

    python -m tests.mutations.soak [--page PAGE] [--runs N] [--jobs N] [--load N] [--no-ledger]

Each run has a copy of the guide, a pytest and a hub of its own. The exit status is 0 where each run found each step the
same, 1 where one did not, 2 where nothing was run. It never stops early; Ctrl-C keeps what was run until then.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tests.mutations.model import LOGIN, Mutation
from tests.mutations.report import commit
from tests.mutations.run import Runner
from tests.mutations.score import Result
from tests.mutations.workspace import ROOT
from walkthrough.browser import find_chromium
from walkthrough.outcome import Verdict

LEDGER: Final = ROOT / "docs/soak.md"
KEPT: Final = ROOT / "build/soak"
_BUSY: Final = "while True: pass"


@dataclass(frozen=True)
class Tally:
    """What a soak found. ``failures`` are runs that did not pass, ``differing`` are runs in which a step was not the
    same, ``seconds`` are those of each run.
    """

    failures: int
    differing: int
    seconds: tuple[float, ...]

    @property
    def runs(self) -> int:
        """How many runs there were."""
        return len(self.seconds)


def tally(results: Sequence[Result]) -> Tally:
    """Count a soak's results."""
    failures = [each for each in results if failed(each)]
    differing = [each for each in results if any(step["verdict"] != Verdict.SAME.value for step in each.steps)]
    return Tally(len(failures), len(differing), tuple(each.seconds for each in results))


def failed(result: Result) -> bool:
    """Whether a run was not walked to its end, or found drift where none is."""
    drifted = any(Verdict(step["verdict"]).drifted for step in result.steps)
    return bool(result.problem) or not result.steps or drifted


def row(found: Tally, page: str, load: str, chromium: str) -> str:
    """One line of the ledger's table."""
    cells = (
        datetime.now(UTC).date().isoformat(),
        f"`{commit()}`",
        f"[]({Path(page).name})",
        str(found.runs),
        load,
        str(found.failures),
        str(found.differing),
        f"{statistics.median(found.seconds):.1f}",
        chromium,
    )
    return f"| {' | '.join(cells)} |\n"


def append(line: str, ledger: Path = LEDGER) -> None:
    """Add a line to the table with which the ledger's page ends."""
    text = ledger.read_text("utf-8").rstrip("\n")
    if not text.rpartition("\n")[2].startswith("|"):
        raise ValueError(f"{ledger}: expected a page that ends with the table; found {text.rpartition(chr(10))[2]!r}")
    ledger.write_text(f"{text}\n{line}", "utf-8")


@contextlib.contextmanager
def busy(processes: int) -> Iterator[None]:
    """Keep as many processors busy."""
    running = [subprocess.Popen([sys.executable, "-S", "-c", _BUSY]) for _ in range(processes)]
    try:
        yield
    finally:
        for process in running:
            process.kill()
        for process in running:
            process.wait()


def main(arguments: Sequence[str] | None = None) -> int:
    """Soak; return the exit status."""
    cores = os.cpu_count() or 1
    parser = argparse.ArgumentParser(prog="nox -s soak --", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--page", default=LOGIN, help="which page of the guide (default: %(default)s)")
    parser.add_argument("--runs", type=_whole, default=200, metavar="N", help="how many runs (default: %(default)s)")
    parser.add_argument("--jobs", type=_whole, default=2, metavar="N", help="how many at a time (default: %(default)s)")
    parser.add_argument("--load", type=int, default=cores, metavar="N", help="busy processes (default: one a core)")
    parser.add_argument("--no-ledger", action="store_true", help=f"add no line to {LEDGER.relative_to(ROOT)}")
    options = parser.parse_args(arguments)
    if not (ROOT / options.page).is_file():
        parser.error(f"--page: expected a page of the guide, such as {LOGIN}; found {options.page!r}")
    mutations = [
        Mutation(
            f"run-{number:04}",
            "harmless",
            "unchanged",
            "soak",
            (),
            frozenset({Verdict.SAME.value}),
            page=options.page,
            whole=True,
            patience=60,
        )
        for number in range(1, options.runs + 1)
    ]
    # To be told to end is to be interrupted: what was run counts.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    shutil.rmtree(KEPT, ignore_errors=True)
    results: list[Result] = []
    started = time.monotonic()
    with busy(options.load):
        try:
            for result in Runner(options.jobs, KEPT).results(mutations):
                results.append(result)
                _tell(result, len(results), options.runs)
        except KeyboardInterrupt:
            print("\nStopped; what was run counts.", flush=True)
    if not results:
        return 2
    found = tally(results)
    kinds = Counter(step["verdict"] for each in results for step in each.steps)
    word = "process" if options.load == 1 else "processes"
    load = f"{options.load} busy {word} on {cores} cores, {options.jobs} runs at a time"
    print(f"\n{found.runs} runs of {options.page} in {(time.monotonic() - started) / 60:.0f} minutes: {load}")
    print(f"failures: {found.failures}; runs with a step that is not the same: {found.differing}; steps: {dict(kinds)}")
    line = row(found, options.page, load, find_chromium().version)
    print(line, end="")
    if not options.no_ledger:
        append(line)
    return 1 if found.failures or found.differing else 0


def _tell(result: Result, done: int, all_: int) -> None:
    fine = result.passed and not result.problem
    said = "same" if fine else result.problem or result.found
    print(f"{done:>4}/{all_} {result.mutation.name} {result.seconds:.1f} s {said}", flush=True)
    if fine:
        shutil.rmtree(KEPT / result.mutation.name, ignore_errors=True)


def _whole(value: str) -> int:
    if not value.isdigit() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number above 0; found {value!r}")
    return int(value)


if __name__ == "__main__":
    sys.exit(main())
