"""The most likely new name, and how sure it is."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.unit.compare.pages import Walked, edited, walked
from walkthrough.compare.names import likely_address, likely_names, likely_option, likely_subject, similarity
from walkthrough.evidence import View
from walkthrough.model import Action, Location
from walkthrough.outcome import CERTAIN

LOGIN = walked("login")
LAB = walked("first-notebook")


@pytest.mark.parametrize(
    ("step", "label", "view", "edits", "name"),
    [
        (4, "Confirm Account", 0, [('"Confirm Account"', '"Verify account"')], "Verify account"),
        (4, "Confirm Account", 0, [('"Confirm Account"', '"Continue"')], "Continue"),
        (4, "Confirm Account", 0, [('button "Confirm Account"', 'link "Verify account"')], "Verify account"),
        (4, "Verification code", 0, [("Verification code", "Telephone number")], "Telephone number"),
        (4, "Verification code", 0, [("Verification code", "Code")], "Code"),
        (2, "Sign up", 0, [('link "Sign up"', 'link "Register"')], "Register"),
        (3, "Sign up", 0, [('button "Sign up"', 'button "Create account"')], "Create account"),
        (3, "E-mail address", 0, [("E-mail address", "E-mail")], "E-mail"),
        (3, "User name", 0, [("User name", "Login name"), ("E-mail address", "E-mail")], "Login name"),
        (3, "Password", 0, [("Password", "Passphrase")], "Passphrase"),
        (5, "JupyterHub Console", 0, [('heading "JupyterHub Console"', 'heading "Hub Console"')], "Hub Console"),
        (6, "Sign in", 0, [('button "Sign in"', 'button "Log in"')], "Log in"),
        (6, "Launcher", 1, [('"Launcher"', '"Start"')], "Start"),
        (1, "JupyterHub link", 0, [('"JupyterHub link"', '"Open the JupyterHub"')], "Open the JupyterHub"),
    ],
)
def test_a_new_name_in_the_old_place_is_certain(
    step: int, label: str, view: int, edits: list[tuple[str, str]], name: str
) -> None:
    """The only thing of its kind that is new, where the only one that is gone stood, on the same page."""
    found = likely_names(LOGIN.action(step, label), LOGIN.known(step), edited(LOGIN.view(step, view), edits))
    assert found[0].name == name
    assert found[0].confidence >= CERTAIN
    assert found[0].why


@pytest.mark.parametrize(
    ("title", "certain"),
    [
        ("Sign in · JupyterHub Console", True),
        ("Sign in · Workspace", True),
        ("Sign up · JupyterHub Console", False),
    ],
)
def test_a_heading_of_a_page_with_another_title_is_no_new_name(title: str, certain: bool) -> None:
    """Title and heading make a page; a title that has changed by the new name alone is the same one."""
    now = replace(edited(LOGIN.view(5), [('heading "JupyterHub Console"', 'heading "Workspace"')]), title=title)
    found = likely_names(LOGIN.action(5, "JupyterHub Console"), LOGIN.known(5), now)
    assert found[0].name == "Workspace"
    assert (found[0].confidence >= CERTAIN) is certain


@pytest.mark.parametrize(
    ("step", "label", "edits"),
    [
        pytest.param(4, "Confirm Account", [('  - button "Confirm Account"\n', "")], id="removed"),
        pytest.param(2, "Sign up", [('link "Sign up"', "link")], id="its name is gone"),
        pytest.param(4, "Confirm Account", [('"Confirm Account"', '"Cancel"')], id="another purpose"),
        pytest.param(2, "Sign up", [('link "Sign up"', 'link "Help"')], id="help"),
        pytest.param(
            2, "Sign up", [('"Sign up"', '"Imprint"'), ("https://accounts.research.example/signup/", "/imprint")],
            id="a link to somewhere else",
        ),
        pytest.param(4, "Confirm Account", [('"Confirm Account"', '"Verify account" [disabled]')], id="disabled"),
        pytest.param(
            4, "Confirm Account", [('  - button "Confirm Account"\n', '  - button "Send a new code"\n')],
            id="a name that was there before",
        ),
        pytest.param(
            4, "Confirm Account",
            [('  - button "Confirm Account"\n', '  - button "Verify"\n  - button "Continue"\n')], id="two candidates",
        ),
        pytest.param(
            3, "User name", [('"User name"', '"Login"'), ("text: User name", "text: Login"),
                             ('"E-mail address"', '"Contact"'), ("text: E-mail address", "text: Contact")],
            id="two fields with other names, no telling which is which",
        ),
        pytest.param(3, "E-mail address", [('textbox "E-mail address"', 'textbox "Contact"')], id="only read out"),
        pytest.param(4, "Verification code", [('textbox "Verification code"', 'textbox "Code"')], id="label elsewhere"),
        pytest.param(3, "Password", [('textbox "Password"', "textbox")], id="a field without a name"),
    ],
)  # fmt: skip
def test_what_speaks_against_a_name_makes_it_uncertain(step: int, label: str, edits: list[tuple[str, str]]) -> None:
    """Nothing is certain where the thing is gone, something else has come, or two could be it."""
    found = likely_names(LOGIN.action(step, label), LOGIN.known(step), edited(LOGIN.view(step), edits))
    assert all(each.confidence < CERTAIN for each in found)


@pytest.mark.parametrize(
    ("step", "view", "label", "edit", "name"),
    [
        (4, 0, "Confirm Account", ('"Confirm Account"', '"Verify account"'), "Verify account"),
        (6, 1, "Launcher", ('"Launcher"', '"Start"'), "Start"),
    ],
)
def test_the_tree_of_a_whole_page_is_as_good_as_that_of_its_main_part(
    step: int, view: int, label: str, edit: tuple[str, str], name: str
) -> None:
    """What is there now is looked at as a whole, where banners and sidebars stand around the main part."""
    now = edited(LOGIN.view(step, view), [edit])
    start = next(number for number, line in enumerate(now.outline) if line.startswith("- main"))
    behind = [line for line in now.outline[start + 1 :] if not line.startswith(" ")]
    end = now.outline.index(behind[0]) if behind else len(now.outline)
    whole = replace(now, snapshot=(*now.outline[:start], *now.snapshot, *now.outline[end:]))
    found = likely_names(LOGIN.action(step, label), LOGIN.known(step), whole)
    assert found[0] == likely_names(LOGIN.action(step, label), LOGIN.known(step), now)[0]
    assert (found[0].name, found[0].confidence >= CERTAIN) == (name, True)


def test_another_document_in_a_tab_is_no_renaming() -> None:
    """Where the workspace opens with a notebook, its tab is not what **Launcher** is called now."""
    notebook = replace(LAB.view(5), title="JupyterLab", address="/50123/user/jdoe/lab")
    found = likely_names(LOGIN.action(6, "Launcher"), LOGIN.known(6), without_lines(notebook, "Launcher"))
    assert found
    assert all(each.confidence < CERTAIN for each in found)


def test_names_that_changed_places_are_no_renaming() -> None:
    """**Sign in** and **Sign up** were both there, so neither is the other's new name."""
    names = {"Sign up": "Sign in", "Sign in": "Sign up"}
    old = LOGIN.view(2)
    text = [re.sub("Sign up|Sign in", lambda found: names[found.group()], line) for line in old.snapshot]
    now = replace(old, snapshot=tuple(text))
    assert all(each.confidence < CERTAIN for each in likely_names(LOGIN.action(2, "Sign up"), LOGIN.known(2), now))


@pytest.mark.parametrize(
    ("step", "label", "now"),
    [
        (3, "E-mail address", LOGIN.view(5)),
        (3, "E-mail address", replace(LOGIN.view(5), address="/signup/")),
        (4, "Verification code", LOGIN.view(3)),
        (4, "Confirm Account", LOGIN.view(3)),
        (4, "Confirm Account", replace(LOGIN.view(5), address="/signup/confirm/")),
        (6, "Launcher", LOGIN.view(5)),
        (5, "JupyterHub Console", LOGIN.view(2)),
        (2, "Sign up", replace(LOGIN.view(1), address="/50123/hub/login")),
    ],
)
def test_another_page_has_no_certain_name(step: int, label: str, now: View) -> None:
    """Where the wrong page came, also under the right address, what stands there is no new name."""
    now = replace(now, snapshot=tuple(line.replace(label, "Something new") for line in now.snapshot))
    assert all(each.confidence < CERTAIN for each in likely_names(LOGIN.action(step, label), LOGIN.known(step), now))


@pytest.mark.parametrize("page", [LOGIN, LAB], ids=["login", "first-notebook"])
def test_no_label_of_the_guide_is_certain_on_any_other_of_its_pages(page: Walked) -> None:
    """Each label, looked for where it is not: on each page that the guide visits, and on its own without it."""
    views = {(view.title, view.address): view for each in (LOGIN, LAB) for step in each.evidence for view in step.views}
    for step in page.steps:
        known = page.known(step.number)
        for action in dict.fromkeys(step.actions):
            for view in views.values():
                without = without_lines(view, action.label)
                if view not in known or without != view:
                    found = likely_names(action, known, without)
                    assert all(each.confidence < CERTAIN for each in found), (action, view.title, found[0])


def without_lines(view: View, label: str) -> View:
    trees = ([line for line in tree if label not in line] for tree in (view.snapshot, view.outline))
    snapshot, outline = map(tuple, trees)
    return replace(view, snapshot=snapshot, outline=outline)


def test_without_evidence_nothing_is_certain() -> None:
    """Similarity alone, with no committed view that holds the label, is a guess."""
    now = edited(LOGIN.view(4), [("Confirm Account", "Confirm Accounts")])
    (first, *_) = likely_names(LOGIN.action(4, "Confirm Account"), [], now)
    assert first.name == "Confirm Accounts"
    assert first.confidence < CERTAIN


def test_a_label_that_the_page_misspells_is_no_renaming() -> None:
    """The product stands as it was; the page names something that was never there."""
    wrong = replace(LOGIN.action(4, "Confirm Account"), label="Confrim Account")
    assert all(each.confidence < CERTAIN for each in likely_names(wrong, LOGIN.known(4), LOGIN.view(4)))


def test_a_label_that_is_there_has_no_new_name() -> None:
    """Something that is there, but cannot be used, is not renamed."""
    assert likely_names(LOGIN.action(4, "Confirm Account"), LOGIN.known(4), LOGIN.view(4)) == []


def test_the_item_of_a_menu_is_given_with_its_whole_path() -> None:
    """The first name of a path that is not there is replaced; keyboard shortcuts do not count."""
    action = LAB.action(4, "Run \u203a Run All Cells")
    now = edited(LAB.view(4), [('menuitem "Run All Cells"', 'menuitem "Run Everything"')])
    (first, *_) = likely_names(action, LAB.known(4), now)
    assert first.name == "Run \u203a Run Everything"
    assert first.confidence >= CERTAIN
    opener = edited(LAB.view(4), [('menuitem "Run"', 'menuitem "Execute"')])
    assert likely_names(action, LAB.known(4), opener)[0].name == "Execute \u203a Run All Cells"


def test_actions_without_a_name_on_the_page_have_none() -> None:
    """A key or a command is no name."""
    action = Action("press", "Ctrl+S", None, Location("page.md", 1))
    assert likely_names(action, LAB.known(4), LAB.view(4)) == []


@pytest.mark.parametrize(
    ("subjects", "certain"),
    [
        (["Welcome to JupyterHub"], True),
        (["Invitation to project 50123"], True),
        (["Your JupyterHub invite", "Your verification code"], True),
        (["Your verification code"], False),
        (["Scheduled maintenance"], False),
        (["Your JupyterHub invitations", "Your new JupyterHub invitation"], False),
        ([], False),
    ],
)
def test_a_subject_is_certain_only_if_it_is_similar_and_the_only_one(subjects: list[str], certain: bool) -> None:
    """Another e-mail is not the one that was meant."""
    found = likely_subject("Your JupyterHub invitation", subjects)
    assert (bool(found) and found[0].confidence >= CERTAIN) is certain
    assert likely_subject("Your JupyterHub invitation", subjects, known=subjects) == []


def test_an_option_is_certain_in_the_place_of_the_one_that_is_gone() -> None:
    """Place counts, and similarity; what the list never had may be a mistake of the page."""
    known = ["Health", "Human Services"]
    assert likely_option("Health", ["Medicine", "Human Services"], known)[0].confidence >= CERTAIN
    assert likely_option("Health", ["Human Services", "Medicine"], known)[0].confidence < CERTAIN
    assert likely_option("Human Services", ["Human services", "New", "Health"], known)[0].confidence >= CERTAIN
    assert likely_option("Health", ["Loading"], ["Health"])[0].confidence < CERTAIN
    assert likely_option("Health", ["", "Human Services"], known) == []
    assert (
        likely_option("Room 101", ["Room 104", "Room 103"], ["Room 101", "Room 102", "Room 103"])[0].confidence
        < CERTAIN
    )
    assert likely_option("Human Service", ["Health", "Human Services"], ())[0].confidence < CERTAIN
    assert likely_option("Human Service", ["Health", "Human Services"], known) == []


def test_an_address_is_certain_only_on_the_same_page() -> None:
    """The part that was named is replaced; on another page it is a guess, and elsewhere it is nothing."""
    known = LOGIN.evidence[5].views
    moved = replace(known[1], address="/50123/u/jdoe/lab")
    assert (likely_address("/50123/user/", known, moved)[0].name) == "/50123/u/"
    assert likely_address("/50123/user/", known, moved)[0].confidence >= CERTAIN
    other = replace(LOGIN.view(5), address="/50123/u/jdoe/lab")
    assert all(each.confidence < CERTAIN for each in likely_address("/50123/user/", known, other))
    assert likely_address("/50123/user/", known, replace(known[1], address="/somewhere")) == []


def test_similarity_goes_from_nothing_to_one() -> None:
    """The same name in another case or order is nearly one; names without a common letter are zero."""
    assert similarity("Sign up", "sign up") == 1
    assert similarity("Verify account", "Account, verify") > 0.85
    assert similarity("abc", "xyz") == 0
