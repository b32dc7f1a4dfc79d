"""The extension's settings, in one dataclass: checked at the start, and listed on the site from here."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Final

from sphinx.errors import ConfigError

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

PREFIX: Final = "walkthrough_"

WARNINGS: Final = {
    "syntax": "A walkthrough is not written as one: an unknown role, a missing value, a step without action.",
    "unverified": "No run has proven a step as it stands now: it is new, or edited since its evidence.",
    "evidence": "The page's evidence cannot be read.",
    "picture": "A picture is not there, or is not the one that the run took.",
    "value": "A value has no example to show: no run has met it, and no setting gives one.",
}
"""Subtype of the warning type ``walkthrough`` → what it says."""


@dataclass(frozen=True)
class Settings:
    """What a project's ``conf.py`` may set; each name has the prefix ``walkthrough_`` there."""

    values: dict[str, str] = field(
        default_factory=dict,
        metadata={
            "help": "Expression → example, for values in prose that no run has met yet.",
            "kind": "a dictionary of texts",
        },
    )
    other_roles: list[str] = field(
        default_factory=list,
        metadata={"help": "Roles of the site's own that may stand in a step.", "kind": "a list of texts"},
    )
    verified_line: bool = field(
        default=True,
        metadata={
            "help": "Whether a line under each walkthrough says with what it was verified, and when.",
            "kind": "True or False",
        },
    )

    @classmethod
    def of(cls, config: Config) -> Settings:
        """The settings of a build. Raises `ConfigError` that names a wrong one and what is allowed."""
        given = {item.name: getattr(config, PREFIX + item.name) for item in fields(cls)}
        for item in fields(cls):
            value, kind = given[item.name], item.metadata["kind"]
            right = {
                "a dictionary of texts": isinstance(value, dict)
                and all(isinstance(each, str) for pair in value.items() for each in pair),
                "a list of texts": isinstance(value, list) and all(isinstance(each, str) for each in value),
                "True or False": isinstance(value, bool),
            }[kind]
            if not right:
                raise ConfigError(f"{PREFIX}{item.name}: expected {kind}; found {value!r}")
        return cls(**given)


def register_settings(app: Sphinx) -> None:
    """Declare each setting to Sphinx."""
    defaults = Settings()
    for item in fields(Settings):
        app.add_config_value(PREFIX + item.name, getattr(defaults, item.name), "env")


def check_settings(app: Sphinx, config: Config) -> None:
    """Refuse wrong settings before anything is read."""
    Settings.of(config)
