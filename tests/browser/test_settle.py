"""A page is pictured once it rests, also where its work is late."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from walkthrough.browser import context_options
from walkthrough.run.picture import settle
from walkthrough.run.watch import WATCH

# What a page sees in a browser that never has time: such work is done when its patience ends, here in a quarter of it.
NEVER_IDLE = """globalThis.requestIdleCallback = (work, {timeout}) =>
    setTimeout(() => work({didTimeout: true, timeRemaining: () => 0}), timeout / 4)"""
LEAVES_WORK = """<h1>…</h1><script>
requestIdleCallback(() => { document.querySelector('h1').textContent = 'drawn'; }, {timeout: 3000})</script>"""
COMES_NEAR = """<style>div { animation: near 0.3s steps(1, end) } @keyframes near { from { margin-top: 9000px } }
p { content-visibility: auto; contain-intrinsic-size: auto 10px }</style><div></div><p>One<br>two</p><script>
document.querySelector('p').addEventListener('contentvisibilityautostatechange',
  ({skipped}) => { if (!skipped) globalThis.drawn = performance.now(); })</script>"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page that is watched."""
    with chromium.new_context(**context_options()) as context:
        context.add_init_script(WATCH)
        yield context.new_page()


def test_work_that_is_left_for_an_idle_moment_is_waited_for(page: Page) -> None:
    """A browser that is never idle does it when its patience ends; the page rests only then."""
    page.add_init_script(NEVER_IDLE)
    page.goto(f"data:text/html,{quote(LEAVES_WORK)}")
    settle(page, 5.0)
    assert page.locator("h1").text_content() == "drawn"


def test_what_the_browser_begins_to_draw_counts_as_a_change(page: Page) -> None:
    """A part that comes near the view gets its size then, and nothing in the document tells so."""
    page.goto(f"data:text/html,{quote(COMES_NEAR)}")
    page.wait_for_function("globalThis.drawn")
    assert page.evaluate("globalThis.__walkthroughWatch.changed >= globalThis.drawn - 5")
