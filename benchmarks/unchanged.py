"""How long `walkthrough check` takes where nothing has changed: whole processes, on a copy of this project's pages.

Prints the median, and fails where it is over a second.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from walkthrough.outcome import StepOutcome, Verdict, WalkthroughOutcome
from walkthrough.parse import read_page
from walkthrough.settings import Settings, read_settings
from walkthrough.verified import record

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("docs", "notebooks", "requirements", "src", "pyproject.toml")
MOST_SECONDS = 1.0


def verified(settings: Settings) -> list[WalkthroughOutcome]:
    """What a run leaves that has found every page true."""
    outcomes = []
    for path in map(Path.as_posix, settings.found_pages()):
        digest = hashlib.sha256((settings.root / path).read_bytes()).hexdigest()
        for each in read_page(settings.root, path).walkthroughs:
            steps = tuple(StepOutcome(step.number, step.where, "", Verdict.SAME, "") for step in each.steps)
            outcomes.append(
                WalkthroughOutcome(path, each.name, each.where, digest, steps, products={"JupyterHub": "6"})
            )
    return outcomes


def seconds(root: Path) -> float:
    """One check, from the start of its process to its end."""
    started = time.perf_counter()
    done = subprocess.run(
        [Path(sys.executable).parent / "walkthrough", "check"], cwd=root, capture_output=True, text=True, check=True
    )
    taken = time.perf_counter() - started
    assert "nothing has changed" in done.stdout, done.stdout
    return taken


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
            else:
                shutil.copy(ROOT / name, root / name)
        settings = read_settings(root)
        pages = record(settings, verified(settings))
        seconds(root)  # what Python compiles once
        times = [seconds(root) for _ in range(runs)]
    median = statistics.median(times)
    print(
        f"walkthrough check, {len(pages)} pages unchanged: median {median:.2f} s of {runs} (at most {max(times):.2f} s)"
    )
    return int(median > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
