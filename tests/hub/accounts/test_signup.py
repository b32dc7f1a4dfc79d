"""Signing up with an invitation."""

from __future__ import annotations

import re
from unittest import mock

from django.contrib.auth.models import User
from django.core import mail

from projecthub.accounts import flows
from projecthub.accounts.passwords import SHAPE, example_password, new_password

from .journey import CONFIRM, Journey


def shape(password: str) -> str:
    return re.sub("[0-9]", "9", re.sub("[a-z]", "a", re.sub("[A-Z]", "A", password)))


def test_passwords_share_one_shape():
    """Every password, and the example, has the documented shape, so that the example can stand in for any."""
    assert {shape(new_password()) for _ in range(50)} | {shape(example_password())} == {SHAPE}
    assert len({new_password() for _ in range(50)}) == 50


def test_labels(journey: Journey):
    """The page has exactly the fields and the button that the guide names."""
    page = journey.get("/signup/")
    assert list(page.labels) == ["User name", "E-mail address", "Password"]
    assert page.buttons == ["Sign up"]


def test_autocomplete(journey: Journey):
    """Browsers and password managers are told what each field holds."""
    page = journey.get("/signup/")
    assert [page.field(label)["autocomplete"] for label in page.labels] == ["username", "email", "current-password"]


def test_invited_person_gets_a_code(journey: Journey):
    """The invited e-mail address, user name and password lead to the page for the code, and send it."""
    journey.begin()
    assert [m.subject for m in mail.outbox] == ["Your JupyterHub invitation", "Your verification code"]
    assert list(journey.get(CONFIRM).labels) == ["Verification code"]


def test_any_case_of_address_and_name(journey: Journey):
    """Capitals in the e-mail address or the user name do no harm."""
    password = journey.invite()["password"]
    journey.sign_up(password, "JDoe@Research.example", "JDoe")
    assert journey.response.headers["Location"] == CONFIRM
    assert User.objects.get().username == "jdoe"


def test_user_name_not_the_email_name(journey: Journey):
    """A user name that is not the e-mail's name is named beside its field, with the right one."""
    page = journey.sign_up(journey.invite()["password"], username="john")
    assert page.error("User name").startswith("The user name is the part of your e-mail address before the @: jdoe")


def test_empty_fields(journey: Journey):
    """Each empty field says what to enter."""
    page = journey.post("/signup/")
    assert "Enter your user name." in page.error("User name")
    assert "Enter your e-mail address." in page.error("E-mail address")
    assert "Enter the password from your invitation." in page.error("Password")


def test_malformed_address(journey: Journey):
    """What is not an e-mail address is named beside its field."""
    assert "Enter a whole e-mail address" in journey.sign_up("x", email="jdoe").error("E-mail address")


def test_input_is_kept_but_the_password(journey: Journey):
    """After an error the page still holds what was typed, passwords aside."""
    page = journey.sign_up("not-the-password")
    assert page.field("User name")["value"] == "jdoe"
    assert page.field("E-mail address")["value"] == "jdoe@research.example"
    assert "value" not in page.field("Password")
    assert "not-the-password" not in journey.response.content.decode()


def test_strangers_learn_nothing(journey: Journey):
    """Not invited, wrong password, begun and already signed up look the same without the right password."""
    answers = []
    journey.invite("guest@research.example")
    journey.another_browser().begin("starter@research.example")
    journey.another_browser().finish("member@research.example")
    for name in ("stranger", "guest", "starter", "member"):
        journey.sign_up("Wxyz-4627-mnkp-7Q", f"{name}@research.example", name)
        html = journey.response.content.decode().replace(name, "NAME")
        answers.append(re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", html))
    assert len(set(answers)) == 1
    assert "does not fit an open invitation" in journey.page.error("Password")


def test_strangers_wait_as_long(journey: Journey):
    """A password is hashed for an address that is not invited too, so that time tells nothing."""
    journey.invite()
    with (
        mock.patch.object(flows, "make_password", wraps=flows.make_password) as dummy,
        mock.patch.object(flows, "check_password", wraps=flows.check_password) as real,
    ):
        journey.sign_up("wrong")
        assert (dummy.call_count, real.call_count) == (0, 1)
        journey.sign_up("wrong", "nobody@research.example", "nobody")
        assert (dummy.call_count, real.call_count) == (1, 1)


def test_already_signed_up(journey: Journey):
    """Who holds the invitation's password is told that it was used, with a link to sign in."""
    password = journey.finish()["password"]
    page = journey.another_browser().sign_up(password)
    assert "You have already signed up" in page.error("E-mail address")
    assert page.links["sign in"].endswith("/50123/hub/oauth_login")


def test_sign_up_again_before_confirming(journey: Journey):
    """A sign-up whose session is lost can be begun again: a new code comes, and confirms the same account."""
    password = journey.begin()["password"]
    second = journey.another_browser()
    second.sign_up(password)
    assert second.response.headers["Location"] == CONFIRM
    second.confirm(journey.code())
    assert second.response.headers["Location"].endswith("/hub/oauth_login")
    assert User.objects.count() == 1


def test_new_invitation_ends_the_old_one(journey: Journey):
    """After a second invitation only its password counts, also where a sign-up was begun with the first."""
    first = journey.begin()["password"]
    second = journey.invite()["password"]
    other = journey.another_browser()
    assert "open invitation" in other.sign_up(first).error("Password")
    other.sign_up(second)
    other.confirm(journey.code())
    other.log_in(first)
    assert not other.signed_in
    other.log_in(second)
    assert other.signed_in


def test_a_copied_blank_does_no_harm(journey: Journey):
    """A blank copied along with the password is forgiven."""
    journey.sign_up(f" {journey.invite()['password']} ")
    assert journey.response.headers["Location"] == CONFIRM


def test_too_many_sign_ups(journey: Journey):
    """Guessing is slowed down, on a page in the console's own style."""
    for _ in range(60):
        journey.sign_up("wrong", username="john")
        assert journey.response.status_code == 200
    assert journey.sign_up("wrong").heading == "Too many tries in a short time"
    assert journey.response.status_code == 429


def test_mail_server_is_down(journey: Journey):
    """Where the code cannot be mailed, the page says so, and signing up again works."""
    password = journey.invite()["password"]
    with mock.patch("django.core.mail.EmailMessage.send", side_effect=ConnectionRefusedError):
        assert journey.sign_up(password).heading == "The e-mail could not be sent"
    assert journey.response.status_code == 503
    journey.sign_up(password)
    assert journey.response.headers["Location"] == CONFIRM
