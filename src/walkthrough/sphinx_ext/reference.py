"""The directives of the reference: tables that the site makes from the code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from walkthrough.roles import ROLES
from walkthrough.sphinx_ext.settings import PREFIX, WARNINGS, Settings


class _Table(SphinxDirective):
    """A table that is made from the code."""

    head: ClassVar[Sequence[str]]

    def rows(self) -> Iterable[Sequence[str]]:
        """The rows, each cell in the page's own markup."""
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        """The table, through the page's own parser."""
        lines = [f"| {' | '.join(self.head)} |", "|" + " --- |" * len(self.head)]
        lines += [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in self.rows()]
        container = nodes.container()
        self.state.nested_parse(StringList(lines, self.get_source_info()[0]), self.content_offset, container)
        return container.children


class RolesTable(_Table):
    """``walkthrough-roles``: every role, what it does, and an example."""

    head = ("Role", "What it does", "As a writer types it")

    def rows(self) -> Iterable[Sequence[str]]:
        """One row for each role."""
        return [(f"`{role.name}`", role.help, f"`` {role.example} ``") for role in ROLES.values()]


class SettingsTable(_Table):
    """``walkthrough-settings``: every setting of the extension."""

    head = ("Setting", "Takes", "What it is for")

    def rows(self) -> Iterable[Sequence[str]]:
        """One row for each setting."""
        return [(f"`{PREFIX}{item.name}`", item.metadata["kind"], item.metadata["help"]) for item in fields(Settings)]


class WarningsTable(_Table):
    """``walkthrough-warnings``: every warning subtype."""

    head = ("Warning", "What it says")

    def rows(self) -> Iterable[Sequence[str]]:
        """One row for each subtype."""
        return [(f"`walkthrough.{name}`", text) for name, text in WARNINGS.items()]
