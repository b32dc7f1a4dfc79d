"""The command `change-password`, in a real workspace and where it cannot run."""

from __future__ import annotations

import getpass
import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import expect

from projecthub import ports
from projecthub.workspace import password

from .conftest import Person

NEW = "walnut-ladder-42-cloud"
PROMPTS = ("Present password of {}: ", "New password: ", "New password again: ")
# Runs a program in a terminal of its own, which is reached through pipes.
_IN_TERMINAL = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"


def environment_of_terminal(person: Person) -> dict[str, str]:
    """What JupyterLab's terminal tells its programs, in which the command is found."""
    home = person.hub.state / "homes" / person.invitation.username
    person.page.get_by_role("main").get_by_text("Terminal", exact=True).click()
    terminal = person.page.get_by_role("textbox", name="Terminal input")
    terminal.press_sequentially("change-password --help > help && printenv -0 > told; exit")
    terminal.press("Enter")
    expect(person.page.get_by_role("tab", name="Terminal 1")).to_have_count(0)
    assert "usage: change-password" in (home / "help").read_text("utf-8")
    told = (home / "told").read_text("utf-8").split("\0")
    return dict(entry.split("=", 1) for entry in told if entry)


def in_terminal(environment: dict[str, str], username: str, *answers: str) -> tuple[int, str]:
    """Run the command in a terminal and answer its prompts; return its status and all that the screen showed."""
    command = [sys.executable, "-c", _IN_TERMINAL, "change-password"]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        shown = b""
        for prompt, answer in zip(PROMPTS, answers, strict=True):
            while not shown.endswith(prompt.format(username).encode()):
                byte = process.stdout.read(1)
                assert byte, shown.decode()
                shown += byte
            process.stdin.write(answer.encode() + b"\n")
            process.stdin.flush()
        shown += process.stdout.read()
    return process.returncode, shown.decode()


def test_change_in_a_workspace(invited: Person) -> None:
    """In a workspace's terminal, the command tells when a change is possible, then makes it; no password is shown."""
    given, state = invited.invitation, invited.hub.state
    invited.sign_up()
    invited.sign_in()
    environment = environment_of_terminal(invited)
    asked = in_terminal(environment, given.username, given.password, NEW, NEW)
    assert (asked[0], "can be changed from" in asked[1], "UTC on" in asked[1]) == (1, True, True), asked
    with closing(sqlite3.connect(state / "accounts.sqlite3", timeout=20)) as accounts, accounts:
        accounts.execute(
            "UPDATE projecthub_accounts_invitation"
            " SET accepted_at = datetime(accepted_at, '-7 days') WHERE username = ?",
            [given.username],
        )
    done = in_terminal(environment, given.username, given.password, NEW, NEW)
    assert (done[0], "The password is changed." in done[1]) == (0, True), done
    again = in_terminal(environment, given.username, given.password, NEW, NEW)
    assert (again[0], "present password is not right" in again[1]) == (1, True), again
    logs = [log.read_text("utf-8") for log in (state / "logs").iterdir()]
    for secret in (given.password, NEW):
        assert not [text for text in [asked[1], done[1], again[1], *environment.values(), *logs] if secret in text]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """What is typed at the prompts, in their order."""

    def give(*typed: str | type[BaseException]) -> None:
        left = iter(typed)

        def ask(prompt: str) -> str:
            answer = next(left)
            if isinstance(answer, str):
                return answer
            raise answer

        monkeypatch.setattr(getpass, "getpass", ask)

    return give


@pytest.fixture
def workspace(monkeypatch: pytest.MonkeyPatch) -> str:
    """What a workspace is told; nothing listens at the console's address."""
    url = f"http://{ports.HOST}:{ports.reserve()}/"
    monkeypatch.setenv("PROJECTHUB_ACCOUNTS_URL", url)
    monkeypatch.setenv("JUPYTERHUB_USER", "jdoe")
    return url


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch, workspace: str) -> Iterator[list[tuple[int, bytes]]]:
    """A console that gives the answer that the test puts into the list."""
    prepared: list[tuple[int, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            status, body = prepared.pop()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    with HTTPServer((ports.HOST, 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        monkeypatch.setenv("PROJECTHUB_ACCOUNTS_URL", f"http://{ports.HOST}:{server.server_port}/")
        yield prepared
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("status", "body", "outcome", "said"),
    [
        (204, b"", 0, "The password is changed."),
        (403, json.dumps({"error": "Not yet."}).encode(), 1, "change-password: Not yet."),
        (502, b"<html>", 1, "The accounts console answered 502."),
        (200, b"<html>", 1, "The accounts console answered 200"),
    ],
)
def test_answers_of_the_console(
    console: list[tuple[int, bytes]],
    answers: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
    status: int,
    body: bytes,
    outcome: int,
    said: str,
) -> None:
    """Only the console's clear yes counts as a change; a refusal comes with the console's reason."""
    console.append((status, body))
    answers("old", NEW, NEW)
    assert password.main([]) == outcome
    assert said in "".join(capsys.readouterr())


def test_console_that_is_away(workspace: str, answers: Callable[..., None], capsys: pytest.CaptureFixture[str]) -> None:
    """A console that does not answer is told in words."""
    answers("old", NEW, NEW)
    assert password.main([]) == 1
    assert "The accounts console does not answer" in capsys.readouterr().err


def test_repetition_that_differs(
    workspace: str, answers: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    """A slip in the new password is noticed before anything is sent."""
    answers("old", NEW, NEW + "x")
    assert password.main([]) == 1
    assert "its repetition differ" in capsys.readouterr().err


@pytest.mark.parametrize("how", [KeyboardInterrupt, EOFError])
def test_stopped_at_a_prompt(
    workspace: str, answers: Callable[..., None], capsys: pytest.CaptureFixture[str], how: type[BaseException]
) -> None:
    """Ctrl-C and Ctrl-D at a prompt change nothing, and say so."""
    answers("old", how)
    assert password.main([]) == 1
    assert "the password stays as it was" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["PROJECTHUB_ACCOUNTS_URL", "JUPYTERHUB_USER"])
def test_outside_a_workspace(
    workspace: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Without what a workspace is told, the command names what is missing and where to run it."""
    monkeypatch.delenv(name)
    assert password.main([]) == 2
    assert f"{name} not set; run this in a terminal of your JupyterHub" in capsys.readouterr().err


@pytest.mark.parametrize("url", ["console", "file:///etc/", "http://127.0.0.1"])
def test_wrong_address_of_the_console(
    workspace: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str
) -> None:
    """An address that is none is named before a password is asked for."""
    monkeypatch.setenv("PROJECTHUB_ACCOUNTS_URL", url)
    assert password.main([]) == 2
    assert f"PROJECTHUB_ACCOUNTS_URL is {url!r}; expected" in capsys.readouterr().err


def test_argument_is_not_repeated(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever gives the password as an argument is told that it is asked for, and does not see it again."""
    assert password.main([NEW]) == 2
    told = "".join(capsys.readouterr())
    assert "takes no arguments" in told
    assert NEW not in told


def test_without_a_terminal(workspace: str) -> None:
    """Where typing could not be hidden, nothing is asked."""
    command = [sys.executable, "-m", "projecthub.workspace.password"]
    done = subprocess.run(command, input="old\n", capture_output=True, text=True, start_new_session=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no terminal here that could hide what is typed" in done.stderr
