"""The language: what a do-file's text becomes, before commands run."""

from __future__ import annotations

from dofile import BANNER, Session


def run(text: str) -> str:
    """Run a do-file in a new session and return what it printed."""
    written: list[str] = []
    Session(written.append).run(text)
    return "".join(written)


def test_the_engine_says_what_it_is() -> None:
    """`about` prints the banner."""
    assert run("about") == BANNER + "\n"


def test_values_are_shown() -> None:
    """`display` shows what an expression gives."""
    assert run('display 1/3 "a" 2+2') == ".33333333a4\n"
