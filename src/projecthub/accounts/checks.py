"""System checks: what must hold for the sign-up to be safe, and what a deployment should mend."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

TAG = "projecthub"
_LOCAL = ("127.0.0.1", "::1", "localhost")


@register(TAG)
def check_sign_up(**_: Any) -> list[CheckMessage]:
    """Sign-up must verify the e-mail address by a six-digit code and use our forms."""
    must = {
        "ACCOUNT_ADAPTER": "projecthub.accounts.adapter.AccountAdapter",
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
        "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED": True,
        "ACCOUNT_PRESERVE_USERNAME_CASING": False,
    }
    problems: list[CheckMessage] = [
        Error(f"{name} must be {value!r}.", id="projecthub.E001")
        for name, value in must.items()
        if getattr(settings, name, None) != value
    ]
    problems += [
        Error(f"ACCOUNT_FORMS['{name}'] must be one of projecthub.accounts.forms.", id="projecthub.E002")
        for name in ("signup", "confirm_email_verification_code")
        if not str(settings.ACCOUNT_FORMS.get(name, "")).startswith("projecthub.accounts.forms.")
    ]
    return problems


@register(TAG)
def check_addresses(**_: Any) -> list[CheckMessage]:
    """Passwords should cross a network through https only."""
    return [
        Warning(
            f"PROJECTHUB_{name.upper()} is reached without https.",
            hint="Give it an https address where people reach it through a network.",
            id="projecthub.W001",
        )
        for name in ("accounts_url", "hub_url")
        if (parts := urlsplit(getattr(settings.PROJECTHUB, name))).scheme != "https" and parts.hostname not in _LOCAL
    ]
