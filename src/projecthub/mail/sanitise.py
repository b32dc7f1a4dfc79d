"""What of a mail's HTML may become part of the mailbox page."""

from __future__ import annotations

import re

import nh3

_TAGS = nh3.ALLOWED_TAGS - {"img", "map", "area"}
_LAYOUT = {"align", "valign", "width", "height", "bgcolor", "role"}
_ATTRIBUTES = {
    "*": {"style", "dir", "lang", "title", "align"},
    "a": {"href"},
    "table": _LAYOUT | {"cellpadding", "cellspacing", "border"},
    "td": _LAYOUT | {"colspan", "rowspan"},
    "th": _LAYOUT | {"colspan", "rowspan", "scope"},
    "tr": _LAYOUT,
}
# Looks only: nothing that moves a mail's content over the page around it, and nothing that loads.
_STYLES = {
    *("color", "background-color", "font", "font-family", "font-size", "font-style", "font-weight"),
    *("font-variant-numeric", "letter-spacing", "line-height", "text-align", "text-decoration"),
    *("text-transform", "vertical-align", "white-space", "word-break", "overflow-wrap"),
    *("border", "border-top", "border-right", "border-bottom", "border-left", "border-color"),
    *("border-collapse", "border-radius", "border-spacing", "border-style", "border-width"),
    *("padding", "padding-top", "padding-right", "padding-bottom", "padding-left"),
    *("margin", "margin-top", "margin-right", "margin-bottom", "margin-left"),
    *("width", "max-width", "min-width", "height", "display"),
}
_HEADING = re.compile(r"<(/?)h1\b", re.IGNORECASE)
_LOADS = re.compile(r"""url\s*\([^)]*\)|style="[^"]*\\[^"]*\"""", re.IGNORECASE)


def sanitise(html: str) -> str:
    """Return the HTML without scripts, forms, pictures and styles that could reach beyond the mail.

    Its level-1 headings become level 2: the page's only h1 is the mail's subject.
    """
    clean = nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags={"script", "style", "title"},
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
        filter_style_properties=_STYLES,
    )
    return _HEADING.sub(r"<\1h2", _LOADS.sub("", clean))
