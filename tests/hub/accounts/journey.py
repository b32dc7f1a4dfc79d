"""The steps of a person who is invited, signs up and signs in, through Django's test client."""

from __future__ import annotations

import re
from typing import Any

from django.core import mail
from django.test import Client

from .page import Page

SIGN_UP, CONFIRM, LOG_IN = "/signup/", "/signup/confirm/", "/login/"


class Journey:
    def __init__(self, client: Client, token: str) -> None:
        self.client = client
        self.token = token
        self.response: Any = None

    def another_browser(self) -> Journey:
        return Journey(Client(headers={"host": "127.0.0.1:8001"}), self.token)

    def invite(self, email: str = "jdoe@research.example") -> dict[str, str]:
        self.response = self.client.post(
            "/internal/invitations",
            {"email": email},
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.token}"},
        )
        assert self.response.status_code == 201, self.response.content
        return dict(self.response.json())

    def get(self, path: str, **query: str) -> Page:
        self.response = self.client.get(path, query)
        return self.page

    def post(self, path: str, **data: str) -> Page:
        self.response = self.client.post(path, data)
        return self.page

    @property
    def page(self) -> Page:
        return Page(self.response.content.decode())

    def sign_up(self, password: str, email: str = "jdoe@research.example", username: str = "jdoe") -> Page:
        return self.post(SIGN_UP, username=username, email=email, password1=password)

    def begin(self, email: str = "jdoe@research.example") -> dict[str, str]:
        """Invite and sign up, so that the code is next."""
        invited = self.invite(email)
        self.sign_up(invited["password"], email, invited["username"])
        assert self.response.headers["Location"] == CONFIRM
        return invited

    def finish(self, email: str = "jdoe@research.example") -> dict[str, str]:
        """Invite, sign up and confirm, so that signing in is next."""
        invited = self.begin(email)
        self.confirm(self.code())
        return invited

    def confirm(self, code: str) -> Page:
        return self.post(CONFIRM, action="verify", code=code)

    def log_in(self, password: str, login: str = "jdoe") -> Page:
        return self.post(LOG_IN, login=login, password=password)

    def code(self, number: int = -1) -> str:
        """The code of a mail, the newest unless told otherwise."""
        codes = [m for m in mail.outbox if m.subject == "Your verification code"]
        found = re.search(r"\b[0-9]{6}\b", str(codes[number].body))
        assert found
        return found[0]

    @staticmethod
    def wrong(code: str) -> str:
        """A code of the right shape that is not this one."""
        return f"{(int(code) + 1) % 1_000_000:06}"

    @property
    def signed_in(self) -> bool:
        return "_auth_user_id" in self.client.session
