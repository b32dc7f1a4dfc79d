"""A forward proxy between the browser and the hub, which changes what its rules match and passes on everything else.

HTTP/1.1 in absolute form (RFC 9112, 3.2.2); CONNECT opens a tunnel (RFC 9110, 9.3.6), which is how a browser sends
websockets through a proxy.
"""

from __future__ import annotations

import http.client
import select
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from email.message import Message
from fnmatch import fnmatchcase
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import SplitResult, urlsplit, urlunsplit

from tests.mutations.model import Rule

# Those of one connection, not of the message (RFC 9110, 7.6.1).
_HOP_BY_HOP = {"connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te",
               "trailer", "transfer-encoding", "upgrade"}  # fmt: skip
_PIECE = 64 * 1024
_TIMEOUT = 120
_PAGE = "<!doctype html><html lang=en><title>{0}</title><h1>{0}</h1></html>"


class Proxy:
    """The proxy on a free port of this machine, as a context manager.

    ``used`` counts, for each rule, the answers that it changed: a rule that never did has tested nothing.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self.used = [0] * len(self.rules)
        self._lock = threading.Lock()
        self.ended = threading.Event()

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.proxy = self
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        """What a browser is told."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def rule(self, method: str, path: str) -> int | None:
        """Index of the first rule for a request."""
        for index, rule in enumerate(self.rules):
            if fnmatchcase(path, rule.path) and rule.method in ("", method):
                return index
        return None

    def note(self, index: int) -> None:
        """Count one answer that a rule has changed."""
        with self._lock:
            self.used[index] += 1


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    proxy: Proxy

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that closes its page closes its connections: no event."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_CONNECT(self) -> None:
        host, _, port = self.path.rpartition(":")
        try:
            upstream = socket.create_connection((host.strip("[]"), int(port)), timeout=_TIMEOUT)
        except (OSError, ValueError):
            self.send_error(HTTPStatus.BAD_GATEWAY)
            return
        self.send_response_only(HTTPStatus.OK)
        self.end_headers()
        self.close_connection = True
        with upstream:
            self._tunnel(upstream)

    def _tunnel(self, upstream: socket.socket) -> None:
        peers = {self.connection: upstream, upstream: self.connection}
        while not self.server.proxy.ended.is_set():
            for source in select.select([*peers], [], [], 0.5)[0]:
                if not (piece := source.recv(_PIECE)):
                    return
                peers[source].sendall(piece)

    def _forward(self) -> None:
        address = urlsplit(self.path)
        body = self._body()
        if not address.hostname:
            self.send_error(HTTPStatus.BAD_REQUEST, "expected a request for a proxy")
            return
        index = self.server.proxy.rule(self.command, address.path)
        if index is None:
            self._pass_on(address, body)
        else:
            self._apply(index, address, body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _forward

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            pieces = []
            while size := int(self.rfile.readline().split(b";")[0], 16):
                pieces.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(pieces)
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _apply(self, index: int, address: SplitResult, body: bytes) -> None:
        proxy = self.server.proxy
        rule = proxy.rules[index]
        if rule.delay:
            proxy.note(index)
            proxy.ended.wait(rule.delay)
        if rule.redirect:
            proxy.note(index)
            self._answer(HTTPStatus.FOUND, b"", {"Location": rule.redirect})
        elif rule.status:
            proxy.note(index)
            content = _PAGE.format(http.client.responses.get(rule.status, rule.status)).encode()
            self._answer(rule.status, content, {"Content-Type": "text/html; charset=utf-8"})
        elif rule.serve:
            proxy.note(index)
            other = urlsplit(rule.serve)
            self._pass_on(address._replace(path=other.path, query=other.query), body)
        else:
            self._pass_on(address, body, index if rule.old else None)

    def _pass_on(self, address: SplitResult, body: bytes, index: int | None = None) -> None:
        upstream = http.client.HTTPConnection(address.hostname or "", address.port or 80, timeout=_TIMEOUT)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP_BY_HOP}
            if index is not None:
                headers = {name: value for name, value in headers.items() if name.lower() != "accept-encoding"}
                # A kept copy would come back as “not modified”, without the body that shall change.
                headers = {name: value for name, value in headers.items() if not name.lower().startswith("if-")}
            target = urlunsplit(("", "", address.path or "/", address.query, ""))
            upstream.putrequest(self.command, target, skip_host=True, skip_accept_encoding=True)
            for name, value in headers.items():
                upstream.putheader(name, value)
            upstream.endheaders(body or None)
            answer = upstream.getresponse()
            if index is None:
                self._stream(answer)
            else:
                self._changed(answer, index)
        except (OSError, http.client.HTTPException):
            if not self.wfile.closed:
                self.close_connection = True
                with suppress(OSError):
                    self.send_error(HTTPStatus.BAD_GATEWAY)
        finally:
            upstream.close()

    def _changed(self, answer: http.client.HTTPResponse, index: int) -> None:
        rule = self.server.proxy.rules[index]
        content = answer.read()
        old = rule.old.encode()
        if old in content:
            self.server.proxy.note(index)
            content = content.replace(old, rule.new.encode())
        self._answer(answer.status, content, answer.msg)

    def _answer(self, status: int, content: bytes, headers: dict[str, str] | Message) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() not in _HOP_BY_HOP | {"content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _stream(self, answer: http.client.HTTPResponse) -> None:
        """Pass an answer on piece by piece as it comes: a page listens to some for as long as it is open."""
        self.send_response_only(answer.status)
        for name, value in answer.msg.items():
            if name.lower() not in _HOP_BY_HOP:
                self.send_header(name, value)
        bodiless = self.command == "HEAD" or answer.status in (204, 304) or answer.status < 200
        chunked = not bodiless and answer.getheader("Content-Length") is None
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        while not bodiless and (piece := answer.read1(_PIECE)):
            self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
        if chunked:
            self.wfile.write(b"0\r\n\r\n")
