"""Who walks the guide, and through what: a real hub of its own, with its mailbox, for each run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup

from projecthub import ProjectHub
from projecthub.accounts.passwords import example_password
from projecthub.errors import HubError
from projecthub.mail.client import MailboxClient, Message
from projecthub.rendered import Used
from walkthrough.world import Persona, Secret, Value, Varying

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from walkthrough.run import BrowserThread

CODE_SUBJECT = "Your verification code"
EXAMPLE_CODE = "482913"
EXAMPLE_SENT = "Mon 12 Jan 2026, 09:30"
EXAMPLE_MESSAGE = "https://mail.research.example/messages/1"
EXAMPLE_HUB = "https://jupyterhub.research.example/"

#: What the project's shared folder begins with.
_NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
FILES = [_NOTEBOOKS / name for name in ("python.md", "r.md", "stata.md", "data", "results")]


@dataclass(frozen=True)
class Read:
    """A message as a walkthrough reads it."""

    url: str
    values: Mapping[str, Value]
    text: str


def _as_read(message: Message) -> str:
    """A message's pieces of text, in lines, as a mail program shows them."""
    if message.html is None:
        return message.text
    return "\n".join(" ".join(piece.split()) for piece in BeautifulSoup(message.html, "html.parser").stripped_strings)


@dataclass(frozen=True)
class Mailbox:
    """One person's messages in the hub's mail sink."""

    client: MailboxClient
    to: str

    def find(self, *, subject: str | None, having: str | None, timeout: float) -> Read:
        """Wait for the newest message with this subject, or with a verification code."""
        try:
            message = self.client.wait_for(to=self.to, subject=subject or CODE_SUBJECT, timeout=timeout)
        except HubError as error:  # nothing came in time, or the mailbox is gone
            raise LookupError(str(error)) from None
        read = Read(message.url, self._values(message), _as_read(message))
        if having is not None and having not in read.values:
            raise LookupError(f"the e-mail “{message.subject}”, which holds no {having}")
        return read

    def subjects(self) -> list[str]:
        """The subjects of the messages that came, the newest first."""
        try:
            return [message.subject for message in reversed(self.client.messages(self.to))]
        except HubError:
            return []

    def _values(self, message: Message) -> dict[str, Value]:
        values: dict[str, Value] = {
            "sent": Varying(message.sent_text, EXAMPLE_SENT),
            "address": Varying(message.url, EXAMPLE_MESSAGE),  # its number depends on who wrote before
        }
        if message.code:
            values["code"] = Secret(message.code, EXAMPLE_CODE)
        return values


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the hub notes which templates and static files it uses."""
    return tmp_path_factory.mktemp("hub") / "rendered.jsonl"


@pytest.fixture(scope="session")
def hub(rendered: Path, request: pytest.FixtureRequest) -> Iterator[ProjectHub]:
    """The hub of project 50123, on ports of its own; `PROJECTHUB_OVERLAY` names a folder of changed templates.

    Where something failed, its logs are kept beside what the walkthroughs left, for each worker of pytest-xdist apart.
    """
    name = "-".join(filter(None, ["hub-logs", os.environ.get("PYTEST_XDIST_WORKER")]))
    kept = request.config.rootpath / request.config.getini("walkthrough_artifacts") / name
    shutil.rmtree(kept, ignore_errors=True)
    with ProjectHub(overlay=os.environ.get("PROJECTHUB_OVERLAY"), files=FILES, rendered=rendered) as running:
        yield running
        if request.session.testsfailed and running.state:
            shutil.copytree(running.state / "logs", kept)


@pytest.fixture(scope="session")
def project(hub: ProjectHub) -> object:
    """The project that the workspace is for: ``project.number``, ``project.unit``, ``project.storage``."""
    return hub.project


@pytest.fixture
def researcher(hub: ProjectHub) -> Persona:
    """A researcher of the project, with a mailbox and not yet an account."""
    email = "jdoe@research.example"
    return Persona("jdoe", email, mailbox=Mailbox(hub.mailbox, email))


@pytest.fixture
def invited(hub: ProjectHub, researcher: Persona) -> None:
    """The invitation has been sent; its password is the researcher's."""
    invitation = hub.invite(str(researcher.email))
    researcher.password = Secret(invitation.password, example_password())


@pytest.fixture(scope="session")
def members_session(hub: ProjectHub, walkthrough_browser: BrowserThread) -> Any:
    """What the browser of somebody holds who has an account and has signed in."""
    return walkthrough_browser.call(signed_in, walkthrough_browser.browser, hub, "researcher@research.example")


@pytest.fixture
def member(members_session: Any) -> Persona:
    """A member of the project who has signed in before; another person than the one who signs up."""
    return Persona("researcher", "researcher@research.example", session=members_session)


def signed_in(browser: Browser, hub: ProjectHub, email: str) -> Any:
    """Make somebody a member who is signed in; return the state of their browser.

    No page is filled in for it: how the pages are called is the guide's to say, and here it could only grow wrong.
    """
    member = hub.admit(email)
    with browser.new_context() as context:
        context.add_cookies([{**member.cookie, "url": hub.accounts_url}])
        answer = context.request.get(f"{hub.url}hub/oauth_login", fail_on_status_code=True)
        if not answer.url.startswith(hub.url):
            raise HubError(f"{email} was to be signed in to {hub.url}, and was led to {answer.url}")
        return context.storage_state()


@pytest.fixture
def walkthrough_examples(hub: ProjectHub) -> list[Varying]:
    """The hub runs at another address in each run; pictures show the address of a hub at home."""
    return [
        Varying(hub.url, f"{EXAMPLE_HUB}{hub.project.number}/"),
        Varying(hub.accounts_url, "https://accounts.research.example/"),
        Varying(hub.mailbox_url, "https://mail.research.example/"),
    ]


@pytest.fixture(scope="session")
def walkthrough_sources(rendered: Path) -> Callable[[Sequence[str]], set[Path]]:
    """Which of the hub's files a step comes from: those that have been rendered or served since the step before."""
    return Used(rendered).since


@pytest.fixture(scope="session")
def walkthrough_products(hub: ProjectHub) -> dict[str, str]:
    """What the guide is verified with."""
    return {name: hub.versions[name] for name in ("JupyterHub", "JupyterLab")}
