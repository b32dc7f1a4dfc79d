"""A step's picture: clean on disk, with what it points at drawn over it on the page."""

from __future__ import annotations

import posixpath
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

_STATIC = Path(__file__).parent / "static"


class walkthrough_picture(nodes.General, nodes.Element):
    """A picture and the boxes of what it points at; its one child is the ordinary image, for every other builder."""


def _visit_html(self: HTML5Translator, node: walkthrough_picture) -> None:
    image = node[0]
    assert isinstance(image, nodes.image)
    uri = image["uri"]
    if uri in self.builder.images:
        uri = posixpath.join(self.builder.imgpath, self.builder.images[uri])
    # The pictures are taken at twice the size at which they are shown.
    size = f' width="{node["width"] // 2}" height="{node["height"] // 2}"' if node["width"] else ""
    boxes = "".join(_box(box) for box in node["boxes"])
    self.body.append(
        f'<div class="walkthrough-picture"><a href="{escape(uri)}">'
        f'<img src="{escape(uri)}" alt="{escape(image.get("alt", ""))}"{size} loading="lazy"></a>'
        f"{boxes}</div>\n"
    )
    raise nodes.SkipNode


def _box(box: dict[str, Any]) -> str:
    place = ";".join(f"{side}:{box[side] * 100:.2f}%" for side in ("left", "top", "width", "height"))
    return (
        f'<span class="walkthrough-box" data-label="{escape(box["label"])}" style="{place}" aria-hidden="true"></span>'
    )


def _pass(self: Any, node: walkthrough_picture) -> None:
    """Every other builder shows the image alone."""


def register_picture(app: Sphinx) -> None:
    """Tell Sphinx how each builder writes a picture."""
    plain = (_pass, _pass)
    app.add_node(
        walkthrough_picture, html=(_visit_html, _pass), latex=plain, text=plain, man=plain, texinfo=plain, gettext=plain
    )


def add_assets(app: Sphinx) -> None:
    """Add the style sheet and the script to HTML pages."""
    if app.builder.format != "html":
        return
    app.config.html_static_path.append(str(_STATIC))
    app.add_css_file("walkthrough.css")
    app.add_js_file("walkthrough.js", loading_method="defer")
