"""Values, examples and secrets."""

from __future__ import annotations

import pickle
from types import SimpleNamespace

import pytest

from walkthrough.model import Literal, Reference
from walkthrough.world import Persona, Secret, Varying, World, WorldError

PASSWORD = Secret("p&ss w/rd", "ex&mpl p/p")


def world(**roots: object) -> World:
    return World({"persona": Persona("jdoe", "jdoe@research.example", PASSWORD), **roots})


def test_a_secret_never_prints_itself() -> None:
    """Neither str, repr, formatting nor pickling gives a secret away."""
    for text in (str(PASSWORD), repr(PASSWORD), f"{PASSWORD}", repr(Persona("jdoe", "j@x.example", PASSWORD))):
        assert "p&ss" not in text
    with pytest.raises(TypeError):
        pickle.dumps(PASSWORD)


def test_expressions_name_values_of_fixtures() -> None:
    """Attributes, mappings and literals give their values."""
    here = world(project=SimpleNamespace(number=50123), unit={"name": "Health"})
    assert here.evaluate(Reference("project", ("number",)), 1).actual == "50123"
    assert here.evaluate(Reference("unit", ("name",)), 1).actual == "Health"
    assert here.evaluate(Literal("x"), 1).actual == "x"
    assert here.evaluate(Reference("persona", ("password",)), 1) is PASSWORD


def test_a_value_that_is_not_there_is_told_with_those_that_are() -> None:
    """A misspelt value lists the names that could be meant, and no value."""
    with pytest.raises(WorldError, match="there is no “user”; there are: email, password, username") as caught:
        world().evaluate(Reference("persona", ("user",)), 1)
    assert "p&ss" not in str(caught.value)


SPELLED = ["p&ss w/rd", "p%26ss%20w%2Frd", "p&amp;ss w/rd", "p%26ss+w%2Frd", "cCZzcyB3L3Jk"]
TYPED = Secret('Gr*ün"e9', 'Ab*ön"c1')


def test_scrubbing_finds_every_spelling() -> None:
    """A secret is found as it stands, percent-encoded, form-encoded, in JSON, in HTML and in base64."""
    clean = world().scrub("\n".join(SPELLED).encode())
    assert not [each for each in SPELLED if each.encode() in clean]


@pytest.mark.parametrize(
    "spelled",
    [
        'Gr*ün"e9',
        'Gr*ün\\"e9',
        'Gr*\\u00fcn\\"e9',
        "Gr*%C3%BCn%22e9",
        "Gr%2A%C3%BCn%22e9",
        "Gr*ün&quot;e9",
        'Gr*ün "e9',
    ],
)
def test_nothing_that_is_kept_holds_a_secret_in_any_spelling(spelled: str) -> None:
    """Neither as a page's tree writes it, nor as a browser sends it, nor with white space in its middle."""
    here = World({"persona": Persona("jdoe", "jdoe@research.example", TYPED)})
    assert "Gr" not in here.exemplify(f"a field {spelled}, filled")
    assert here.exemplify('textbox "Password": Gr*ün"e9') == 'textbox "Password": Ab*ön"c1'


def test_the_longest_value_is_replaced_first() -> None:
    """A value that is part of another one does not spoil its example."""
    here = World(
        {}, [Varying("http://h:1/", "https://hub.example/"), Varying("http://h:1/50123/", "https://p.example/")]
    )
    assert here.exemplify("at http://h:1/50123/ and http://h:1/x") == "at https://p.example/ and https://hub.example/x"


@pytest.mark.parametrize(
    ("text", "readable"),
    [("Code: 482913.", True), ("482 913", True), ("", True), ("48291", False), ("Code: 4829137", False)],
)
def test_a_secret_that_an_e_mail_brings_must_be_readable_in_it(text: str, *, readable: bool) -> None:
    """A code that a person would read shorter or longer is not entered; a mail without text is believed."""
    message = SimpleNamespace(url="https://mail.example/1", text=text, values={"code": Secret("482913", "731946")})
    mailbox = SimpleNamespace(find=lambda **asked: message)
    here = World({"persona": Persona("jdoe", "jdoe@research.example", mailbox=mailbox)})
    code = Reference("mail", ("code",))
    if readable:
        assert here.evaluate(code, 1).actual == "482913"
    else:
        with pytest.raises(WorldError, match=r"“mail\.code”: the e-mail that brings it does not show it as a whole"):
            here.evaluate(code, 1)
