"""Evidence files: what is read back, when a file is written, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from walkthrough.evidence import (
    Box,
    EvidenceError,
    PageEvidence,
    PictureEvidence,
    StepEvidence,
    View,
    WalkthroughEvidence,
    load,
    save,
)

BOX = Box("click", "Sign up", 0.1, 0.2, 0.3, 0.4)
VIEW = View(1, "Sign in", "/login/", ("- main:", "  - button"), ("- main:",), (BOX,))
STEP = StepEvidence(
    1,
    "ab",
    {"persona.username": "jdoe"},
    (PictureEvidence("images/a.png", 4, 3, "cd", "de", "ef", (BOX,)),),
    (VIEW,),
    (("Your code", "482913"),),
    ("a.html",),
)
SIGN_UP = WalkthroughEvidence("sign-up", "2026-01-12", {"JupyterHub": "6.1.1"}, (STEP,))


def test_what_is_saved_is_read_back(tmp_path: Path) -> None:
    """A file holds everything, and is written once."""
    evidence = PageEvidence((SIGN_UP,))
    assert save(tmp_path / "images/a.evidence.json", evidence)
    assert load(tmp_path / "images/a.evidence.json") == evidence
    assert not save(tmp_path / "images/a.evidence.json", evidence)


def test_another_day_alone_changes_nothing() -> None:
    """The day stays where nothing else differs, and moves where something does."""
    known = PageEvidence((SIGN_UP,))
    later = replace(SIGN_UP, verified="2026-03-01")
    assert known.having(later, ["sign-up"]) == known
    newer = replace(later, products={"JupyterHub": "6.2.0"})
    assert known.having(newer, ["sign-up"]).get("sign-up") == newer


def test_only_walkthroughs_of_the_page_are_kept() -> None:
    """What the page no longer holds goes, and the order is the page's."""
    known = PageEvidence((replace(SIGN_UP, name="gone"), SIGN_UP))
    new = replace(SIGN_UP, name="first")
    assert [each.name for each in known.having(new, ["first", "sign-up"]).walkthroughs] == ["first", "sign-up"]


@pytest.mark.parametrize("text", ["{", "[]", '{"schema": 99}', '{"schema": 3, "walkthroughs": [{}]}'])
def test_an_unreadable_file_is_named(tmp_path: Path, text: str) -> None:
    """A damaged or foreign file is an error with its name."""
    path = tmp_path / "page.evidence.json"
    path.write_text(text, "utf-8")
    with pytest.raises(EvidenceError, match=r"page\.evidence\.json"):
        load(path)
