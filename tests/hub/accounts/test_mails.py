"""What the mails say."""

from __future__ import annotations

import nh3
from django.core import mail

from .journey import Journey
from .page import Page


def parts(message: mail.EmailMultiAlternatives) -> tuple[str, str]:
    """The text and the HTML of a mail."""
    (alternative,) = message.alternatives
    assert alternative[1] == "text/html"
    return str(message.body), str(alternative[0])


def test_invitation(journey: Journey):
    """Text and HTML hold the project's address with its number, user name, password, and the advice to keep it."""
    invited = journey.invite()
    (message,) = mail.outbox
    assert message.subject == "Your JupyterHub invitation"
    assert (message.to, message.from_email) == (["jdoe@research.example"], "JupyterHub <hub@research.example>")
    text, html = parts(message)
    for body in (" ".join(text.split()), " ".join(html.split())):
        for fact in (
            "http://127.0.0.1:8000/50123/",
            "jdoe",
            invited["password"],
            "50123",
            "Health",
            "200 GB",
            invited["email"],
        ):
            assert fact in body
        assert "changed only after a week, in the JupyterHub's terminal" in body
    assert "Sleep & heart health" in text
    assert "Sleep &amp; heart health" in html
    assert Page(html).links == {"JupyterHub link": "http://127.0.0.1:8000/50123/"}


def test_code(journey: Journey):
    """Text and HTML hold the code and how long it is valid."""
    journey.begin()
    message = mail.outbox[-1]
    assert message.subject == "Your verification code"
    assert message.to == ["jdoe@research.example"]
    for body in parts(message):
        assert journey.code() in body
        assert "15 minutes" in body


def test_html_stands_alone(journey: Journey):
    """The HTML needs nothing from outside and no style sheet, so that a sanitising mailbox shows it well."""
    journey.begin()
    for message in mail.outbox:
        html = parts(message)[1]
        assert not any(tag in html for tag in ("<style", "<img", "<link", "<script", "class="))


def test_html_survives_sanitising(journey: Journey):
    """A mailbox that allows inline styles on common tags shows the mails as they were meant."""
    journey.begin()
    for message in mail.outbox:
        html = parts(message)[1]
        attributes = {tag: {*allowed, "style"} for tag, allowed in nh3.ALLOWED_ATTRIBUTES.items()}
        for tag in ("div", "h1", "p", "a", "strong", "span", "table", "tr", "td"):
            attributes.setdefault(tag, {"style"}).add("style")
        clean = nh3.clean(html, attributes=attributes)
        assert clean.count("style=") == html.count("style=")
