"""The hub process's settings, from the environment."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from projecthub.rendered import Notes, problem
from projecthub.settings import SettingsError
from projecthub.workspace.files import problems as file_problems

_TEMPLATES = Path(__file__).parent / "templates"
_NEEDED = (
    *("STATE", "PROJECT", "PROJECT_TITLE", "PROJECT_UNIT", "PROJECT_STORAGE", "HUB_URL", "ACCOUNTS_URL"),
    *("HUB_BIND", "PROXY_API_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"),
)


@dataclass(frozen=True, kw_only=True)
class HubSettings:
    """The hub's settings; each is the variable ``PROJECTHUB_`` + its name in capitals.

    A deployment chooses its components here:

    ``PROJECTHUB_SPAWNER``
        The spawner's class: `projecthub.workspace.spawner.WorkspaceSpawner`, local processes, unless set; with
        ``kubespawner.KubeSpawner``, workspaces are pods.
    ``PROJECTHUB_HUB_DATABASE_URL``
        The hub's database, such as ``postgresql://…``; a SQLite file in the state folder unless set.
    ``PROJECTHUB_HUB_CONFIG``
        A further JupyterHub configuration file, loaded last: the chosen spawner's own options.
    ``PROJECTHUB_OVERLAY``
        A folder whose ``hub/`` templates win over the shipped ones.
    ``PROJECTHUB_FILES``
        Files and folders, with ``:`` between them as in ``PATH``, that the project's shared folder begins with. They
        are put there once, when the first workspace starts; MyST notebooks become ``.ipynb``.
    ``PROJECTHUB_RENDERED``
        A file to which is appended which templates and static files the hub uses, as `projecthub.rendered` describes.

    JupyterHub itself reads ``CONFIGPROXY_AUTH_TOKEN`` and ``JPY_COOKIE_SECRET``.
    """

    state: Path
    project: str
    project_title: str
    project_unit: str
    project_storage: str
    hub_url: str
    accounts_url: str
    hub_bind: str
    proxy_api_url: str
    oidc_client_id: str
    oidc_client_secret: str = field(repr=False)
    spawner: str = "projecthub.workspace.spawner.WorkspaceSpawner"
    hub_database_url: str = field(default="sqlite:///jupyterhub.sqlite", repr=False)
    hub_config: Path | None = None
    overlay: Path | None = None
    rendered: Path | None = None
    files: tuple[Path, ...] = ()

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the settings; raise `SettingsError` that names each missing or wrong one."""
        given = {
            name.removeprefix("PROJECTHUB_").lower(): value
            for name, value in environment.items()
            if name.startswith("PROJECTHUB_") and value
        }
        problems = [f"PROJECTHUB_{name} is missing" for name in _NEEDED if name.lower() not in given]
        for name in ("hub_url", "accounts_url"):
            if name in given and not (urlsplit(given[name]).hostname and given[name].endswith("/")):
                problems.append(f"PROJECTHUB_{name.upper()} is {given[name]!r}; allowed: an address that ends with /")
        for name, fits in (("hub_config", Path.is_file), ("overlay", Path.is_dir)):
            if name in given and not fits(Path(given[name])):
                problems.append(f"PROJECTHUB_{name.upper()} is {given[name]!r}; allowed: one that exists")
        if "rendered" in given and (allowed := problem(Path(given["rendered"]))):
            problems.append(f"PROJECTHUB_RENDERED is {given['rendered']!r}; allowed: {allowed}")
        files = tuple(Path(path) for path in given.pop("files", "").split(os.pathsep) if path)
        problems += [f"PROJECTHUB_FILES is not right: {problem}" for problem in file_problems(files)]
        if problems:
            raise SettingsError(problems)
        values: dict[str, Any] = {name: value for name, value in given.items() if name in cls.__dataclass_fields__}
        values |= {name: Path(given[name]) for name in ("state", "hub_config", "overlay", "rendered") if name in given}
        return cls(**values, files=files)

    @property
    def base_url(self) -> str:
        """The path under which the hub lives, such as ``/50123/``."""
        return urlsplit(self.hub_url).path

    @property
    def logout_url(self) -> str:
        """The console's sign-out, which leads back to the hub's sign-in page."""
        return f"{self.accounts_url}logout/?next={self.hub_url}"

    @property
    def bucket(self) -> str:
        """The name of the folder that the project's members share."""
        return f"project-{self.project}"

    @property
    def template_vars(self) -> dict[str, str]:
        """What the hub's pages say about the project; no secret is among it."""
        return {
            "project_number": self.project,
            "project_title": self.project_title,
            "project_unit": self.project_unit,
            "project_storage": self.project_storage,
            "signup_url": f"{self.accounts_url}signup/",
        }

    @property
    def overlays(self) -> dict[Path, Path]:
        """The folder whose templates win, and the shipped ones in whose place they stand."""
        return {self.overlay / "hub": _TEMPLATES} if self.overlay else {}

    @property
    def templates(self) -> list[str]:
        """The folders of the hub's templates, the first one winning."""
        return [str(folder) for folder in [*self.overlays, _TEMPLATES]]

    @cached_property
    def notes(self) -> Notes:
        """Where it is noted which templates and static files are used."""
        return Notes(self.rendered, self.overlays)


def read_settings() -> HubSettings:
    """Read the settings, or end the process with what is wrong with them."""
    try:
        return HubSettings.from_environment()
    except SettingsError as error:
        sys.exit(str(error))
