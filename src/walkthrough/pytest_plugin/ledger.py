"""Keeps, at a session's end, which pages it found true."""

from __future__ import annotations

import pytest

from walkthrough.outcome import WalkthroughOutcome, loads
from walkthrough.settings import Settings
from walkthrough.verified import listing, record


class LedgerKeeper:
    """Gathers the outcomes, from this process or from pytest-xdist's workers, and writes the ledger."""

    def __init__(self, config: pytest.Config) -> None:
        self._settings = settings_of(config)
        self._before = listing(self._settings, [])
        self._outcomes: list[WalkthroughOutcome] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what a walkthrough has found, once."""
        if report.when == "call":
            self._outcomes += [loads(str(value)) for name, value in report.user_properties if name == "walkthrough"]

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """Write the ledger, unless the product was edited while it was walked."""
        if self._outcomes and listing(self._settings, []) == self._before:
            record(self._settings, self._outcomes)


def settings_of(config: pytest.Config) -> Settings:
    """The project's settings as the commands read them."""

    def words(name: str) -> tuple[str, ...]:
        return tuple(config.getini(f"walkthrough_{name}"))

    return Settings(
        config.rootpath,
        config.inipath or config.rootpath / "pytest.ini",
        words("pages"),
        config.getini("walkthrough_artifacts"),
        words("product"),
        words("rendered"),
        words("environment"),
        words("other_roles"),
    )
