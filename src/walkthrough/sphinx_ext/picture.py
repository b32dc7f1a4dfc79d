"""A step's picture: clean on disk, with what it points at drawn over it on the page."""

from __future__ import annotations

import posixpath
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypedDict
from urllib.parse import quote

from docutils import nodes
from sphinx.transforms import SphinxTransform

from walkthrough.evidence import PASSIVE, PictureEvidence

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

_STATIC = Path(__file__).parent / "static"

FACTS: Final = "walkthrough_pictures"
"""Attribute of a step's list item: address of an image → what is known of it, None where no run has taken it."""


class PictureFacts(TypedDict):
    """What a run knows of a picture; width and height in pixels, 0 where it knows nothing."""

    boxes: list[dict[str, Any]]
    width: int
    height: int


def picture_facts(known: PictureEvidence | None) -> PictureFacts:
    """The facts from a picture's evidence. What is only looked at gets no box."""
    if known is None:
        return {"boxes": [], "width": 0, "height": 0}
    boxes = [asdict(box) for box in known.boxes if box.role not in {*PASSIVE, "see"}]
    return {"boxes": boxes, "width": known.width, "height": known.height}


class walkthrough_picture(nodes.container):
    """A picture and the boxes of what it points at; its one child is the ordinary image.

    To a builder that does not know it, it is the container that it derives from.
    """


class LiftPictures(SphinxTransform):
    """Lifts each picture out of its sentence into a block of its own."""

    # Behind the translation of sentences, which puts images into them anew.
    default_priority: ClassVar[int] = 25

    def apply(self, **kwargs: Any) -> None:
        """Look through the list items in which the directive has left facts."""
        for item in self.document.findall(nodes.list_item):
            facts: dict[str, PictureFacts | None] = item.attributes.pop(FACTS, {})
            for image in reversed(list(item.findall(nodes.image))):  # each goes right behind its sentence
                if image["uri"] not in facts:
                    continue
                known = facts[image["uri"]]
                if known is None:
                    text = f"[Not taken yet: {image['alt']}]"
                    image.replace_self(nodes.inline("", text, classes=["walkthrough-missing"]))
                else:
                    _lift(image, walkthrough_picture(**known))


def _lift(image: nodes.image, picture: walkthrough_picture) -> None:
    block = image.parent
    while not isinstance(block.parent, nodes.list_item | nodes.container):
        block = block.parent
    holder = block.parent
    image.parent.remove(image)
    picture += image
    holder.insert(holder.index(block) + 1, picture)
    if not block.astext().strip() and not any(block.findall(nodes.image)):
        holder.remove(block)


def _visit_html(self: HTML5Translator, node: walkthrough_picture) -> None:
    image = node[0]
    assert isinstance(image, nodes.image)
    uri = image["uri"]
    if uri in self.builder.images:
        uri = posixpath.join(self.builder.imgpath, quote(self.builder.images[uri]))
    # The pictures are taken at twice the size at which they are shown.
    width, height = node["width"] // 2, node["height"] // 2
    size = f' width="{width}" height="{height}"' if width else ""
    widest = f' style="max-width:{width}px"' if width else ""
    boxes = "".join(_box(box) for box in node["boxes"])
    self.body.append(
        f'<div class="walkthrough-picture"{widest}><a href="{escape(uri)}">'
        f'<img src="{escape(uri)}" alt="{escape(image.get("alt", ""))}"{size} loading="lazy" /></a>'
        f"{boxes}</div>\n"
    )
    raise nodes.SkipNode


def _depart_html(self: HTML5Translator, node: walkthrough_picture) -> None:
    """Nothing is left to write."""


def _box(box: dict[str, Any]) -> str:
    place = ";".join(f"{side}:{box[side] * 100:.2f}%" for side in ("left", "top", "width", "height"))
    return (
        f'<span class="walkthrough-box" data-label="{escape(box["label"])}" style="{place}" aria-hidden="true"></span>'
    )


def register_picture(app: Sphinx) -> None:
    """Tell Sphinx how web pages show a picture; every other builder shows the image alone."""
    app.add_node(walkthrough_picture, html=(_visit_html, _depart_html))
    app.add_transform(LiftPictures)


def add_assets(app: Sphinx) -> None:
    """Add the style sheet and the script to HTML pages."""
    if app.builder.format != "html":
        return
    app.config.html_static_path.append(str(_STATIC))
    app.add_css_file("walkthrough.css")
    app.add_js_file("walkthrough.js", loading_method="defer")
