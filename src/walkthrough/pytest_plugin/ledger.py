"""Keeps, at a session's end, which pages it found true, and says which steps it was told to leave out."""

from __future__ import annotations

import math

import pytest

from walkthrough.model import Walkthrough
from walkthrough.outcome import WalkthroughOutcome, loads
from walkthrough.settings import NAMES, Settings, settings_from
from walkthrough.verified import listing, record

_UNTIL = "--walkthrough-until"


class LedgerKeeper:
    """Gathers the outcomes, from this process or from pytest-xdist's workers, and writes the ledger."""

    def __init__(self, config: pytest.Config) -> None:
        self._settings = settings_of(config)
        self._until: list[str] = config.getoption(_UNTIL)
        self._before = listing(self._settings) if self._settings.product else {}
        self._outcomes: dict[str, WalkthroughOutcome] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what a walkthrough has found, once."""
        told = getattr(report, "walkthrough", None)
        if told and told["outcome"]:
            self._outcomes[told["place"]] = loads(told["outcome"])

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """Write the ledger, unless the product was edited while it was walked, or nobody has said what it is."""
        if self._settings.product and self._outcomes and listing(self._settings) == self._before:
            record(self._settings, list(self._outcomes.values()))

    @pytest.hookimpl(trylast=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say where a walkthrough was ended before its last step."""
        for page, name, step in map(_until, self._until):
            terminalreporter.write_line(
                f"{page}: {name} was walked until step {step} only; no change affects what is behind it"
            )


def check_until(config: pytest.Config) -> None:
    """Refuse a wrong option before anything runs. Raises `pytest.UsageError`."""
    until: list[str] = config.getoption(_UNTIL)
    for text in until:
        try:
            _until(text)
        except ValueError:
            raise pytest.UsageError(f"{_UNTIL}: expected docs/page.md:name:4; found {text!r}") from None
    if until and config.getoption("--walkthrough-update"):
        raise pytest.UsageError(f"{_UNTIL}: a part of a walkthrough is no evidence; leave out --walkthrough-update")


def last_step(config: pytest.Config, walkthrough: Walkthrough) -> float:
    """The number of the last step that shall be walked; infinite where nothing was said."""
    until = {(page, name): step for page, name, step in map(_until, config.getoption(_UNTIL))}
    return until.get((walkthrough.where.path, walkthrough.name), math.inf)


def _until(text: str) -> tuple[str, str, int]:
    page, name, step = text.rsplit(":", 2)
    return page, name, int(step)


def settings_of(config: pytest.Config) -> Settings:
    """The project's settings as the commands read them."""
    values = {name: config.getini(name) for name in NAMES}
    return settings_from(config.rootpath, config.inipath or config.rootpath / "pytest.ini", values)
