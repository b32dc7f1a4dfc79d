"""A workspace's JupyterLab, which takes the connections of a socket that its spawner has opened.

Jupyter's server tries its port, closes it, and opens it a moment later: in that moment another program can get it, and
on a busy machine one does. What is handed over open is never free.
"""

from __future__ import annotations

import os
import socket

from jupyter_server.serverapp import ServerApp
from jupyterhub.singleuser.extension import JupyterHubSingleUser

from projecthub.ports import INHERITED


class WorkspaceServer(ServerApp):
    """Jupyter's server on an inherited socket."""

    def _find_http_port(self) -> None:
        """The port is open already."""

    def _bind_http_server_tcp(self) -> bool:
        listener = socket.socket(fileno=int(os.environ.pop(INHERITED)))
        listener.set_inheritable(False)  # kernels and terminals have nothing to do with it
        listener.setblocking(False)
        self.http_server.add_socket(listener)
        return True


def main() -> None:
    """Run it, as JupyterHub's own single-user server."""
    JupyterHubSingleUser.serverapp_class = WorkspaceServer
    JupyterHubSingleUser.launch_instance()


if __name__ == "__main__":
    main()
