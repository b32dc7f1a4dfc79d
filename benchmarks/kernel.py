"""How long a kernel takes to start, and to answer its first cell.

    python benchmarks/kernel.py [--rounds 9]

For each kernel of the environment: from its launch until it answers, which it does when it is idle for the first time,
and from there until its first cell is done. The kernels are started in turn, so that a slow moment of the machine meets
all. Printed are medians, in seconds.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

CELLS = {"python3": "1", "ir": "1", "dofile": "display 1"}
WAIT = 60


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    specs = KernelSpecManager(kernel_dirs=[str(Path(sys.prefix, "share", "jupyter", "kernels"))])
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in CELLS if name in specs.find_kernel_specs()}
    for _ in range(rounds + 1):
        for name, measured in times.items():
            measured.append(measure(specs, name))
    print(f"{'kernel':<10} {'idle':>7} {'first cell':>11}     medians of {rounds} rounds, in seconds")
    for name, measured in times.items():
        # The first round reads the programs from the disk.
        idle, cell = (statistics.median(column) for column in zip(*measured[1:], strict=True))
        print(f"{name:<10} {idle:>7.2f} {cell:>11.2f}")


def measure(specs: KernelSpecManager, name: str) -> tuple[float, float]:
    """Start a kernel, run a cell, stop it; return the seconds until it answered, and those of the cell."""
    manager = KernelManager(kernel_name=name, kernel_spec_manager=specs)
    begun = time.perf_counter()
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        answered(client, client.kernel_info())
        ready = time.perf_counter()
        answered(client, client.execute(CELLS[name]))
        return ready - begun, time.perf_counter() - ready
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def answered(client: BlockingKernelClient, request: str) -> None:
    """Wait until the kernel has answered a request."""
    while client.get_shell_msg(timeout=WAIT)["parent_header"]["msg_id"] != request:
        pass


if __name__ == "__main__":
    main()
