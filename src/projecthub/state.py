"""The state folder: everything that a hub keeps, and the lock that one running hub holds on it."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shlex
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

from projecthub import ports
from projecthub.errors import HubError

_SETTINGS = "settings.json"
_TRIES = 5


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What must be the same after a restart: the project, the ports in sent addresses, and the keys."""

    project: str
    hub_port: int
    accounts_port: int
    mailbox_port: int
    secret_key: str = field(repr=False)
    oidc_client_secret: str = field(repr=False)
    api_token: str = field(repr=False)
    cookie_secret: str = field(repr=False)


class StateFolder:
    """A locked state folder; `close` gives the lock up."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.logs = path / "logs"
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.logs.mkdir(mode=0o700, exist_ok=True)
            self._lock = os.open(path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise HubError(f"state: expected a folder that can be written; found {path} ({error.strerror})") from None
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.pread(self._lock, 32, 0).decode().strip()
            os.close(self._lock)
            raise HubError(
                f"state: {path} is in use by another hub (process {holder or 'unknown'}); "
                "stop that one, or choose another folder"
            ) from None
        os.ftruncate(self._lock, 0)
        os.pwrite(self._lock, f"{os.getpid()}\n".encode(), 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def lock(self) -> int:
        """The lock's file descriptor: who inherits it holds the folder too."""
        return self._lock

    def close(self) -> None:
        """Give the folder up."""
        os.close(self._lock)

    def kept(self, project: str, hub_port: int) -> Kept:
        """Return what this folder keeps, made on the first start; `hub_port` 0 means the one that it has.

        Raises `HubError` for another project's folder, and for a port that another program has taken.
        """
        path = self.path / _SETTINGS
        kept = _read(path) if path.exists() else _fresh(project, hub_port)
        if kept.project != project:
            raise HubError(f"project: {self.path} is the state of project {kept.project}; found {project}")
        if hub_port and hub_port != kept.hub_port:
            kept = Kept(**{**asdict(kept), "hub_port": hub_port})
        for name in ("hub", "accounts", "mailbox"):
            port = getattr(kept, f"{name}_port")
            if not ports.is_free(port):
                advice = "stop that one, or choose another with --port" if name == "hub" else "stop that one"
                raise HubError(f"port: {port}, the {name}'s in {self.path}, is taken by another program; {advice}")
        _write(path, kept)
        return kept


def running(path: Path) -> Kept:
    """Return what a running hub's state folder keeps; raise `HubError` where none runs on it."""
    if not (path / _SETTINGS).is_file():
        raise HubError(f"state: expected a running hub's folder; found {path}, which is none")
    with (path / "lock").open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return _read(path / _SETTINGS)
    raise HubError(f"state: no hub runs on {path}; start it with: projecthub serve --state {shlex.quote(str(path))}")


def _fresh(project: str, hub_port: int) -> Kept:
    """Make what a new folder keeps; a port that another program took at this moment is chosen anew."""
    kept = _make(project, hub_port)
    for _ in range(_TRIES):
        if all(map(ports.is_free, (kept.hub_port, kept.accounts_port, kept.mailbox_port))):
            break
        kept = _make(project, hub_port)
    return kept


def _make(project: str, hub_port: int) -> Kept:
    return Kept(
        project=project,
        hub_port=hub_port or ports.reserve(),
        accounts_port=ports.reserve(),
        mailbox_port=ports.reserve(),
        secret_key=secrets.token_urlsafe(48),
        oidc_client_secret=secrets.token_urlsafe(48),
        api_token=secrets.token_urlsafe(48),
        cookie_secret=secrets.token_hex(32),
    )


def _read(path: Path) -> Kept:
    try:
        return Kept(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        raise HubError(
            f"state: {path} is not readable as a hub's settings; restore it, or choose another folder"
        ) from None


def _write(path: Path, kept: Kept) -> None:
    draft = path.with_suffix(".part")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(asdict(kept), file, indent=2)
    draft.rename(path)
