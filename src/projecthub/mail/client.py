"""Read the mailbox from Python."""

from __future__ import annotations

import json
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, build_opener

from projecthub.errors import HubError
from projecthub.mail.message import Message

__all__ = ["MailTimeout", "MailboxClient", "Message"]


class MailTimeout(HubError, TimeoutError):
    """The message did not come in time; the text lists the subjects that are there."""


class MailboxClient:
    """Reads the mailbox at `url`; each call asks afresh, and none of them polls."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/") + "/"
        # The mailbox is on this machine: a proxy from the environment does not know it.
        self._opener = build_opener(ProxyHandler({}))

    def messages(self, to: str | None = None) -> list[Message]:
        """List the messages, oldest first, that went to an address, or all."""
        found = self._get("api/messages", {"to": to}, timeout=10)
        return [Message.from_json(values) for values in found["messages"]]

    def wait_for(self, *, to: str, subject: str, after: str | Message | None = None, timeout: float = 10.0) -> Message:
        """Return the newest message with exactly that subject, waiting for it up to `timeout` seconds.

        With `after`, an id or a message, only later ones count. Raises `MailTimeout`.
        """
        after_id = after.id if isinstance(after, Message) else after
        asked = {"to": to, "subject": subject, "after": after_id, "timeout": timeout}
        found = self._get("api/messages/wait", asked, timeout=timeout + 10)
        if "message" in found:
            return Message.from_json(found["message"])
        subjects = ", ".join(f"“{each}”" for each in found["subjects"]) or "nothing"
        newer = f" after message {after_id}" if after_id else ""
        raise MailTimeout(
            f"no mail “{subject}” to {to} came{newer} within {timeout:g} s; the mailbox holds: {subjects}"
        )

    def _get(self, path: str, query: dict[str, Any], timeout: float) -> Any:
        given = urlencode({name: value for name, value in query.items() if value is not None})
        try:
            with self._opener.open(f"{self._url}{path}?{given}", timeout=timeout) as answer:
                return json.load(answer)
        except HTTPError as error:
            with error:
                raise HubError(f"the mailbox at {self._url} answered {error.code} to {path}") from None
        except (URLError, TimeoutError) as error:
            raise HubError(f"the mailbox at {self._url} does not answer: {error}") from None
