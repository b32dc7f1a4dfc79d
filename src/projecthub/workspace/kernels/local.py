"""How one speaks with a kernel: over files, which no other program can take."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Final

from jupyter_client.manager import AsyncKernelManager
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager
from traitlets import default

# A socket's path has 103 bytes on every system, of which a kernel's own folder and the socket's name take a quarter.
_ROOM: Final = 75


def _short(folder: str) -> str:
    """The folder for temporary files, or the system's where a socket's path could be too long, as below a home."""
    return folder if len(folder.encode()) <= _ROOM else "/tmp"


class LocalKernel(AsyncKernelManager):
    """Starts a kernel, and speaks with it over sockets in a folder that it and its user alone can open.

    Jupyter's own choice are ports that are free, which the kernel opens a moment later: in that moment another program
    can get one, and a kernel in R then lives on and never answers. Anybody on the machine could listen to them, too.
    """

    _folder: TemporaryDirectory[str] | None = None

    @default("transport")
    def _transport_default(self) -> str:
        return "ipc"

    def _ip_default(self) -> str:
        self._folder = TemporaryDirectory(prefix="kernel-", dir=_short(gettempdir()))
        return str(Path(self._folder.name, "socket"))

    def cleanup_connection_file(self) -> None:
        """Remove what was written for the kernel, once it has ended and is not started again."""
        super().cleanup_connection_file()
        if self._folder is not None:
            self._folder.cleanup()


class WorkspaceKernel(LocalKernel, ServerKernelManager):
    """The same for a Jupyter server."""
