"""How django-allauth's accounts behave here: our messages, our mails, our addresses."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as request_context
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import render

logger = logging.getLogger(__name__)


class MailNotSent(Exception):
    """The mail server did not take the message."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The accounts console's account adapter."""

    # One text for every reason: nothing tells which user names exist.
    _wrong = (
        "The user name or the password is not right. "
        "The user name is the part of your e-mail address before the @, in small letters."
    )
    error_messages = {  # noqa: RUF012 - the library's own shape
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _wrong,
        "email_password_mismatch": _wrong,
        "too_many_login_attempts": "Too many tries with this user name. Wait five minutes, then try again.",
        "incorrect_code": "This is not the code of our newest e-mail.",
    }

    def clean_password(self, password: str, user: object = None) -> str:
        """Accept any text: at sign-up the invitation decides which password is right."""
        return password

    def is_safe_url(self, url: str | None) -> bool:
        """Accept the console's and the hub's addresses as targets after signing in or out."""
        return url is not None and super().is_safe_url(url)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *_: Any, **__: Any
    ) -> None:
        """Pass on the library's note about signing out; the pages tell the rest themselves."""
        if message_template == "account/messages/logged_out.txt":
            messages.success(request, "signed_out")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail; where the server does not take it, show a page that says so."""
        message = self.render_mail(template_prefix, email, {**context, "email": email})
        try:
            message.send()
        except (OSError, SMTPException) as error:
            # The error is the mail server's answer; the message itself, with its secrets, is not logged.
            logger.error("The mail server did not take a message: %s", type(error).__name__)
            request: HttpRequest = request_context.request
            if request is None or request.path.startswith("/internal/"):
                raise MailNotSent from None
            raise ImmediateHttpResponse(render(request, "503.html", status=503)) from None

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """Mail the verification code."""
        user = emailconfirmation.email_address.user
        self.send_mail(
            "mail/code",
            emailconfirmation.email_address.email,
            {
                "code": emailconfirmation.key,
                "username": user.username,
                "minutes": emailconfirmation.timeout // 60,
            },
        )
