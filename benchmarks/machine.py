"""What the whole machine's processors have done, for benchmarks of programs that start others."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil


def busy_seconds() -> float:
    """Seconds for which processors have been at work since the machine started, all of them added up.

    Two readings around a run tell what it took, with every process that it started. A process's own account would
    leave out those of a browser that end without being waited for. Other programs at work count as well.
    """
    times = psutil.cpu_times()
    return sum(getattr(times, kind, 0.0) for kind in ("user", "nice", "system", "irq", "softirq", "steal"))


def timed(command: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None) -> tuple[float, float, str]:
    """Run a program, which must succeed: seconds of wall-clock time and of the processors', and what it said.

    ``env`` is added to the variables of this process.
    """
    with tempfile.TemporaryFile("w+") as output:
        start, busy = time.perf_counter(), busy_seconds()
        done = subprocess.run(
            command, env={**os.environ, **(env or {})}, cwd=cwd, stdout=output, stderr=subprocess.STDOUT, check=False
        )
        seconds, used = time.perf_counter() - start, busy_seconds() - busy
        output.seek(0)
        said = output.read()
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{said}")
    return seconds, used, said
