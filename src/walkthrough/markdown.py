"""A page's Markdown as tokens, and where they stand: what all readers of pages share.

The Markdown is read by markdown-it-py with the plugins that MyST-Parser uses, so that a page means the same here and on
the built site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

DIRECTIVE = re.compile(r"^\{(?P<name>[\w:-]+)\}\s*(?P<argument>.*)$")
# Directives whose content is text, not Markdown: what stands in them is an example, never a step.
VERBATIM = re.compile(r"^(code|sourcecode|literalinclude|parsed-literal|raw|math|mermaid|eval-rst|highlight)")

_OPTION = re.compile(r"^:(?P<name>[\w-]+):(?:\s+(?P<value>.*))?$")


@cache
def markdown() -> MarkdownIt:
    """The parser of pages."""
    markdown = MarkdownIt("commonmark").enable("table")
    for plugin in (front_matter_plugin, colon_fence_plugin, myst_role_plugin, attrs_plugin):
        markdown.use(plugin)
    return markdown


@dataclass
class Cursor:
    """Finds, one after the other, pieces of source that the tokens name in the same order."""

    lines: Sequence[str]
    line: int  # counted from 0
    end: int
    column: int = 0

    def find(self, needle: str) -> tuple[int, int]:
        """Line and column, from 1, of the next ``needle``, and move behind it; the block's start where it has none."""
        for number in range(self.line, min(self.end, len(self.lines))):
            start = self.column if number == self.line else 0
            at = self.lines[number].find(needle, start)
            if at >= 0:
                self.line, self.column = number, at + len(needle)
                return number + 1, at + 1
        return self.line + 1, self.column + 1


def flatten(tokens: Sequence[Token]) -> Iterator[Token]:
    """Tokens and those within them, but nothing within an image."""
    for token in tokens:
        yield token
        if token.type != "image":
            yield from flatten(token.children or ())


def split_lines(text: str) -> list[str]:
    """The lines of a text with their ends, as Markdown counts them: a form feed or U+2028 within a line begins none."""
    return re.findall(r".*\n|.+", text)


def split_options(content: str) -> tuple[dict[str, str], str, int]:
    """The leading ``:name: value`` lines of a directive, the rest, and how many lines stand before the rest."""
    options: dict[str, str] = {}
    lines = split_lines(content)
    skipped = 0
    for line in lines:
        option = _OPTION.match(line.rstrip())
        if option is None:
            break
        options[option["name"]] = (option["value"] or "").strip()
        skipped += 1
    return options, "".join(lines[skipped:]), skipped


def inlines(text: str, offset: int = 0) -> Iterator[tuple[Token, int]]:
    """Each run of inline Markdown of a page, within directives that hold Markdown too, with its first line, from 0."""
    for token in markdown().parse(text):
        if token.map is None:
            continue
        if token.type == "inline":
            yield token, offset + token.map[0]
        elif token.type in ("fence", "colon_fence"):
            directive = DIRECTIVE.match(token.info.strip())
            if directive is not None and not VERBATIM.match(directive["name"]):
                _, body, skipped = split_options(token.content)
                yield from inlines(body, offset + token.map[0] + 1 + skipped)
