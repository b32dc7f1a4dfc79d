"""A small, strict, independent engine for do-files: a documented subset, exactly, and nothing by guessing."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dofile.errors import DoError
    from dofile.session import Session

NAME = "dofile"
__version__ = version("sphinx-walkthrough")
BANNER = f"Executed by {NAME} {__version__}, an independent engine, not Stata; checked against published output"

__all__ = ["BANNER", "NAME", "DoError", "Session", "__version__"]

_HOME = {"DoError": "errors", "Session": "session"}


def __getattr__(name: str) -> Any:
    # On demand: the name and the version are asked for where nothing is run.
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(f"dofile.{_HOME[name]}"), name)
