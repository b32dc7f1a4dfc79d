"""Runs mutations: each in a workspace, a pytest and a hub of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Final

from tests import PLAIN
from tests.mutations.door import may_stop
from tests.mutations.model import LOGIN, Mutation, MutationError
from tests.mutations.proxy import Proxy
from tests.mutations.score import Result, score
from tests.mutations.workspace import Workspace
from walkthrough.outcome import FILE, OutcomeError, WalkthroughOutcome, read

PATIENCE: Final = 8.0
"""Seconds for what a page of the hub's consoles shows at once, also on a loaded machine."""

LAB_PATIENCE: Final = 40.0
"""The same for pages of JupyterLab."""

LIMIT: Final = 420.0
"""Seconds after which a run is given up."""

ARTEFACTS: Final = ".walkthrough"


class Runner:
    """Runs mutations, ``jobs`` at a time; ``keep`` is a folder in which their workspaces stay, if they shall.

    With ``whole``, each page is walked to its end; without, not into the workspace where nothing there can show.
    """

    def __init__(self, jobs: int, keep: Path | None = None, *, whole: bool = False) -> None:
        self.whole = whole
        self.jobs = jobs
        self.keep = keep
        self._running: set[subprocess.Popen[str]] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def results(self, mutations: Sequence[Mutation]) -> Iterator[Result]:
        """Each result as it comes; stopping early stops what still runs."""
        with ThreadPoolExecutor(self.jobs) as pool:
            try:
                for done in as_completed([pool.submit(self.run, mutation) for mutation in mutations]):
                    yield done.result()
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
                self._stop()

    def run(self, mutation: Mutation) -> Result:
        """Make one mutation and walk the page; what cannot be made is a result with a problem."""
        started = time.monotonic()
        with self._folder(mutation) as folder, contextlib.ExitStack() as stack:
            try:
                workspace = Workspace(folder)
                workspace.mutate(mutation)
                page = workspace.text(mutation.page)
                mutation.lines(page)
                if not self.whole and may_stop(mutation, page):
                    workspace.stop_at_the_door(mutation.page)
                proxy = stack.enter_context(Proxy(mutation.rules)) if mutation.rules else None
                status, printed = self._walk(mutation, workspace, proxy)
                result = score(mutation, page, status, printed, outcomes(folder))
                if proxy and (
                    idle := [rule.path for rule, used in zip(proxy.rules, proxy.used, strict=True) if not used]
                ):
                    raise MutationError(
                        f"{mutation.place}: proxy: expected “{idle[0]}” to match a request, and old to stand in its "
                        f"answer; found that it changed nothing (the run said: {result.found})"
                    )
            except (MutationError, OutcomeError, OSError) as error:
                return Result(mutation, False, "", "", time.monotonic() - started, problem=str(error))
            (folder / "printed.txt").write_text(printed, "utf-8")
            return Result(
                *(mutation, result.passed, result.expected, result.found),
                seconds=time.monotonic() - started,
                steps=result.steps,
            )

    @contextlib.contextmanager
    def _folder(self, mutation: Mutation) -> Iterator[Path]:
        if self.keep:
            folder = self.keep / mutation.name
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            yield folder
        else:
            with tempfile.TemporaryDirectory(prefix="mutation-", ignore_cleanup_errors=True) as path:
                yield Path(path)

    def _walk(self, mutation: Mutation, workspace: Workspace, proxy: Proxy | None) -> tuple[int, str]:
        patience = mutation.patience or (PATIENCE if mutation.page == LOGIN else LAB_PATIENCE)
        environment = {
            **os.environ,
            **workspace.environment,
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
            "COLUMNS": "200",
            # Where Python may not keep what it has compiled, each of a hub's programs starts seconds later.
            "PYTHONDONTWRITEBYTECODE": "",
            "MUTATION_PATIENCE": str(patience),
            **({"MUTATION_IN_ALL": "1"} if mutation.patience else {}),
            **({"MUTATION_PROXY": proxy.address} if proxy else {}),
        }
        # Nothing of a CI service that the suite may run on, and no other session's workers.
        for name in [name for name in environment if name.startswith(("PYTEST_", "GITHUB_", "GITLAB_", "CI"))]:
            del environment[name]
        target = f"{mutation.page}::{mutation.walkthrough}" if mutation.walkthrough else mutation.page
        command = [sys.executable, "-m", "pytest", target, *PLAIN]
        return self._finished(command, workspace.path, environment)

    def _finished(self, command: list[str], folder: Path, environment: dict[str, str]) -> tuple[int, str]:
        """Status and output of a program in a process group of its own."""
        with self._lock:
            if self._stopped:
                raise MutationError("stopped")
            process = subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                start_new_session=True,
            )
            self._running.add(process)
        try:
            printed, _ = process.communicate(timeout=LIMIT)
        except subprocess.TimeoutExpired:
            _end(process)
            printed, _ = process.communicate()
            printed += f"\ngiven up after {LIMIT:.0f} s"
        finally:
            with self._lock:
                self._running.discard(process)
        return process.returncode, printed

    def _stop(self) -> None:
        with self._lock:
            self._stopped = True
            running = [*self._running]
        for process in running:
            _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    """End a run; its hub's keeper then ends the hub."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def outcomes(folder: Path) -> list[WalkthroughOutcome]:
    """What the walkthroughs of a workspace left, in the pages' order."""
    found = [read(path) for path in sorted((folder / ARTEFACTS).glob(f"*/{FILE}"))]
    return sorted(found, key=lambda outcome: (outcome.page, outcome.where.line))
