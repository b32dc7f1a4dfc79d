"""The project that a hub is for, an invitation to it, and a member."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from projecthub.errors import HubError
from projecthub.settings import UNITS


@dataclass(frozen=True, kw_only=True)
class Project:
    """One project of the library: its number, its title, its unit and the storage of its bucket."""

    number: str
    title: str = "Maternal and child health survey"
    unit: str = "Health"
    storage: str = "200 GB"

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9]{1,12}", self.number):
            raise HubError(f"project: expected digits only, such as 50123; found {self.number!r}")
        if self.unit not in UNITS:
            raise HubError(f"project unit: expected one of {', '.join(UNITS)}; found {self.unit!r}")
        for name in ("title", "storage"):
            if not getattr(self, name).strip():
                raise HubError(f"project {name}: expected any text; found none")

    @property
    def bucket(self) -> str:
        """The name of the folder that the project's members share."""
        return f"project-{self.number}"


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """An invitation as it was sent; the password is never part of its repr."""

    email: str
    username: str
    password: str = field(repr=False)
    project: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Member(Invitation):
    """A person who has an account already, and the cookie of a session in which the accounts console knows them."""

    cookie: Mapping[str, str] = field(repr=False)
