"""Confirming the account with the code."""

from __future__ import annotations

import time
from unittest import mock

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from projecthub.accounts.models import Invitation

from .journey import CONFIRM, Journey


def later(seconds: float) -> mock._patch[mock.MagicMock]:
    """The clock that the verification reads, moved on."""
    now = time.time()
    return mock.patch("time.time", return_value=now + seconds)


def test_labels(journey: Journey):
    """The page has exactly the field and the buttons that the guide names."""
    journey.begin()
    page = journey.get(CONFIRM)
    assert page.buttons == ["Confirm Account", "Send a new code", "Start again"]
    field = page.field("Verification code")
    assert (field["autocomplete"], field["inputmode"]) == ("one-time-code", "numeric")


def test_right_code_signs_nobody_in(journey: Journey):
    """The right code confirms the account and leads to the hub's sign-in, without signing in."""
    journey.begin()
    journey.confirm(journey.code())
    assert journey.response.headers["Location"] == "http://127.0.0.1:8000/50123/hub/oauth_login"
    assert not journey.signed_in
    assert EmailAddress.objects.get(email="jdoe@research.example").verified
    assert Invitation.objects.get().accepted_at is not None


def test_sign_in_page_says_that_it_worked(journey: Journey):
    """The sign-in page that follows tells that the account is confirmed, once."""
    journey.finish()
    journey.get("/login/")
    assert "Your account is confirmed" in journey.response.content.decode()
    journey.get("/login/")
    assert "Your account is confirmed" not in journey.response.content.decode()


@pytest.mark.parametrize("code", ["12345", "1234567", "abcdef", "12 34", "\uff11\uff12\uff13\uff14\uff15\uff16"])
def test_malformed_code(journey: Journey, code: str):
    """What cannot be a code is named as such, is kept, and costs no try."""
    journey.begin()
    page = journey.confirm(code)
    assert page.error("Verification code") == "The code has six digits, such as 123456."
    assert page.field("Verification code")["value"] == code
    assert "left with this code" not in journey.response.content.decode()


def test_empty_code(journey: Journey):
    """An empty field says what to enter."""
    journey.begin()
    assert journey.confirm("").error("Verification code") == "Enter the code from our e-mail."


def test_blanks_and_dashes(journey: Journey):
    """A code with a blank or a dash in it counts."""
    journey.begin()
    code = journey.code()
    journey.confirm(f" {code[:3]}-{code[3:]} ")
    assert journey.response.headers["Location"].endswith("/hub/oauth_login")


def test_wrong_code(journey: Journey):
    """A wrong code is named as such, and the page says how many tries are left."""
    journey.begin()
    page = journey.confirm(journey.wrong(journey.code()))
    assert page.error("Verification code") == "This is not the code of our newest e-mail."
    assert "4 tries are left with this code" in journey.response.content.decode()


def test_too_many_tries(journey: Journey):
    """After five wrong codes even the right one is refused; a new code helps."""
    journey.begin()
    code = journey.code()
    for _ in range(5):
        journey.confirm(journey.wrong(code))
    page = journey.confirm(code)
    assert page.error("Verification code").startswith("Too many wrong codes.")
    journey.post(CONFIRM, action="resend")
    journey.confirm(journey.code())
    assert journey.response.headers["Location"].endswith("/hub/oauth_login")


def test_expired_code(journey: Journey):
    """After 15 minutes the code is refused as expired; a new one works, with its own 15 minutes."""
    journey.begin()
    code = journey.code()
    with later(15 * 60 - 5):
        assert "expired" not in str(journey.get(CONFIRM).texts)
    with later(15 * 60 + 5):
        assert journey.confirm(code).error("Verification code").startswith("This code has expired.")
        journey.post(CONFIRM, action="resend")
    with later(29 * 60):
        journey.confirm(journey.code())
    assert journey.response.headers["Location"].endswith("/hub/oauth_login")


def test_new_code_ends_the_old_one(journey: Journey):
    """After a new code was sent, the page says so, and only that one counts."""
    journey.begin()
    journey.post(CONFIRM, action="resend")
    journey.get(CONFIRM)
    assert "A new code is on its way" in journey.response.content.decode()
    assert journey.code(0) != journey.code(1) or pytest.fail("the codes happen to be equal")
    assert "not the code" in journey.confirm(journey.code(0)).error("Verification code")


def test_new_codes_are_slowed_down(journey: Journey):
    """Asking again and again for a new code sends few mails, and the page asks to wait."""
    journey.begin()
    for _ in range(4):
        journey.post(CONFIRM, action="resend")
    journey.get(CONFIRM)
    assert "Wait a minute" in journey.response.content.decode()
    assert len([m for m in mail.outbox if m.subject == "Your verification code"]) == 4


def test_used_code(journey: Journey):
    """A code that was used already leads to a page that says so, with a link to sign in."""
    journey.begin()
    code = journey.code()
    journey.confirm(code)
    journey.confirm(code)
    assert journey.response.headers["Location"] == "/signup/"
    page = journey.get("/signup/")
    assert "Its code was used already" in journey.response.content.decode()
    assert page.links["sign in"].endswith("/hub/oauth_login")


def test_page_without_sign_up(journey: Journey):
    """The page for the code leads a visitor without a sign-up to the sign-up page."""
    journey.get(CONFIRM)
    assert journey.response.headers["Location"] == "/signup/"


def test_confirmed_in_another_browser(journey: Journey):
    """Where the account was confirmed elsewhere meanwhile, the page goes on to the sign-in."""
    password = journey.begin()["password"]
    other = journey.another_browser()
    other.sign_up(password)
    other.confirm(journey.code())
    journey.get(CONFIRM)
    assert journey.response.headers["Location"].endswith("/hub/oauth_login")
    assert not journey.signed_in


def test_start_again(journey: Journey):
    """A person who is on the page with somebody else's sign-up gets out of it."""
    journey.begin()
    journey.get("/signup/")
    assert journey.response.headers["Location"] == CONFIRM
    journey.post(CONFIRM, action="restart")
    assert journey.get("/signup/").buttons == ["Sign up"]


def test_signing_in_before_confirming_asks_for_the_code(journey: Journey):
    """Signing in with an account that is not confirmed sends a code and asks for it."""
    password = journey.begin()["password"]
    other = journey.another_browser()
    other.log_in(password)
    assert other.response.headers["Location"] == CONFIRM
    assert not other.signed_in
    other.confirm(journey.code())
    assert other.response.headers["Location"].endswith("/hub/oauth_login")
    assert not other.signed_in


def test_code_and_password_are_not_logged(journey: Journey, caplog: pytest.LogCaptureFixture):
    """No log line holds the code or the password, whatever goes wrong."""
    with caplog.at_level("DEBUG"):
        password = journey.begin()["password"]
        journey.sign_up(password)
        with mock.patch("django.core.mail.EmailMessage.send", side_effect=OSError(f"refused {journey.code()}")):
            journey.post(CONFIRM, action="resend")
        journey.confirm(journey.wrong(journey.code()))
    logged = caplog.text.replace("csrfmiddlewaretoken", "")
    assert "The mail server did not take a message" in logged
    assert password not in logged
    assert journey.code() not in logged
