"""The mailbox's files: one file per message, in a folder, in the order of their arrival."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import getaddresses
from pathlib import Path

from projecthub.mail.message import Message, parse


class Store:
    """Keeps messages in `folder`; `url` is the mailbox's address, for the messages' own."""

    def __init__(self, folder: Path, url: str) -> None:
        self._folder = folder
        self._url = url
        self._arrived = asyncio.Condition()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._messages = [self._read(path) for path in sorted(folder.glob("*.eml"))]

    async def add(self, raw: bytes, recipients: Sequence[str]) -> Message:
        """Keep a message that SMTP delivered for `recipients`, and wake those who wait for one."""
        number = int(self._messages[-1][0].id) + 1 if self._messages else 1
        path = self._folder / f"{number:06}.eml"
        envelope = "".join(f"X-Envelope-To: {address}\r\n" for address in recipients)
        draft = path.with_suffix(".part")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(envelope.encode() + raw)
        draft.rename(path)
        entry = self._read(path)
        async with self._arrived:
            self._messages.append(entry)
            self._arrived.notify_all()
        return entry[0]

    def messages(self, to: str | None = None, subject: str | None = None, after: str | None = None) -> list[Message]:
        """List messages, oldest first, that went `to` an address, have a `subject`, came `after` an id."""
        start = int(after) if after and after.isdigit() else 0
        return [
            message
            for message, recipients in self._messages
            if (to is None or to.lower() in recipients)
            and (subject is None or message.subject == subject)
            and int(message.id) > start
        ]

    def get(self, id: str) -> Message | None:
        """Return the message with that id."""
        return next((message for message, _ in self._messages if message.id == id), None)

    async def wait_for(self, to: str, subject: str, after: str | None, timeout: float) -> Message | None:
        """Return the newest message that fits, waiting up to `timeout` seconds for it to come."""
        try:
            async with asyncio.timeout(timeout), self._arrived:
                await self._arrived.wait_for(lambda: self.messages(to, subject, after))
        except TimeoutError:
            return None
        return self.messages(to, subject, after)[-1]

    def _read(self, path: Path) -> tuple[Message, frozenset[str]]:
        raw = path.read_bytes()
        recipients: list[str] = []
        while raw.startswith(b"X-Envelope-To: "):
            line, _, raw = raw.partition(b"\r\n")
            recipients.append(line.decode().removeprefix("X-Envelope-To: "))
        id = str(int(path.stem))
        message = parse(
            raw,
            id=id,
            recipients=", ".join(recipients),
            received=datetime.fromtimestamp(path.stat().st_mtime, UTC),
            url=f"{self._url}messages/{id}",
        )
        addresses = {*recipients, *(address for _, address in getaddresses([message.to]))}
        return message, frozenset(address.lower() for address in addresses)
