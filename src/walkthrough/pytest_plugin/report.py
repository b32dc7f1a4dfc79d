"""The summary at a session's end: what was walked, and what became of the pictures."""

from __future__ import annotations

import pytest

from walkthrough.outcome import Verdict, WalkthroughOutcome, loads


class Reporter:
    """Gathers what the walkthroughs tell, from this process or from pytest-xdist's workers."""

    def __init__(self, config: pytest.Config) -> None:
        self.update = config.getoption("--walkthrough-update")
        self.walked: dict[str, WalkthroughOutcome] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what a walkthrough has told, once."""
        told = getattr(report, "walkthrough", None)
        if told and told["outcome"] and (report.when == "call" or report.failed):
            self.walked[told["place"]] = loads(told["outcome"])

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print one screen at the most."""
        if not self.walked:
            return
        terminalreporter.section("walkthroughs")
        for each in self.walked.values():
            pictures = sum(len(step.pictures) for step in each.steps)
            terminalreporter.write_line(
                f"{each.where}  {each.name}: {len(each.steps)} steps, {pictures} pictures, {each.seconds} s"
            )
        written = [path for each in self.walked.values() for path in each.written]
        for path in written:
            terminalreporter.write_line(f"  written: {path}")
        if self.update and not written:
            terminalreporter.write_line("  nothing has changed: no file was written")
        for each in self.walked.values():
            for step in each.steps:
                if step.verdict is not Verdict.SAME:
                    terminalreporter.write_line(f"  {step.where}: {step.verdict}: {step.reason}")
