"""Shows one step of an analysis in all its languages, from the notebooks themselves.

The directive ``code-of`` names a heading; the code below it in each notebook becomes a tab. A notebook that lacks the
heading, or has its headings in another order, is a warning of the type ``step``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docutils import nodes
from docutils.statemachine import StringList
from executed import read
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)

WARNINGS: Final = {
    "missing": "A notebook has no such heading, or no code below it.",
    "order": "The notebooks do not have the same headings in the same order.",
}
"""Subtype of the warning type ``step`` → what it says."""

_HEADING: Final = re.compile(r"^## +(.+?) *$", re.MULTILINE)


def sections(notebook: NotebookNode) -> dict[str, list[str]]:
    """The code of a notebook by second-level heading; cells with tags, which are not for readers, left out."""
    found: dict[str, list[str]] = {}
    heading = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for heading in _HEADING.findall(cell.source):
                found[heading] = []
        elif cell.cell_type == "code" and heading and not cell.metadata.get("tags"):
            found[heading].append(cell.source.strip())
    return found


class StepDirective(SphinxDirective):
    """``code-of``: the heading's code, a tab for each notebook of the setting ``compared_notebooks``."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """The tabs, through the page's own parser."""
        heading = self.arguments[0]
        tabs: list[str] = []
        orders: dict[str, list[str]] = {}
        for title, docname in self.config.compared_notebooks.items():
            page = read(self.env, docname) if docname in self.env.found_docs else None
            self.env.note_dependency(str(Path(self.env.doc2path(docname))))
            found = sections(page.notebook) if page else {}
            orders[docname] = list(found)
            if page is None or not found.get(heading):
                self._warn(f"{docname} has no code below the heading “{heading}”", "missing")
                continue
            language = page.notebook.metadata.kernelspec.get("language", "text").lower()
            code = "\n\n".join(found[heading])
            tabs += [f"::::{{tab-item}} {title}", f":sync: {docname}", "", f"~~~~{language}", *code.splitlines()]
            tabs += ["~~~~", "::::", ""]
        first, *others = orders.items() or [("", [])]
        for docname, headings in others:
            if headings != first[1] and headings:
                self._warn(f"{docname} does not have the headings of {first[0]}, in their order", "order")
        lines = [":::::{tab-set}", *tabs, ":::::"]
        container = nodes.container(classes=["step"])
        self.state.nested_parse(StringList(lines, self.get_source_info()[0]), self.content_offset, container)
        return [container]

    def _warn(self, message: str, subtype: str) -> None:
        logger.warning("%s", message, type="step", subtype=subtype, location=(self.env.docname, self.lineno))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.setup_extension("agreement")  # its setting says which notebooks there are
    app.add_directive("code-of", StepDirective)
    return {"version": "0.1.0", "parallel_read_safe": True, "parallel_write_safe": True}
