"""How a hub starts, stops, restarts, and what it leaves behind: nothing."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from projecthub import HubError, Project, ProjectHub
from projecthub.state import StateFolder

from .conftest import Person, processes_in

_SERVE = """
import sys
from projecthub import ProjectHub
with ProjectHub(state=sys.argv[1] or None) as hub:
    print(hub.state, flush=True)
    sys.stdin.read()
"""


def _gone(state: Path) -> None:
    """Wait until no process holds a state folder: the keeper goes last, and gives its lock up then."""
    import fcntl  # noqa: PLC0415

    if state.exists():
        with (state / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)


def test_restart_keeps_accounts_mail_and_files(tmp_path: Path, newcomer: Callable[[ProjectHub, str], Person]) -> None:
    """On the same folder, addresses, accounts, mails and files are there again, and no process stays between."""
    state = tmp_path / "state"
    with ProjectHub(state=state) as first:
        person = newcomer(first, "jdoe")
        person.sign_up()
        person.sign_in()
        addresses = (first.url, first.accounts_url, first.mailbox_url)
        (state / "homes" / "jdoe" / "kept.txt").write_text("kept", "utf-8")
        assert any("projecthub.workspace.server" in command for command in processes_in(state))
    assert processes_in(tmp_path) == []
    with ProjectHub(state=state) as second:
        assert (second.url, second.accounts_url, second.mailbox_url) == addresses
        assert [mail.subject for mail in second.mailbox.messages("jdoe@research.example")] == [
            "Your JupyterHub invitation",
            "Your verification code",
        ]
        # The browser's sessions hold too: the workspace opens without another sign-in.
        person.page.goto(person.workspace)
        person.page.get_by_role("link", name="Start the workspace", exact=True).click()
        person.page.wait_for_url(f"{person.workspace}**", timeout=60_000)
        person.page.get_by_label("File Browser Section").get_by_text("kept.txt", exact=True).wait_for()
    assert processes_in(tmp_path) == []


def test_exception_stops_the_hub_and_removes_its_temporary_state() -> None:
    """An exception inside the block comes through; without a state folder, nothing stays, on disk or running."""
    hub = ProjectHub()
    with pytest.raises(KeyboardInterrupt), hub:
        raise KeyboardInterrupt
    assert not hub.state.exists()
    assert processes_in(hub.state) == []


def test_two_hubs_run_at_once(hub: ProjectHub) -> None:
    """A second hub, of another project, runs beside the first one on ports of its own."""
    with ProjectHub(project=Project(number="50124", title="Sleep study", unit="International")) as other:
        assert other.url.endswith("/50124/")
        assert len({hub.url, hub.accounts_url, hub.mailbox_url, other.url, other.accounts_url, other.mailbox_url}) == 6
        other.invite("jdoe@research.example")
        assert other.mailbox.messages("jdoe@research.example")
        assert not hub.mailbox.messages("jdoe@research.example")


@pytest.mark.parametrize("given", [True, False], ids=["folder", "temporary"])
def test_killed_parent_leaves_nothing(tmp_path: Path, given: bool) -> None:
    """Even SIGKILL of the process that started the hub stops all its parts, and removes a temporary folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(tmp_path / "state") if given else ""],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        state = Path(process.stdout.readline().strip())
        assert len(processes_in(state)) >= 4
        process.kill()
    _gone(state)
    assert processes_in(state) == []
    assert state.exists() == given


def test_hub_started_in_a_thread_outlives_it(tmp_path: Path) -> None:
    """The thread that starts a hub may end: the hub runs until it is stopped."""
    hub = ProjectHub(state=tmp_path / "state")
    thread = threading.Thread(target=hub.__enter__)
    thread.start()
    thread.join()
    assert hub.mailbox.messages() == []
    hub.stop()
    assert processes_in(tmp_path) == []


def test_same_state_twice_is_refused(hub: ProjectHub) -> None:
    """A second hub on a folder in use is refused, with the first one's process."""
    with (
        pytest.raises(HubError, match=f"in use by another hub \\(process {os.getpid()}\\)"),
        ProjectHub(state=hub.state),
    ):
        pass


def test_taken_port_is_named(tmp_path: Path) -> None:
    """A port that another program holds is named in the error, with what to do."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(HubError, match=f"port: {port}, the hub's .* choose another with --port"):
            ProjectHub(state=tmp_path / "state", port=port).__enter__()
    with StateFolder(tmp_path / "state"):
        pass


def test_kept_port_that_is_taken_is_named(tmp_path: Path) -> None:
    """A restart says clearly that another program has taken a port of sent addresses."""
    state = tmp_path / "state"
    with StateFolder(state) as folder:
        kept = folder.kept("50123", 0)
    with (
        socket.create_server(("127.0.0.1", kept.mailbox_port)),
        pytest.raises(HubError, match=f"port: {kept.mailbox_port}, the mailbox's in .* is taken by another program"),
    ):
        ProjectHub(state=state).__enter__()


def test_other_projects_state_is_refused(tmp_path: Path) -> None:
    """A folder belongs to one project."""
    with StateFolder(tmp_path) as folder:
        folder.kept("50123", 0)
    with pytest.raises(HubError, match="is the state of project 50123; found 50124"):
        ProjectHub(state=tmp_path, project="50124").__enter__()


def test_part_that_fails_is_named_with_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that ends at its start is named, with the end of its log; the others are stopped."""
    monkeypatch.setenv("PROJECTHUB_SPAWNER", "nowhere.NoSpawner")
    with pytest.raises(HubError, match=r"^hub ended by itself, with status 1(?s:.*)nowhere"):
        ProjectHub(state=tmp_path / "state").__enter__()
    assert processes_in(tmp_path) == []


def test_bad_values_are_named(tmp_path: Path) -> None:
    """A wrong argument is refused by its name before anything starts."""
    with pytest.raises(HubError, match="project: expected digits only"):
        ProjectHub(project="fifty")
    with pytest.raises(HubError, match="overlay: expected a folder that exists"):
        ProjectHub(overlay=tmp_path / "none")
    with pytest.raises(HubError, match=r"files: expected files and folders that exist; found .*none"):
        ProjectHub(files=[tmp_path, tmp_path / "none"])
    with pytest.raises(HubError, match="port: expected 0 to 65535; found 70000"):
        ProjectHub(port=70000)
    (tmp_path / "file").touch()
    with pytest.raises(HubError, match="state: expected a folder that can be written"):
        ProjectHub(state=tmp_path / "file").__enter__()


def test_overlay_wins(tmp_path: Path, page: object) -> None:
    """Templates of an overlay take the place of the shipped ones, in the hub and in the mailbox."""
    from urllib.request import urlopen  # noqa: PLC0415

    for name, text in (("hub/login.html", "Our own hub"), ("mailbox/list.html", "Our own mailbox")):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(
            f'{{% extends "{"page" if "hub" in name else "mailbox/base"}.html" %}}'
            f"{{% block main %}}{text}{{% endblock %}}",
            "utf-8",
        )
    with ProjectHub(overlay=tmp_path) as hub:
        for url, text in ((hub.url, "Our own hub"), (hub.mailbox_url, "Our own mailbox")):
            with urlopen(url) as answer:
                assert text in answer.read().decode()


def test_versions_are_told(hub: ProjectHub) -> None:
    """The hub tells the versions of what it runs."""
    assert set(hub.versions) == {"JupyterHub", "JupyterLab"}
    assert all(version[0].isdigit() for version in hub.versions.values())


def test_sigterm_to_serve_stops_cleanly(tmp_path: Path) -> None:
    """`projecthub serve` prints where all is, no password, and ends with status 0 when it is asked to."""
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "projecthub.cli",
            "serve",
            "--state",
            str(tmp_path / "state"),
            "--invite",
            "jdoe@research.example",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        told = ""
        while "Ctrl-C" not in told:
            line = process.stdout.readline()
            assert line, process.stderr.read() if process.stderr else ""
            told += line
        invite = [
            sys.executable,
            "-m",
            "projecthub.cli",
            "invite",
            "asmith@research.example",
            "--state",
            str(tmp_path / "state"),
        ]
        done = subprocess.run(invite, capture_output=True, text=True, check=True)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate()
    assert process.returncode == 0, err
    assert "Invited asmith@research.example as asmith" in done.stdout
    mails = "".join(mail.read_text("utf-8") for mail in (tmp_path / "state" / "mail").iterdir())
    assert "/50123/" in told
    assert "jdoe@research.example" in told
    words = {word for word in (told + out + err + done.stdout).split() if len(word) > 10}
    assert not [word for word in words if word in mails and word.count("-") == 3]
    assert processes_in(tmp_path) == []
