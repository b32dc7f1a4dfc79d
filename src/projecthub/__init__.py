"""The system that the guide is about: one JupyterHub per project, with its accounts console and its mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from projecthub.errors import HubError
    from projecthub.project import Invitation, Project
    from projecthub.server import ProjectHub

__all__ = ["HubError", "Invitation", "Project", "ProjectHub"]

_HOME = {"HubError": "errors", "Invitation": "project", "Project": "project", "ProjectHub": "server"}


def __getattr__(name: str) -> Any:
    # On demand: each of the system's processes imports this package and needs little of it.
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(f"projecthub.{_HOME[name]}"), name)
