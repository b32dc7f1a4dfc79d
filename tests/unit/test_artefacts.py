"""What a failed run leaves behind holds nothing with which somebody could act as the person."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from walkthrough.run.scrub import scrub_trace
from walkthrough.run.view import without_parameters
from walkthrough.world import Persona, Secret, World

TYPED = Secret('Gr*ün"e9', 'Ab*ön"c1')


def test_a_trace_holds_no_secret_however_it_is_written(tmp_path: Path) -> None:
    """Typed, sent by a form under any name, sent by a script, and in a field that a form confirms it in."""
    lines = [
        json.dumps({"params": {"value": TYPED.actual}}),
        json.dumps({"params": {"value": TYPED.actual}}, ensure_ascii=False),
        json.dumps({"postData": {"text": "word=Gr*%C3%BCn%22e9&password1=typed&password2=typed"}}),
    ]
    raw, clean = tmp_path / "raw.zip", tmp_path / "clean.zip"
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("trace.trace", "\n".join(lines))
        archive.writestr("resources/body.dat", "word=Gr*%C3%BCn%22e9")
    scrub_trace(raw, clean, World({"persona": Persona("jdoe", "jdoe@research.example", TYPED)}))
    with zipfile.ZipFile(clean) as archive:
        kept = "\n".join(archive.read(name).decode() for name in archive.namelist())
    assert "Gr" not in kept
    assert "typed" not in kept
    assert json.loads(kept.splitlines()[0]) == {"params": {"value": TYPED.example}}


# How applications write what they would know somebody by: each holds “open-sesame”, and none is a value of the run's.
WRITTEN = {
    "an answer": '{"access_token": "open-sesame", "refresh_token":"open-sesame", "expires_in": 3600}',
    "an answer in lines": '{\n  "id_token": "open-sesame"\n}',
    "an answer within one": json.dumps({"body": json.dumps({"csrfToken": "open-sesame"})}),
    "a code sent as JSON": '{"code": "open-sesame-4711-4711", "grant_type": "authorization_code"}',
    "several": '{"tokens": ["open-sesame", {"value": "open-sesame"}]}',
    "sent as JSON": json.dumps({"postData": {"mimeType": "application/json", "text": '{"password": "open-sesame"}'}}),
    "sent as a form": json.dumps({"postData": {"params": [{"name": "client_secret", "value": "open-sesame"}]}}),
    "in an address": "GET /callback?session_state=1&code=open-sesame&next=/home",
    "a hidden field": '<input type="hidden" name="csrfmiddlewaretoken" value="open-sesame">',
    "a field, its value first": "<input value='open-sesame' name=authenticity_token>",
    "a field for a password": "<input id=p value='open-sesame' type=password>",
    "a description of the page": '<meta content="open-sesame" name="csrf-token" />',
    "a field in a picture of the document": '["INPUT", {"__playwright_value_": "open-sesame", "name": "_xsrf"}]',
    "an attribute": '<body data-api-key="open-sesame">',
    "a script": "window.jhdata = { user: 'jdoe', xsrf_token: 'open-sesame', admin: false }",
    "a script in an answer": json.dumps({"html": '<script>var c = {"apiKey":"open-sesame"}</script>'}),
    "a header": '{"headers": [{"name": "X-Auth-Token", "value": "open-sesame"}]}',
    "another header": '{"headers": [{"name": "X-API-Key", "value": "open-sesame"}]}',
    "headers by their names": '{"params": {"headers": {"x-goog-signature": "open-sesame"}}}',
    "a cookie": '{"cookies": [{"name": "visit", "value": "open-sesame"}]}',
    "a web token": "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJvcGVuLXNlc2FtZSJ9.open-sesame",
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("name", ["trace.network", "resources/body.dat"])
def test_a_trace_holds_nothing_that_an_application_knows_somebody_by(tmp_path: Path, name: str, text: str) -> None:
    """Tokens, cookies and keys are known by the names under which they are written."""
    kept = scrubbed(tmp_path, name, text)
    assert "open-sesame" not in kept
    assert "removed" in kept


PLAIN = [
    '{"headers": [{"name": ":authority", "value": "hub.research.example"}, {"name": "age", "value": "5"}]}',
    '{"code": "print(1)", "state": "idle", "params": {"selector": "label=\\"Password\\"i", "state": "visible"}}',
    '<input name="username" value="jdoe"><label for="password">Password</label> <p class="token name">state: open</p>',
    '["INPUT", {"__playwright_value_": "jdoe", "name": "username", "type": "text"}]',
    "GET /hub/home?next=/lab&page=2",
]


@pytest.mark.parametrize("text", PLAIN)
def test_a_trace_keeps_what_is_no_secret(tmp_path: Path, text: str) -> None:
    """Otherwise nobody could see in it why a step failed."""
    assert scrubbed(tmp_path, "trace.trace", text) == text


def test_a_trace_keeps_what_is_no_text(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 stay as they are, also beside a token."""
    raw, clean = tmp_path / "raw.zip", tmp_path / "clean.zip"
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("resources/body.dat", b"\xff\x00\nname=\xe9&token=open-sesame")
    scrub_trace(raw, clean, World({}))
    with zipfile.ZipFile(clean) as archive:
        assert archive.read("resources/body.dat") == b"\xff\x00\nname=\xe9&token=removed"


def scrubbed(path: Path, name: str, text: str) -> str:
    """What a trace keeps of a file."""
    with zipfile.ZipFile(path / "raw.zip", "w") as archive:
        archive.writestr(name, text)
    scrub_trace(path / "raw.zip", path / "clean.zip", World({}))
    with zipfile.ZipFile(path / "clean.zip") as archive:
        return archive.read(name).decode()


def test_a_tree_keeps_no_parameters_of_links() -> None:
    """Quoted or not, behind a question mark or in a fragment; a place in the page is kept."""
    lines = ["/url: /a?token=x", '/url: "?token=x"', '/url: "/reset/{id}?token=x"', "/url: /b#access=x", "/url: /c#top"]
    assert without_parameters("\n".join(lines)).splitlines() == [
        "/url: /a", '/url: ""', '/url: "/reset/{id}"', "/url: /b", "/url: /c#top"
    ]  # fmt: skip
