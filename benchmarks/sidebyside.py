"""The pages of parallel.py as plain Playwright, without an engine: the yardstick for workers side by side.

Run by parallel.py with the site's folder, the number of pages, and the steps in each.
"""

from __future__ import annotations

import functools
import http.server
import sys
import threading

from playwright.sync_api import Page, sync_playwright

from walkthrough import browser


class Handler(http.server.SimpleHTTPRequestHandler):
    """A silent one that keeps connections open, as that of parallel.py."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


def walk(page: Page, address: str, steps: int) -> None:
    """Go through the site in so many steps."""
    page.goto(address)
    for number in range(steps - 1):
        if number % 4 == 0:
            page.get_by_role("link", name="Go on", exact=True).click()
        elif number % 4 == 1:
            page.get_by_label("Name", exact=True).fill("jdoe")
            page.get_by_label("Address", exact=True).fill("jdoe@research.example")
        elif number % 4 == 2:
            page.get_by_role("button", name="Send", exact=True).click()
            page.get_by_text("Done", exact=True).first.wait_for()
        else:
            page.get_by_role("link", name="Start again", exact=True).click()


def main() -> None:
    """Walk all pages, each in a browser context of its own."""
    folder, pages, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    handler = functools.partial(Handler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(**browser.launch_options())
            for _ in range(pages):
                with chromium.new_context(**browser.context_options()) as context:
                    walk(context.new_page(), f"http://127.0.0.1:{server.server_port}/", steps)
            chromium.close()
        server.shutdown()


if __name__ == "__main__":
    main()
