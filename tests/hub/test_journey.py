"""From the invitation into the workspace, and out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from projecthub import ProjectHub

from .conftest import Person


@pytest.fixture(scope="module")
def code_of_member() -> list[str]:
    """The verification code that the member typed."""
    return []


@pytest.fixture(scope="module")
def member(hub: ProjectHub, chromium: Browser, code_of_member: list[str]) -> Iterator[Person]:
    """Somebody who has come the whole way, from the invitation into the workspace."""
    with chromium.new_context(viewport={"width": 1280, "height": 800}) as context:
        person = Person(hub, context.new_page(), hub.invite("member@research.example"))
        code_of_member.append(person.sign_up())
        expect(person.page.get_by_role("heading", level=1)).to_have_text("JupyterHub Console")
        person.sign_in()
        yield person


def test_invitation_leads_into_the_workspace(member: Person) -> None:
    """The guide's way ends in JupyterLab: the person's home, the environment's kernels, and nothing in between."""
    page = member.page
    page.goto(member.workspace)
    expect(page.get_by_role("tab", name="Launcher")).to_be_visible(timeout=20_000)
    expect(page.get_by_label("File Browser Section")).to_contain_text("project-50123")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("alert")).to_have_count(0)
    cards = page.get_by_role("main").locator(".jp-LauncherCard[data-category=Notebook]")
    expect(cards).to_contain_text(["Python 3", "R"])


def test_members_share_the_bucket(member: Person, invited: Person) -> None:
    """What one member writes into the project's folder, in a terminal, the other one sees."""
    invited.sign_up()
    invited.sign_in()
    invited.page.get_by_role("main").get_by_text("Terminal", exact=True).click()
    terminal = invited.page.get_by_role("textbox", name="Terminal input")
    terminal.press_sequentially("touch project-50123/shared.txt")
    terminal.press("Enter")
    member.page.goto(f"{member.workspace}/tree/project-50123")
    files = member.page.get_by_label("File Browser Section")
    expect(files).to_contain_text("README.md", timeout=20_000)
    expect(files.get_by_text("shared.txt", exact=True)).to_be_visible(timeout=20_000)


def test_sign_out_ends_both_sessions(invited: Person) -> None:
    """After a sign-out, the next sign-in asks for the password again."""
    page = invited.page
    invited.sign_up()
    invited.sign_in(wait=False)
    page.goto(f"{invited.hub.url}hub/home")
    page.get_by_role("link", name="Sign out", exact=True).click()
    page.get_by_role("link", name="Sign in", exact=True).click()
    expect(page.get_by_label("Password", exact=True)).to_be_visible()


def test_sign_in_page_offers_two_ways(hub: ProjectHub, page: Page) -> None:
    """The hub's address shows its own sign-in page, with each way on it once."""
    page.goto(hub.url)
    expect(page.get_by_text("Sign in", exact=True)).to_have_count(1)
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()
    expect(page.get_by_text("Sign up", exact=True)).to_have_count(1)
    expect(page.get_by_role("link", name="Sign up", exact=True)).to_have_attribute("href", f"{hub.accounts_url}signup/")
    expect(page.get_by_role("main").or_(page.get_by_role("complementary")).get_by_text("50123")).not_to_have_count(0)


@pytest.mark.parametrize("path", ["hub/nowhere", "../elsewhere"])
def test_unknown_address_shows_a_page_of_ours(hub: ProjectHub, page: Page, path: str) -> None:
    """An address that is none shows the hub's own page and the way back."""
    page.goto(f"{hub.url}{path}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    page.get_by_role("link", name="Go to the JupyterHub", exact=True).click()
    expect(page.get_by_role("link", name="Sign up", exact=True)).to_be_visible()


def test_workspace_stops_and_starts_from_home(member: Person) -> None:
    """The hub's home page stops the workspace and starts it again."""
    page = member.page
    page.goto(f"{member.hub.url}hub/home")
    page.get_by_role("button", name="Stop the workspace", exact=True).click()
    page.get_by_role("link", name="Start the workspace", exact=True).click(timeout=20_000)
    page.wait_for_url(f"{member.workspace}**", timeout=60_000)


def test_token_page_makes_and_revokes_tokens(member: Person) -> None:
    """A token is made, shown once, and revoked."""
    page = member.page
    page.goto(f"{member.hub.url}hub/token")
    page.get_by_label("Note", exact=True).fill("For a script")
    page.get_by_role("button", name="Make a token", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Your new token")
    page.reload()
    row = page.get_by_role("listitem").filter(has_text="For a script")
    row.get_by_role("button", name="Revoke", exact=True).click()
    expect(row).to_have_count(0)


def test_logs_hold_no_secret(member: Person, code_of_member: list[str]) -> None:
    """No log holds the password, the code, or a key of the hub."""
    hub = member.hub
    keys = re.findall(r'_(?:key|secret|token)": "([^"]+)"', (hub.state / "settings.json").read_text("utf-8"))
    assert len(keys) == 4
    cookies = [cookie["value"] for cookie in member.page.context.cookies() if len(cookie["value"]) > 8]
    assert cookies
    logs = {log.name: log.read_text("utf-8") for log in (hub.state / "logs").iterdir()}
    assert set(logs) == {"accounts.log", "hub.log", "mail.log", "proxy.log"}
    for secret in [member.invitation.password, *code_of_member, *keys, *cookies]:
        assert [name for name, log in logs.items() if secret in log] == []
