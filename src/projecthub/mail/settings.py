"""The mail process's settings, from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from projecthub.rendered import problem
from projecthub.settings import SettingsError


@dataclass(frozen=True, kw_only=True)
class MailSettings:
    """Where mail comes in, where it is kept, where it is read.

    ``PROJECTHUB_STATE``, ``PROJECTHUB_SMTP_PORT``, ``PROJECTHUB_MAILBOX_PORT``, ``PROJECTHUB_PROJECT`` and, if wanted,
    ``PROJECTHUB_OVERLAY`` and ``PROJECTHUB_RENDERED`` (`projecthub.rendered`). All is on 127.0.0.1: the sink is for one
    machine. A deployment starts none, and names its own SMTP server to the accounts console
    (``PROJECTHUB_SMTP_HOST``).
    """

    folder: Path
    smtp_port: int
    mailbox_port: int
    project: str
    overlay: Path | None
    rendered: Path | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the settings; raise `SettingsError` that names each missing or wrong one."""
        problems: list[str] = []

        def read(name: str, allowed: str, fits: bool) -> None:
            if not fits:
                problems.append(
                    f"PROJECTHUB_{name} is {environment.get(f'PROJECTHUB_{name}', '')!r}; allowed: {allowed}"
                )

        def given(name: str) -> str:
            return environment.get(f"PROJECTHUB_{name}", "")

        read("STATE", "an absolute path to a folder", Path(given("STATE")).is_absolute())
        for port in ("SMTP_PORT", "MAILBOX_PORT"):
            read(port, "a port from 1 to 65535", given(port).isdigit() and 0 < int(given(port)) < 65536)
        read("PROJECT", "digits only, such as 50123", given("PROJECT").isdigit())
        overlay = Path(given("OVERLAY")) if given("OVERLAY") else None
        read("OVERLAY", "a folder that exists", overlay is None or overlay.is_dir())
        rendered = Path(given("RENDERED")) if given("RENDERED") else None
        if rendered and (allowed := problem(rendered)):
            read("RENDERED", allowed, False)
        if problems:
            raise SettingsError(problems)
        return cls(
            folder=Path(given("STATE")) / "mail",
            smtp_port=int(given("SMTP_PORT")),
            mailbox_port=int(given("MAILBOX_PORT")),
            project=given("PROJECT"),
            overlay=overlay,
            rendered=rendered,
        )

    @property
    def url(self) -> str:
        """The mailbox page's address."""
        return f"http://127.0.0.1:{self.mailbox_port}/"
