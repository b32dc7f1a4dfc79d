"""How long the site's notebooks take: executed anew, taken from the cache, and with nothing to do.

    python benchmarks/notebooks.py [--rounds 5]

Each is a whole sphinx-build of the site, in a folder of its own. Printed are the medians, in seconds. It ends with an
error where two builds from nothing did not give the same pages.
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

ROOT = Path(__file__).resolve().parent.parent


def build(folder: Path, *options: str) -> float:
    """Wall-clock seconds of a build, which must succeed."""
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "--fail-on-warning",
        "--quiet",
        "--doctree-dir",
        str(folder / "doctrees"),
    ]
    command += ["-D", f"notebook_cache={folder / 'cache'}", *options, str(ROOT), str(folder / "site")]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")
    return seconds


def pages(folder: Path) -> dict[str, str]:
    """Each page and figure of the site, and a digest of its content."""
    files = (path for pattern in ("*.html", "*.svg") for path in (folder / "site").rglob(pattern))
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    seconds: dict[str, list[float]] = {"executed anew": [], "from the cache": [], "nothing to do": []}
    made = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "build")
        for number in range(1, rounds + 1):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            times = [build(folder), build(folder, "--fresh-env"), build(folder)]
            made.append(pages(folder))
            for kind, taken in zip(seconds, times, strict=True):
                seconds[kind].append(taken)
            print(f"round {number}: " + ", ".join(f"{taken:.1f} s" for taken in times), flush=True)
    print(", ".join(f"{kind}: {statistics.median(taken):.1f} s" for kind, taken in seconds.items()))
    different = sorted({name for one in made for name in one if any(one[name] != other.get(name) for other in made)})
    if different:
        sys.exit(f"two builds from nothing differ in {', '.join(different)}")
    print(f"{len(made[0])} pages and figures, the same in each build from nothing")


if __name__ == "__main__":
    main()
