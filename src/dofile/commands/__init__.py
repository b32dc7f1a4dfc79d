"""The commands: for each one in the table, the function that runs it.

Modules are imported when a command is first used, so that a kernel starts without the libraries that only some need.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dofile.session import Session
    from dofile.syntax import Call

    Command = Callable[[Session, Call], None]

COMMANDS = {
    "about": "basics:about",
    "count": "basics:count",
    "display": "show:display",
    "summarize": "summarize:summarize",
    "tabulate": "tabulate:tabulate",
    "correlate": "correlate:correlate",
    "ttest": "ttest:ttest",
    "regress": "regress:regress",
    "logit": "logit:logit",
    "predict": "predict:predict",
    "test": "wald:test",
    "histogram": "graphs:histogram",
    "scatter": "graphs:scatter",
    "twoway": "graphs:twoway",
}


@cache
def implementation(name: str) -> Command:
    """Return the function that runs a command of the table."""
    module, function = COMMANDS[name].split(":")
    found: Command = getattr(import_module(f"dofile.commands.{module}"), function)
    return found
