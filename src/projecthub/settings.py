"""The settings that every part of a project's hub shares, read from the environment and checked at start."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, Self, get_type_hints
from urllib.parse import urlsplit

from projecthub.rendered import problem

PREFIX = "PROJECTHUB_"
UNITS = ("Health", "Human Services", "International")
SMTP_TLS = ("none", "starttls", "tls")


class SettingsError(ValueError):
    """One or more settings are missing or wrong; each problem names its variable and what is allowed."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("The settings are not right:\n" + "\n".join(f"  {problem}" for problem in problems))


def _text(value: str) -> str:
    if not value.strip():
        raise ValueError("any text")
    return value.strip()


def _number(value: str) -> str:
    if not re.fullmatch(r"[0-9]{1,12}", value):
        raise ValueError("digits only, such as 50123")
    return value


def _one_of(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in allowed:
            raise ValueError("one of: " + ", ".join(allowed))
        return value

    return parse


def _url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or not parts.path.endswith("/"):
        raise ValueError("an http or https address that ends with /")
    if parts.query or parts.fragment:
        raise ValueError("an address without a query or a fragment")
    return value


def _database(value: str) -> str:
    if urlsplit(value).scheme not in ("postgres", "postgresql"):
        raise ValueError("an address such as postgresql://user:password@host:5432/name")
    return value


def _bind(value: str) -> tuple[str, int]:
    host, _, port = value.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise ValueError("HOST:PORT, such as 127.0.0.1:8001")
    return host.strip("[]"), int(port)


def _port(value: str) -> int:
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise ValueError("a port from 1 to 65535")
    return int(value)


def _address(value: str) -> str:
    if not re.fullmatch(r"[^@<>]*<?[^@<>\s]+@[^@<>\s]+>?", value):
        raise ValueError("an e-mail address, such as JupyterHub <hub@research.example>")
    return value


def _key(value: str) -> str:
    # These are machine-made keys: long enough that guessing is hopeless, so that a fast hash may keep them.
    if len(value) < 32:
        raise ValueError("at least 32 random characters")
    return value


def _folder(value: str) -> Path:
    path = Path(value)
    if not path.is_absolute():
        raise ValueError("an absolute path to a folder")
    return path


def _existing_folder(value: str) -> Path:
    path = _folder(value)
    if not path.is_dir():
        raise ValueError("an absolute path to a folder that exists")
    return path


def _notes(value: str) -> Path:
    if allowed := problem(Path(value)):
        raise ValueError(allowed)
    return Path(value)


def _count(value: str) -> int:
    if not value.isdigit():
        raise ValueError("a whole number, 0 or more")
    return int(value)


def _days(value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", value):
        raise ValueError("a whole number of days, 0 to 99999")
    return int(value)


@dataclass(frozen=True)
class _By:
    """How a setting is read; a secret's value never reaches a message."""

    parse: Callable[[str], Any]
    secret: bool = False


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Every setting of the hub's parts; each is the variable ``PROJECTHUB_`` + its name in capitals.

    ``PROJECTHUB_PASSWORD_WAIT_DAYS`` is how many days after its confirmation an account keeps the invitation's
    password, before ``change-password`` can change it: 7 unless set, as the invitation says; 0 for at once.
    ``PROJECTHUB_RENDERED`` is a file to which each part appends which templates and static files it uses, as
    `projecthub.rendered` describes; without it, nothing is noted.
    """

    state: Annotated[Path, _By(_folder)]
    project: Annotated[str, _By(_number)]
    project_title: Annotated[str, _By(_text)]
    project_unit: Annotated[str, _By(_one_of(UNITS))]
    project_storage: Annotated[str, _By(_text)]
    hub_url: Annotated[str, _By(_url)]
    accounts_url: Annotated[str, _By(_url)]
    accounts_bind: Annotated[tuple[str, int], _By(_bind)] = ("127.0.0.1", 8001)
    smtp_host: Annotated[str, _By(_text)]
    smtp_port: Annotated[int, _By(_port)]
    smtp_tls: Annotated[str, _By(_one_of(SMTP_TLS))] = "none"
    smtp_user: Annotated[str | None, _By(_text)] = None
    smtp_password: Annotated[str | None, _By(_text, secret=True)] = field(default=None, repr=False)
    mail_from: Annotated[str, _By(_address)]
    secret_key: Annotated[str, _By(_key, secret=True)] = field(repr=False)
    oidc_client_id: Annotated[str, _By(_text)]
    oidc_client_secret: Annotated[str, _By(_key, secret=True)] = field(repr=False)
    api_token: Annotated[str, _By(_key, secret=True)] = field(repr=False)
    database_url: Annotated[str | None, _By(_database, secret=True)] = field(default=None, repr=False)
    overlay: Annotated[Path | None, _By(_existing_folder)] = None
    trusted_proxies: Annotated[int, _By(_count)] = 0
    password_wait_days: Annotated[int, _By(_days)] = 7
    rendered: Annotated[Path | None, _By(_notes)] = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the settings; raise `SettingsError` that names each missing or wrong one."""
        values: dict[str, Any] = {}
        problems: list[str] = []
        kinds = get_type_hints(cls, include_extras=True)
        for item in fields(cls):
            by: _By = kinds[item.name].__metadata__[0]
            name = PREFIX + item.name.upper()
            given = environment.get(name, "")
            try:
                if given:
                    values[item.name] = by.parse(given)
                elif item.default is MISSING:
                    by.parse("")
            except ValueError as error:
                found = "missing" if not given else "wrong" if by.secret else f"wrong: {given!r}"
                problems.append(f"{name} is {found}; allowed: {error}")
        if problems:
            raise SettingsError(problems)
        return cls(**values)

    @property
    def hub_login_url(self) -> str:
        """Where the hub starts its sign-in."""
        return f"{self.hub_url}hub/oauth_login"

    @property
    def hub_callback_url(self) -> str:
        """Where the accounts console sends a person back to the hub after signing in."""
        return f"{self.hub_url}hub/oauth_callback"

    @property
    def hub_origin(self) -> str:
        """The scheme, host and port of the hub."""
        parts = urlsplit(self.hub_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def secure(self) -> bool:
        """Whether people reach the accounts console through https."""
        return self.accounts_url.startswith("https://")
