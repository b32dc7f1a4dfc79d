"""A project's whole hub, started and stopped as one thing."""

from __future__ import annotations

import contextlib
import json
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

from projecthub import keeper
from projecthub.errors import AlreadySignedUp, HubError
from projecthub.hub.proxy import ensure_proxy
from projecthub.mail.client import MailboxClient
from projecthub.parts import Part, addresses, parts
from projecthub.project import Invitation, Member, Project
from projecthub.rendered import problem
from projecthub.state import StateFolder

_START_TIMEOUT = 60.0
_LOOK_EVERY = 0.05
_STOP_TIMEOUT = 30.0
# What the accounts console does for an e-mail address → where its API takes that.
_ADDRESSES = {"invite": "invitations", "admit": "members"}
_LOG_LINES = 15
# The hub first: it ends the workspaces, and needs the proxy for that.
_STOP_ORDER = [["hub"], ["accounts", "mail", "proxy"]]


class ProjectHub:
    """One project's JupyterHub with its accounts console and its mail, as a context manager.

    `state` is the folder that everything is kept in: with a path, a restart finds accounts, sessions, mail,
    files and addresses again; without one, a temporary folder is removed at the end. `project` is a number or a
    `Project`. `port` is the hub's port; 0 chooses a free one, or the one of the state folder. `overlay` is a folder
    whose templates, in ``accounts/``, ``mail/``, ``hub/`` and ``mailbox/``, win over the shipped ones: local branding.
    `files` are the files and folders, or the one, that the project's shared folder begins with, put there once; MyST
    notebooks among them become ``.ipynb``. `rendered` is a file to which the parts append which templates and static
    files they use, as `projecthub.rendered` describes.

    Entering starts all parts at once and returns when each is ready; it raises `HubError` with the end of its log
    for a part that is not. Leaving stops them all, with the workspaces. Should this process be killed, they
    stop as well.
    """

    def __init__(
        self,
        state: Path | str | None = None,
        project: str | Project = "50123",
        port: int = 0,
        overlay: Path | str | None = None,
        files: Path | str | Sequence[Path | str] = (),
        *,
        rendered: Path | str | None = None,
    ) -> None:
        self.project = project if isinstance(project, Project) else Project(number=project)
        self._state = None if state is None else Path(state).expanduser().absolute()
        self._overlay = None if overlay is None else Path(overlay).expanduser().absolute()
        if self._overlay is not None and not self._overlay.is_dir():
            raise HubError(f"overlay: expected a folder that exists; found {self._overlay}")
        given = [files] if isinstance(files, str | Path) else files
        self._files = [Path(path).expanduser().absolute() for path in given]
        if missing := [path for path in self._files if not path.exists()]:
            raise HubError(f"files: expected files and folders that exist; found {missing[0]}")
        self._rendered = None if rendered is None else Path(rendered).expanduser().absolute()
        if self._rendered and (allowed := problem(self._rendered)):
            raise HubError(f"rendered: expected {allowed}; found {self._rendered}")
        if not 0 <= port < 65536:
            raise HubError(f"port: expected 0 to 65535; found {port}")
        self._port = port
        self._keeper: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        ensure_proxy()
        path = self._state or Path(tempfile.mkdtemp(prefix="projecthub-"))
        try:
            self._start(path)
        except BaseException:
            self.stop()
            if self._state is None:
                shutil.rmtree(path, ignore_errors=True)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def _start(self, path: Path) -> None:
        with StateFolder(path) as folder:
            kept = folder.kept(self.project.number, self._port)
            at = addresses(self.project, kept)
            self.url, self.accounts_url, self.mailbox_url = at.hub, at.accounts, at.mailbox
            self.state = path
            self.mailbox = MailboxClient(self.mailbox_url)
            self._api_token = kept.api_token
            self._parts = parts(
                state=path,
                project=self.project,
                kept=kept,
                overlay=self._overlay,
                files=self._files,
                rendered=self._rendered,
            )
            # The keeper inherits the lock: the folder is free again when the last process is gone.
            self._keeper = _keep(self._parts, folder.lock, remove=path if self._state is None else None)
        self._await_ready()

    def _await_ready(self) -> None:
        """Return when each part answers; raise `HubError` as soon as one of them ends."""
        assert self._keeper is not None
        assert self._keeper.stdout is not None
        pending = self._parts
        deadline = time.monotonic() + _START_TIMEOUT
        with selectors.DefaultSelector() as reports:
            reports.register(self._keeper.stdout, selectors.EVENT_READ)
            while pending := [part for part in pending if not all(map(_answers, part.ready))]:
                if reports.select(_LOOK_EVERY):
                    raise self._ended(self._keeper.stdout.readline())
                if time.monotonic() > deadline:
                    names = ", ".join(part.name for part in pending)
                    raise HubError(f"{names} not ready within {_START_TIMEOUT:g} s{_tail(pending[0])}")

    def wait(self) -> None:
        """Wait for as long as all parts run; raise `HubError` when one of them ends by itself."""
        assert self._keeper is not None
        assert self._keeper.stdout is not None
        raise self._ended(self._keeper.stdout.readline())

    def _ended(self, report: bytes) -> HubError:
        if not report:
            return HubError("the process that keeps the hub's parts has ended")
        ended = json.loads(report)
        part = next(part for part in self._parts if part.name == ended["ended"])
        return HubError(f"{part.name} ended by itself, with status {ended['status']}{_tail(part)}")

    def stop(self) -> None:
        """Stop everything; the second time, nothing is left to do."""
        process, self._keeper = self._keeper, None
        if process is None:
            return
        assert process.stdin is not None
        assert process.stdout is not None
        with _interrupts_wait(), process.stdout:
            process.stdin.close()
            try:
                process.wait(_STOP_TIMEOUT)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def invite(self, email: str) -> Invitation:
        """Invite a person by e-mail; raise `HubError` where the accounts console refuses."""
        return invite(self.accounts_url, self._api_token, email)

    def admit(self, email: str) -> Member:
        """Make a member of a person who takes no step for it, as walkthroughs of what members do need one.

        Raises `HubError` where the accounts console refuses, as it does for an address that has an account.
        """
        return Member(**_ask(self.accounts_url, self._api_token, "admit", email))

    @property
    def versions(self) -> dict[str, str]:
        """The products that a guide can say it was verified with."""
        return {name: version(name.lower()) for name in ("JupyterHub", "JupyterLab")}


def invite(accounts_url: str, api_token: str, email: str) -> Invitation:
    """Ask an accounts console to invite a person; it sends the e-mail."""
    return Invitation(**_ask(accounts_url, api_token, "invite", email))


def _ask(accounts_url: str, api_token: str, verb: str, email: str) -> Any:
    request = Request(
        f"{accounts_url}internal/{_ADDRESSES[verb]}",
        data=json.dumps({"email": email}).encode(),
        headers={"Authorization": f"Bearer {api_token}", "Content-Type": "application/json"},
    )
    try:
        with build_opener(ProxyHandler({})).open(request, timeout=30) as answer:
            return json.load(answer)
    except HTTPError as error:
        with error:
            try:
                said = json.load(error)["error"]
            except (ValueError, KeyError, TypeError):
                said = f"the accounts console answered {error.code}"
            kind = AlreadySignedUp if error.code == HTTPStatus.CONFLICT else HubError
        raise kind(f"cannot {verb} {email}: {said}") from None
    except (URLError, TimeoutError) as error:
        raise HubError(f"cannot {verb} {email}: the accounts console does not answer ({error})") from None


def _keep(parts: list[Part], lock: int, remove: Path | None) -> subprocess.Popen[bytes]:
    task = {
        "parts": [part.as_json() for part in parts],
        "stop": _STOP_ORDER,
        "remove": str(remove) if remove else None,
    }
    process = subprocess.Popen(
        # Isolated and without site-packages: it needs neither, and starts the sooner.
        [sys.executable, "-I", "-S", keeper.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pass_fds=[lock],
        start_new_session=True,
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(task).encode() + b"\n")
    process.stdin.flush()
    return process


def _answers(url: str) -> bool:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=5)
    try:
        connection.request("GET", parts.path)
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _tail(part: Part) -> str:
    try:
        lines = Path(part.log).read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:]
    except OSError:
        lines = []
    if not lines:
        return "; its log is empty"
    return f"; the end of its log ({part.log}):\n" + "\n".join(f"  {line}" for line in lines)


@contextlib.contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Let an impatient second Ctrl-C not leave processes behind: it waits until all are stopped."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:
        # Not the main thread, where signals never arrive.
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
