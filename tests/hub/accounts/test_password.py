"""Changing a password through the console."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from projecthub.accounts import password_change
from projecthub.accounts.models import Invitation

from .journey import Journey

NEW = "walnut-ladder-42-cloud"
WRONG = "The user name or the present password is not right."


def ask(client: Client, current: str, new: str = NEW, username: str = "jdoe") -> tuple[int, str]:
    """Ask for a change; return the status and the reason of a refusal."""
    body = {"username": username, "current_password": current, "new_password": new}
    answer = client.post("/password/", body, content_type="application/json")
    assert not answer.cookies
    return answer.status_code, answer.json()["error"] if answer.content else ""


@pytest.fixture
def member(journey: Journey) -> str:
    """The password of somebody who signed up longer ago than they must wait."""
    password = journey.finish()["password"]
    Invitation.objects.update(accepted_at=timezone.now() - timedelta(days=7, seconds=1))
    return password


def test_change(journey: Journey, member: str):
    """After a week the password is changed: from then on, the new one signs in and the old one does not."""
    assert ask(journey.client, member) == (204, "")
    journey.log_in(member)
    assert not journey.signed_in
    journey.log_in(NEW)
    assert journey.signed_in


def test_too_early(journey: Journey):
    """Before the week is over, the refusal says from which minute on, and the password stays."""
    password = journey.finish()["password"]
    confirmed = datetime(2026, 1, 5, 9, 0, 30, tzinfo=UTC)
    Invitation.objects.update(accepted_at=confirmed)
    begins = confirmed + timedelta(days=7)
    said = "The password can be changed from 12 January 2026, 09:01 UTC on."
    with mock.patch.object(password_change.timezone, "now", return_value=begins - timedelta(seconds=1)):
        assert ask(journey.client, password) == (403, said)
    assert User.objects.get().check_password(password)
    with mock.patch.object(password_change.timezone, "now", return_value=begins):
        assert ask(journey.client, password) == (204, "")


def test_wait_is_a_setting(journey: Journey):
    """A deployment can let people change the password at once."""
    password = journey.finish()["password"]
    assert ask(journey.client, password)[0] == 403
    with override_settings(PROJECTHUB=replace(settings.PROJECTHUB, password_wait_days=0)):
        assert ask(journey.client, password) == (204, "")


def test_unconfirmed_account(journey: Journey):
    """An account whose e-mail address is not confirmed keeps its invitation's password."""
    password = journey.begin()["password"]
    User.objects.update(date_joined=timezone.now() - timedelta(days=30))
    assert ask(journey.client, password) == (
        403,
        "This account is not confirmed yet: enter the code from the e-mail first.",
    )


def test_account_without_invitation(client: Client):
    """An account that was made by other means waits from its making on."""
    user = User.objects.create_user("asmith", "asmith@research.example", "given-by-hand")
    assert "The password can be changed from" in ask(client, "given-by-hand", username="asmith")[1]
    User.objects.filter(pk=user.pk).update(date_joined=timezone.now() - timedelta(days=8))
    assert ask(client, "given-by-hand", username="asmith") == (204, "")


@pytest.mark.parametrize(
    ("username", "current"), [("jdoe", "wrong"), ("jdoe", ""), ("nobody", "wrong"), ("\0", "\ud800")]
)
def test_wrong_password_and_unknown_name_look_alike(client: Client, member: str, username: str, current: str):
    """A wrong password and an unknown user name get one and the same answer, early or late."""
    assert ask(client, current, username=username) == (403, WRONG)
    Invitation.objects.update(accepted_at=timezone.now())
    assert ask(client, current, username=username) == (403, WRONG)
    assert User.objects.get().check_password(member)


def test_closed_account(client: Client, member: str):
    """A closed account's password stays."""
    User.objects.update(is_active=False)
    assert ask(client, member) == (403, "This account is closed.")


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ("short-42", "at least 12 characters"),
        ("", "at least 12 characters"),
        ("jdoe@research.example", "too similar to the email address"),
        ("administrator", "too common"),
        ("walnut-ladder\x1b[D-42", "cannot be seen"),
        ("walnut-ladder-42-\ud800", "cannot be seen"),
        (None, "is the present one"),
    ],
)
def test_weak_new_password(client: Client, member: str, new: str | None, reason: str):
    """A new password that is short, guessable, untypable or the old one is refused, with the reason."""
    status, said = ask(client, member, member if new is None else new)
    assert (status, reason in said) == (422, True), said
    assert User.objects.get().check_password(member)


def test_too_many_tries(journey: Journey, member: str):
    """Wrong present passwords count as failed sign-ins: after five of either kind, the user name pauses for both."""
    for _ in range(3):
        ask(journey.client, "wrong")
    for _ in range(2):
        journey.log_in("wrong")
    status, said = ask(journey.client, member)
    assert (status, said) == (429, "Too many tries with this user name. Wait five minutes, then try again.")
    journey.log_in(member)
    assert not journey.signed_in


def test_refusals_for_other_reasons_do_not_count(client: Client, member: str):
    """Whoever knows the present password may try new ones until one is good enough."""
    for _ in range(6):
        assert ask(client, member, "short")[0] == 422
    assert ask(client, member) == (204, "")


def test_other_browsers_are_signed_out(journey: Journey, member: str):
    """A change ends the console's sign-ins, wherever they are."""
    journey.log_in(member)
    journey.get("/")
    assert journey.response.wsgi_request.user.is_authenticated
    ask(journey.another_browser().client, member)
    journey.get("/")
    assert not journey.response.wsgi_request.user.is_authenticated


def test_session_does_not_count(journey: Journey, member: str):
    """Being signed in is no substitute for the present password."""
    journey.log_in(member)
    assert ask(journey.client, "wrong") == (403, WRONG)


@pytest.mark.parametrize("body", ["{", "[]", "[" * 100_000, b"\xff", '{"username": "jdoe"}', '{"username": 1}'])
def test_bad_body(client: Client, body: str | bytes):
    """A body without the three texts is refused, with their names."""
    answer = client.post("/password/", body, content_type="application/json")
    assert answer.status_code == 400
    assert "username, current_password and new_password" in answer.json()["error"]


def test_only_json_is_taken(client: Client, member: str):
    """A form, which any page on the web could send, is refused; so is looking."""
    form = {"username": "jdoe", "current_password": member, "new_password": NEW}
    assert client.post("/password/", form).status_code == 415
    assert client.get("/password/").status_code == 405
    assert User.objects.get().check_password(member)


def test_no_token_of_forgery_protection_is_needed(member: str):
    """The command sends no cookie and no token."""
    assert ask(Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1:8001"}), member) == (204, "")
