"""Verdicts on the guide's own steps, as if the product had changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from tests.unit.compare.pages import Walked, walked
from walkthrough.compare.judge import NOTHING, Judgement, judge
from walkthrough.compare.quoted import PageText
from walkthrough.evidence import LABEL, Box, StepEvidence, View
from walkthrough.outcome import CERTAIN, PictureOutcome, Verdict
from walkthrough.parse import parse

LOGIN = walked("login")
LAB = walked("first-notebook")
Edit = tuple[str, str]

PASSWORD = """\
  - text: Password
  - paragraph: The one in your invitation.
  - textbox "Password": Wxyz-4627-mnkp-7Q
"""
PASSWORD_FIRST = [
    (PASSWORD, ""),
    ("  - text: E-mail address\n", PASSWORD + "  - text: E-mail address\n"),
]


def judged(step: str, before: Sequence[str], now: Sequence[str]) -> Judgement:
    """The verdict on the one step of a page, for what was committed of it and what a run sees."""
    text = f":::{{walkthrough}} a\n:persona: reader\n\n{step}\n:::\n"
    guide = parse(text, "a.md")
    (only,) = guide.walkthroughs[0].steps
    known, seen = (
        StepEvidence(1, only.digest, {}, (), (View(0, "A", "/a/", tuple(tree), tuple(tree)),)) for tree in (before, now)
    )
    return judge(only, PageText(text, "a.md", guide), known, seen, (), ())


@pytest.mark.parametrize("page", [LOGIN, LAB], ids=["login", "first-notebook"])
def test_what_is_as_it_was_is_the_same(page: Walked) -> None:
    """Each step of the guide, beside itself."""
    for step in page.steps:
        judgement = page.judge(step.number)
        assert (judgement.verdict, judgement.reason, judgement.changes) == (Verdict.SAME, NOTHING, ())


@pytest.mark.parametrize(
    ("step", "edits", "where", "reason"),
    [
        (4, [("15 minutes", "10 minutes")], "15 minutes",
         "where the page says “15 minutes”, the product now says “10 minutes”"),
        (4, [("six-digit", "eight-digit")], "six digits",
         "where the page says “six digits”, the product now says “eight digits”"),
        (1, [("only after a week", "only after two weeks")], "it takes a week",
         "where the page says “a week”, the product now says “two weeks”"),
        (4, [("It is valid for 15 minutes.", "It is valid for a short while.")], "15 minutes",
         "the page says “15 minutes”, and the product does not say so any more"),
        (4, [("Check your e-mail", "Look at your mail")], "Check your e-mail",
         "the heading that the page calls **Check your e-mail** is now called **Look at your mail**"),
        (3, [("Create your account", "New account")], "Create your account",
         "the heading that the page calls **Create your account** is now called **New account**"),
        (4, [("Send a new code", "Resend")], "{guilabel}`Send a new code`",
         "the button that the page calls **Send a new code** is now called **Resend**"),
        (4, [("  - text: No e-mail? Look in the spam folder, or\n", ""), ('  - button "Send a new code"\n', "")],
         "{guilabel}`Send a new code`",
         "the button **Send a new code**, which the page mentions, is not there any more"),
        (2, [('link "Sign in"', 'link "Log in"')], "with a Sign in button",
         "the link that the page calls **Sign in** is now called **Log in**"),
        (5, [('heading "JupyterHub Console"', 'heading "Sign in"'), ('button "Sign in"', 'button "Log in"')],
         "{see}`JupyterHub Console`",
         "the heading that the page calls **JupyterHub Console** is now called **Sign in**"),
        (6, [('button "Terminal":\n        - paragraph: Terminal', 'button "Shell":\n        - paragraph: Shell'),
             ('button "Terminal"', 'button "Shell"')],
         "{guilabel}`Terminal`", "the button that the page calls **Terminal** is now called **Shell**"),
    ],
)  # fmt: skip
def test_a_name_or_number_that_the_page_quotes_is_label(step: int, edits: list[Edit], where: str, reason: str) -> None:
    """The verdict stands at the line that quotes it, and says what is written there and what is shown now."""
    judgement = LOGIN.judge(step, *edits)
    assert (judgement.verdict, judgement.reason) == (Verdict.LABEL, reason)
    assert judgement.changes[0].where.line == LOGIN.line(where)
    assert judgement.changes[0].old


@pytest.mark.parametrize(
    ("now", "new", "certain"),
    [
        ("Enter the code. It goes to the phone that ends in these 2 digits.", "two digits", False),
        ("Enter the eight digits of the code.", "eight digits", True),
        ("The phone ends in these 2 digits. Enter the eight digits of the code.", "eight digits", False),
        ("8 digits", "eight digits", False),
    ],
)
def test_a_number_in_a_sentence_about_something_else_is_not_certain(now: str, new: str, certain: bool) -> None:
    """It counts the same, and no other word of its sentence says that it is meant."""
    old = ("- main:", "  - paragraph: Enter the six digits of the code.", '  - textbox "Code"')
    seen = ("- main:", f"  - paragraph: {now}", '  - textbox "Code"')
    (change,) = (
        each for each in judged("1. Type {fill}`Code <mail.code>`: six digits.", old, seen).changes if each.new
    )
    assert (change.old, change.new) == ("six digits", new)
    assert (change.confidence >= CERTAIN) is certain


@pytest.mark.parametrize(
    ("step", "edits", "reason"),
    [
        (3, PASSWORD_FIRST, "the field **Password** now comes before **E-mail address**"),
        (3, [('  - button "Sign up"', '  - text: Telephone\n  - textbox "Telephone"\n  - button "Sign up"')],
         "a field **Telephone** is new in this form, and the page does not mention it"),
        (3, [('  - button "Sign up"', '  - textbox\n  - button "Sign up"')],
         "a field without a name is new in this form, and the page does not mention it"),
        (3, [('  - button "Sign up"', '  - checkbox "I agree"\n  - button "Sign up"')],
         "a check box **I agree** is new in this form, and the page does not mention it"),
        (3, [('  - button "Sign up"', '  - button "Sign up"\n  - button "Cancel"')],
         "a button **Cancel** is new in this form, and the page does not mention it"),
        (3, [('  - button "Sign up"', '  - link "Why?"\n  - button "Sign up"')],
         "a link **Why?** is new in this form, and the page does not mention it"),
        (5, [('  - textbox "Password"\n', ""), ("  - text: Password\n", "")],
         "the field **Password** is not in this form any more"),
        (2, [('link "Sign up"', 'button "Sign up"')], "**Sign up** was a link and is a button now"),
        (5, [('heading "JupyterHub Console" [level=1]', "paragraph: JupyterHub Console"),
             ('  - heading "JupyterHub Console" [level=1]', "")],
         "**JupyterHub Console** was a heading and is a text now"),
        (4, [('button "Send a new code"', 'button "Send a new code" [disabled]')],
         "the button **Send a new code**, which the page mentions, cannot be used now"),
        (4, [('  - button "Start again"', '  - button "Start again"\n  - button "Send a new code"')],
         "there is a second button **Send a new code**, so that a reader cannot know which one the page means"),
        (5, [('  - button "Sign in"', '  - heading "JupyterHub Console" [level=2]\n  - button "Sign in"')],
         "there is a second heading **JupyterHub Console**, so that a reader cannot know which one the page means"),
        (2, [('  - link "Sign up"', '  - navigation:\n    - link "Sign up"')],
         "the link **Sign up** now stands in another part of the page"),
        (2, [("- main:\n", "- main:\n  - dialog \"Cookies\":\n    - button \"Accept\"\n")],
         "a dialog **Cookies** is new on the page"),
    ],
)  # fmt: skip
def test_another_structure_is_layout(step: int, edits: list[Edit], reason: str) -> None:
    """Order, fields, controls in the form, roles and dialogs."""
    judgement = LOGIN.judge(step, *edits)
    assert (judgement.verdict, judgement.reason) == (Verdict.LAYOUT, reason)


def test_a_label_that_is_no_longer_written_is_label() -> None:
    """A placeholder still names the field, and is gone as soon as it is filled."""
    judgement = LOGIN.judge(3, ("  - text: E-mail address\n", ""))
    assert judgement.verdict is Verdict.LABEL
    assert judgement.reason == "the label **E-mail address** is no longer written beside its field"
    assert judgement.changes[0].where == LOGIN.action(3, "E-mail address").where
    wrapped = "  - text: E-mail\n  - strong: address\n"
    assert not LOGIN.judge(3, ("  - text: E-mail address\n", wrapped)).verdict.drifted


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        (("text: Name",), (), True),
        (("text: Name", "paragraph: Names are shown to all."), ("paragraph: Names are shown to all.",), True),
        (("text: Name", "paragraph: The Name is shown."), ("paragraph: The Name is shown.",), True),
        (("paragraph: Names are shown to all.",), ("paragraph: They are shown to all.",), False),
        (("text: Name",), ('text: "Name:"',), False),
        (("text: Name *",), ("text: Name", 'strong: "*"'), False),
        (("text: Name",), ("text: Name (as in your passport)",), False),
        (("text: Name As in your passport",), ("text: As in your passport",), True),
    ],
)
def test_a_label_is_a_text_by_itself(before: Sequence[str], now: Sequence[str], told: bool) -> None:
    """A sentence that holds its letters or its word is none; marks and a remark in brackets change nothing."""
    old, new = (["- main:", *(f"  - {each}" for each in tree), '  - textbox "Name"'] for tree in (before, now))
    changes = judged("1. Enter {fill}`Name <persona.username>`.", old, new).changes
    assert ("the label **Name** is no longer written beside its field" in [each.message for each in changes]) is told


@pytest.mark.parametrize("shown", [": Verify", ":\n    - img\n    - text: Verify"], ids=["text", "text beside an icon"])
def test_a_button_that_shows_other_words_than_its_name_is_label(shown: str) -> None:
    """Who listens to the page still hears the old name, and who looks at it reads another."""
    judgement = LOGIN.judge(4, ('button "Confirm Account"', f'button "Confirm Account"{shown}'))
    assert judgement.verdict is Verdict.LABEL
    told = "the button **Confirm Account** shows “Verify” now, and has its name for screen readers alone"
    assert judgement.reason == told
    assert judgement.changes[0].where.line == LOGIN.action(4, "Confirm Account").where.line


def test_an_icon_or_a_hint_in_a_button_is_no_other_name() -> None:
    """The name can still be read there."""
    for shown in (":\n    - img", ":\n    - img\n    - text: Confirm Account now"):
        assert not LOGIN.judge(4, ('button "Confirm Account"', f'button "Confirm Account"{shown}')).verdict.drifted


def test_a_figure_that_is_gone_is_label_where_the_page_tells_of_one() -> None:
    """A notebook's figure has no name; the sentence says that it is there."""
    gone = ('        - img\n        - heading "Save"', '        - heading "Save"')
    judgement = LAB.judge(6, gone)
    told = "an image is gone, and the page tells of a “figure” here"
    assert (judgement.verdict, judgement.reason) == (Verdict.LABEL, told)
    assert judgement.changes[0].where.line == LAB.line("![A figure in the notebook")
    assert not LAB.judge(7, ("        - img\n", "")).verdict.drifted


def test_a_table_that_is_drawn_with_signs_is_one() -> None:
    """A program that prints a table as text makes one too: the step tells of it, and it is not printed any more."""
    drawn = next(line for line in LAB.view(8, -1).snapshot if "|-----" in line)
    judgement = LAB.judge(8, (f"{drawn}\n", ""))
    told = "a table is gone, and the page tells of a “table” here"
    assert (judgement.verdict, judgement.reason) == (Verdict.LABEL, told)
    shorter = "        - text: file results/stata_bands.dta saved\n"
    another = '        - heading "Reshape" [level=2]\n'
    scrolled = LAB.judge(8, (f"{drawn}\n", shorter), (another, f"{another}{drawn.replace('band', 'zone')}\n"))
    assert (scrolled.verdict, scrolled.reason) == (Verdict.LABEL, told)
    assert not LAB.judge(8, ("2.017771", "2.017772")).verdict.drifted


def test_what_the_page_speaks_of_without_quoting_it_is_label_when_it_is_gone() -> None:
    """The description calls the folder project-50123 the project's, and the step's address has the number."""
    judgement = LOGIN.judge(6, ('    - button "project-50123"\n', ""))
    assert judgement.verdict is Verdict.LABEL
    assert judgement.reason == "the button **project-50123**, of which the page tells, is gone"
    assert judgement.changes[0].where.line == LOGIN.line("![The workspace in JupyterLab")


def test_what_stands_otherwise_than_the_page_says_is_layout() -> None:
    """A description tells that one thing stands above another; side by side they still are read in this order."""

    def side_by_side(boxes: tuple[Box, ...]) -> Sequence[Box]:
        password, button = (next(box for box in boxes if box.label == label) for label in ("Password", "Sign up"))
        half = password.width / 2
        beside = replace(button, left=password.left + half, top=password.top, width=half)
        return [replace(password, width=half), beside]

    judgement = LOGIN.judge(3, boxes=side_by_side)
    assert judgement.verdict is Verdict.LAYOUT
    assert judgement.reason == "**Password** now stands left of **Sign up**, and the page says otherwise"
    assert judgement.changes[0].where.line == LOGIN.line("![The form Create your account")


def test_a_field_that_suggests_what_to_type_is_the_same_field() -> None:
    """To browsers it is a list then; a person types into it as before, and chooses from a list that shows options."""
    suggesting = ('- textbox "User name"', '- combobox "User name"')
    assert not LOGIN.judge(3, suggesting).verdict.drifted
    listed = ('- textbox "User name": jdoe', '- combobox "User name":\n    - option "jdoe" [selected]')
    assert LOGIN.judge(3, listed).verdict.drifted


def test_a_label_at_another_field_is_layout() -> None:
    """Each field keeps its name, and a person reads another one beside it."""

    def exchanged(boxes: tuple[Box, ...]) -> Sequence[Box]:
        labels = {box.label: box for box in boxes if box.role == LABEL}
        other = {"User name": "Password", "Password": "User name"}
        return [replace(labels[other[box.label]], label=box.label) if box in labels.values() else box for box in boxes]

    judgement = LOGIN.judge(6, boxes=exchanged)
    assert judgement.verdict is Verdict.LAYOUT
    assert "the label **Password** now stands at the field that is called **User name**" in [
        change.message for change in judgement.changes
    ]


def test_a_label_that_moved_with_its_field_stands_at_it() -> None:
    """Where hints stand between labels and fields, the field above a label can be closer to it than its own."""
    tops = {"Password": (0.2842, 0.354), "User name": (0.4399, 0.5096), "E-mail address": (0.5956, 0.631)}

    def moved(boxes: tuple[Box, ...]) -> Sequence[Box]:
        return [replace(box, top=tops[box.label][box.role != LABEL]) if box.label in tops else box for box in boxes]

    judgement = LOGIN.judge(3, boxes=moved)
    told = [change.message for change in judgement.changes]
    assert "on the screen, **E-mail address** now stands below **Password**" in told
    assert not [each for each in told if "now stands at the field" in each]


def test_a_field_that_is_not_empty_any_more_is_label_where_the_page_says_so() -> None:
    """The description tells of empty fields; of those of another page it says nothing."""
    judgement = LOGIN.judge(5, ('- textbox "User name"', '- textbox "User name": somebody'))
    told = "the field **User name** holds something now, and the page says “empty”"
    assert (judgement.verdict, judgement.reason) == (Verdict.LABEL, told)
    assert judgement.changes[0].where.line == LOGIN.line("![The login page of the JupyterHub Console")


@pytest.mark.parametrize(
    ("sentence", "field", "told"),
    [
        ("Leave **Middle name** empty.", "Country", False),
        ("Leave **Middle name** empty.", "Middle name", True),
        ("Leave the rest empty.", "Country", True),
        ("You come from a **Country**. Leave the rest empty.", "Middle name", True),
    ],
)
def test_a_field_that_is_called_empty_by_its_name_is_meant_alone(sentence: str, field: str, told: bool) -> None:
    """A product that fills in another field has not made the sentence untrue; one that names no field means all."""
    tree = ("- main:", '  - textbox "Name"', '  - textbox "Middle name"', '  - textbox "Country"')
    now = [line + (": Sweden" if field in line else "") for line in tree]
    changes = judged(f"1. Enter {{fill}}`Name <persona.username>`. {sentence}", tree, now).changes
    message = f"the field **{field}** holds something now, and the page says “empty”"
    assert (message in [each.message for each in changes]) is told


def test_what_a_step_only_mentions_has_its_place_too() -> None:
    """No action uses Sign in, and the description says that Sign up stands below it."""

    def side_by_side(boxes: tuple[Box, ...]) -> Sequence[Box]:
        mentioned = next(box for box in boxes if box.label == "Sign in")
        used = next(box for box in boxes if box.label == "Sign up")
        assert mentioned.role == "mention"
        return [mentioned, replace(used, left=mentioned.left + mentioned.width, top=mentioned.top)]

    judgement = LOGIN.judge(2, boxes=side_by_side)
    told = {change.message: change.where.line for change in judgement.changes}
    where = told["**Sign in** now stands left of **Sign up**, and the page says otherwise"]
    assert where == LOGIN.line("![The sign-in page of project")


def test_a_password_that_can_be_read_is_layout() -> None:
    """A field that hides what is typed is another one than a field that shows it."""
    shown = LOGIN.judge(3, boxes=lambda boxes: [each for each in boxes if each.role != "masked"])
    assert (shown.verdict, shown.reason) == (Verdict.LAYOUT, "what is typed into **Password** can be read now")
    assert shown.changes[0].where == LOGIN.action(3, "Password").where
    hidden = LOGIN.judge(3, boxes=lambda boxes: [*boxes, replace(boxes[0], role="masked")])
    assert hidden.reason == "what is typed into **User name** is hidden now"


CONFIRMED = "      - strong: Your account is confirmed.\n"


def test_what_a_picture_s_description_tells_in_other_words_is_label() -> None:
    """A text all of whose telling words stand in the description, and some of them nowhere on the page now."""
    judgement = LOGIN.judge(5, (CONFIRMED, ""))
    assert judgement.verdict is Verdict.LABEL
    told = "the picture's description tells “Your account is confirmed.”, which cannot be read here any more"
    assert judgement.reason == told
    assert judgement.changes[0].where.line == LOGIN.line("![The login page of the JupyterHub Console")
    assert LOGIN.judge(5, (CONFIRMED, "      - strong: Welcome back!\n")).verdict is Verdict.LABEL
    address = "paragraph: https://jupyterhub.research.example/"
    judgement = LOGIN.judge(1, (f"{address}50123/", address))
    assert judgement.reason.startswith("the picture's description tells of 50123, which is no longer in the address")
    assert not LOGIN.judge(1, (f"{address}50123/", f"{address}projects/50123/")).verdict.drifted
    without = LOGIN.judge(1, ("User name jdoe Password", "Password"))
    assert without.reason == "the picture's description tells “user name”, which cannot be read here any more"


@pytest.mark.parametrize(
    ("step", "edits"),
    [
        (5, [(CONFIRMED, "      - strong: Done. The account is now confirmed.\n")]),
        (5, [("Invited, but no account yet?", "New?")]),
        (4, [("No e-mail? Look in the spam folder, or", "Nothing came?")]),
    ],
)
def test_what_a_description_does_not_tell_is_cosmetic(step: int, edits: list[Edit]) -> None:
    """Other wording of what can still be read, and texts of which a description has a word by chance."""
    assert LOGIN.judge(step, *edits).verdict is Verdict.COSMETIC


def moved(down: float) -> Callable[[tuple[Box, ...]], Sequence[Box]]:
    return lambda boxes: [replace(box, top=round(box.top + down, 4)) for box in boxes]


def test_another_order_on_the_screen_is_layout() -> None:
    """The tree is as it was, and a style sheet has turned the fields round."""

    def turned(boxes: tuple[Box, ...]) -> Sequence[Box]:
        user, mail, *rest = boxes
        return [replace(user, top=mail.top), replace(mail, top=user.top), *rest]

    judgement = LOGIN.judge(3, boxes=turned)
    assert judgement.verdict is Verdict.LAYOUT
    assert judgement.reason == "on the screen, **User name** now stands below **E-mail address**"
    assert judgement.changes[0].where == LOGIN.action(3, "User name").where


@pytest.mark.parametrize(
    ("mail", "verdict"),
    [
        ({"left": 0.4974, "width": 0.2}, Verdict.LAYOUT),  # side by side, and read first now
        ({"left": 0.72, "width": 0.2}, Verdict.SAME),  # side by side, in the same order
        ({"left": 0.2, "width": 0.2, "top": 0.30}, Verdict.SAME),  # in another column, where neither comes first
    ],
)
def test_what_was_above_and_stands_beside_counts_by_what_is_read_first(
    mail: dict[str, float], verdict: Verdict
) -> None:
    """Fields that were one over the other and are in one row now."""

    def turned(boxes: tuple[Box, ...]) -> Sequence[Box]:
        user, address, *rest = boxes
        beside = 0.72 if mail["left"] < 0.5 else 0.4974
        user = replace(user, width=0.2, left=beside)
        return [user, replace(address, **{"top": user.top} | mail), *rest]

    def narrow(box: Box) -> bool:
        return box.role == "fill" and box.label in ("User name", "E-mail address")

    step, known = LOGIN.steps[2], LOGIN.evidence[2]
    views = tuple(replace(each, boxes=tuple(filter(narrow, each.boxes))) for each in known.views)
    now = tuple(replace(each, boxes=tuple(turned(each.boxes))) for each in views)
    judgement = judge(step, LOGIN.page, replace(known, views=views), replace(known, views=now), [], [])
    moved = [change for change in judgement.changes if "moved by" not in change.message]
    assert (moved[0].verdict if moved else Verdict.SAME) is verdict


def test_what_is_found_in_another_place_that_is_scrolled_to_is_layout() -> None:
    """A heading and the number below it were seen together; now the number stands elsewhere."""

    def alone(boxes: tuple[Box, ...]) -> Sequence[Box]:
        return [box for box in boxes if box.label == "0.7256"]

    told = "**0.3398** is no longer in view together with **0.7256**"
    (change,) = [each for each in LAB.judge(5, ("0.3398", "0.3400"), boxes=alone).changes if each.message == told]
    assert (change.verdict, change.where) == (Verdict.LAYOUT, LAB.action(5, "0.3398").where)
    assert all(each.message != told for each in LAB.judge(5, boxes=alone).changes)


def test_only_what_moves_far_is_layout() -> None:
    """More than a quarter of the picture; less is for the eye."""
    assert LOGIN.judge(3, boxes=moved(0.2)).verdict is Verdict.SAME
    far = LOGIN.judge(3, boxes=moved(0.3))
    assert far.verdict is Verdict.LAYOUT
    assert far.reason == "**User name** stands elsewhere: it has moved by 30% of the picture"


@pytest.mark.parametrize(
    ("step", "edits"),
    [
        pytest.param(4, [('  - textbox "Verification', '  - group:\n    - textbox "Verification')], id="wrapper"),
        pytest.param(4, [('  - textbox "Verification', '  - region "A":\n    - textbox "Verification')], id="region"),
        pytest.param(3, [("The one in your invitation.", "It stands in your invitation.")], id="prose"),
        pytest.param(3, [("  - paragraph: The one in your invitation.\n", "")], id="prose that is gone"),
        pytest.param(3, [("- main:\n", "- main:\n  - paragraph: We are open again.\n")], id="a sentence more"),
        pytest.param(
            2, [("    - /url: https://accounts.research.example/signup/\n",
                 "    - /url: https://accounts.research.example/signup/\n  - link \"Imprint\":\n    - /url: /imprint\n"
                 "  - link \"Privacy\":\n    - /url: /privacy\n")],
            id="footer behind the form",
        ),
        pytest.param(
            3, [("      - /url: https://jupyterhub.research.example/50123/hub/oauth_login\n",
                 "      - /url: https://jupyterhub.research.example/50123/hub/oauth_login\n  - paragraph:\n"
                 "    - link \"Imprint\":\n      - /url: /imprint\n")],
            id="footer behind the sentence that follows the form",
        ),
        pytest.param(
            4, [("    - text: . It is valid for 15 minutes.",
                 "    - text: . It is valid for\n    - strong: \"15\"\n    - text: minutes.")],
            id="a number in bold",
        ),
        pytest.param(
            3, [("  - button \"Sign up\"\n  - paragraph:\n    - text: Already signed up?\n",
                 "  - paragraph:\n    - text: Already signed up?\n  - button \"Sign up\"\n")],
            id="sentences in another order",
        ),
        pytest.param(3, [("- complementary", "- banner:\n  - link \"News\"\n- complementary")], id="banner"),
        pytest.param(3, [("- complementary", "- contentinfo:\n  - link \"Imprint\"\n- complementary")], id="landmark"),
        pytest.param(3, [("  - link \"Data Library\"", "  - link \"Data Library\"\n  - button \"Theme\"")], id="aside"),
        pytest.param(2, [("/50123/hub/oauth_login", "/50123/hub/oauth")], id="target of a link"),
        pytest.param(3, [("[level=1]", "[level=2]")], id="level of a heading"),
        pytest.param(3, [("jdoe\n", "somebody\n"), ("Wxyz-4627-mnkp-7Q", "Abcd-1234-efgh-5X")], id="values"),
        pytest.param(3, [("- main:", '- main "Sign up":')], id="name of a landmark"),
        pytest.param(1, [("200 GB", "250 GB")], id="a number that the page does not tell"),
        pytest.param(1, [("Mon 12 Jan 2026, 09:30", "Tue 13 Jan 2026, 10:31")], id="time of an e-mail"),
    ],
)  # fmt: skip
def test_what_harms_nobody_is_cosmetic_at_most(step: int, edits: list[Edit]) -> None:
    """Wrappers, prose that is not quoted, footers, other landmarks, targets, values."""
    judgement = LOGIN.judge(step, *edits)
    assert judgement.verdict in (Verdict.SAME, Verdict.COSMETIC), judgement


@pytest.mark.parametrize(
    ("step", "edits", "verdict"),
    [
        pytest.param(5, [("[15]:", "[*]:")], Verdict.SAME, id="cell numbers"),
        pytest.param(5, [("| Idle", "| Busy")], Verdict.SAME, id="kernel busy"),
        pytest.param(5, [("Cell 58/58", "Cell 1/58"), ("Ln 1, Col 1", "Ln 3, Col 9")], Verdict.SAME, id="cursor"),
        pytest.param(5, [('      - button "Enable Debugger"\n', "")], Verdict.COSMETIC, id="toolbar's button gone"),
        pytest.param(
            5, [('      - button "Enable Debugger"\n', '      - button "Enable Debugger"\n      - button "More"\n')],
            Verdict.COSMETIC, id="toolbar's button new",
        ),
        pytest.param(5, [('      - combobox "Cell type":\n', "")], Verdict.COSMETIC, id="toolbar's list gone"),
        pytest.param(5, [('      - button "Python 3 (ipykernel)"\n', "")], Verdict.COSMETIC, id="kernel's button"),
        pytest.param(5, [('"Save and create checkpoint (Ctrl+S)"', '"Save (Ctrl+S)"')], Verdict.COSMETIC, id="tooltip"),
        pytest.param(5, [('        - textbox\n        - text: "[15]:"\n', '        - text: "[15]:"\n')],
                     Verdict.COSMETIC, id="a cell less in view"),
        pytest.param(5, [("34.41", "34.42")], Verdict.COSMETIC, id="another result that the page does not tell"),
        pytest.param(5, [('- button "1"', '- button "2"')], Verdict.COSMETIC, id="running kernels"),
        pytest.param(3, [('    - tab "Launcher" [selected]', '    - tab "Launcher" [selected]\n    - tab "News"')],
                     Verdict.COSMETIC, id="another tab"),
        pytest.param(3, [('button "Refresh the file browser."', 'button "Refresh"')], Verdict.COSMETIC, id="sidebar"),
    ],
)  # fmt: skip
def test_what_varies_in_jupyterlab_is_no_drift(step: int, edits: list[Edit], verdict: Verdict) -> None:
    """What a kernel is doing, where the cursor is, bars of buttons, cells that come into view."""
    judgement = LAB.judge(step, *edits)
    assert judgement.verdict is verdict, judgement


def test_a_new_name_that_the_walk_found_is_told_once() -> None:
    """The action's line, both names, and no second change for the same thing, wherever it stands in the view."""
    renamed = LOGIN.renamed(4, "Confirm Account", "button", "Verify account")
    judgement = LOGIN.judge(4, ("Confirm Account", "Verify account"), renamed=[renamed])
    assert judgement.verdict is Verdict.LABEL
    (change,) = judgement.changes
    assert change.message == "the button that the page calls **Confirm Account** is now called **Verify account**"
    assert (change.where.line, change.role, change.old, change.new) == (
        LOGIN.line("{click}`Confirm Account`"), "click", "Confirm Account", "Verify account",
    )  # fmt: skip
    assert change.confidence == 0.9


def test_a_new_name_is_told_in_its_own_step_alone() -> None:
    """Two steps click **Sign up**, on two pages; only one of them has another name."""
    renamed = LOGIN.renamed(2, "Sign up", "link", "Register")
    assert LOGIN.action(2, "Sign up") == LOGIN.action(3, "Sign up")
    assert LOGIN.judge(3, renamed=[renamed]).verdict is Verdict.SAME


def test_a_new_subject_is_told_once() -> None:
    """An e-mail's subject stands in its list, its heading and its title, and is one change."""
    renamed = LOGIN.renamed(1, "Your JupyterHub invitation", "mail", "Welcome to the hub")
    edit = ("Your JupyterHub invitation", "Welcome to the hub")
    judgement = LOGIN.judge(1, edit, renamed=[renamed], title="Welcome to the hub")
    assert [change.old for change in judgement.changes] == ["Your JupyterHub invitation"]


def test_several_changes_are_all_told_and_the_worst_decides() -> None:
    """A field that moved and a heading with another name, in one step."""
    judgement = LOGIN.judge(3, *PASSWORD_FIRST, ("Create your account", "New account"))
    assert [change.verdict for change in judgement.changes] == [Verdict.LABEL, Verdict.LAYOUT]


def test_another_page_under_the_same_labels_is_broken() -> None:
    """Little is the same, and neither title nor heading nor address."""
    step, known = LOGIN.steps[4], LOGIN.evidence[4]
    now = replace(known, views=tuple(replace(LOGIN.view(2), action=view.action) for view in known.views))
    judgement = judge(step, LOGIN.page, known, now, [], [])
    assert judgement.verdict is Verdict.BROKEN
    assert "“Welcome · Project 50123” at /50123/hub/login" in judgement.reason


def test_an_edited_or_a_new_step_is_unverified_unless_worse_holds() -> None:
    """Another digest, or no evidence; drift of the product in the same step is still told."""
    step, known = LOGIN.steps[2], LOGIN.evidence[2]
    assert judge(step, LOGIN.page, None, known, [], []).verdict is Verdict.UNVERIFIED
    edited = replace(known, digest="0" * 64)
    judgement = judge(step, LOGIN.page, edited, known, [], [])
    assert (judgement.verdict, len(judgement.changes)) == (Verdict.UNVERIFIED, 1)
    swapped = replace(edited, views=tuple(replace(view, boxes=moved(0.3)(view.boxes)) for view in known.views))  # type: ignore[arg-type]
    assert judge(step, LOGIN.page, swapped, known, [], []).verdict is Verdict.LAYOUT


def test_a_view_without_a_pair_is_judged_with_what_is_there() -> None:
    """A run that looked once more, or once less, says nothing by that."""
    step, known = LOGIN.steps[5], LOGIN.evidence[5]
    assert judge(step, LOGIN.page, replace(known, views=known.views[:1]), known, [], []).verdict is Verdict.SAME
    assert judge(step, LOGIN.page, known, replace(known, views=()), [], []).verdict is Verdict.SAME


@pytest.mark.parametrize(
    ("committed", "difference", "verdict"),
    [
        ("docs/images/a.png", 0.0, Verdict.SAME),
        ("docs/images/a.png", 0.02, Verdict.COSMETIC),
        ("", 0.0, Verdict.UNVERIFIED),
    ],
)
def test_a_picture_alone_is_cosmetic(committed: str, difference: float, verdict: Verdict) -> None:
    """Pixels never decide over words; a picture that was never taken has to be accepted."""
    step, known = LOGIN.steps[2], LOGIN.evidence[2]
    picture = PictureOutcome("images/a.png", "A page.", step.where, committed, "new.png", difference)
    assert judge(step, LOGIN.page, known, known, [], [picture]).verdict is verdict


def test_judging_is_fast() -> None:
    """Far below the time of a step: 10 ms for a page of the hub, 50 ms for one of JupyterLab."""
    for page, number, limit in ((LOGIN, 3, 0.01), (LAB, 5, 0.05)):
        step, known = page.steps[number - 1], page.evidence[number - 1]
        now = replace(known, views=tuple(replace(view, title="Other") for view in known.views))
        times = []
        for _ in range(7):
            started = time.perf_counter()
            judge(step, page.page, known, now, [], [])
            times.append(time.perf_counter() - started)
        assert min(times) < limit


def test_a_password_that_an_e_mail_no_longer_brings_is_label() -> None:
    """What a later step enters must be readable where it was; other wording around it is for the eye."""
    entered = {"Wxyz-4627-mnkp-7Q": LOGIN.action(3, "Password")}
    gone = LOGIN.judge(1, (" Password Wxyz-4627-mnkp-7Q", ""), entered=entered)
    line = LOGIN.line("{fill}`Password")
    told = f"what line {line} enters as **Password** cannot be read here any more"
    assert (gone.verdict, gone.reason) == (Verdict.LABEL, told)
    assert gone.changes[0].where == LOGIN.steps[0].where
    reworded = LOGIN.judge(1, ("User name jdoe Password", "Name: jdoe, your password:"), entered=entered)
    assert not reworded.verdict.drifted


def test_what_the_page_quotes_of_an_unopened_e_mail_is_label() -> None:
    """A number with its noun; the rest of the mail's words are for the eye."""
    judgement = LOGIN.judge(4, mails=[("15 minutes", "5 minutes")])
    assert (judgement.verdict, judgement.reason) == (
        Verdict.LABEL, "where the page says “15 minutes”, the product now says “5 minutes”"
    )  # fmt: skip
    assert judgement.changes[0].where.line == LOGIN.line("15 minutes")
    reworded = LOGIN.judge(4, mails=[("Then ignore this e-mail", "Just leave it")])
    assert reworded.verdict is Verdict.COSMETIC


def test_a_value_in_a_row_of_another_name_is_label() -> None:
    """The number that the page gives is still there, and stands for something else."""
    exchanged = [('rowheader "nothing"', 'rowheader "some"'), ('row "nothing 0.3398', 'row "some 0.3398')]
    judgement = LAB.judge(5, *exchanged)
    told = "**0.3398** stands in the row “some” now, not in “nothing”"
    assert (judgement.verdict, judgement.reason) == (Verdict.LABEL, told)
    assert judgement.changes[0].where.line == LAB.line("{see}`0.3398`")


def test_a_fraction_that_only_a_description_gives_is_label() -> None:
    """No step looks for it, and the table has another one in its place."""
    judgement = LAB.judge(5, ("0.8610", "0.8599"))
    assert judgement.verdict is Verdict.LABEL
    assert judgement.reason == "the picture's description tells “0.8610”, which cannot be read here any more"
    assert judgement.changes[0].where.line == LAB.line("![The notebook, scrolled to Collapse")
    assert not LAB.judge(5, ("2.0740", "2.0741")).verdict.drifted


def test_how_a_description_says_that_an_address_ends_is_held_against_the_page() -> None:
    """It still holds the number, and ends in something else; other texts that end so are no address."""
    ends = "paragraph: https://jupyterhub.research.example/50123"
    judgement = LOGIN.judge(1, (f"{ends}/", f"{ends}/hub/login"))
    assert judgement.verdict is Verdict.LABEL
    assert judgement.reason == "the picture's description says “address that ends in 50123”, and nothing here does"
    assert judgement.changes[0].where.line == LOGIN.line("![The invitation in a mailbox")
    assert not LOGIN.judge(1, (f"{ends}/", ends)).verdict.drifted


@pytest.mark.parametrize("change", [("[17]:", "[18]:"), ('text: "[17]:"', 'text: ""')])
def test_a_number_by_itself_that_a_description_gives_is_label(change: tuple[str, str]) -> None:
    """The number beside a cell is another one, or is hidden; one that no description gives is told as cosmetic."""
    judgement = LAB.judge(5, change)
    assert judgement.verdict is Verdict.LABEL
    assert judgement.reason == "the picture's description tells “17”, which cannot be read here any more"
    assert judgement.changes[0].where.line == LAB.line("![The notebook, scrolled to Collapse")
    assert not LAB.judge(5, (change[0].replace("17", "15"), change[1])).verdict.drifted


def test_an_edited_step_that_leads_elsewhere_is_judged_for_no_value_there() -> None:
    """What its evidence showed was at another place, so nothing is missing; on the same page it still is."""
    entered = {"Wxyz-4627-mnkp-7Q": LOGIN.action(3, "Password")}
    password = " Password Wxyz-4627-mnkp-7Q"
    elsewhere = [(f"  - text: User name jdoe{password}\n", ""), ("You are invited to", "About"), ("Keep this", "No"),
                 ("Your workspace is set up.", ""), ("JupyterHub link", "Link"), ("Data Library", "Unit")]  # fmt: skip
    judgement = LOGIN.judge(1, *elsewhere, entered=entered, digest="edited")
    assert [each.verdict for each in judgement.changes] == [Verdict.UNVERIFIED]
    still = LOGIN.judge(1, (password, ""), entered=entered, digest="edited")
    assert Verdict.LABEL in {each.verdict for each in still.changes}
