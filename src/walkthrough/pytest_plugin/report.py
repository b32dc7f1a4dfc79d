"""The summary at a session's end: what was walked, and what became of the pictures."""

from __future__ import annotations

from typing import Any

import pytest


class Reporter:
    """Gathers what the walkthroughs tell, from this process or from pytest-xdist's workers."""

    def __init__(self, config: pytest.Config) -> None:
        self.update = config.getoption("--walkthrough-update")
        self.walked: list[dict[str, Any]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what a walkthrough has told, once."""
        if report.when == "call":
            self.walked += [value for name, value in report.user_properties if name == "walkthrough"]  # type: ignore[misc]

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print one screen at the most."""
        if not self.walked:
            return
        terminalreporter.section("walkthroughs")
        for each in self.walked:
            terminalreporter.write_line(
                f"{each['place']}  {each['name']}: {each['steps']} steps, {each['pictures']} pictures, "
                f"{each['seconds']} s"
            )
        written = [path for each in self.walked for path in each["written"]]
        differing = [path for each in self.walked for path in each["differing"]]
        for path in written:
            terminalreporter.write_line(f"  written: {path}")
        if self.update and not written:
            terminalreporter.write_line("  nothing has changed: no file was written")
        for path in differing:
            terminalreporter.write_line(f"  differs from the committed picture: {path}")
        if differing:
            terminalreporter.write_line("  To take the pictures anew, run with --walkthrough-update.")
