"""From a step to its evidence, in a real browser. The only part that knows Playwright.

Its parts are imported when they are asked for: a browser is started beside what else is imported, and so needs no more
of this package than its thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from walkthrough.run.failure import StepFailure
    from walkthrough.run.thread import BrowserThread
    from walkthrough.run.walker import Walked, Walker

__all__ = ["BrowserThread", "StepFailure", "Walked", "Walker"]

_MODULES = {"BrowserThread": "thread", "StepFailure": "failure", "Walked": "walker", "Walker": "walker"}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
