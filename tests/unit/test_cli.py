"""The command line tells what it can do, and what was wrong with what it was told."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.accept.outcomes import PATH, Run
from walkthrough import cli
from walkthrough.evidence import PageEvidence, View, evidence_path, load, save

COMMANDS = "check", "accept", "affected", "claims"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page with its evidence."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "pytest.ini").write_text("[pytest]\nwalkthrough_pages = docs/*.md\n", "utf-8")
    (tmp_path / PATH).write_text(Run().text, "utf-8")
    save(evidence_path(tmp_path / PATH), Run().evidence)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_module_is_the_command() -> None:
    """`python -m walkthrough --help` names each command."""
    done = subprocess.run([sys.executable, "-m", "walkthrough", "--help"], capture_output=True, text=True, check=True)
    assert all(f"walkthrough {name}" in done.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself_by_examples(capsys: pytest.CaptureFixture[str], name: str) -> None:
    """Its help has examples, and says what its exit status means."""
    with pytest.raises(SystemExit) as ended:
        cli.main([name, "--help"])
    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert told.count(f"  walkthrough {name}") >= 2
    assert "Exit status: 0" in told
    assert all(len(line) <= 120 for line in told.splitlines())


@pytest.mark.parametrize("words", [[], ["mend"], ["accept", "--force"], ["affected", "--since"]])
def test_what_is_not_understood_is_an_error(words: list[str]) -> None:
    """An unknown command or option ends with status 2."""
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 2


def test_options_for_pytest_go_to_check_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Elsewhere they would be lost in silence."""
    assert cli.main(["accept", "--", "-v"]) == 2
    assert "which only check runs" in capsys.readouterr().err


def test_outside_of_a_project_it_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message says which settings are missing."""
    (tmp_path / "pytest.ini").touch()
    monkeypatch.chdir(tmp_path)
    assert cli.main(["check"]) == 2
    assert "expected walkthrough_pages" in capsys.readouterr().err


def test_claims_are_listed_for_people_and_for_machines(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What nothing proves is named with its line; the list for machines holds what is proven, too."""
    assert cli.main(["claims", PATH]) == 0
    assert f"{PATH}:3: bold label “Confirm Account” is unproven" in capsys.readouterr().out
    assert cli.main(["claims", "--json"]) == 0
    (page,) = json.loads(capsys.readouterr().out)["pages"]
    assert page["page"] == PATH
    assert {"kind": "action", "text": "{click}`Sign up`", "line": 8, "proof": "executed"} in page["claims"]


def test_a_page_that_is_not_named_mentions_controls_too(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whether it holds a walkthrough or not; what is named decides what is listed alone."""
    (walkthrough,) = load(evidence_path(project / PATH)).walkthroughs
    step = replace(walkthrough.steps[0], views=(View(0, "Start", "/", ('- button "Leave"',)),))
    save(evidence_path(project / PATH), PageEvidence((replace(walkthrough, steps=(step,)),)))
    assert cli.main(["claims", PATH]) == 0
    assert "no guide mentions: 1\n  “Start” at /\n    button Leave\n" in capsys.readouterr().out
    (project / "docs/more.md").write_text("Choose **Leave** when you are done.\n", "utf-8")
    assert cli.main(["claims", PATH]) == 0
    assert "no guide mentions" not in capsys.readouterr().out


def test_claims_of_a_page_that_cannot_be_read_are_an_error(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page's own problem is told."""
    (project / PATH).write_text(":::{walkthrough} Sign Up\n:::\n", "utf-8")
    assert cli.main(["claims"]) == 2
    assert f"{PATH}:1: a walkthrough needs a name" in capsys.readouterr().err
