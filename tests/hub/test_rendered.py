"""A hub notes which templates and static files it uses, so that a guide's steps know where they come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader

import projecthub
from projecthub import HubError, ProjectHub
from projecthub.hub.settings import HubSettings
from projecthub.mail.settings import MailSettings
from projecthub.rendered import Notes, Used
from projecthub.settings import Settings, SettingsError

SHIPPED = Path(projecthub.__file__).resolve().parent
CONFIRM = SHIPPED / "accounts/templates/accounts/confirm.html"


def names(files: set[Path]) -> set[str]:
    """Paths as the package writes them."""
    return {path.relative_to(SHIPPED).as_posix() for path in files}


@pytest.fixture
def using(hub: ProjectHub, rendered: Path) -> Callable[..., set[str]]:
    """Ask for an address and give the files that were used for it."""
    used, opener = Used(rendered), build_opener(ProxyHandler({}))
    used.since()

    def ask(address: str, addresses: Sequence[str] = ()) -> set[str]:
        with opener.open(address) as answer:
            answer.read()
        return names(used.since(addresses))

    return ask


def test_a_page_of_the_console_comes_from_all_its_templates(hub: ProjectHub, using: Callable[..., set[str]]) -> None:
    """What a template extends and includes is noted with it, each time, whether it is in memory or not."""
    folder = "accounts/templates/accounts"
    pieces = ("signup", "base", "base_split", "_steps", "_field", "_messages")
    for _ in range(2):
        assert using(f"{hub.accounts_url}signup/") == {f"{folder}/{piece}.html" for piece in pieces}
    assert "accounts/templates/accounts/signup.html" not in using(f"{hub.accounts_url}login/")


def test_a_page_of_the_hub_comes_from_all_its_templates(hub: ProjectHub, using: Callable[..., set[str]]) -> None:
    """The hub's own templates are noted at each request; JupyterHub's are not."""
    for _ in range(2):
        assert using(f"{hub.url}hub/login") == {"hub/templates/login.html", "hub/templates/page.html"}


def test_a_mail_and_its_page_come_from_their_templates(
    hub: ProjectHub, rendered: Path, using: Callable[..., set[str]]
) -> None:
    """An e-mail comes from its subject and both its bodies, the page that shows it from the mailbox's."""
    used = Used(rendered)
    used.since()
    hub.invite("rendered@research.example")
    folder = "accounts/templates/mail"
    mail = {"_frame.html", *(f"invitation_{part}" for part in ("message.html", "message.txt", "subject.txt"))}
    assert names(used.since()) == {f"{folder}/{name}" for name in mail}
    address = hub.mailbox.wait_for(to="rendered@research.example", subject="Your JupyterHub invitation").url
    folder = "mail/templates/mailbox"
    assert using(address) >= {f"{folder}/message.html", f"{folder}/base.html"}


def test_static_files_are_known_by_their_addresses(hub: ProjectHub, using: Callable[..., set[str]]) -> None:
    """Each server says which file it serves; one that the browser has kept is known by its address."""
    served = {
        f"{hub.accounts_url}static/theme/projecthub.css": "theme/projecthub.css",
        f"{hub.url}hub/theme/logo.svg?v=1": "theme/logo.svg",
        f"{hub.url}hub/pages/hub.js?v=1": "hub/static/hub.js",
        f"{hub.mailbox_url}static/mailbox.css": "mail/static/mailbox.css",
    }
    for address, file in served.items():
        assert using(address) == {file}
    kept = [*served, f"{hub.url}hub/pages/nowhere.js"]
    assert using(f"{hub.mailbox_url}health", kept) == set(served.values())


def test_a_file_of_an_overlay_stands_for_the_shipped_one(tmp_path: Path) -> None:
    """What wins over a shipped template is noted as that; what stands for none is noted as itself."""
    overlay, notes = tmp_path / "branding", tmp_path / "noted"
    for name in ("accounts/confirm.html", "accounts/new.html"):
        (overlay / name).parent.mkdir(parents=True, exist_ok=True)
        (overlay / name).write_text("changed", "utf-8")
    writer = Notes(notes, {overlay: SHIPPED / "accounts/templates"})
    environment = Environment(loader=FileSystemLoader(overlay), extensions=[writer.jinja()], autoescape=True)
    assert environment.get_template("accounts/confirm.html").render() == "changed"
    environment.get_template("accounts/new.html").render()
    environment.from_string("no file").render()
    assert Used(notes).since() == {CONFIRM, overlay / "accounts/new.html"}


def test_jinja_notes_what_is_included_in_each_rendering(tmp_path: Path) -> None:
    """A template behind a condition is noted where it is used, and only there."""
    (tmp_path / "page.html").write_text("{% if wanted %}{% include 'part.html' %}{% endif %}", "utf-8")
    (tmp_path / "part.html").write_text("{% macro m() %}part{% endmacro %}{{ m() }}", "utf-8")
    notes = tmp_path / "noted"
    writer = Notes(notes, {tmp_path: tmp_path})
    environment = Environment(loader=FileSystemLoader(tmp_path), extensions=[writer.jinja()], autoescape=True)
    used, page = Used(notes), environment.get_template("page.html")
    assert [page.render(wanted=wanted) for wanted in (True, False, True)] == ["part", "", "part"]
    assert used.since() == {tmp_path / "page.html", tmp_path / "part.html"}
    page.render(wanted=False)
    assert used.since() == {tmp_path / "page.html"}
    assert used.since() == set()


def test_many_write_at_once_and_no_line_is_torn(tmp_path: Path) -> None:
    """Lines of many threads stand whole; a line that is still being written is read the next time."""
    notes = tmp_path / "noted"
    writers = [Notes(notes, {}) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda writer: [writer.note(CONFIRM, f"http://h/{n}") for n in range(200)], writers))
    used = Used(notes)
    assert used.since() == {CONFIRM}
    assert len(notes.read_text("utf-8").splitlines()) == 800
    with notes.open("a", encoding="utf-8") as file:
        file.write('{"file": "/half')
        file.flush()
        assert used.since() == set()
        file.write('", "address": ""}\n')
    assert used.since() == {Path("/half")}


def test_nothing_is_noted_unless_asked_for(tmp_path: Path) -> None:
    """Without the setting, no file is opened and pages render as ever; a missing file of notes reads as empty."""
    environment = Environment(loader=DictLoader({"page": "text"}), extensions=[Notes(None).jinja()], autoescape=True)
    assert environment.get_template("page").render() == "text"
    assert Used(tmp_path / "noted").since(["http://127.0.0.1/theme/logo.svg"]) == set()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("settings", [Settings, HubSettings, MailSettings])
@pytest.mark.parametrize("path", ["noted.jsonl", "/nowhere/at/all/noted", "/"])
def test_a_wrong_path_is_refused_with_what_is_allowed(settings: type[Settings], path: str) -> None:
    """Each part refuses at start what it cannot note in."""
    with pytest.raises(SettingsError) as refused:
        settings.from_environment({"PROJECTHUB_RENDERED": path})
    (told,) = (each for each in refused.value.problems if "RENDERED" in each)
    assert repr(path) in told
    assert "an absolute path to a file" in told


def test_a_hub_refuses_a_wrong_path(tmp_path: Path) -> None:
    """So does the whole hub, before anything starts."""
    with pytest.raises(HubError, match="rendered: expected an absolute path to a file"):
        ProjectHub(rendered=tmp_path / "nowhere" / "noted")
