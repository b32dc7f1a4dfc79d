"""What a session leaves and says at its end, and with which status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator

from tests.plugin.conftest import Project
from walkthrough.outcome import Verdict, read
from walkthrough.report.schemas import load

OTHER = "def test_other():\n    assert {}\n"


@pytest.fixture(autouse=True)
def no_code_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """The CI on which these tests run is not that of the project in them."""
    for name in ("GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions that walk nothing need none, and are over sooner."""
    monkeypatch.setenv("WALKTHROUGH_CHROMIUM", "no-such-browser")


def report(project: Project) -> Any:
    """The session's report, which keeps to its schema."""
    data = json.loads((project.path / ".walkthrough/report.json").read_text("utf-8"))
    Draft202012Validator(load("report")).validate(data)
    return data


def cases(path: Path) -> list[tuple[str, list[str]]]:
    """Name and outcomes of each test case of a JUnit file whose numbers agree with its test cases."""
    root = ElementTree.parse(path).getroot()
    for suite in root.iter("testsuite"):
        assert int(suite.attrib["tests"]) == len(suite.findall("testcase"))
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
    return [(str(case.get("name")), [child.tag for child in case]) for case in root.iter("testcase")]


def run_here(project: Project, *args: str) -> pytest.RunResult:
    """Run the project in this process, which starts sooner, and is enough where no walkthrough is walked."""
    return project.pytester.runpytest_inprocess(*args)


def invited(project: Project, code: str) -> None:
    """Let the fixture of what is given do this."""
    project.change("conftest.py", "def invited(reader):\n    pass", f"def invited(reader):\n    {code}")


def test_drift_is_told_to_people_machines_and_code_hosts(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """One session leaves report, gallery, JUnit files and marks, all of which name the page's line; its status is 1."""
    assert project.run("docs", "--walkthrough-update").ret == 0
    assert report(project)["status"] == 0
    project.change("site/form.html", "<button>Sign up", "<button>Create account")
    for name, value in {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": "job.md", "GITLAB_CI": "true"}.items():
        monkeypatch.setenv(name, value)
    result = project.run("docs", "--junitxml=all.xml", "-o", "junit_family=xunit1")
    place = f"docs/page.md:{project.line('tick') + 1}"
    path, line = place.split(":")

    assert result.ret == 1
    result.stdout.fnmatch_lines(
        [
            "docs/page.md:3  sign-up: 4 steps, 4 pictures, * s: 3 same, 1 label",
            f"{place}  label  step 3:*",
            f"    next:     walkthrough accept {place}",
            "look: .walkthrough/report.html",
            f"::error file={path},line={line},col=*title=sign-up%2C step 3%3A label::*",
        ]
    )
    data = report(project)
    assert (data["status"], data["verdicts"]) == (1, {"same": 3, "label": 1})
    assert [each["page"] for each in data["claims"]] == ["docs/page.md"]
    assert set(data["versions"]) == {"sphinx-walkthrough", "Python", "pytest", "Chromium"}

    expected = [[], [], ["failure"], []]
    for name in ("all.xml", ".walkthrough/junit.xml"):
        file = project.path / name
        found = cases(file)
        assert [[tag for tag in tags if tag != "properties"] for _, tags in found] == expected
        assert found[1][0] == "step 2: Click “Sign up”."
        third = [*ElementTree.parse(file).getroot().iter("testcase")][2]
        assert third.get("file") == path

    gallery = (project.path / ".walkthrough/report.html").read_text("utf-8")
    assert "Create account" in gallery
    assert "data:image/webp;base64," in gallery
    assert f"| {place} | label |" in (project.path / "job.md").read_text("utf-8")
    (finding, *_) = json.loads((project.path / ".walkthrough/gl-code-quality.json").read_text("utf-8"))
    assert finding["location"] == {"path": path, "lines": {"begin": int(line)}}


@pytest.mark.parametrize(
    ("option", "verdict", "reason"),
    [("-x", "label", "the run stopped at step 3"), ("--maxfail=1", "broken", "step 3 broke")],
)
def test_drift_that_stops_the_session_is_told(project: Project, option: str, verdict: str, reason: str) -> None:
    """Where the first failure ends the session, it is drift all the same, and what is behind it was not reached."""
    assert project.run("docs", "--walkthrough-update").ret == 0
    button = "<button>Create account</button>" if verdict == "label" else ""
    project.change("site/form.html", "<button>Sign up</button>", button)
    result = project.run("docs", option, "--junitxml=all.xml")
    assert result.ret == 1
    data = report(project)
    assert (data["status"], data["verdicts"]) == (1, {"same": 2, verdict: 1, "unreached": 1})
    assert data["walkthroughs"][0]["steps"][3]["reason"] == f"not reached, since {reason}"
    assert read(project.path / ".walkthrough/docs+page+sign-up/outcome.json").verdict is Verdict.UNREACHED
    assert f"2 same, 1 {verdict}, 1 unreached" in str(result.stdout)
    told = [tag for _, tags in cases(project.path / "all.xml") for tag in tags if tag != "properties"]
    assert told == ["failure", "error"]


@pytest.mark.usefixtures("no_browser")
def test_a_fixture_that_fails_is_an_error_and_no_drift(project: Project) -> None:
    """Nothing was walked, so the status is 2; the reason stands in the report and the summary."""
    invited(project, "raise OSError('no mail')")
    result = run_here(project, "docs", "--junitxml=all.xml")
    assert result.ret == 2
    result.stdout.fnmatch_lines(["docs/page.md:3  sign-up: could not be walked: no mail"])
    assert "conftest.py" in str(result.stdout)
    assert "pluggy/" not in str(result.stdout)
    data = report(project)
    assert (data["status"], data["walkthroughs"][0]["error"]) == (2, "no mail")
    assert cases(project.path / "all.xml") == [("sign-up", ["error"])]


def test_a_fixture_that_fails_behind_the_last_step_is_an_error(project: Project) -> None:
    """The steps are told as they were, the status is 2, and the page does not count as verified."""
    assert project.run("docs", "--walkthrough-update").ret == 0
    product = "walkthrough_product=site/**"
    invited(project, "yield; raise OSError('still locked')")
    result = project.run("docs", "--junitxml=all.xml", "-o", product)
    assert result.ret == 2
    error = "a fixture failed behind the last step: OSError: still locked"
    result.stdout.fnmatch_lines([f"docs/page.md:3  sign-up: was walked, and not ended: {error}"])
    data = report(project)
    assert (data["status"], data["verdicts"], data["walkthroughs"][0]["error"]) == (2, {"same": 4}, error)
    assert ("sign-up", ["error"]) in cases(project.path / "all.xml")
    assert "docs/page.md" not in (project.path / ".walkthrough/verified.json").read_text("utf-8")


@pytest.mark.usefixtures("no_browser")
def test_a_failed_test_comes_before_an_error(project: Project) -> None:
    """Where another test failed too, the status says so first."""
    invited(project, "raise OSError('no mail')")
    project.write("test_other.py", OTHER.format(False))
    assert run_here(project).ret == 1


@pytest.mark.usefixtures("no_browser")
def test_a_skipped_walkthrough_does_not_pass(project: Project) -> None:
    """What a fixture skips was not checked: status 2, with the fixture's reason."""
    invited(project, "pytest.skip('no licence')")
    project.write("test_other.py", OTHER.format(True))
    result = run_here(project)
    assert result.ret == 2
    result.stdout.fnmatch_lines(["docs/page.md:3  sign-up: not walked: Skipped: no licence"])
    (missed,) = report(project)["not_walked"]
    assert missed == {"place": "docs/page.md:3", "name": "sign-up", "reason": "Skipped: no licence"}


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize("options", [(), ("-n2",)], ids=["one process", "two workers"])
def test_a_session_that_walks_nothing_is_an_error(project: Project, options: tuple[str, ...]) -> None:
    """Where each walkthrough is deselected and no other test runs, nothing was checked."""
    result = project.run("docs", "-k", "nothing", *options)
    assert result.ret == 2
    result.stdout.fnmatch_lines(["nothing was checked: each walkthrough was deselected"])


@pytest.mark.usefixtures("no_browser")
def test_a_missing_browser_is_an_error(project: Project) -> None:
    """Without a browser nothing can be walked, which is no drift; the reason says what to do."""
    assert run_here(project, "docs").ret == 2
    (missed,) = report(project)["not_walked"]
    assert missed["reason"].startswith("WALKTHROUGH_CHROMIUM is 'no-such-browser', which is not a program")


@pytest.mark.usefixtures("no_browser")
def test_other_tests_may_run_alone(project: Project) -> None:
    """To leave walkthroughs out for a moment is no error where something else ran, nor is collecting alone."""
    project.write("test_other.py", OTHER.format(True))
    assert run_here(project, "-k", "other").ret == 0
    assert run_here(project, "docs", "--collect-only").ret == 0
    assert not (project.path / ".walkthrough").exists()


@pytest.mark.usefixtures("no_browser")
def test_a_page_that_cannot_be_read_is_in_the_report(project: Project) -> None:
    """The session is interrupted as pytest does it, and the report names the page's line."""
    project.change("docs/page.md", "{click}`Sign up`.\n   ![The start", "{clikc}`Sign up`.\n   ![The start")
    assert run_here(project, "docs").ret == 2
    (missed,) = report(project)["not_walked"]
    assert missed["place"] == f"docs/page.md:{project.line('clikc')}"
    assert "clikc" in missed["reason"]


def test_workers_tell_the_session_what_they_found(project: Project) -> None:
    """With pytest-xdist, walkthroughs of several workers stand in one report, in the pages' order."""
    for name in ("b", "a"):
        page = (
            f":::{{walkthrough}} {name}\n:persona: reader\n\n1. Open {{open}}`/done.html` and {{see}}`{name}`.\n:::\n"
        )
        project.write(f"docs/{name}.md", page.replace("`/done.html`", "`the site <site.url>`"))
    project.path.joinpath("docs/page.md").unlink()
    result = project.run("docs", "-n2", "--junitxml=all.xml")
    assert result.ret == 1
    data = report(project)
    assert [(each["page"], each["steps"][0]["verdict"]) for each in data["walkthroughs"]] == [
        ("docs/a.md", "broken"),
        ("docs/b.md", "broken"),
    ]
    assert [tags for _, tags in cases(project.path / "all.xml")] == [["failure"], ["failure"]]


@pytest.mark.usefixtures("no_browser")
def test_a_worker_that_ends_by_itself_is_an_error(project: Project) -> None:
    """Its walkthrough was not checked, which is no drift; the report says what became of it."""
    invited(project, "import os; os._exit(3)")
    result = project.run("docs", "-n1", "--max-worker-restart=0")
    assert result.ret == 2
    (missed,) = report(project)["not_walked"]
    assert missed["name"] == "sign-up"
    assert "crashed while running" in missed["reason"]
