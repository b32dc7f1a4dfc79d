"""A browser in a thread of its own.

Playwright's synchronous interface keeps an event loop running in the thread that started it, for as long as the
browser lives. Whatever else runs in that thread and looks for a loop (Django's database, `asyncio.run`) would refuse
to work; so a session's other tests keep their thread, and the browser gets another.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any, ParamSpec, Self, TypeVar

from playwright.sync_api import Browser, Playwright, sync_playwright

from walkthrough.run.watch import register

P = ParamSpec("P")
T = TypeVar("T")


class BrowserThread:
    """Starts Chromium with Playwright's launch ``options`` on entering, and ends it on leaving.

    What belongs to the browser is used through `call` alone. ``waits`` is set once a walk has waited for something on a
    page for longer than a moment, so that there is time for other work.
    """

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        self.waits = Event()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="walkthrough-browser")

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function in the browser's thread, and give what it gives or raise what it raises."""
        return self._thread.submit(function, *args, **kwargs).result()

    def __enter__(self) -> Self:
        try:
            self._playwright: Playwright = self.call(lambda: sync_playwright().start())
            self.call(register, self._playwright)
            self.browser: Browser = self.call(self._playwright.chromium.launch, **self._options)
        except BaseException:
            self._thread.shutdown()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        try:
            self.call(self.browser.close)
            self.call(self._playwright.stop)
        finally:
            self._thread.shutdown()
