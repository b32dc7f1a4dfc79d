"""Marks for code hosts, in their own formats."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.report.runs import PAGE, drifted, renamed, run_of, step, walkthrough
from walkthrough.model import Location
from walkthrough.outcome import Change, Verdict
from walkthrough.report import annotations as hosts
from walkthrough.report.run import NotWalked

NASTY = "50 %, a:b;c]\r\n::error::<script>|`x` [y](z)"
ONE_LINE = " ".join(NASTY.split())
WHERE = Location("docs/a page.md", 51, 4)


def test_each_change_is_marked_where_it_stands() -> None:
    """A line that quotes the old name is marked too; what only looks different is not."""
    marks = hosts.marks(run_of(walkthrough(renamed(), step(1, Verdict.COSMETIC, "greener"))))
    assert [(str(mark.where), mark.verdict) for mark in marks] == [
        (f"{PAGE}:44", Verdict.LABEL),
        (f"{PAGE}:47", Verdict.LABEL),
    ]


def test_a_line_has_one_mark_of_a_verdict() -> None:
    """A dozen changes of one line are one mark, which says how many there are."""
    moved = tuple(Change(Verdict.LAYOUT, f"**{each}** moved", Location(PAGE, 50, each)) for each in (1, 2, 3))
    (mark,) = hosts.marks(run_of(walkthrough(step(4, Verdict.LAYOUT, "**2** moved", changes=moved))))
    assert mark.message == "**2** moved (and 2 more of layout here)"


def test_the_worst_comes_first() -> None:
    """Where a host shows a few only, those are the broken steps and what was not walked."""
    marks = hosts.marks(drifted(not_walked=(NotWalked("docs/x.md:3", "x", "no licence here"),)))
    assert [str(mark.where) for mark in marks[:2]] == ["docs/x.md:3", f"{PAGE}:45"]
    assert marks[-1].verdict is Verdict.UNREACHED


def test_a_passing_run_has_no_mark() -> None:
    """Nothing is shown where nothing is wrong, and GitLab's report is empty."""
    run = run_of(walkthrough(step(1, Verdict.SAME), step(2, Verdict.COSMETIC, "greener")))
    assert [*hosts.github(run), *hosts.azure(run)] == []
    assert json.loads(hosts.gitlab(run)) == []


def test_github_commands_are_one_line_and_read_back() -> None:
    """Percent signs, ends of lines, colons and commas are escaped as the runner undoes it."""
    (line,) = hosts.github(run_of(walkthrough(step(1, Verdict.LABEL, NASTY), name="a: b, c")), "guide/")
    assert "\n" not in line
    assert "\r" not in line
    match = re.fullmatch(r"::error ([^:]*)::(.*)", line)
    assert match
    properties = dict(pair.split("=", 1) for pair in match[1].split(","))
    assert properties == {
        "file": "guide/docs/login.md",
        "line": "41",
        "col": "4",
        "title": "a%3A b%2C c%2C step 1%3A label",
    }
    said = match[2].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
    assert said.startswith(ONE_LINE)


def test_azure_commands_are_one_line_and_read_back() -> None:
    """Semicolons, brackets, percent signs and ends of lines are escaped as the agent undoes it."""
    page = walkthrough(step(1, Verdict.BROKEN, NASTY))
    (line,) = hosts.azure(run_of(page), "a;b]%/")
    match = re.fullmatch(r"##vso\[task\.logissue ([^\]]*)\](.*)", line)
    assert match
    properties = dict(pair.split("=", 1) for pair in match[1].rstrip(";").split(";"))
    assert properties == {
        "type": "error",
        "sourcepath": "a%3Bb%5D%AZP25/docs/login.md",
        "linenumber": "41",
        "columnnumber": "4",
        "code": "broken",
    }
    said = match[2].replace("%0D", "\r").replace("%0A", "\n").replace("%AZP25", "%")
    assert said.startswith(f"sign-up, step 1: broken: {ONE_LINE}")


def test_gitlab_findings_have_what_it_asks_for() -> None:
    """Each has a description, a check's name, a severity that GitLab knows, a place, and a fingerprint of its own."""
    twice = step(1, Verdict.LAYOUT, "the same")
    found = json.loads(hosts.gitlab(run_of(walkthrough(twice, twice, renamed())), "guide/"))
    assert len({each["fingerprint"] for each in found}) == len(found) == 4
    for each in found:
        assert set(each) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert each["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert each["location"]["path"] == "guide/docs/login.md"
        assert each["location"]["lines"]["begin"] > 0


def test_a_fingerprint_stays_where_only_lines_move() -> None:
    """GitLab knows a finding again after a paragraph was added above it."""
    before = json.loads(hosts.gitlab(run_of(walkthrough(step(1, Verdict.LAYOUT, "moved")))))
    moved = replace(step(1, Verdict.LAYOUT, "moved"), where=Location(PAGE, 99))
    after = json.loads(hosts.gitlab(run_of(walkthrough(moved))))
    assert before[0]["fingerprint"] == after[0]["fingerprint"]
    assert after[0]["location"]["lines"]["begin"] == 99


def test_the_markdown_is_a_table_that_text_cannot_leave() -> None:
    """Each mark is one row, whatever stands in its message; links are the page's lines."""
    text = hosts.markdown(run_of(walkthrough(step(1, Verdict.LABEL, NASTY))), lambda where: f"https://x/{where.line}")
    rows = [line for line in text.splitlines() if line.startswith("| [docs/login.md:41]")]
    assert len(rows) == 1
    assert len(re.findall(r"(?<!\\)\|", rows[0])) == 5
    assert "(https://x/41)" in rows[0]
    assert "<script>" not in text
    assert "](z)" not in text.replace("\\](z)", "")


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        (
            {"GITHUB_SERVER_URL": "https://git.example", "GITHUB_REPOSITORY": "o/r", "GITHUB_SHA": "abc"},
            "https://git.example/o/r/blob/abc/guide/docs/a%20page.md?plain=1#L51",
        ),
        (
            {"CI_PROJECT_URL": "https://git.example/o/r", "CI_COMMIT_SHA": "abc"},
            "https://git.example/o/r/-/blob/abc/guide/docs/a%20page.md?plain=1#L51",
        ),
        (
            {
                "BUILD_REPOSITORY_URI": "https://dev.example/o/_git/r",
                "BUILD_SOURCEVERSION": "abc",
                "BUILD_REPOSITORY_PROVIDER": "TfsGit",
            },
            "https://dev.example/o/_git/r?path=/guide/docs/a%20page.md&version=GCabc"
            "&line=51&lineEnd=52&lineStartColumn=1&lineEndColumn=1",
        ),
        (
            {
                "BUILD_REPOSITORY_URI": "https://git.example/o/r.git",
                "BUILD_SOURCEVERSION": "abc",
                "BUILD_REPOSITORY_PROVIDER": "GitHub",
            },
            "https://git.example/o/r/blob/abc/guide/docs/a%20page.md?plain=1#L51",
        ),
    ],
)
def test_a_page_is_linked_at_its_line(environment: dict[str, str], address: str) -> None:
    """The address is that of this commit on the host."""
    link = hosts.source_link(environment, "guide/")
    assert link is not None
    assert link(WHERE) == address


def test_elsewhere_nothing_is_linked() -> None:
    """On a person's own machine there is no code host."""
    assert hosts.source_link({}) is None
    assert hosts.source_link({"GITHUB_REPOSITORY": "o/r"}) is None


def test_a_guide_in_a_folder_of_its_repository_is_found(tmp_path: Path) -> None:
    """Paths are the repository's, which differ from the project's where it is a part of it."""
    assert hosts.folder_in_repository({"GITHUB_WORKSPACE": str(tmp_path)}, tmp_path / "guide") == "guide/"
    assert hosts.folder_in_repository({"CI_PROJECT_DIR": str(tmp_path)}, tmp_path) == ""
    assert hosts.folder_in_repository({"CI_PROJECT_DIR": str(tmp_path / "x")}, tmp_path) == ""
    assert hosts.folder_in_repository({}, tmp_path) == ""
