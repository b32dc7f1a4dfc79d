"""The console's forms; labels and help stand in the templates, what is wrong with an input stands here."""

from __future__ import annotations

import re
from typing import Any

from allauth.account import forms as allauth_forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from projecthub.accounts import flows
from projecthub.accounts.models import Invitation
from projecthub.accounts.verification import CODE_LENGTH, VerificationProcess

NO_INVITATION = "no_invitation"
ALREADY_USED = "already_used"


class SignupForm(allauth_forms.SignupForm):  # type: ignore[misc]
    """Sign-up with an invitation: its e-mail address, its user name and its password."""

    invitation: Invitation | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Forgive a blank that was copied along.
        self.fields["password1"].strip = True
        self.fields["username"].error_messages["required"] = "Enter your user name."
        self.fields["email"].error_messages["required"] = "Enter your e-mail address."
        self.fields["email"].error_messages["invalid"] = "Enter a whole e-mail address, such as jdoe@research.example."
        self.fields["password1"].error_messages["required"] = "Enter the password from your invitation."

    def clean_username(self) -> str:
        """Normalise the user name; whether it is taken is nobody's business before the password is right."""
        return str(self.cleaned_data["username"]).lower()

    def validate_unique_email(self, value: str) -> str:
        """Leave it to the invitation who may sign up with this address."""
        return value

    def clean(self) -> dict[str, Any]:
        """Check the user name against the e-mail address, then all three against the invitations."""
        data: dict[str, Any] = super().clean()
        email, username = data.get("email"), data.get("username")
        if email and username and username != flows.email_name(email):
            self.add_error(
                "username",
                f"The user name is the part of your e-mail address before the @: {flows.email_name(email)}",
            )
        if self.errors:
            return data
        invitation = flows.find_invitation(data["email"], data["password1"])
        if invitation is None:
            message = "This does not fit an open invitation for that address."
            self.add_error("password1", ValidationError(message, code=NO_INVITATION))
        elif invitation.accepted_at is not None:
            self.add_error("email", ValidationError("You have already signed up with this address.", code=ALREADY_USED))
        else:
            self.invitation = invitation
        return data

    def save(self, request: HttpRequest) -> User:
        """Make the account, or return the one of a sign-up with this invitation that was never confirmed."""
        if self.invitation is None:
            raise ValueError("save() needs a valid form")
        user = flows.pending_user(self.invitation)
        if user is None:
            try:
                with transaction.atomic():
                    user = super().save(request)
            except IntegrityError:
                # The form was sent twice at once, and the other request was quicker.
                user = flows.pending_user(self.invitation)
        if user is None:
            raise RuntimeError("The invited user name belongs to another account")
        return user

    @property
    def problem(self) -> str:
        """Which error concerns the invitation as a whole, if any: the page explains it."""
        if self.has_error("password1", NO_INVITATION):
            return NO_INVITATION
        return ALREADY_USED if self.has_error("email", ALREADY_USED) else ""


class LoginForm(allauth_forms.LoginForm):  # type: ignore[misc]
    """Sign-in by user name, or e-mail address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].error_messages["required"] = "Enter your user name."
        self.fields["password"].error_messages["required"] = "Enter your password."


class ConfirmForm(allauth_forms.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The verification code from the e-mail."""

    def __init__(self, *args: Any, process: VerificationProcess | None = None, **kwargs: Any) -> None:
        self.process = process
        super().__init__(*args, **kwargs)
        self.fields["code"].error_messages["required"] = "Enter the code from our e-mail."

    def clean_code(self) -> str:
        """Accept the newest code while it is valid; blanks and dashes in it do no harm."""
        if self.process is not None and not self.process.tries_left:
            raise ValidationError("Too many wrong codes. Send a new code and enter that one.", code="exhausted")
        if self.process is not None and self.process.expired:
            raise ValidationError("This code has expired. Send a new code and enter that one.", code="expired")
        code = re.sub(r"[\s-]", "", self.cleaned_data["code"])
        if not re.fullmatch(rf"[0-9]{{{CODE_LENGTH}}}", code):
            raise ValidationError("The code has six digits, such as 123456.", code="malformed")
        self.cleaned_data["code"] = code
        try:
            return str(super().clean_code())
        except ValidationError as error:
            raise ValidationError(error.message, code="incorrect") from None
