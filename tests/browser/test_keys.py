"""The names of keys that a page may use."""

from __future__ import annotations

import string

import pytest
from playwright.sync_api import Browser, Page

from walkthrough.roles import KEYS, keys_of


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Page:
    """A page that keeps which keys it got."""
    page = chromium.new_page()
    page.evaluate("addEventListener('keydown', event => (globalThis.pressed ??= []).push(event.key))")
    return page


@pytest.mark.parametrize("label", [*KEYS, *string.punctuation, "a", "Z", "7", "Shift+Enter", "Ctrl + S", "Ctrl++"])
def test_a_page_gets_each_key_that_a_step_may_name(page: Page, label: str) -> None:
    """What is read without an error can be pressed, and arrives under the browser's name."""
    page.evaluate("globalThis.pressed = []")
    page.keyboard.press("+".join(keys_of(label)))
    assert [key.lower() for key in page.evaluate("pressed")] == [key.lower() for key in keys_of(label)]
