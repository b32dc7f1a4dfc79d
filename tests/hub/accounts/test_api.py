"""The internal API."""

from __future__ import annotations

from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from projecthub.accounts.flows import IssuedInvitation
from projecthub.accounts.models import Invitation

from .journey import LOG_IN, Journey

URL, MEMBERS = "/internal/invitations", "/internal/members"


def call(journey: Journey, body: object, url: str = URL) -> tuple[int, dict[str, Any]]:
    headers = {"Authorization": f"Bearer {journey.token}"}
    response = journey.client.post(url, body, content_type="application/json", headers=headers)
    return response.status_code, response.json()


def test_invite(journey: Journey):
    """Inviting answers with the invitation and its password, and stores the password hashed."""
    invited = journey.invite("JDoe@Research.example")
    stored = Invitation.objects.get()
    assert invited == {
        "email": "jdoe@research.example",
        "username": "jdoe",
        "password": invited["password"],
        "project": "50123",
        "url": "http://127.0.0.1:8000/50123/",
    }
    assert check_password(invited["password"], stored.password)
    assert invited["password"] not in stored.password


@pytest.mark.parametrize("url", [URL, MEMBERS])
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic eDp5"}])
def test_token_is_needed(client: Client, headers: dict[str, str], url: str):
    """Without the right token nobody is invited, and nobody is made a member."""
    response = client.post(url, {"email": "jdoe@research.example"}, content_type="application/json", headers=headers)
    assert response.status_code == 401
    assert not Invitation.objects.exists()
    assert not User.objects.exists()
    assert not mail.outbox


@pytest.mark.parametrize("body", ["{", "[]", '{"mail": "x"}', '{"email": 1}', '{"email": "jdoe"}'])
def test_bad_body(journey: Journey, body: str):
    """A body without an e-mail address is refused, with the reason."""
    status, answer = call(journey, body)
    assert status == 400
    assert "e-mail" in answer["error"] or "email" in answer["error"]


def test_unusable_user_name(journey: Journey):
    """An e-mail's name that cannot be a user name is refused, with the reason."""
    status, answer = call(journey, {"email": "o'neill@research.example"})
    assert (status, "letters, digits" in answer["error"]) == (400, True)


def test_invite_again(journey: Journey):
    """Inviting again replaces an invitation that was not used."""
    first, second = journey.invite(), journey.invite()
    assert first["password"] != second["password"]
    assert check_password(second["password"], Invitation.objects.get().password)


def test_used_invitation_is_not_replaced(journey: Journey):
    """A person who has signed up is not invited again."""
    journey.finish()
    assert call(journey, {"email": "jdoe@research.example"})[0] == 409


def test_user_name_belongs_to_one_person(journey: Journey):
    """Two addresses with the same name cannot share a user name."""
    journey.invite("jdoe@research.example")
    status, answer = call(journey, {"email": "jdoe@library.example"})
    assert (status, "jdoe" in answer["error"]) == (409, True)


def test_other_accounts_are_safe(journey: Journey):
    """Inviting a person whose name is an account's already changes nothing about that account."""
    User.objects.create_user("jdoe", "jdoe@library.example", "x")
    assert call(journey, {"email": "jdoe@research.example"})[0] == 409
    assert User.objects.get().email == "jdoe@library.example"


def test_a_member_is_signed_in_and_can_sign_in_again(journey: Journey):
    """Who is made a member has a session, a confirmed address and a password, and gets no e-mail."""
    status, made = call(journey, {"email": "jdoe@research.example"}, MEMBERS)
    assert status == 201
    assert not mail.outbox
    browser, other = journey.another_browser(), journey.another_browser()
    browser.client.cookies[made["cookie"]["name"]] = made["cookie"]["value"]
    assert browser.signed_in
    other.post(LOG_IN, login="jdoe", password=made["password"])
    assert other.signed_in


def test_nobodys_account_is_opened(journey: Journey):
    """Who has an account already is not made a member, and no session of theirs begins."""
    journey.finish()
    status, answer = call(journey.another_browser(), {"email": "jdoe@research.example"}, MEMBERS)
    assert (status, "cookie" in answer) == (409, False)


def test_mail_server_is_down(journey: Journey):
    """Where the invitation cannot be mailed, the answer says so; inviting again works."""
    with mock.patch("django.core.mail.EmailMessage.send", side_effect=ConnectionRefusedError):
        status, answer = call(journey, {"email": "jdoe@research.example"})
    assert (status, "mail server" in answer["error"]) == (502, True)
    assert journey.invite()["username"] == "jdoe"


def test_only_posts(client: Client):
    """The address answers posts only."""
    assert client.get(URL).status_code == 405


def test_health(client: Client):
    """The console tells that it answers."""
    response = client.get("/internal/health")
    assert (response.status_code, response.content) == (200, b"ok")


def test_password_is_not_in_the_repr():
    """An invitation that ends up in a log or a traceback does not tell its password."""
    assert "Wxyz" not in repr(IssuedInvitation(Invitation(email="jdoe@research.example"), "Wxyz-4627-mnkp-7Q"))
