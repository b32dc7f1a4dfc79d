"""Changing a password: who may, from when on, and to what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from projecthub.accounts.models import Invitation


class ChangeRefused(Exception):
    """The password stays as it is; the message says why."""


class TooManyTries(ChangeRefused):
    """The limit of failed sign-ins is reached, for this user name or from this address."""


class BadNewPassword(ChangeRefused):
    """The new password is too easily guessed, or cannot be typed again."""


def change_password(request: HttpRequest, username: str, current: str, new: str) -> None:
    """Give an account a new password; raise `ChangeRefused` where that is not allowed.

    Who does not know the present password learns nothing about the account. All sign-ins at the console end with the
    change, since Django ties them to the password; the hub's own session, and the workspace in it, go on.
    """
    user = _authenticate(request, username, current)
    if not user.is_active:
        raise ChangeRefused("This account is closed.")
    since = _confirmed(user)
    if since is None:
        raise ChangeRefused("This account is not confirmed yet: enter the code from the e-mail first.")
    begins = since + timedelta(days=settings.PROJECTHUB.password_wait_days)
    if timezone.now() < begins:
        raise ChangeRefused(f"The password can be changed from {_minute(begins)} on.")
    _check(user, current, new)
    user.set_password(new)
    user.save(update_fields=["password"])


def _authenticate(request: HttpRequest, username: str, password: str) -> User:
    """Return whose user name and password these are, under the same limits as a sign-in."""
    user = None
    # What cannot be typed is nobody's, and not every database and hasher takes it.
    if username.isprintable() and password.isprintable():
        try:
            user = get_adapter().authenticate(request, username=username.strip().lower(), password=password)
        except ValidationError as error:
            raise TooManyTries(error.messages[0]) from None
    if not isinstance(user, User):
        raise ChangeRefused("The user name or the present password is not right.")
    return user


def _confirmed(user: User) -> datetime | None:
    """Return since when the account is confirmed; one that needed no invitation is from its first moment on."""
    invitation = Invitation.objects.filter(username=user.username).first()
    return invitation.accepted_at if invitation else user.date_joined


def _minute(moment: datetime) -> str:
    """Return a moment in words, rounded up to a whole minute."""
    whole = (moment + timedelta(minutes=1, microseconds=-1)).astimezone(UTC)
    return f"{whole.day} {whole:%B %Y, %H:%M} UTC"


def _check(user: User, current: str, new: str) -> None:
    if not new.isprintable():
        raise BadNewPassword("The new password holds a character that cannot be seen, such as an arrow key's.")
    if new == current:
        raise BadNewPassword("The new password is the present one.")
    try:
        validate_password(new, user)
    except ValidationError as error:
        raise BadNewPassword(" ".join(error.messages)) from None
