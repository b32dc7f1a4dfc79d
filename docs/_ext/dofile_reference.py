"""Puts what the do-file engine has into a page, from the engine's own tables, in each build.

The directive ``dofile-reference`` takes the name of a part, and for ``commands`` that of a family.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from dofile.reference import FAMILIES, PARTS

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class ReferenceDirective(SphinxDirective):
    """``dofile-reference``: a part of the reference, read as if it stood in the page."""

    required_arguments = 1
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the part, through the page's own parser."""
        part, family = self.arguments[0], self.arguments[1] if len(self.arguments) > 1 else ""
        if part not in PARTS or (part == "commands") != (family in FAMILIES):
            known = f"{', '.join(PARTS)}; commands with one of {', '.join(FAMILIES)}"
            raise self.error(f"dofile-reference takes {known}; not {' '.join(self.arguments)}")
        for path in Path(self.env.srcdir, "src", "dofile").glob("**/*.py"):
            self.env.note_dependency(str(path))
        return self.parse_text_to_nodes(PARTS[part](family), allow_section_headings=True)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("dofile-reference", ReferenceDirective)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
