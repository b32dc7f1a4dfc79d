"""Keeps a hub's processes, and ends them all when whoever started them goes, however that happens.

A process of its own, run as a script with the standard library alone. On its standard input comes one line of
JSON, the processes to run; as long as that input stays open, they run. On its standard output go the names of
those that end by themselves. When the input closes, because the hub stops or because its process was killed, they
are stopped in their order, then whatever they left behind, and then a temporary state folder is removed.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_PATIENCE = 10.0


def _prctl(option: int, value: int) -> None:
    # Linux alone has it; elsewhere, a kill of the keeper itself can leave processes behind.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def _die_with(parent: int) -> Callable[[], None]:
    def prepare() -> None:
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def start(part: dict[str, Any]) -> subprocess.Popen[bytes]:
    """Start one process, with its output in its log file."""
    with open(os.open(part["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "wb") as log:
        return subprocess.Popen(
            part["argv"],
            env=part["env"],
            cwd=part["cwd"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with(os.getpid()),  # noqa: PLW1509 - this process has one thread
        )


def watch(running: dict[str, subprocess.Popen[bytes]]) -> None:
    """Wait until the input closes; report processes that end before."""
    parent = os.getppid()
    wake, woken = os.pipe()
    os.set_blocking(woken, False)
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(woken)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, _note)
    waiting = selectors.DefaultSelector()
    waiting.register(0, selectors.EVENT_READ)
    waiting.register(wake, selectors.EVENT_READ)
    reported: set[str] = set()
    while os.getppid() == parent and not _asked_to_stop:
        for name, process in running.items():
            if process.poll() is not None and name not in reported:
                reported.add(name)
                print(json.dumps({"ended": name, "status": process.returncode}), flush=True)
        # The pause only matters to a parent that forked, so that its child keeps the input open after it.
        for key, _ in waiting.select(2):
            if key.fd == wake:
                os.read(wake, 4096)
            elif not os.read(0, 4096):
                return


_asked_to_stop: list[int] = []


def _note(number: int, frame: object) -> None:
    if number == signal.SIGTERM:
        _asked_to_stop.append(number)


def stop(processes: Iterable[subprocess.Popen[bytes]]) -> None:
    """Ask processes to end; after some patience, make them."""
    left = [process for process in processes if process.poll() is None]
    for process in left:
        process.terminate()
    deadline = time.monotonic() + _PATIENCE
    for process in left:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def sweep() -> None:
    """End what the processes left behind: their orphans are our children, since we are their subreaper."""
    deadline = time.monotonic() + 2.0
    while orphans := _children():
        sent = signal.SIGTERM if time.monotonic() < deadline else signal.SIGKILL
        for pid in orphans:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, sent)
        pause = time.monotonic() + 0.2
        while time.monotonic() < pause:
            try:
                if os.waitpid(-1, os.WNOHANG)[0] == 0:
                    time.sleep(0.01)
            except ChildProcessError:
                return


def _children() -> list[int]:
    try:
        with open(f"/proc/self/task/{os.getpid()}/children", encoding="ascii") as listed:
            return [int(pid) for pid in listed.read().split()]
    except OSError:
        return []


def main() -> int:
    """Keep the processes that the first line of the input describes."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    line = b""
    while not line.endswith(b"\n"):
        read = os.read(0, 1 << 16)
        if not read:
            return 0
        line += read
    task = json.loads(line)
    running = {part["name"]: start(part) for part in task["parts"]}
    try:
        watch(running)
    finally:
        for names in task["stop"]:
            stop(running[name] for name in names)
        sweep()
        if task["remove"]:
            shutil.rmtree(task["remove"], ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
