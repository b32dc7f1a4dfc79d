"""What a failed run leaves behind holds nothing with which somebody could act as the person."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from walkthrough.run.artefacts import scrub_trace
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


def test_a_tree_keeps_no_parameters_of_links() -> None:
    """Quoted or not, behind a question mark or in a fragment; a place in the page is kept."""
    lines = ["/url: /a?token=x", '/url: "?token=x"', '/url: "/reset/{id}?token=x"', "/url: /b#access=x", "/url: /c#top"]
    assert without_parameters("\n".join(lines)).splitlines() == [
        "/url: /a", '/url: ""', '/url: "/reset/{id}"', "/url: /b", "/url: /c#top"
    ]  # fmt: skip
