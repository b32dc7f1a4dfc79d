"""What the whole machine's processors have done, for benchmarks of programs that start others."""

from __future__ import annotations

import psutil


def busy_seconds() -> float:
    """Seconds for which processors have been at work since the machine started, all of them added up.

    Two readings around a run tell what it took, with every process that it started. A process's own account would
    leave out those of a browser that end without being waited for. Other programs at work count as well.
    """
    times = psutil.cpu_times()
    return sum(getattr(times, kind, 0.0) for kind in ("user", "nice", "system", "irq", "softirq", "steal"))
