"""What the accounts console does: inviting a person, checking an invitation at sign-up, accepting it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from projecthub.accounts.models import Invitation
from projecthub.accounts.passwords import new_password

# What a user name may hold here, in JupyterHub and in a folder's name alike.
USERNAME = re.compile(r"[a-z0-9][a-z0-9._+-]{0,149}")


class InvitationRefused(Exception):
    """An invitation cannot be made; the message says why."""


class AlreadyTaken(InvitationRefused):
    """The e-mail address or the user name belongs to somebody who has signed up or is invited."""


@dataclass(frozen=True)
class IssuedInvitation:
    """A fresh invitation together with its password, which is known at this moment only."""

    invitation: Invitation
    password: str = field(repr=False)


def email_name(email: str) -> str:
    """Return the e-mail's name, the part before the @, which is the person's user name."""
    return email.strip().lower().rpartition("@")[0]


def issue_invitation(email: str) -> IssuedInvitation:
    """Make an invitation, or a new password for one that is still open.

    Raises `InvitationRefused` if the address cannot be invited.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise InvitationRefused("This is not an e-mail address.") from None
    username = email_name(email)
    if not USERNAME.fullmatch(username):
        raise InvitationRefused("The part before the @ may hold letters, digits and . _ + - only.")
    password = new_password()
    with transaction.atomic():
        if Invitation.objects.filter(email=email, accepted_at__isnull=False).exists():
            raise AlreadyTaken("This person has already signed up.")
        if Invitation.objects.filter(username=username).exclude(email=email).exists():
            raise AlreadyTaken(f"The user name {username} is already invited with another e-mail address.")
        # A sign-up that was begun with the old password must not go on with it.
        User.objects.filter(username=username, email=email, emailaddress__verified=False).delete()
        if User.objects.filter(username=username).exists():
            raise AlreadyTaken(f"The user name {username} already belongs to an account.")
        invitation, _ = Invitation.objects.update_or_create(
            email=email,
            defaults={
                "username": username,
                "password": make_password(password),
                "project": settings.PROJECTHUB.project,
                "created": timezone.now(),
            },
        )
    return IssuedInvitation(invitation, password)


def admit(email: str) -> tuple[User, IssuedInvitation]:
    """Make the account of a person whose e-mail address needs no confirmation, as if its invitation had been used.

    Raises `InvitationRefused` if the address cannot be invited.
    """
    issued = issue_invitation(email)
    given = issued.invitation
    with transaction.atomic():
        user = User.objects.create_user(given.username, given.email, issued.password)
        EmailAddress.objects.create(user=user, email=given.email, verified=True, primary=True)
        accept_invitation(user)
    return user, issued


def send_invitation(issued: IssuedInvitation) -> None:
    """Mail the invitation to its person."""
    hub = settings.PROJECTHUB
    get_adapter().send_mail(
        "mail/invitation",
        issued.invitation.email,
        {
            "username": issued.invitation.username,
            "password": issued.password,
            "project": hub.project,
            "project_title": hub.project_title,
            "project_unit": hub.project_unit,
            "project_storage": hub.project_storage,
            "hub_url": hub.hub_url,
        },
    )


def find_invitation(email: str, password: str) -> Invitation | None:
    """Return the invitation, open or used, that this e-mail address and password belong to.

    Takes as long for an address that is not invited as for a wrong password.
    """
    invitation = Invitation.objects.filter(email=email.lower()).first()
    if invitation is None:
        make_password(password)
        return None
    return invitation if check_password(password, invitation.password) else None


def pending_user(invitation: Invitation) -> User | None:
    """Return the account of a sign-up that was begun with this invitation and not yet confirmed."""
    return User.objects.filter(username=invitation.username, email=invitation.email).first()


def accept_invitation(user: User) -> None:
    """Note that the invited person has confirmed the e-mail address: the invitation is used."""
    Invitation.objects.filter(username=user.username, accepted_at__isnull=True).update(accepted_at=timezone.now())
