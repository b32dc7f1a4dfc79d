"""Text → `Expression`: a tree of frozen nodes. Macros have been expanded before. Nothing is evaluated here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from dofile.errors import DoError, invalid_syntax
from dofile.values import EXTENDED

if TYPE_CHECKING:
    from lark import Lark, Tree


@dataclass(frozen=True)
class Node:
    """A node: what it is, the word or value that it has, and what stands below it.

    Kinds: number, string, name, subscript, call, coefficient, and the operators `either both compare add subtract
    multiply divide power negative positive inverse`.
    """

    kind: str
    value: str | float = ""
    below: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """Give this node and all below it."""
        yield self
        for node in self.below:
            yield from node.walk()


@dataclass(frozen=True)
class Expression:
    """A parsed expression and its text."""

    text: str
    root: Node

    def names(self) -> list[str]:
        """Return the names of variables and scalars in it, as written."""
        return [str(node.value) for node in self.root.walk() if node.kind in ("name", "subscript")]


@cache
def _parser() -> Lark:
    from lark import Lark  # noqa: PLC0415 - not needed where nothing is computed

    return Lark((files("dofile") / "expression.lark").read_text("utf-8"), parser="lalr", maybe_placeholders=False)


@lru_cache(maxsize=2048)
def parse(text: str) -> Expression:
    """Parse an expression. Raises r(198) where it is none."""
    from lark.exceptions import LarkError  # noqa: PLC0415

    if not text.strip():
        raise invalid_syntax()
    if text.count("(") < text.count(")") and '"' not in text:
        raise DoError(198, "too many ')' or ']'")
    try:
        tree: Any = _parser().parse(text)
    except LarkError:
        raise invalid_syntax() from None
    return Expression(text.strip(), _node(tree))


_LEAVES: dict[str, Callable[[str], Node]] = {
    "number": lambda word: Node("number", float(word)),
    "missing": lambda word: Node("number", EXTENDED[word]),
    "string": lambda word: Node("string", word[1:-1]),
    "compound": lambda word: Node("string", word[2:-2]),
    "name": lambda word: Node("name", word),
    "coefficient": lambda word: Node("coefficient", word),
}


def _node(tree: Tree[Any]) -> Node:
    kind = str(tree.data)
    children = tree.children
    if kind in _LEAVES:
        return _LEAVES[kind](str(children[0]))
    if kind in ("subscript", "call", "compare"):
        words = [str(child) for child in children if not hasattr(child, "data")]
        return Node(kind, words[0], tuple(_node(child) for child in children if hasattr(child, "data")))
    return Node(kind, "", tuple(_node(child) for child in children))
