"""Workspaces as local processes, for hubs on one machine; a deployment chooses another spawner."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from jupyterhub.spawner import SimpleLocalProcessSpawner
from traitlets import Dict, List, Unicode, default

from projecthub import ports
from projecthub.workspace.seed import home_of, seed

_PR_SET_PDEATHSIG = 1
_LOOK_EVERY = 0.05
_TRIES = 3


class WorkspaceError(RuntimeError):
    """The workspace's server ended at its start."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the workspace's server ended at its start, with status {status}")
        self.jupyterhub_message = "JupyterLab ended at its start. The hub's log says why."


class WorkspaceSpawner(SimpleLocalProcessSpawner):  # type: ignore[misc]
    """Starts JupyterLab in the person's home, as the user who runs the hub; no system accounts are needed.

    Members share that one user's rights, so what separates them is courtesy: for people who trust each other on one
    machine. A deployment that must separate them sets ``PROJECTHUB_SPAWNER`` to another spawner.
    """

    state = Unicode(help="The state folder, in which homes and the shared folder live.").tag(config=True)
    bucket = Unicode(help="The name of the shared folder.").tag(config=True)
    project = Dict(help="The project's number, title, unit and storage.").tag(config=True)
    files = List(Unicode(), help="The files and folders that the shared folder begins with.").tag(config=True)

    @default("cmd")
    def _default_cmd(self) -> list[str]:
        return [sys.executable, "-m", "jupyterhub.singleuser"]

    @default("args")
    def _default_args(self) -> list[str]:
        return [f"--config={Path(__file__).parent / 'jupyter_server_config.py'}"]

    @default("home_dir")
    def _default_home_dir(self) -> str:
        return str(home_of(Path(self.state), self.user.name))

    def make_preexec_fn(self, name: str) -> Callable[[], None]:
        """Start in the home, and end with the hub, even where the hub is killed."""
        home, hub = self.home_dir, os.getpid()

        def prepare() -> None:
            if sys.platform == "linux":
                ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
                if os.getppid() != hub:
                    os._exit(1)
            os.chdir(home)

        return prepare

    async def start(self) -> Any:
        """Make the home and the shared folder, then start the server; return once it listens.

        The hub's own wait for it pauses longer with every try, and so would come late.
        """
        seed(Path(self.state), Path(self.home_dir), self.bucket, self.project, [Path(file) for file in self.files])
        tries = _TRIES
        while True:
            # One that the hub chose by itself could be given to another program before JupyterLab, seconds later,
            # opens it. One that is named by another program cannot be kept from it, so another one is tried.
            self.port = ports.reserve()
            host, port = await super().start()
            status = await self._listens(host, port)
            if status is None:
                return host, port
            tries -= 1
            if not tries or ports.is_free(port):
                raise WorkspaceError(status)
            held = ", ".join(ports.holders(port)) or "an unknown program"
            self.log.warning("Port %d of %s's workspace was taken by %s; trying another", port, self.user.name, held)

    async def _listens(self, host: str, port: int) -> int | None:
        """Wait until the server listens: None; or until it has ended: its status."""
        while (status := await self.poll()) is None:
            try:
                _, writer = await asyncio.open_connection(host, port)
            except OSError:
                await asyncio.sleep(_LOOK_EVERY)
            else:
                writer.close()
                return None
        return int(status)

    async def progress(self) -> AsyncIterator[dict[str, Any]]:
        """Tell the waiting page what happens, in its own words."""
        yield {"progress": 50, "message": "JupyterLab is starting …"}
