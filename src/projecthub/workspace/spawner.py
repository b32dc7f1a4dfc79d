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
        return [sys.executable, "-m", "projecthub.workspace.server"]

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

    def get_env(self) -> dict[str, str]:
        """Tell the server which of its files is the socket."""
        environment: dict[str, str] = super().get_env()
        return {**environment, ports.INHERITED: str(self._listener.fileno())}

    async def start(self) -> Any:
        """Make the home and the shared folder, then start the server; return once it answers.

        The hub's own wait for it pauses longer with every try, and so would come late; and goes on for a server that
        has ended.
        """
        seed(Path(self.state), Path(self.home_dir), self.bucket, self.project, [Path(file) for file in self.files])
        with ports.listen() as self._listener:
            self.port = self._listener.getsockname()[1]
            self.popen_kwargs["pass_fds"] = [self._listener.fileno()]
            host, port = await super().start()
        while (status := await self.poll()) is None:
            if await self._answers(host, port):
                return host, port
            await asyncio.sleep(_LOOK_EVERY)
        raise WorkspaceError(status)

    async def _answers(self, host: str, port: int) -> bool:
        """Wait until the server answers a request, or ends; whether it has answered.

        Its socket takes connections from the first moment on, and keeps them until it comes to them.
        """
        path = f"{self.server.base_url if self.server else '/'}api"
        try:
            reader, writer = await asyncio.open_connection(host, port)
            try:
                writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
                return bool(await reader.read(1))
            finally:
                writer.close()
        except OSError:
            return False

    async def progress(self) -> AsyncIterator[dict[str, Any]]:
        """Tell the waiting page what happens, in its own words."""
        yield {"progress": 50, "message": "JupyterLab is starting …"}
