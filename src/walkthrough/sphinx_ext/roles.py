"""Roles as a reader sees them: the label alone, in the look of its kind."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from walkthrough import roles
from walkthrough.sphinx_ext.page import page_state, warn
from walkthrough.sphinx_ext.settings import Settings


class ActionRole(SphinxRole):
    """An action or an assertion. What is wrong in it is told by the page's walkthrough, once."""

    def __init__(self, role: roles.Role) -> None:
        super().__init__()
        self.role = role

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The label in its look, marked so that it can light up its place in the picture."""
        page_state(self.env)  # a role in a page without any walkthrough is told, too
        try:
            label, _ = roles.parse_text(self.role, self.text)
        except roles.RoleSyntaxError:
            label = self.text
        outer = nodes.inline(self.rawtext, "", classes=["walkthrough-action"])
        outer += _look(self.role.markup, label)
        return [outer], []


class ValueRole(SphinxRole):
    """A value in prose, as its example."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The example that a run has recorded, or that a setting gives."""
        name = self.text.strip()
        values = {**Settings.of(self.config).values, **page_state(self.env).values}
        if name not in values:
            warn(
                f"{{value}}`{name}` has no example: let a run meet it, or give one in walkthrough_values",
                "value",
                (self.env.docname, self.lineno),
            )
        return [nodes.literal(self.rawtext, values.get(name, name))], []


def _look(markup: str, label: str) -> nodes.Element:
    if markup == "kbd":
        return nodes.literal("", label, classes=["kbd"])
    if markup == "literal":
        return nodes.literal("", label)
    if markup == "emphasis":
        return nodes.emphasis("", label)
    # Exactly this one class: it is by that that the LaTeX writer knows a label of a user interface.
    return nodes.inline("", label, classes=["guilabel"])
