"""Free ports on 127.0.0.1, chosen so that several hubs can start at once."""

from __future__ import annotations

import socket

HOST = "127.0.0.1"

INHERITED = "PROJECTHUB_WORKSPACE_SOCKET"
"""The environment variable with the file descriptor of the socket on which a workspace's server takes connections."""


def reserve() -> int:
    """Return a free port that the system gives to nobody else who asks for any port, for a minute.

    A connection that was accepted on the port, and closed from its side first, stays in TIME-WAIT (RFC 9293,
    3.3.2): the system then keeps the port out of its own choice, while a server that names it, with
    SO_REUSEADDR, can listen on it at once.
    """
    with listen(0) as listener:
        port: int = listener.getsockname()[1]
        with socket.create_connection((HOST, port)) as client:
            accepted, _ = listener.accept()
            accepted.close()
            client.recv(1)
    return port


def is_free(port: int) -> bool:
    """Whether a server could listen on the port now."""
    try:
        listen(port).close()
    except OSError:
        return False
    return True


def listen(port: int = 0) -> socket.socket:
    """Return a socket that takes connections: on a free port, where none is given. Raises `OSError`."""
    listener = socket.socket()
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener
