"""The Sphinx extension: walkthroughs as a reader sees them, with what the last run has proven.

A build reads pages, pictures and evidence; it never starts a browser. Warnings have the type ``walkthrough`` and one
of the subtypes in `WARNINGS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from walkthrough.roles import ROLES, VALUE_ROLE
from walkthrough.sphinx_ext.directives import WalkthroughDirective
from walkthrough.sphinx_ext.picture import add_assets, register_picture
from walkthrough.sphinx_ext.reference import RolesTable, SettingsTable, WarningsTable
from walkthrough.sphinx_ext.roles import ActionRole, ValueRole
from walkthrough.sphinx_ext.settings import check_settings, register_settings

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

VERSION: Final = 2
"""Version of what the extension keeps in Sphinx's environment."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the settings, the roles, the directives, the picture and its look."""
    register_settings(app)
    for role in ROLES.values():
        app.add_role(role.name, ActionRole(role))
    app.add_role(VALUE_ROLE, ValueRole())
    app.add_directive("walkthrough", WalkthroughDirective)
    app.add_directive("walkthrough-roles", RolesTable)
    app.add_directive("walkthrough-settings", SettingsTable)
    app.add_directive("walkthrough-warnings", WarningsTable)
    register_picture(app)
    app.connect("config-inited", check_settings)
    app.connect("builder-inited", add_assets)
    return {"version": "0.1.0", "env_version": VERSION, "parallel_read_safe": True, "parallel_write_safe": True}
