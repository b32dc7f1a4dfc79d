"""A received message, read from the bytes that SMTP delivered."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from typing import Any, Self

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CODE = re.compile(r"(?<![\w-])\d{6}(?![\w-])")


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message in the mailbox.

    ``url`` is its page; ``sent_text`` is exactly how that page shows ``sent``; ``code`` is the six-digit
    verification code in its text, if there is one. Mails can hold secrets, so the repr shows no content.
    """

    id: str
    subject: str
    sender: str
    to: str
    sent: datetime
    text: str
    html: str | None
    url: str
    code: str | None
    sent_text: str

    def __repr__(self) -> str:
        return f"Message(id={self.id!r}, subject={self.subject!r}, to={self.to!r}, sent={self.sent_text!r})"

    @property
    def sender_name(self) -> str:
        """The sender's name as people read it, or their address where they have none."""
        name, address = parseaddr(self.sender)
        return name or address

    @property
    def sender_address(self) -> str:
        """The sender's bare address."""
        return parseaddr(self.sender)[1]

    @property
    def initials(self) -> str:
        """One or two letters that stand for the sender."""
        words = re.findall(r"[^\W_]+", self.sender_name)
        capitals = re.findall(r"[A-Z]", self.sender_name)
        if len(words) == 1 and len(capitals) > 1:
            return "".join(capitals[:2])
        return "".join(word[0] for word in words[:2]).upper() or "?"

    def as_json(self) -> dict[str, Any]:
        """Return the message as JSON values; `from_json` reads them back."""
        return {**asdict(self), "sent": self.sent.isoformat()}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """Read what `as_json` wrote."""
        return cls(**{**values, "sent": datetime.fromisoformat(values["sent"])})


def parse(raw: bytes, *, id: str, recipients: str, received: datetime, url: str) -> Message:
    """Read one message; `received` stands in for a missing or unreadable date."""
    mail = BytesParser(EmailMessage, policy=policy.default).parsebytes(raw)
    text, html = _body(mail, "plain"), _body(mail, "html")
    header = mail["Date"]
    sent = (getattr(header, "datetime", None) or received).astimezone(UTC)
    code = _CODE.search(text)
    return Message(
        id=id,
        subject=str(mail["Subject"] or "(no subject)"),
        sender=str(mail["From"] or "(unknown sender)"),
        to=str(mail["To"] or recipients),
        sent=sent,
        text=text,
        html=html or None,
        url=url,
        code=code.group() if code else None,
        sent_text=date_text(sent),
    )


def date_text(moment: datetime) -> str:
    """Write a date in one shape everywhere: ``Mon 12 Jan 2026, 09:30``, in the machine's time zone."""
    local = moment.astimezone()
    day = f"{_DAYS[local.weekday()]} {local.day:02} {_MONTHS[local.month - 1]} {local.year}"
    return f"{day}, {local:%H:%M}"


def _body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body(preferencelist=(kind,))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError):
        # A character set that Python does not know: show what can be shown.
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
