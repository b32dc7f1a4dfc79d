"""How one speaks with a kernel: over files, which no other program can take."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from jupyter_client.manager import AsyncKernelManager
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager
from traitlets import default


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
        # A folder of the system's: the path of a socket has but 107 bytes, which one below a home can exceed.
        self._folder = TemporaryDirectory(prefix="kernel-")
        return str(Path(self._folder.name, "socket"))

    def cleanup_connection_file(self) -> None:
        """Remove what was written for the kernel, once it has ended and is not started again."""
        super().cleanup_connection_file()
        if self._folder is not None:
            self._folder.cleanup()


class WorkspaceKernel(LocalKernel, ServerKernelManager):
    """The same for a Jupyter server."""
