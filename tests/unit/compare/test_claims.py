"""What a page claims, and what of it is proven."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from tests.unit.compare.pages import DOCS, walked
from walkthrough.claims import Claims, claims, render, unmentioned
from walkthrough.evidence import PageEvidence, load

LOGIN = walked("login")


@pytest.fixture(scope="module")
def found() -> Claims:
    evidence = load(DOCS / "images/login.evidence.json")
    walkthrough = replace(evidence.walkthroughs[0], steps=LOGIN.evidence)
    return claims(LOGIN.page.guide, LOGIN.page.text, PageEvidence((walkthrough,)))


@pytest.mark.parametrize(
    ("text", "kind", "proof", "piece"),
    [
        ("{click}`Confirm Account`", "action", "executed", "{click}`Confirm Account`"),
        ("JupyterHub Console", "bold label", "witnessed", "**JupyterHub Console**"),
        ("Send a new code", "guilabel", "witnessed", "{guilabel}`Send a new code`"),
        ("This does not fit an open invitation", "quotation", "unproven", "“This does not fit"),
        ("change-password", "code", "unproven", "`change-password`"),
        ("persona.email", "value", "witnessed", "{value}`persona.email`"),
        ("15 minutes", "value", "witnessed", "within 15 minutes"),
    ],
)
def test_each_claim_has_its_kind_line_and_proof(found: Claims, text: str, kind: str, proof: str, piece: str) -> None:
    """Executed by a role, witnessed by the committed evidence, or unproven."""
    (claim,) = [each for each in found.claims if each.text == text and each.kind == kind]
    assert (claim.proof, claim.line) == (proof, LOGIN.line(piece))


def test_stressed_words_are_no_claims(found: Claims) -> None:
    """Bold and italics that name nothing of the product."""
    assert not {"project lead", "separate", "newest"} & {claim.text for claim in found.claims}


def test_the_ratio_is_of_all_claims(found: Claims) -> None:
    """Executed and witnessed, over all; a page that claims nothing is whole."""
    proven = found.count("executed") + found.count("witnessed")
    assert found.ratio == proven / len(found.claims)
    assert 0.5 < found.ratio < 1
    assert replace(found, claims=()).ratio == 1


def test_without_evidence_nothing_is_proven() -> None:
    """A page that was never walked, or whose steps have been edited since."""
    bare = claims(LOGIN.page.guide, LOGIN.page.text, PageEvidence())
    assert bare.ratio == 0
    assert bare.visited == ()


def test_controls_that_no_guide_mentions_are_listed_once(found: Claims) -> None:
    """Under the page that has them first; what any of the guides mentions is left out."""
    (other,) = [each for each in unmentioned([found]) if "Confirm your account" in each.title]
    assert [control.name for control in other.controls] == ["Start again"]
    names = [control.name for each in unmentioned([found, found]) for control in each.controls]
    assert len(names) == len(set(names))
    assert not {"Sign up", "Terminal", "Send a new code", "0"} & set(names)
    wider = replace(found, mentioned=found.mentioned | {"Start again"})
    assert "Start again" not in [control.name for each in unmentioned([found, wider]) for control in each.controls]


@pytest.mark.parametrize(
    "elsewhere", ["Press **Start again**.", "To begin anew, choose Start\nagain.", "{click}`Start again`"]
)
def test_a_control_that_another_page_mentions_is_not_listed(found: Claims, elsewhere: str) -> None:
    """Whichever pages are asked for or walked, a guide is all of the project's pages."""
    assert "button Start again\n" in render([found], "Restart again.")
    assert "button Start again\n" not in render([found], elsewhere)


def test_the_text_tells_the_ratio_the_unproven_and_the_unmentioned(found: Claims) -> None:
    """One line for each page and each unproven claim, with the place; then the controls."""
    text = render([found])
    assert f"docs/login.md: {len(found.claims) - len(found.unproven)} of {len(found.claims)} claims proven" in text
    assert f"docs/login.md:{LOGIN.line('`change-password`')}: code “change-password” is unproven" in text
    assert "    button Start again\n" in text
    assert asdict(found.claims[0]).keys() == {"kind", "text", "line", "proof"}
