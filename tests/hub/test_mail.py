"""The mail sink: what comes in over SMTP, and how people and tests read it."""

from __future__ import annotations

import asyncio
import json
import smtplib
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any, TypeVar
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from projecthub import ProjectHub
from projecthub.mail.client import MailTimeout
from projecthub.mail.message import Message, date_text, parse
from projecthub.mail.sanitise import sanitise
from projecthub.mail.store import Store

T = TypeVar("T")


def _mail(subject: str = "Hello", text: str = "Hi", html: str | None = None, to: str = "a@research.example") -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = subject, "Library Desk <desk@research.example>", to
    mail["Date"] = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    return mail.as_bytes()


def _run(scene: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a thread of its own: the browser's loop can be running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, scene).result()


def _parse(raw: bytes) -> Message:
    return parse(raw, id="1", recipients="a@research.example", received=datetime.now(UTC), url="/messages/1")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path, "http://127.0.0.1:1/")


@pytest.fixture
def smtp(hub: ProjectHub) -> Iterator[smtplib.SMTP]:
    """A connection to the running hub's SMTP port, as the accounts console has it."""
    port = next(part.env["PROJECTHUB_SMTP_PORT"] for part in hub._parts if part.name == "mail")
    with smtplib.SMTP("127.0.0.1", int(port)) as connection:
        yield connection


def test_message_is_read_from_its_bytes() -> None:
    """Subject, people, date and both bodies come from the mail; the code from its text."""
    message = _parse(_mail("Grüße", "Your code is 482913.\n", "<p>482913</p>"))
    assert (message.subject, message.sender_name, message.sender_address) == (
        "Grüße",
        "Library Desk",
        "desk@research.example",
    )
    assert message.initials == "LD"
    assert message.sent == datetime(2026, 1, 12, 9, 30, tzinfo=UTC)
    assert message.code == "482913"
    assert message.html is not None


@pytest.mark.parametrize("text", ["Project 50123", "1234567", "Abcd-123456-x", "http://127.0.0.1:123456x"])
def test_other_numbers_are_no_code(text: str) -> None:
    """Only six digits by themselves are a verification code."""
    assert _parse(_mail(text=text)).code is None


def test_repr_shows_no_content() -> None:
    """A failing assertion on a message does not spill its text."""
    assert "secret" not in repr(_parse(_mail(text="secret 482913", html="<p>secret</p>")))


def test_json_round_trip() -> None:
    """The API's JSON gives the same message back."""
    message = _parse(_mail(html="<p>x</p>"))
    assert Message.from_json(json.loads(json.dumps(message.as_json()))) == message


def test_dates_have_one_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    """A date always has the same number of characters, in English."""
    assert date_text(datetime(2026, 3, 2, 7, 5).astimezone()) == "Mon 02 Mar 2026, 07:05"


def test_broken_mail_is_still_readable() -> None:
    """A mail without headers, or in an unknown character set, is shown as far as it goes."""
    assert _parse(b"\r\nhello").subject == "(no subject)"
    assert "hello" in _parse(b"Content-Type: text/plain; charset=nonsense\r\n\r\nhello").text


def test_store_finds_by_recipient_subject_and_age(store: Store) -> None:
    """Messages are found by whom they went to, blind copies too, by subject, and by what came before."""

    async def fill() -> None:
        await store.add(_mail("One"), ["a@research.example"])
        await store.add(_mail("Two"), ["A@Research.example", "blind@research.example"])

    _run(fill())
    assert [each.subject for each in store.messages("a@research.example")] == ["One", "Two"]
    assert [each.subject for each in store.messages("blind@research.example")] == ["Two"]
    assert [each.subject for each in store.messages(subject="One")] == ["One"]
    assert [each.subject for each in store.messages(after="1")] == ["Two"]
    assert store.messages("b@research.example") == []


def test_store_keeps_messages(store: Store, tmp_path: Path) -> None:
    """A new process reads what an earlier one kept, and counts on."""
    _run(store.add(_mail("One"), ["blind@research.example"]))
    again = Store(tmp_path, "http://127.0.0.1:1/")
    assert [each.subject for each in again.messages("blind@research.example")] == ["One"]
    assert _run(again.add(_mail("Two"), [])).id == "2"


def test_waiting_ends_when_the_message_comes(store: Store) -> None:
    """Who waits for a message gets it as it arrives, and an earlier one with the same subject does not count."""

    async def scene() -> Message | None:
        await store.add(_mail("Code", "old"), ["a@research.example"])
        waiting = asyncio.create_task(store.wait_for("a@research.example", "Code", "1", 30))
        await store.add(_mail("Other"), ["a@research.example"])
        await store.add(_mail("Code", "new"), ["a@research.example"])
        return await waiting

    message = _run(scene())
    assert message is not None
    assert message.text.strip() == "new"


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<img src="http://elsewhere.example/pixel">',
        '<a href="javascript:alert(1)">x</a>',
        '<p onclick="alert(1)">x</p>',
        '<p style="position: fixed; top: 0">x</p>',
        '<p style="background-color: url(http://elsewhere.example/)">x</p>',
        '<p style="border: url(http://elsewhere.example/)">x</p>',
        "<form action='/'><input name=a></form>",
        "<iframe src='/'></iframe>",
        "<style>body { display: none }</style>",
        '<svg><a xlink:href="javascript:alert(1)">x</a></svg>',
    ],
)
def test_dangerous_html_is_taken_out(html: str) -> None:
    """Nothing in a mail runs, loads, asks, or leaves its place."""
    clean = sanitise(html)
    for forbidden in ("script", "<img", "onclick", "position", "url(", "<form", "<input", "<iframe", "<style", "<svg"):
        assert forbidden not in clean.lower()


def test_ordinary_html_stays() -> None:
    """Links, tables and their looks stay; a heading steps down below the subject."""
    clean = sanitise(
        '<h1 style="color: red">T</h1><table><tr><td style="padding: 2px">x</td></tr></table>'
        '<a href="http://127.0.0.1:8000/50123/">JupyterHub link</a>'
    )
    assert '<h2 style="color:red">T</h2>' in clean
    assert '<td style="padding:2px">' in clean
    assert 'href="http://127.0.0.1:8000/50123/"' in clean
    assert 'rel="noopener noreferrer"' in clean


def test_mail_travels_from_smtp_to_the_page(hub: ProjectHub, smtp: smtplib.SMTP, page: Page) -> None:
    """A message sent by SMTP is found by the client, and its page shows it like an e-mail program."""
    smtp.sendmail("desk@research.example", ["reader@research.example"], _mail("News", html="<h1>Big</h1><p>Hi</p>"))
    message = hub.mailbox.wait_for(to="reader@research.example", subject="News")
    page.goto(message.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("News")
    expect(page.get_by_role("main").get_by_role("time")).to_have_text(message.sent_text)
    expect(page.get_by_role("main")).to_contain_text("desk@research.example")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_role("navigation", name="Messages")).to_be_hidden()
    page.get_by_role("link", name="Inbox").click()
    expect(page.get_by_role("link", name="News")).to_be_visible()


def test_text_mail_is_shown(hub: ProjectHub, smtp: smtplib.SMTP, page: Page) -> None:
    """A mail without HTML is shown as its text, with its addresses as links and its tags as text."""
    text = "See http://127.0.0.1:8000/50123/ <b>now</b>"
    smtp.sendmail("desk@research.example", ["plain@research.example"], _mail("Plain", text))
    page.goto(hub.mailbox.wait_for(to="plain@research.example", subject="Plain").url)
    expect(page.get_by_role("link", name="http://127.0.0.1:8000/50123/", exact=True)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("<b>now</b>")


def test_a_message_stands_beside_those_to_the_same_person(hub: ProjectHub, smtp: smtplib.SMTP, page: Page) -> None:
    """Whoever reads a message sees the mailbox of its recipient, and nobody else's."""
    for number, to in enumerate(("one@research.example", "other@research.example")):
        smtp.sendmail("desk@research.example", to, _mail(f"For {number}", to=to))
    page.goto(hub.mailbox.wait_for(to="other@research.example", subject="For 1").url)
    messages = page.get_by_role("navigation", name="Messages").get_by_role("listitem")
    expect(messages).to_have_count(1)
    expect(messages).to_contain_text("For 1")


def test_timeout_says_what_is_there(hub: ProjectHub, smtp: smtplib.SMTP) -> None:
    """A wait that ends without the message lists the subjects that did come, and no content."""
    smtp.sendmail("desk@research.example", ["late@research.example"], _mail("Another", "482913"))
    hub.mailbox.wait_for(to="late@research.example", subject="Another")
    with pytest.raises(MailTimeout, match=r"no mail “Missing” to late@research\.example.*“Another”") as error:
        hub.mailbox.wait_for(to="late@research.example", subject="Missing", timeout=0.1)
    assert "482913" not in str(error.value)


def test_mailbox_answers_under_its_own_address_only(hub: ProjectHub) -> None:
    """A web page elsewhere cannot read the mailbox through a name of its own that leads here."""
    with pytest.raises(HTTPError) as error:
        urlopen(Request(f"{hub.mailbox_url}api/messages", headers={"Host": "elsewhere.example"}))
    with error.value:
        assert error.value.code == 404
