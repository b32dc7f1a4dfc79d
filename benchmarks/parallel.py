"""How well walkthroughs run side by side: 1,000 steps in 50 pages, in one process and on pytest-xdist's workers.

    python benchmarks/parallel.py [--pages 50] [--steps 20] [--rounds 1]

A small site is served from files; each page's walkthrough goes through it, filling and clicking. Printed are the
seconds, the steps in a second, and the efficiency: T1 / (workers x T). Three things limit it on any machine, and are
measured too. A browser is several processes, which use more than one core for one worker already: workers beyond the
machine's cores divided by that number cannot gain much. So one worker is timed on a single core as well, against as
many workers on as many cores, which is the efficiency of what is added by a worker with its core. Cores share caches,
clocks and often one real core: as many plain loops as there are workers, which share nothing, are timed against one,
before and after. And what Playwright and the browser themselves lose side by side: the same steps as a plain script
(sidebyside.py), in as many processes.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from machine import timed

WORKERS = 2
LOOP = "for each in range(40_000_000): pass"
CONFTEST = """
import functools, http.server, threading
from pathlib import Path

import pytest
from walkthrough.world import Persona, Varying


class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def site():
    handler = functools.partial(Handler, directory=Path(__file__).parent / "site")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def reader(site):
    return Persona("jdoe", "jdoe@research.example", more={"site": Varying(site, "https://site.research.example/")})
"""
STYLE = "body { font: 16px sans-serif; margin: 40px } label, input, button, a { display: block; margin: 8px 0 }"
HEAD = f"<!doctype html><html lang=en><meta charset=utf-8><style>{STYLE}</style>"
FORM = (
    f"{HEAD}<title>Form</title><main><h1>Form</h1><form action=done.html><label>Name<input name=n></label>"
    "<label>Address<input name=a></label><button>Send</button></form></main>"
)
DONE = f"{HEAD}<title>Done</title><main><h1>Done</h1><a href=index.html>Start again</a></main>"
START = f"{HEAD}<title>Start</title><main><h1>Start</h1><a href=form.html>Go on</a></main>"
ROUND = """\
{n}. Click {{click}}`Go on`.
{n1}. Enter {{fill}}`Name <persona.username>` and {{fill}}`Address <persona.email>`.
{n2}. Click {{click}}`Send`; {{see}}`Done` appears.
{n3}. Click {{click}}`Start again`.
"""


def prepare(folder: Path, pages: int, steps: int) -> None:
    """Write a project with so many pages of so many steps, and the site that they walk."""
    for name, text in {"index": START, "form": FORM, "done": DONE}.items():
        path = folder / "site" / f"{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (folder / "conftest.py").write_text(CONFTEST, "utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nwalkthrough_pages = docs/*.md\n", "utf-8")
    (folder / "docs").mkdir()
    for number in range(pages):
        lines = ["1. Open {open}`the site <persona.site>`."]
        while len(lines) < steps:
            n = len(lines) + 1
            lines += ROUND.format(n=n, n1=n + 1, n2=n + 2, n3=n + 3).splitlines()
        body = "\n".join(lines[:steps])
        page = f"# Page {number}\n\n:::{{walkthrough}} page\n:persona: reader\n\n{body}\n:::\n"
        (folder / "docs" / f"page{number}.md").write_text(page, "utf-8")


@contextlib.contextmanager
def on_cores(number: int) -> Iterator[None]:
    """What is started in the block has so many of the machine's cores."""
    every = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(every)[:number])
    try:
        yield
    finally:
        os.sched_setaffinity(0, every)


def run(folder: Path, *options: str) -> tuple[float, float]:
    """Seconds of wall-clock time and of the processors', of one whole run, which must pass and leaves nothing."""
    command = [sys.executable, "-m", "pytest", "docs", "-q", "--walkthrough-update", *options]
    seconds, used, said = timed(command, folder)
    if not re.search(r"\d+ passed", said):
        sys.exit(f"{' '.join(command)} walked nothing:\n{said[-3000:]}")
    shutil.rmtree(folder / "docs/images")  # so that each run has the same to write
    return seconds, used


def together(commands: Sequence[Sequence[str]]) -> float:
    """Seconds of programs that are started at once, each of which must succeed, until the last has ended."""
    start = time.perf_counter()
    running = [subprocess.Popen(command) for command in commands]
    failed = [each.wait() for each in running]
    if any(failed):
        sys.exit(f"{' '.join(commands[0])} failed")
    return time.perf_counter() - start


def scripts(folder: Path, number: int, pages: int, steps: int) -> float:
    """Seconds that the pages take as plain scripts, shared out among so many processes."""
    script = Path(__file__).with_name("sidebyside.py")
    shares = [pages // number + (each < pages % number) for each in range(number)]
    return together([[sys.executable, str(script), str(folder / "site"), str(each), str(steps)] for each in shares])


def loops(number: int) -> float:
    """Seconds that so many processes need at once, each of which counts by itself."""
    return together([[sys.executable, "-c", LOOP]] * number)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=50)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    count = given.pages * given.steps
    alone: list[tuple[float, float]] = []
    beside: list[tuple[float, float]] = []
    can_bind = hasattr(os, "sched_setaffinity") and len(os.sched_getaffinity(0)) >= WORKERS
    bound: dict[int, list[float]] = {1: [], WORKERS: []}
    plain: list[float] = []
    scripted: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder, given.pages, given.steps)
        for _ in range(given.rounds):
            plain.append(loops(1) / loops(WORKERS))
            for workers, times in ((0, alone), (WORKERS, beside)):
                times.append(run(folder, f"-n{workers}", "--dist=worksteal"))
                if can_bind:
                    with on_cores(workers or 1):
                        bound[workers or 1].append(run(folder, f"-n{workers}", "--dist=worksteal")[0])
            lone, several = (scripts(folder, number, given.pages, given.steps) for number in (1, WORKERS))
            scripted.append(lone / (WORKERS * several))
            plain.append(loops(1) / loops(WORKERS))
    (one, one_used), (two, two_used) = (
        tuple(statistics.median(pair[column] for pair in each) for column in (0, 1)) for each in (alone, beside)
    )
    print(f"{count} steps in {given.pages} pages, on {os.cpu_count()} cores:")
    print(f"  one process: {one:.1f} s, {count / one:.0f} steps/s, {one_used:.0f} s of processor", end="")
    print(f" ({one_used / one:.2f} cores kept busy)")
    print(f"  {WORKERS} workers: {two:.1f} s, {count / two:.0f} steps/s, {two_used:.0f} s of processor", end="")
    print(f" ({two_used / two:.2f} cores kept busy)")
    print(f"  efficiency on {WORKERS} workers: {one / (WORKERS * two):.0%}", end="")
    most = min(1.0, (os.cpu_count() or 1) / WORKERS / (one_used / one))
    print(f"; of the processor's time: {one_used / two_used:.0%}; the cores would allow {most:.0%}")
    if can_bind:
        one_core, cores = (statistics.median(bound[number]) for number in (1, WORKERS))
        print(f"  bound to cores: {one_core:.1f} s on one, {cores:.1f} s for {WORKERS} workers on {WORKERS}: ", end="")
        print(f"efficiency {one_core / (WORKERS * cores):.0%}")
    print(f"  plain Playwright, {WORKERS} scripts at once: {statistics.median(scripted):.0%}")
    print(f"  plain loops, {WORKERS} at once: {statistics.median(plain):.0%} ({min(plain):.0%} to {max(plain):.0%})")


if __name__ == "__main__":
    main()
