"""The hub's configuration where a walk stops at the workspace's door: behind it, nothing is started."""

from __future__ import annotations

from typing import Any

from jupyterhub.spawner import Spawner

c = get_config()  # type: ignore[name-defined]  # noqa: F821


class NoWorkspace(Spawner):  # type: ignore[misc]
    """Starts nothing, since nobody looks."""

    async def start(self) -> Any:
        """Refuse at once."""
        raise RuntimeError("this walk stops at the workspace's door")

    async def poll(self) -> int:
        """Tell that nothing runs."""
        return 0

    async def stop(self, now: bool = False) -> None:
        """There is nothing to stop."""


c.JupyterHub.spawner_class = NoWorkspace
