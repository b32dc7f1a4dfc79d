"""What a session says at its end: files, marks for a code host, a summary, and the exit status."""

from __future__ import annotations

import os
import platform
import re
import shutil
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

import pytest

from walkthrough.browser import BrowserMissing, find_chromium
from walkthrough.outcome import WalkthroughOutcome, loads
from walkthrough.project import matches
from walkthrough.pytest_plugin.ledger import settings_of

if TYPE_CHECKING:
    from walkthrough.claims import Claims
    from walkthrough.report.run import RunOutcome

_DESELECTED: Final = "walkthrough_deselected"
_MARKER: Final = "walkthrough"
_FAILED, _NOTHING_RAN = pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED
_ERROR: Final = 2
_WORKER: Final = re.compile(r"\[gw\d+\] ")


class Worker:
    """In a worker of pytest-xdist: tells the process that sums up what it cannot see."""

    def __init__(self, config: pytest.Config) -> None:
        self.told: dict[str, object] = config.workeroutput  # type: ignore[attr-defined]

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        """Tell that walkthroughs were left out."""
        if any(hasattr(item, "walkthrough") for item in items):
            self.told[_DESELECTED] = True


class Reporter:
    """Gathers what the walkthroughs tell, from this process or from pytest-xdist's workers."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.update: bool = config.getoption("--walkthrough-update")
        self.artifacts: Path = config.rootpath / config.getini("walkthrough_artifacts")
        self.started, self.clock = datetime.now(UTC), time.perf_counter()
        self.names: dict[str, str] = {}
        self.outcomes: dict[str, str] = {}
        self.reasons: dict[str, str] = {}
        self.deselected = False
        self.others_ran = self.others_failed = False
        self.run: RunOutcome | None = None

    # Gather

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        """Note that walkthroughs were left out."""
        self.deselected |= any(hasattr(item, "walkthrough") for item in items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Note it where a worker of pytest-xdist left them out."""
        self.deselected |= bool(getattr(node, "workeroutput", {}).get(_DESELECTED))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note pages that cannot be read."""
        if not report.failed:
            return
        path = report.nodeid.partition("::")[0]
        if self._is_page(path):
            reason = why(report)
            place, _, problem = reason.partition(": ")
            known = place.startswith(f"{path}:")
            self.names[place if known else path] = PurePosixPath(path).stem
            self.reasons[place if known else path] = problem if known else reason
        else:
            self.others_failed = True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what a walkthrough has told, and mark its report for the JUnit file."""
        told: Mapping[str, Any] | None = getattr(report, "walkthrough", None)
        if told is None and report.failed and self._is_page(report.nodeid.partition("::")[0]):
            # A worker of pytest-xdist that ended by itself has told nothing but where it was.
            path, _, name = report.nodeid.partition("::")
            self.names[path] = name
            self.reasons[path] = why(report)
            return
        if told is None:
            self.others_ran |= report.when == "call" or report.failed
            self.others_failed |= report.failed
            return
        place = told["place"]
        self.names[place] = told["name"]
        if told["outcome"]:
            self.outcomes[place] = told["outcome"]
        elif report.skipped and isinstance(report.longrepr, tuple):
            self.reasons[place] = report.longrepr[2]
        elif report.failed:
            self.reasons.setdefault(place, why(report))
        if report.when == "teardown":
            report.user_properties.append((_MARKER, place))

    def _is_page(self, path: str) -> bool:
        return matches(path, self.config.getini("walkthrough_pages"))

    # Tell

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the files, and decide the exit status; pytest's own JUnit file is there by now."""
        if self.config.option.collectonly:
            return
        if not self.names:
            if self._only_deselected and session.exitstatus in (pytest.ExitCode.OK, _NOTHING_RAN):
                session.exitstatus = _ERROR
            return
        from walkthrough.claims import text_of_others  # noqa: PLC0415
        from walkthrough.report import files  # noqa: PLC0415 - its imports take as long as a short session

        root = self.config.rootpath
        walkthroughs = {place: loads(text, place) for place, text in self.outcomes.items()}
        pages = sorted(each.page for each in walkthroughs.values())
        claims = files.claims_of(pages, root, self.config.getini("walkthrough_other_roles"))
        self.run = self._run(walkthroughs, claims)
        session.exitstatus = self._status(session.exitstatus, self.run.status)
        elsewhere = text_of_others(settings_of(self.config), pages)
        files.write(self.run, claims, self.artifacts, root, os.environ, elsewhere=elsewhere)
        if path := getattr(self.config.option, "xmlpath", None):
            located = self.config.getini("junit_family") != "xunit2"
            files.into_junit(Path(os.path.expandvars(path)).expanduser(), self.run, _MARKER, located=located)

    @property
    def _only_deselected(self) -> bool:
        """Whether walkthroughs were selected by their pages, each was left out again, and nothing else ran."""
        return self.deselected and not self.names and not self.others_ran

    def _run(self, walkthroughs: Mapping[str, WalkthroughOutcome], claims: Sequence[Claims]) -> RunOutcome:
        from walkthrough.report.run import NotWalked, run_outcome  # noqa: PLC0415

        missed = [
            NotWalked(place, name, self.reasons.get(place, "it was not run to its end"))
            for place, name in self.names.items()
            if place not in walkthroughs
        ]
        return run_outcome(
            [*walkthroughs.values()],
            missed,
            started=self.started.isoformat(timespec="seconds"),
            seconds=time.perf_counter() - self.clock,
            versions=self._versions(any(each.steps for each in walkthroughs.values())),
            claims=claims,
        )

    def _versions(self, walked: bool) -> dict[str, str]:
        versions = {"Python": platform.python_version(), "pytest": pytest.__version__}
        with suppress(metadata.PackageNotFoundError):
            versions = {"sphinx-walkthrough": metadata.version("sphinx-walkthrough"), **versions}
        if walked:
            with suppress(BrowserMissing):
                versions["Chromium"] = find_chromium(self.config.getoption("--headed")).version
        return versions

    def _status(self, status: int, walked: int) -> int:
        """Drift and failed tests come first, then what could not be checked. Interrupted sessions stay that."""
        if status not in (pytest.ExitCode.OK, _FAILED, _NOTHING_RAN):
            return status
        if walked == _FAILED or self.others_failed:
            return _FAILED
        return walked or status

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print one screen at the most, and what a code host reads from the log."""
        if self.run is None:
            if self._only_deselected and not self.config.option.collectonly:
                terminalreporter.section("walkthroughs")
                terminalreporter.write_line("nothing was checked: each walkthrough was deselected", red=True)
            return
        from walkthrough.report import files  # noqa: PLC0415
        from walkthrough.report.terminal import summary  # noqa: PLC0415

        terminalreporter.section("walkthroughs")
        root = self.config.rootpath
        gallery = os.path.relpath(self.artifacts / files.GALLERY, root)
        width = min(shutil.get_terminal_size().columns, 120)
        for line in summary(self.run, update=self.update, gallery=gallery, width=width):
            for text, colour in line.pieces:
                terminalreporter.write(text, **({colour: True} if colour else {}))
            terminalreporter.write("\n")
        for command in files.commands(self.run, self.artifacts, root, os.environ):
            terminalreporter.write_line(command)


def why(report: pytest.TestReport | pytest.CollectReport) -> str:
    """What went wrong, in a line: the exception's message, else the first line of what pytest shows."""
    crash = getattr(report.longrepr, "reprcrash", None)
    text = crash.message if crash else report.longreprtext
    lines = (line.strip() for line in text.splitlines())
    # pytest-xdist puts a line before it that names the worker.
    said = next((line for line in lines if line and not _WORKER.match(line)), "no reason was given")
    return said.removeprefix("Failed: ")
