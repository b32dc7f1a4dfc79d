"""A real hub, and people who use it in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from projecthub import Invitation, ProjectHub

_people = count(1)

# What comes is seen at once; how long a busy machine takes for it is not what these tests guard.
expect.set_options(timeout=60_000)


def processes_in(folder: Path) -> list[str]:
    """The commands of the processes that work in a folder or have been told of it."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            told = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
            if str(folder).encode() in told or (process / "cwd").readlink().is_relative_to(folder):
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            # It has ended, or belongs to the system.
            continue
    return found


@dataclass
class Person:
    """Somebody with an invitation, at a browser of their own."""

    hub: ProjectHub
    page: Page
    invitation: Invitation

    @property
    def workspace(self) -> str:
        """The address of their workspace."""
        return f"{self.hub.url}user/{self.invitation.username}/lab"

    def sign_up(self) -> str:
        """Go from the invitation to the console's sign-in page; return the verification code."""
        given = self.invitation
        mail = self.hub.mailbox.wait_for(to=given.email, subject="Your JupyterHub invitation")
        self.page.goto(mail.url)
        self.page.get_by_role("link", name="JupyterHub link", exact=True).click()
        self.page.get_by_role("link", name="Sign up", exact=True).click()
        self.page.get_by_label("User name", exact=True).fill(given.username)
        self.page.get_by_label("E-mail address", exact=True).fill(given.email)
        self.page.get_by_label("Password", exact=True).fill(given.password)
        self.page.get_by_role("button", name="Sign up", exact=True).click()
        code = self.hub.mailbox.wait_for(to=given.email, subject="Your verification code").code
        assert code is not None
        self.page.get_by_label("Verification code", exact=True).fill(code)
        self.page.get_by_role("button", name="Confirm Account", exact=True).click()
        return code

    def sign_in(self, wait: bool = True) -> None:
        """Go from the console's sign-in page into the workspace; wait until it is there."""
        self.page.get_by_label("User name", exact=True).fill(self.invitation.username)
        self.page.get_by_label("Password", exact=True).fill(self.invitation.password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.wait_for_url(f"{self.hub.url}**")
        if not wait:
            return
        self.page.wait_for_url(f"{self.workspace}**", timeout=60_000)
        self.page.get_by_role("tab", name="Launcher").wait_for()


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the hub notes which of its files it uses."""
    return tmp_path_factory.mktemp("rendered") / "noted.jsonl"


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory, rendered: Path) -> Iterator[ProjectHub]:
    """A running hub, in a folder whose name holds a space."""
    with ProjectHub(state=tmp_path_factory.mktemp("a hub") / "state", rendered=rendered) as running:
        yield running


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page in a browser context of its own."""
    with chromium.new_context(viewport={"width": 1280, "height": 800}) as context:
        yield context.new_page()


@pytest.fixture
def invited(hub: ProjectHub, page: Page) -> Person:
    """Somebody new with an invitation."""
    return Person(hub, page, hub.invite(f"person{next(_people)}@research.example"))


@pytest.fixture
def newcomer(chromium: Browser) -> Iterator[Callable[[ProjectHub, str], Person]]:
    """Somebody with an invitation to a hub that the test names."""
    contexts = []

    def make(hub: ProjectHub, name: str) -> Person:
        contexts.append(chromium.new_context())
        return Person(hub, contexts[-1].new_page(), hub.invite(f"{name}@research.example"))

    yield make
    for context in contexts:
        context.close()
