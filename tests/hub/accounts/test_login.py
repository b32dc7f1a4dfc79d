"""Signing in and out."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from .journey import Journey

WRONG = "The user name or the password is not right."


def test_labels(journey: Journey):
    """The page has the heading, the fields, the button and the link that the guide names."""
    page = journey.get("/login/")
    assert page.heading == "JupyterHub Console"
    assert list(page.labels) == ["User name", "Password"]
    assert page.buttons == ["Sign in"]
    assert page.links["Sign up"].startswith("/signup/")


def test_autocomplete(journey: Journey):
    """Browsers and password managers are told what each field holds."""
    page = journey.get("/login/")
    assert [page.field(label)["autocomplete"] for label in page.labels] == ["username", "current-password"]


@pytest.mark.parametrize("login", ["jdoe", "JDoe", "jdoe@research.example", " jdoe "])
def test_sign_in(journey: Journey, login: str):
    """User name or e-mail address and the invitation's password sign in, and lead to the hub."""
    password = journey.finish()["password"]
    journey.log_in(password, login)
    assert journey.signed_in
    assert journey.response.headers["Location"].endswith("/50123/hub/oauth_login")


def test_wrong_password_and_unknown_name_look_alike(journey: Journey):
    """A wrong password and an unknown user name get one and the same message."""
    journey.finish()
    for login in ("jdoe", "nobody", "nobody@research.example"):
        journey.log_in("wrong", login)
        assert WRONG in journey.response.content.decode()
        assert journey.page.field("User name")["value"] == login
        assert "value" not in journey.page.field("Password")
        assert WRONG in journey.page.texts[journey.page.field("Password")["aria-describedby"].strip()]


def test_empty_fields(journey: Journey):
    """Each empty field says what to enter."""
    page = journey.post("/login/")
    assert page.error("User name") == "Enter your user name."
    assert page.error("Password") == "Enter your password."


def test_too_many_tries(journey: Journey):
    """After five wrong passwords the user name pauses, for existing and unknown names alike."""
    password = journey.finish()["password"]
    for login in ("jdoe", "nobody"):
        for _ in range(5):
            journey.log_in("wrong", login)
        journey.log_in(password, login)
        assert not journey.signed_in
        assert "Too many tries with this user name" in journey.response.content.decode()


def test_foreign_next_is_ignored(journey: Journey):
    """Signing in never leads to a foreign site."""
    password = journey.finish()["password"]
    journey.post("/login/?next=https://evil.example/", login="jdoe", password=password)
    assert journey.response.headers["Location"].endswith("/50123/hub/oauth_login")


def test_sign_out(journey: Journey):
    """The hub's sign-out ends this session too, and says so."""
    journey.log_in(journey.finish()["password"])
    journey.get("/logout/")
    assert not journey.signed_in
    assert journey.response.headers["Location"] == "/"
    journey.get("/")
    assert "You are signed out." in journey.response.content.decode()


def test_sign_out_back_to_the_hub(journey: Journey):
    """The hub can have people sent back to it after signing out; a foreign site cannot."""
    journey.get("/logout/", next="http://127.0.0.1:8000/50123/hub/")
    assert journey.response.headers["Location"] == "http://127.0.0.1:8000/50123/hub/"
    journey.get("/logout/", next="https://evil.example/")
    assert journey.response.headers["Location"] == "/"


def test_closed_account(journey: Journey):
    """An account that was closed cannot sign in, and is told so."""
    password = journey.finish()["password"]
    User.objects.update(is_active=False)
    journey.log_in(password)
    assert journey.response.headers["Location"] == "/inactive/"
    assert journey.get("/inactive/").heading == "This account is closed"
    assert not journey.signed_in
