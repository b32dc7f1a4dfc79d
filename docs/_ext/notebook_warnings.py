"""The directive ``notebook-warnings``: a table of what the extensions of the notebooks warn of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import agreement
import executed
import steps
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

TYPES: Final = {"notebook": executed.WARNINGS, "agreement": agreement.WARNINGS, "step": steps.WARNINGS}
"""Warning type → its subtypes, with what each says."""


class WarningsTable(SphinxDirective):
    """A row for each subtype."""

    def run(self) -> list[nodes.Node]:
        """The table, through the page's own parser."""
        lines = ["| Warning | What it says |", "| --- | --- |"]
        lines += [f"| `{kind}.{name}` | {text} |" for kind, known in TYPES.items() for name, text in known.items()]
        container = nodes.container()
        self.state.nested_parse(StringList(lines, self.get_source_info()[0]), self.content_offset, container)
        return container.children


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("notebook-warnings", WarningsTable)
    return {"version": "0.1.0", "parallel_read_safe": True, "parallel_write_safe": True}
