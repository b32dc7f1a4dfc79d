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
    "append": "append:append",
    "assert": "basics:assert_",
    "clear": "rows:clear",
    "collapse": "collapse:collapse",
    "count": "basics:count",
    "describe": "describe:describe",
    "display": "show:display",
    "drop": "rows:choose",
    "egen": "create:egen",
    "export": "files:export",
    "format": "rows:format",
    "generate": "create:generate",
    "global": "basics:macro",
    "import": "files:import_",
    "keep": "rows:choose",
    "label": "labels:label",
    "list": "listing:list_",
    "local": "basics:macro",
    "merge": "merge:merge",
    "order": "rows:order",
    "rename": "rows:rename",
    "replace": "create:replace",
    "reshape": "reshape:reshape",
    "save": "files:save",
    "scalar": "basics:scalar",
    "set": "rows:set_",
    "sort": "rows:sort",
    "use": "files:use",
    "version": "basics:version",
    "summarize": "summarize:summarize",
    "tabulate": "tabulate:tabulate",
    "correlate": "correlate:correlate",
    "ttest": "ttest:ttest",
    "regress": "regress:regress",
    "logit": "logit:logit",
    "predict": "predict:predict",
    "test": "wald:test",
    "testparm": "wald:testparm",
    "histogram": "graphs:histogram",
    "scatter": "graphs:scatter",
    "line": "graphs:scatter",
    "twoway": "graphs:twoway",
}


@cache
def implementation(name: str) -> Command:
    """Return the function that runs a command of the table."""
    module, function = COMMANDS[name].split(":")
    found: Command = getattr(import_module(f"dofile.commands.{module}"), function)
    return found
