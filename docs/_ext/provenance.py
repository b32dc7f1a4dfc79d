"""Says below a notebook's title what executed it, and offers the notebook with its outcomes.

Where it was the do-file engine, its own words stand in a note: that it is independent of the licensed program.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import nbformat
from docutils import nodes
from executed import ENGINE, LICENSED, source
from sphinx.addnodes import download_reference, pending_xref

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

BEFORE_COLLECTORS: Final = 400
"""Priority with which a page is changed before Sphinx collects what it links to."""


def say_by_what(app: Sphinx, doctree: nodes.document) -> None:
    """Put the line or the note below the title of a page that is a notebook."""
    docname = app.env.docname
    metadata = app.env.metadata[docname]
    kernel = (metadata.get("kernelspec") or {}).get("name", "")
    title = next(iter(doctree.findall(nodes.title)), None)
    if not kernel or title is None:
        return
    line = nodes.paragraph("", f"{_by_what(kernel, metadata.get('language_info') or {})}. ")
    reference = app.config.notebook_engine_page
    if kernel == ENGINE and reference in app.env.found_docs:
        shown = nodes.inline("", "What it runs, and how it was checked")
        line += pending_xref(
            "", shown, refdoc=docname, refdomain="std", reftype="doc", reftarget=f"/{reference}", refexplicit=True
        )
        line += nodes.Text(". ")
    line += nodes.Text("Download: ")
    name = nodes.literal("", f"{Path(docname).name}.ipynb", classes=["xref", "download"])
    line += download_reference("", "", name, reftarget=_download(app, docname))
    line["classes"] = ["notebook-executed"]
    place = nodes.note("", line) if kernel == ENGINE else line
    title.parent.insert(title.parent.index(title) + 1, place)


def _by_what(kernel: str, language: dict[str, Any]) -> str:
    banner = language.get("banner", "").strip().rstrip(".")
    if not banner:
        return "Not executed"  # the failure has been told
    if kernel == ENGINE:
        return str(banner)
    return f"Executed by {banner if kernel == LICENSED else language['name'].capitalize() + ' ' + language['version']}"


def _download(app: Sphinx, docname: str) -> str:
    """Give the notebook that MyST-NB has put together its own kernel back, and return its address."""
    file = Path(app.env.mystnb_config.output_folder, f"{docname}.ipynb")  # type: ignore[attr-defined]
    notebook = nbformat.reads(file.read_text("utf-8"), nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]
    written = source(app.env, docname)
    if written is not None and "kernelspec" in written.metadata:
        notebook.metadata["kernelspec"] = written.metadata["kernelspec"]
    for name in ("source_map", "jupytext", "file_format"):
        notebook.metadata.pop(name, None)
    notebook.metadata.get("language_info", {}).pop("banner", None)
    file.write_text(nbformat.writes(notebook) + "\n", "utf-8")  # type: ignore[no-untyped-call]
    return "/" + Path(os.path.relpath(file, app.srcdir)).as_posix()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the setting and the change of each page."""
    app.setup_extension("executed")
    app.add_config_value("notebook_engine_page", "docs/dofile", "env", str, "Page that describes the do-file engine.")
    app.connect("doctree-read", say_by_what, priority=BEFORE_COLLECTORS)
    return {"version": "0.1.0", "parallel_read_safe": True, "parallel_write_safe": True}
