"""Which steps a change touches: by the map that a run has learnt, by the page's own words, by its fixtures."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from _pytest.capture import CaptureResult

from walkthrough import cli
from walkthrough.affected import PageNow, Product, affected_steps
from walkthrough.evidence import PageEvidence, StepEvidence, View, WalkthroughEvidence, evidence_path, save
from walkthrough.model import Guide
from walkthrough.parse import parse
from walkthrough.project import matches

PAGE = "docs/page.md"
TEXT = """\
:::{walkthrough} sign-up
:persona: reader
:given: invited

1. Click {click}`Sign up`.
   ![Start](images/start.png)
2. Enter {fill}`User name <persona.username>` and click {click}`Go on`.
   ![Form](images/form.png)
3. Enter {fill}`Code <mail.code>` and click {click}`Confirm`.
4. Give {upload}`Upload <"data/a.csv">`, {see}`Ready`.
5. Click {click}`Out`.
:::
"""
SOURCES = {
    1: ("app/templates/start.html", "app/static/app.css"),
    2: ("app/templates/form.html", "app/templates/mail.txt", "app/static/app.css"),
    3: ("app/templates/code.html",),
    4: ("app/templates/done.html",),
    5: ("app/templates/out.html",),
}
PRODUCT = Product(("app/**", "lock.txt"), ("app/templates/**", "app/static/**"), "pyproject.toml")


def now(text: str = TEXT, before: str | None = TEXT, **others: object) -> PageNow:
    """A page whose evidence was taken when it said TEXT."""

    def guide(source: str) -> Guide:
        return parse(source, PAGE)

    steps = guide(TEXT).walkthroughs[0].steps
    known = tuple(
        StepEvidence(each.number, each.digest, views=(View(0, "", f"/{each.number}"),), sources=SOURCES[each.number])
        for each in steps
    )
    evidence = PageEvidence((WalkthroughEvidence("sign-up", "2026-01-01", {}, known),))
    page = PageNow(guide(text), evidence, guide(before) if before else None, ("docs/conftest.py", "conftest.py"))
    return replace(page, **others)  # type: ignore[arg-type]


def numbers(*changed: str, page: PageNow | None = None) -> list[int]:
    return [each.number for each in affected_steps([page or now()], changed, PRODUCT)]


@pytest.mark.parametrize(
    ("changed", "steps"),
    [
        ("app/templates/code.html", [3]),
        ("app/templates/form.html", [2, 3]),  # step 3 reads mail, and any step before can have sent it
        ("app/templates/mail.txt", [2, 3]),
        ("app/templates/start.html", [1, 3]),
        ("app/templates/done.html", [4, 5]),  # step 4 clicks nothing, so step 5 begins on its page
        ("app/static/app.css", [1, 2, 3]),
        ("app/templates/never/rendered.html", []),
        ("app/views.py", [1, 2, 3, 4, 5]),
        ("lock.txt", [1, 2, 3, 4, 5]),
        ("docs/conftest.py", [1, 2, 3, 4, 5]),
        ("conftest.py", [1, 2, 3, 4, 5]),
        ("pyproject.toml", [1, 2, 3, 4, 5]),
        ("docs/images/page.evidence.json", [1, 2, 3, 4, 5]),
        ("docs/images/form.png", [2]),
        ("docs/data/a.csv", [4]),
        ("tests/conftest.py", []),
        ("README.md", []),
        (PAGE, []),
    ],
)
def test_a_changed_file_touches_the_steps_that_are_made_of_it(changed: str, steps: list[int]) -> None:
    """Templates by the map, code and fixtures everything, pictures their step, what is no product nothing."""
    assert numbers(changed) == steps


@pytest.mark.parametrize(("changed", "steps"), [("docs/images/form.png", [2]), ("docs/data/a.csv", [4])])
def test_a_file_beside_the_pages_folder_touches_its_step(changed: str, steps: list[int]) -> None:
    """A picture or an upload that a page names by way of the folder above it is the file that git names."""
    text = TEXT.replace("images/", "../images/").replace("data/", "../data/")
    guide = parse(text, "docs/guide/page.md")
    known = tuple(
        StepEvidence(each.number, each.digest, sources=SOURCES[each.number]) for each in guide.walkthroughs[0].steps
    )
    evidence = PageEvidence((WalkthroughEvidence("sign-up", "2026-01-01", {}, known),))
    assert numbers(changed, page=PageNow(guide, evidence, guide, ())) == steps


def test_a_last_step_that_is_gone_touches_the_one_before_it() -> None:
    """What the page no longer has is told where a walk tells it: at what is its last step now."""
    assert numbers(PAGE, page=now(TEXT.replace("5. Click {click}`Out`.\n", ""))) == [4]


def test_a_click_that_leads_nowhere_keeps_the_page() -> None:
    """Where two steps look at one address, what the first was made of is what the second looks at."""
    page = now()
    (known,) = page.evidence.walkthroughs
    here = replace(known, steps=tuple(replace(each, views=(View(0, "", "/app"),)) for each in known.steps))
    assert numbers("app/templates/code.html", page=replace(page, evidence=PageEvidence((here,)))) == [3, 4, 5]


def test_an_edited_page_touches_the_steps_whose_words_changed() -> None:
    """Only the digest tells: the other steps stand as they were verified."""
    text = TEXT.replace("`Go on`", "`Continue`")
    (step,) = affected_steps([now(text)], [PAGE], PRODUCT)
    assert (step.number, step.where.line, step.pictures, step.because) == (2, 7, ("images/form.png",), (PAGE,))


def test_another_person_or_another_given_state_touches_all_steps() -> None:
    """What stands at a walkthrough's head changes what each of its steps begins with."""
    assert numbers(PAGE, page=now(TEXT.replace("invited", "invited, known"))) == [1, 2, 3, 4, 5]


def test_without_a_map_every_template_touches_everything() -> None:
    """Where no run has learnt what steps are made of, nothing is left out by guessing."""
    page = now()
    (known,) = page.evidence.walkthroughs
    bare = replace(known, steps=tuple(replace(each, sources=()) for each in known.steps))
    assert numbers("app/templates/done.html", page=replace(page, evidence=PageEvidence((bare,)))) == [1, 2, 3, 4, 5]


def test_a_walkthrough_without_evidence_is_affected_as_a_whole() -> None:
    """What was never walked is never left out."""
    assert numbers("README.md", page=now(evidence=PageEvidence())) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("path", "pattern", "fits"),
    [
        ("src/app/a/b.html", "src/**", True),
        ("src/app/a/b.html", "src/**/*", True),
        ("src/app/a/b.html", "src/**/*.html", True),
        ("src/b.html", "src/**/*.html", True),
        ("src/b.html", "./src/*.html", True),
        ("other/src/b.html", "src/*.html", False),
        ("src/app/a/b.html", "src/*/a/*", True),
        ("src/app/a/b.html", "src/*", False),
        ("other/src/b.html", "src/**", False),
        ("src", "src/**", False),
    ],
)
def test_globs_are_those_of_paths(path: str, pattern: str, fits: bool) -> None:
    """Two stars stand for any number of folders, one star for a part of one name."""
    assert matches(path, [pattern]) is fits


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A committed project in a folder of its repository."""
    root = tmp_path / "site"
    for name, text in {PAGE: TEXT, **{name: "one" for names in SOURCES.values() for name in names}}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    settings = "[pytest]\nwalkthrough_pages = docs/*.md\nwalkthrough_product = app/**\n"
    (root / "pytest.ini").write_text(f"{settings}walkthrough_rendered = app/templates/** app/static/**\n", "utf-8")
    save(evidence_path(root / PAGE), now().evidence)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "-c", "user.name=a", "-c", "user.email=a@research.example", "commit", "-qm", "first")
    monkeypatch.chdir(root)
    return root


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True)


def affected(capsys: pytest.CaptureFixture[str]) -> CaptureResult[str]:
    """What the command has printed, with which it ends well."""
    assert cli.main(["affected"]) == 0
    return capsys.readouterr()


def test_uncommitted_and_untracked_changes_count(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each step is one line with its place, its pictures and the file; a new file of the product touches all."""
    (project / "app/templates/done.html").write_text("two", "utf-8")
    assert affected(capsys).out == (
        "docs/page.md:10  sign-up, step 4  because of app/templates/done.html\n"
        "docs/page.md:11  sign-up, step 5  because of app/templates/done.html\n"
    )
    (project / "app/new.py").write_text("", "utf-8")
    assert cli.main(["affected", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["number"] for each in told] == [1, 2, 3, 4, 5]
    assert told[0]["pictures"] == ["images/start.png"]
    assert told[0]["because"] == ["app/new.py"]


def test_nothing_changed_affects_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A clean working copy says so."""
    assert cli.main(["affected"]) == 0
    assert "No step is affected" in capsys.readouterr().out
    assert cli.main(["check", "--since", "HEAD"]) == 0
    assert "No step of 1 page is affected" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["affected", "check"])
@pytest.mark.parametrize("revision", ["nowhere", "--output=x", ""])
def test_an_unknown_revision_is_an_error(
    project: Path, capsys: pytest.CaptureFixture[str], command: str, revision: str
) -> None:
    """The message names what was given and what is expected; nothing of it reaches git as an option."""
    assert cli.main([command, f"--since={revision}"]) == 2
    assert f"--since {revision}: expected a revision of this repository" in capsys.readouterr().err
    assert not (project / "x").exists()


def test_outside_of_git_it_is_an_error(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What has changed is asked of git, and the message says that it is not there."""
    (project.parent / ".git").rename(project.parent / "elsewhere")
    assert cli.main(["affected"]) == 2
    assert "not a git repository" in capsys.readouterr().err


NOTHING = "No step is affected by what has changed since HEAD.\n"


def product(root: Path, *globs: str) -> None:
    """Have a project say where its product is, and commit it."""
    settings = f"[pytest]\nwalkthrough_pages = docs/*.md\nwalkthrough_product = {' '.join(globs)}\n"
    (root / "pytest.ini").write_text(settings, "utf-8")
    commit(root)


def commit(root: Path) -> None:
    git(root, "add", "-A", ".")
    git(root, "-c", "user.name=a", "-c", "user.email=a@research.example", "commit", "-qm", "more")


@pytest.mark.parametrize("absolute", [False, True], ids=["relative", "absolute"])
def test_a_product_beside_the_project_counts(project: Path, capsys: pytest.CaptureFixture[str], absolute: bool) -> None:
    """Documentation can have a folder of its own in the product's repository; so can what is new there."""
    beside = project.parent / "server"
    beside.mkdir()
    (beside / "views.py").touch()
    git(project.parent, "add", ".")
    product(project, f"{beside}/**" if absolute else "../server/**")
    assert affected(capsys).out == NOTHING
    (beside / "views.py").write_text("changed", "utf-8")
    assert affected(capsys).out.count("because of ../server/views.py\n") == 5
    git(project, "checkout", "-q", "../server")
    (beside / "new.py").touch()
    assert affected(capsys).out.count("because of ../server/new.py\n") == 5


def test_a_product_behind_a_link_is_known_to_git(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is changed where it stands, and named as the project names it."""
    beside = project.parent / "server"
    beside.mkdir()
    (beside / "views.py").touch()
    git(project.parent, "add", ".")
    (project / "linked").symlink_to(beside)
    product(project, "linked/**")
    assert affected(capsys).out == NOTHING
    (beside / "views.py").write_text("changed", "utf-8")
    assert affected(capsys).out.count("because of linked/views.py\n") == 5


@pytest.mark.parametrize("place", ["app/built/app.js", "../../elsewhere/app.js"])
def test_a_product_that_git_does_not_keep_counts_as_changed(
    project: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    """Git cannot tell whether what it ignores, or what lies outside of it, has changed: it says so, and walks."""
    (project / place).parent.mkdir()
    (project / place).touch()
    (project / ".gitignore").write_text("built/\n", "utf-8")
    product(project, "app/**", f"{Path(place).parent}/*.js")
    told = affected(capsys)
    assert told.out.count(f"because of {place}\n") == 5
    assert told.err == f"{place}: not kept in git, which cannot tell what has changed; taken as changed\n"
    assert cli.main(["check", "--since", "HEAD", "--dry-run"]) == 1
    told = capsys.readouterr()
    assert "to be walked: docs/page.md::sign-up" in told.out
    assert "not kept in git" in told.err


def test_a_product_in_a_submodule_counts(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also where the submodule's commit is the same, and only a file in it is not; what it ignores, git cannot tell."""
    origin = project / "origin"
    origin.mkdir()
    (origin / "views.py").touch()
    (origin / ".gitignore").write_text("*.js\n", "utf-8")
    git(origin, "init", "-q")
    commit(origin)
    (project / ".gitignore").write_text("origin/\n", "utf-8")
    git(project, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(origin), "server")
    product(project, "server/**")
    assert affected(capsys).out == NOTHING
    (project / "server/views.py").write_text("changed", "utf-8")
    assert affected(capsys).out.count("because of server/.gitignore, server/views.py\n") == 5
    commit(project / "server")
    told = affected(capsys)
    assert told.out.count("because of server/.gitignore, server/views.py\n") == 5
    assert not told.err
    commit(project)
    assert affected(capsys).out == NOTHING
    (project / "server/app.js").touch()
    assert affected(capsys).err.startswith("server/app.js: not kept in git")


def test_a_repository_that_git_does_not_trust_is_told_as_such(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not the revision that is wrong."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert cli.main(["check", "--since", "HEAD"]) == 2
    assert "dubious ownership" in capsys.readouterr().err


def test_a_module_that_fixtures_import_touches_all_steps(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A change of it is like one of the conftest file itself."""
    (project / "docs/conftest.py").write_text("from persons import reader\n", "utf-8")
    (project / "docs/persons.py").touch()
    commit(project)
    (project / "docs/persons.py").write_text("reader = None\n", "utf-8")
    assert affected(capsys).out.count("because of docs/persons.py\n") == 5
