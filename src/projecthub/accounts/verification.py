"""The verification of an e-mail address by a code."""

from __future__ import annotations

import time
from typing import Self

from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
    EmailVerificationProcess,
)
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from django.http import HttpRequest

CODE_LENGTH = 6


class VerificationProcess(EmailVerificationProcess):  # type: ignore[misc]
    """A verification that outlives an expired code and used-up tries, so that a new code can follow."""

    @classmethod
    def resume(cls, request: HttpRequest) -> Self | None:
        """Return the verification that this session has begun, if any."""
        state = request.session.get(EMAIL_VERIFICATION_CODE_SESSION_KEY)
        return cls(request=request, state=state) if state else None

    @property
    def expired(self) -> bool:
        """Whether the newest code is too old."""
        return not self.is_valid()

    @property
    def tries_left(self) -> int:
        """How many codes may still be tried."""
        return max(0, int(self.max_attempts) - int(self.state["failed_attempts"]))

    @property
    def verified_elsewhere(self) -> bool:
        """Whether the address has been confirmed meanwhile, in another browser for instance."""
        return bool(EmailAddress.objects.filter(user=self.user, email=self.email, verified=True).exists())

    def record_invalid_attempt(self) -> bool:
        """Count a wrong code; unlike the library, keep the verification when no try is left."""
        self.state["failed_attempts"] += 1
        self.persist()
        return self.tries_left > 0

    def resend(self) -> None:
        """Send a new code, with its own time and tries; the old one no longer counts."""
        self.state["at"] = time.time()
        self.state["failed_attempts"] = 0
        super().resend()

    def forget(self) -> None:
        """End the verification in this session, and with it the sign-up that waits for it."""
        self.request.session.pop(EMAIL_VERIFICATION_CODE_SESSION_KEY, None)
        clear_login(self.request)
