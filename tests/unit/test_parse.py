"""The parser reads what a writer types, and says what is wrong, where, and what to write."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from walkthrough.accept.text import offset_of
from walkthrough.compare.quoted import PageText
from walkthrough.model import GuideError, Literal, Reference
from walkthrough.parse import parse
from walkthrough.pytest_plugin.walk import sentence
from walkthrough.roles import PATH_SEPARATOR

HEAD = "# Title\n\n:::{walkthrough} sign-up\n:persona: researcher\n:given: invited, signed-out\n:timeout: 60\n\n"


def page(items: str, head: str = HEAD) -> str:
    return f"{head}{items}\n:::\n"


def problems(text: str) -> list[str]:
    with pytest.raises(GuideError) as caught:
        parse(text, "docs/login.md")
    return [str(problem) for problem in caught.value.problems]


def test_steps_keep_their_actions_in_reading_order_with_places() -> None:
    """Roles become actions with label, value, line and column, also over several lines and nested lists."""
    items = "1. Open {mail}`Your invitation` and follow\n   its {click}`JupyterHub link`.\n2. Enter:\n"
    items += '   - {fill}`User name <persona.username>`\n   - {choose}`Unit <"Human Services">`\n'
    (walkthrough,) = parse(page(items), "docs/login.md").walkthroughs
    first, second = walkthrough.steps
    assert [(a.role, a.label, a.where.line, a.where.column) for a in first.actions] == [
        ("mail", "Your invitation", 8, 9),
        ("click", "JupyterHub link", 9, 8),
    ]
    assert [a.value for a in second.actions] == [Reference("persona", ("username",)), Literal("Human Services")]
    assert (walkthrough.persona, walkthrough.given, walkthrough.timeout) == (
        "researcher",
        ("invited", "signed-out"),
        60,
    )
    assert walkthrough.references == {"persona"}


@pytest.mark.parametrize("sign", ["\f", "\v", "\x1c", "\x85", "\u2028", "\u2029"])
def test_no_other_sign_than_a_line_end_begins_a_line(sign: str) -> None:
    """Text that was pasted from elsewhere can hold them; editors and Markdown count no line for them."""
    text = f"Pasted{sign}words.\n\n" + page(f"1. Click{sign} {{click}}`Sign up`.\n2. {{fil}}`Name`")
    assert problems(text)[0].startswith("docs/login.md:11:")
    good = parse(text.replace("{fil}`Name`", "{see}`Name`"), "docs/login.md")
    assert [step.where.line for step in good.walkthroughs[0].steps] == [10, 11]
    (mention,) = PageText(text, "docs/login.md", good).mentions("Sign up")
    assert (mention.line, text.split("\n")[mention.line - 1][mention.column - 1 :].startswith("Sign up")) == (10, True)
    at = offset_of(text, 11, 1)
    assert text[at:].startswith("2. ")


@pytest.mark.parametrize("fence", [":::", "::::", "```", "~~~"])
def test_any_fence_that_myst_knows_holds_a_walkthrough(fence: str) -> None:
    """Colons, back-ticks and tildes, of any length, open the directive."""
    text = f"{fence}{{walkthrough}} go\n\n1. {{see}}`Welcome`\n{fence}\n"
    assert parse(text, "a.md").walkthroughs[0].steps[0].where.line == 3


def test_directives_that_hold_markdown_are_read_into() -> None:
    """A walkthrough in an admonition is one; one that a code block shows is not."""
    inner = ":::{walkthrough} go\n\n1. {see}`Welcome`\n:::\n"
    assert len(parse(f"::::{{note}}\n{inner}::::\n", "a.md").walkthroughs) == 1
    assert parse(f"````markdown\n{inner}````\n\n````{{code-block}} md\n{inner}````\n", "a.md").walkthroughs == ()


def test_pictures_know_their_moment() -> None:
    """An image is taken before the last action, and with {.after} behind it; a step may have one of each."""
    items = "1. {click}`Go` ![Before.](images/a.png)\n   ![After.](images/b.png){.after}"
    pictures = parse(page(items), "docs/login.md").walkthroughs[0].steps[0].pictures
    assert [(p.path, p.alt, p.after, p.where.line) for p in pictures] == [
        (PurePosixPath("images/a.png"), "Before.", False, 8),
        (PurePosixPath("images/b.png"), "After.", True, 9),
    ]


def test_a_list_goes_on_after_a_paragraph() -> None:
    """Steps are numbered as the reader sees them, also where a paragraph interrupts the list."""
    steps = parse(page("1. {see}`A`\n\nThen:\n\n2. {see}`B`"), "a.md").walkthroughs[0].steps
    assert [step.number for step in steps] == [1, 2]


def test_code_that_looks_like_a_role_is_no_action() -> None:
    """A role within code is an example, and does not shift the columns of those behind it."""
    (step,) = parse(page("1. Not ``{click}`No` `` but {click}`Yes`"), "a.md").walkthroughs[0].steps
    assert [(a.label, a.where.column) for a in step.actions] == [("Yes", 29)]


def test_white_space_does_not_change_a_steps_digest() -> None:
    """Re-wrapping a sentence does not make its evidence stale; a word does."""
    one, two, three = (
        parse(page(items), "a.md").walkthroughs[0].steps[0].digest
        for items in ("1. Click {click}`Go` now", "1. Click\n   {click}`Go`\n   now", "1. Click {click}`Go` soon")
    )
    assert one == two != three


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ("1. {clik}`Go`", "docs/login.md:8: unknown role {clik}\n    Did you mean {click}?"),
        ("1. {fill}`User name`", "docs/login.md:8: {fill} “User name” needs a value in angle brackets"),
        ("1. {click}`Go <persona.x>`", "docs/login.md:8: {click} “Go” takes no value"),
        ("1. {fill}`User name <persona>`", "docs/login.md:8: “persona” is no value"),
        ("1. {fill}`<persona.email>`", "docs/login.md:8: {fill} has no label"),
        (
            "1. Press {press}`Ctrl+Entr`",
            "docs/login.md:8: {press} “Ctrl+Entr”: “Entr” is the name of no key\n    Did you mean Enter?",
        ),
        (
            "1. Press {press}`Sign in`",
            "docs/login.md:8: {press} “Sign in”: “Sign in” is the name of no key\n    Write the keys",
        ),
        ("1. Look at {value}`x y`", "docs/login.md:8: “x y” is no value"),
        ("1. Nothing to do", "docs/login.md:8: step 1 has no action"),
        ("Only prose", "docs/login.md:3: the walkthrough “sign-up” has no step"),
        ("{click}`Go`\n\n1. {see}`A`", "docs/login.md:8: {click} stands outside the numbered list"),
        ("1. {see}`A` ![](images/a.png)", "docs/login.md:8: the picture images/a.png has no alternative text"),
        ("1. {see}`A` ![A.](images/a.jpg)", "docs/login.md:8: the picture of step 1 must be a .png file"),
        ("1. {see}`A` ![A.](images/a.png) ![B.](images/b.png)", "docs/login.md:8: step 1 has two pictures"),
        (
            "1. {see}`A` ![A.](images/a.png)\n2. {see}`B` ![B.](images/a.png)",
            "docs/login.md:9: the picture images/a.png is taken twice; first in line 8",
        ),
        ("1. {see}`A`\n\nThen\n\n1. {see}`B`", "docs/login.md:12: the walkthrough “sign-up” has a second step 1"),
    ],
)
def test_what_is_wrong_in_a_step_is_told_with_its_line(items: str, message: str) -> None:
    """Each mistake is named at its own line, with what to write instead."""
    (problem,) = problems(page(items))
    assert problem.startswith(message)


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (":::{walkthrough}\n\n", "docs/login.md:1: a walkthrough needs a name"),
        (":::{walkthrough} Sign Up\n\n", "docs/login.md:1: a walkthrough needs a name"),
        (":::{walkthrough} a\n:persna: x\n\n", "docs/login.md:1: unknown option :persna: of the walkthrough “a”"),
        (":::{walkthrough} a\n:timeout: long\n\n", "docs/login.md:1: :timeout: takes seconds"),
        ("{click}`Go`\n\n:::{walkthrough} a\n\n", "docs/login.md:1: {click} stands outside a walkthrough"),
    ],
)
def test_what_is_wrong_around_the_steps_is_told(head: str, message: str) -> None:
    """Names, options and stray roles are checked too."""
    (problem,) = problems(page("1. {see}`A`", head))
    assert problem.startswith(message)


def test_all_problems_of_a_page_are_told_at_once() -> None:
    """A writer mends a page in one go."""
    assert [each.split(": ")[0] for each in problems(page("1. {clik}`A`\n2. Nothing\n3. {fill}`B`"))] == [
        "docs/login.md:8",
        "docs/login.md:9",
        "docs/login.md:10",
    ]


def test_roles_of_the_site_may_be_named() -> None:
    """A role that a site defines itself is let through once it is named."""
    text = page("1. {badge}`New` {see}`A`")
    assert problems(text)
    assert parse(text, "a.md", other_roles=["badge"]).walkthroughs


def test_a_menu_is_a_path() -> None:
    """The names of a menu's path stand between >; one name alone, or an empty one, is told."""
    step = ":::{walkthrough} a\n\n1. {menu}`Run >Run All\n   Cells`\n:::\n"
    (action,) = parse(step, "page.md").walkthroughs[0].steps[0].actions
    assert action.label == PATH_SEPARATOR.join(("Run", "Run All Cells"))
    for text in ("Run", "Run > > Cells", "> Run"):
        with pytest.raises(GuideError, match=r"page.md:3: \{menu\} .* is no path of menus"):
            parse(f":::{{walkthrough}} a\n\n1. {{menu}}`{text}`\n:::\n", "page.md")


def test_a_step_s_sentence_is_what_a_reader_sees() -> None:
    """Labels in quotation marks, examples for values, no pictures, in one line."""
    text = (
        ":::{walkthrough} w\n\n3. Enter {fill}`User name <persona.username>`,\n"
        "   that is {value}`persona.username`.\n\n"
        "   ![A form.](images/a.png)\n:::\n"
    )
    (step,) = parse(text, "p.md").walkthroughs[0].steps
    assert sentence(step, {"persona.username": "jdoe"}) == "Enter “User name”, that is jdoe."
