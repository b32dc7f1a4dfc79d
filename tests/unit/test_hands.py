"""Looking at a page that another one is coming in place of."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error

from walkthrough.run.hands import steady


def look(message: str) -> str:
    """What Playwright does when it cannot look."""
    raise Error(message)


def test_a_page_that_is_being_replaced_is_looked_at_later() -> None:
    """A look at a page that a workspace's start replaces gives nothing; it is no reason to give up."""
    assert steady(lambda: "seen") == "seen"
    message = "Page.evaluate: Execution context was destroyed, most likely because of a navigation"
    assert steady(lambda: look(message)) is None


def test_what_else_goes_wrong_is_told() -> None:
    """A browser that is gone is not waited for."""
    with pytest.raises(Error, match="has been closed"):
        steady(lambda: look("Target page, context or browser has been closed"))
