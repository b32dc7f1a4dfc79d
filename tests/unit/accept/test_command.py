"""`walkthrough accept` on files: what it prints, writes, asks and refuses."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.accept.outcomes import PATH, TEXT, Run, evidence_of, place, png
from walkthrough import cli
from walkthrough.accept.plan import digest
from walkthrough.evidence import evidence_path, load, save
from walkthrough.outcome import FILE, Change, Verdict, read, write

Project = Callable[[Run], Path]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A committed project, and a run over it that has left its outcome."""

    def make(run: Run) -> Path:
        (tmp_path / "docs/images").mkdir(parents=True)
        (tmp_path / "pytest.ini").write_text("[pytest]\nwalkthrough_pages = docs/*.md\n", "utf-8")
        (tmp_path / ".gitignore").write_text(".walkthrough/\ntaken/\n", "utf-8")
        (tmp_path / PATH).write_text(run.text, "utf-8")
        save(evidence_path(tmp_path / PATH), run.evidence)
        for name in ("start", "form"):
            (tmp_path / f"docs/images/{name}.png").write_bytes(png(f"images/{name}.png before"))
        git(tmp_path, "init", "-q")
        git(tmp_path, "add", ".")
        git(tmp_path, "-c", "user.name=a", "-c", "user.email=a@research.example", "commit", "-qm", "first")
        (tmp_path / "taken").mkdir()
        for name in ("start", "form"):
            (tmp_path / f"taken/{name}.png").write_bytes(png(f"images/{name}.png after"))
        for outcome in run.outcomes():
            write(tmp_path / f".walkthrough/docs+page+{outcome.name}/{FILE}", outcome)
        monkeypatch.chdir(tmp_path)
        return tmp_path

    return make


def git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True).stdout


def renamed() -> Run:
    return Run().renamed(2, "Confirm Account", "Verify account")


def test_a_dry_run_prints_the_diff_and_writes_nothing(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """The diff is one that git applies, pictures are told with size and share; no byte changes."""
    root = project(renamed())
    assert cli.main(["accept", "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "docs/images/form.png  4\N{MULTIPLICATION SIGN}3 -> 4\N{MULTIPLICATION SIGN}3, 10.00% of it differs" in told
    assert git(root, "status", "--porcelain") == ""
    patch = root / "change.patch"
    patch.write_text(told.partition("Pictures:")[0], "utf-8")
    git(root, "apply", "--check", str(patch))
    assert "+   ![The form, with the Verify account" in told
    assert '+     "digest":' in told


def test_what_is_accepted_is_written_and_a_second_time_there_is_nothing(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """Page, picture and evidence are written; the second time nothing is found, and nothing changes."""
    root = project(renamed())
    assert cli.main(["accept"]) == 0
    assert "written: docs/page.md" in capsys.readouterr().out
    assert (root / PATH).read_text("utf-8") == TEXT.replace("Confirm Account", "Verify account")
    assert (root / "docs/images/form.png").read_bytes() == png("images/form.png after")
    assert load(evidence_path(root / PATH)).walkthroughs[0].products == {"App": "2"}
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and ".git/" not in str(path)}
    assert cli.main(["accept"]) == 0
    assert capsys.readouterr().out == "There is nothing to accept.\n"
    assert {path: path.read_bytes() for path in before} == before


def test_a_page_with_uncommitted_edits_is_left_alone_unless_told(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a terminal to ask at, it is refused, with what to do; --yes mends it."""
    text = TEXT + "\nA line.\n"
    root = project(Run(text, evidence_of()).renamed(2, "Confirm Account", "Verify account"))
    git(root, "rm", "--quiet", "--cached", PATH)
    assert cli.main(["accept"]) == 1
    told = capsys.readouterr()
    assert "docs/page.md:1: not accepted: it has edits that are not committed" in told.err
    assert (root / PATH).read_text("utf-8") == text
    assert cli.main(["accept", "--yes"]) == 0
    assert "Verify account" in (root / PATH).read_text("utf-8")


def test_outside_git_it_asks_likewise(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing keeps the present text, a person has to say yes."""
    root = project(renamed())
    (root / ".git").rename(root / "elsewhere")
    assert cli.main(["accept"]) == 1
    assert "it is in no git repository" in capsys.readouterr().err


@pytest.mark.parametrize(
    "target", [PATH, f"{PATH}:13", f"{PATH}:15", f"{PATH}:sign-up", f"{PATH}:sign-up:2", f"./{PATH}"]
)
def test_a_target_is_a_page_a_line_a_walkthrough_or_a_step(project: Project, target: str) -> None:
    """Each of them means the step that drifted."""
    root = project(renamed())
    assert cli.main(["accept", target]) == 0
    assert "Verify account" in (root / PATH).read_text("utf-8")


def test_another_step_is_left_as_it_is(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """What is not meant is not accepted."""
    root = project(renamed())
    assert cli.main(["accept", f"{PATH}:sign-up:1"]) == 0
    assert "nothing to accept" in capsys.readouterr().out
    assert git(root, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("docs/other.md", "walk it first: walkthrough check docs/other.md"),
        (f"{PATH}:999", "no step stands there; the steps begin in the lines 8 (sign-up:1), 12 (sign-up:2)"),
        (f"{PATH}:sign-in", "the page has no walkthrough “sign-in”, but sign-up"),
        (f"{PATH}:sign-up:9", "no step stands there"),
        (f"{PATH}:Sign up", "expected a page (docs/login.md), a line of it"),
        ("/elsewhere/page.md", "expected a page in"),
    ],
)
def test_a_target_that_is_not_there_is_an_error(
    project: Project, capsys: pytest.CaptureFixture[str], target: str, told: str
) -> None:
    """Nothing is written, and the message says what there is."""
    project(renamed())
    assert cli.main(["accept", target]) == 2
    assert told in capsys.readouterr().err


def test_a_picture_that_is_not_the_one_of_the_run_is_refused(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing of the page is written where one of its pictures is missing."""
    root = project(renamed())
    (root / "taken/form.png").write_bytes(b"another")
    assert cli.main(["accept"]) == 1
    assert "is not there as it was taken" in capsys.readouterr().err
    assert git(root, "status", "--porcelain") == ""


def test_a_refusal_is_told_beside_what_was_written(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """A page of which one step is accepted and another is not has status 1, and the accepted one is written."""
    root = project(renamed().finds(3, Verdict.BROKEN))
    assert cli.main(["accept"]) == 1
    told = capsys.readouterr()
    assert "docs/page.md:18: not accepted: step 3 of “sign-up” is broken" in told.err
    assert "by hand:" in told.err
    assert "Verify account" in (root / PATH).read_text("utf-8")


def test_all_is_written_or_nothing(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Where one file cannot be replaced, the others are as before."""
    root = project(renamed())
    evidence = evidence_path(root / PATH)
    content = evidence.read_bytes()
    evidence.unlink()
    evidence.mkdir()
    (evidence / "in the way").touch()
    assert cli.main(["accept", "--yes"]) == 2
    assert (root / PATH).read_text("utf-8") == TEXT
    assert (root / "docs/images/form.png").read_bytes() == png("images/form.png before")
    assert not [path for path in root.rglob(".*.*") if path.name.startswith((".page", ".form"))]
    assert content


def test_a_page_that_is_a_link_stays_one(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """The file that it leads to is mended, once git has its present text."""
    root = project(renamed())
    target = root / "texts/page.md"
    target.parent.mkdir()
    (root / PATH).rename(target)
    (root / PATH).symlink_to("../texts/page.md")
    git(root, "add", PATH)
    git(root, "-c", "user.name=a", "-c", "user.email=a@research.example", "commit", "-qm", "link")
    assert cli.main(["accept"]) == 1
    assert "it has edits that are not committed" in capsys.readouterr().err
    assert cli.main(["accept", "--yes"]) == 0
    assert "written: docs/page.md" in capsys.readouterr().out
    assert (root / PATH).readlink() == Path("../texts/page.md")
    assert target.read_text("utf-8") == TEXT.replace("Confirm Account", "Verify account")


def test_mentions_on_other_pages_are_told_and_left(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Another page that names the button is not touched, and its lines are listed."""
    root = project(renamed())
    other = "Press **Confirm Account**.\n\n:::{walkthrough} other\n\n1. {see}`Ready`.\n:::\n"
    (root / "docs/other.md").write_text(other, "utf-8")
    assert cli.main(["accept"]) == 0
    told = capsys.readouterr().out
    assert "docs/other.md:1: look at “Confirm Account”, which docs/page.md now calls “Verify account”" in told
    assert (root / "docs/other.md").read_text("utf-8") == other


def test_a_change_of_structure_asks_for_a_second_look(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Where fields have changed places, the sentence may read better in another order."""
    run = Run().finds(2, Verdict.LAYOUT, Change(Verdict.LAYOUT, "the field **B** now comes before **A**", place("2.")))
    project(run)
    assert cli.main(["accept"]) == 0
    assert "docs/page.md:12: read the sentence again: the field **B** now comes" in capsys.readouterr().out


def test_a_page_that_is_gone_is_not_in_the_way(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """What an old run found of a removed page keeps nobody from accepting the rest."""
    root = project(renamed())
    (root / PATH).unlink()
    assert cli.main(["accept"]) == 0
    assert "nothing to accept" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, b'{"page": "docs/page.md", "name": "sign-up"}'], ids=["read", "older"])
def test_a_walkthrough_that_is_gone_is_not_in_the_way(
    project: Project, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    """Renamed and walked again, its old outcome stays behind; so does one that another version has left."""
    root = project(renamed())
    old = root / f".walkthrough/docs+page+sign-up/{FILE}"
    outcome = read(old)
    text = (root / PATH).read_text("utf-8").replace("{walkthrough} sign-up", "{walkthrough} register")
    (root / PATH).write_text(text, "utf-8")
    if content:
        old.write_bytes(content)
    write(root / f".walkthrough/docs+page+register/{FILE}", replace(outcome, name="register", page_sha256=digest(text)))
    assert cli.main(["accept", "--yes"]) == 0, capsys.readouterr().err
    assert "Verify account" in (root / PATH).read_text("utf-8")


def test_a_page_that_git_is_told_not_to_list_is_uncommitted_all_the_same(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody may have had git pass over what it does not know."""
    root = project(renamed())
    git(root, "rm", "-q", "--cached", PATH)
    git(root, "-c", "user.name=a", "-c", "user.email=a@research.example", "commit", "-qm", "second")
    git(root, "config", "status.showUntrackedFiles", "no")
    assert cli.main(["accept"]) == 1
    assert "it has edits that are not committed" in capsys.readouterr().err


def test_no_answer_is_no_consent(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+D at the question leaves the page as it is."""
    root = project(renamed())
    (root / PATH).write_bytes((root / PATH).read_bytes())
    git(root, "rm", "-q", "--cached", PATH)
    terminal = io.StringIO("")
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)
    assert cli.main(["accept"]) == 1
    assert "say --yes" in capsys.readouterr().err
    assert (root / PATH).read_text("utf-8") == renamed().text


def test_without_a_run_it_is_an_error(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing walked is not the same as nothing to accept."""
    root = project(renamed())
    (root / f".walkthrough/docs+page+sign-up/{FILE}").unlink()
    assert cli.main(["accept"]) == 2
    assert "walk first: walkthrough check" in capsys.readouterr().err


def test_an_unreadable_outcome_is_an_error(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no outcome is named, with what to do."""
    root = project(renamed())
    (root / f".walkthrough/docs+page+sign-up/{FILE}").write_text("{}", "utf-8")
    assert cli.main(["accept"]) == 2
    assert "run again" in capsys.readouterr().err
