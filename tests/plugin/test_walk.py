"""The plugin walks pages: what passes, what is written, and how pytest's own options behave."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import PLAIN
from tests.plugin.conftest import PAGE, Project
from walkthrough.evidence import PASSIVE, load
from walkthrough.settings import read_settings

SCROLLS_AWAY = """
const busy = document.querySelector('[aria-busy]'), more = document.querySelector('#more');
let times = 0, away = false;
const begin = () => {
  if (away) { away = false; return; }
  if (times === 2 || times && busy.ariaBusy === 'true') return;
  times += 1;
  busy.ariaBusy = 'true';
  more.textContent = 'Loading';
  setTimeout(() => {
    if (times === 1) { away = true; scrollTo(0, 0); }
    more.textContent = 'Loaded ' + times;
    busy.ariaBusy = 'false';
  }, 200);
};
addEventListener('scroll', begin);
"""
LEFT = """
class Left:
    def __init__(self):
        self.me = self

    def __del__(self):
        raise RuntimeError("left behind")

def test_left():
    Left()
"""


def test_a_page_that_is_true_passes_and_its_pictures_are_taken(project: Project) -> None:
    """With --walkthrough-update a passing walk writes its pictures and its evidence, and tells so."""
    result = project.run("docs", "--walkthrough-update", "-v")
    result.stdout.fnmatch_lines(["*SUBPASSED*step 3, line 11*", "*4 steps, 4 pictures*"])
    assert result.ret == 0
    for name in ("mail", "start", "form", "done"):
        assert (project.path / f"docs/images/{name}.png").stat().st_size > 5000
    evidence = json.loads((project.path / "docs/images/page.evidence.json").read_text("utf-8"))
    steps = evidence["walkthroughs"][0]["steps"]
    assert [step["number"] for step in steps] == [1, 2, 3, 4]
    assert steps[2]["values"] == {"persona.username": "jdoe"}
    assert [step["mails"] for step in steps] == [[], [], [["Code: 482913"]], []]
    boxes = [(box["role"], box["label"]) for box in steps[2]["pictures"][0]["boxes"]]
    assert [label for role, label in boxes if role not in PASSIVE][-1] == "Sign up"
    assert {("label", "Password"), ("masked", "Password")} <= set(boxes)


def test_two_runs_change_no_byte(project: Project) -> None:
    """A second run, with another port and so another address on the page, writes nothing."""
    assert project.run("docs", "--walkthrough-update").ret == 0
    before = {path: path.read_bytes() for path in (project.path / "docs").rglob("*.*")}
    result = project.run("docs", "--walkthrough-update")
    result.stdout.fnmatch_lines(["*nothing has changed*"])
    assert {path: path.read_bytes() for path in (project.path / "docs").rglob("*.*")} == before


def test_a_picture_that_is_the_same_to_the_pixel_is_not_written_anew(project: Project) -> None:
    """Evidence of a browser that packs pictures otherwise, or of an earlier version, changes no picture."""
    assert project.run("docs", "--walkthrough-update").ret == 0
    evidence = project.path / "docs/images/page.evidence.json"
    before = {path: path.read_bytes() for path in (project.path / "docs").rglob("*.*")}
    old = re.sub(r'\n *"shot": "[0-9a-f]{64}",', "", evidence.read_text("utf-8"))
    assert old.encode() != before[evidence]
    evidence.write_text(old, "utf-8")
    result = project.run("docs", "--walkthrough-update")
    result.stdout.fnmatch_lines(["*4 same", "written: docs/images/page.evidence.json"])
    assert {path: path.read_bytes() for path in (project.path / "docs").rglob("*.*")} == before


def test_a_picture_that_was_never_taken_is_a_failure(project: Project) -> None:
    """Without its picture a page is not whole, and the failure stands at the image's line."""
    result = project.run("docs")
    assert result.ret == 1
    where = f"docs/page.md:{project.line('mail.png')}"
    result.stdout.fnmatch_lines([f"*{where}: unverified: the picture images/mail.png has not been taken yet*"])


def test_a_committed_file_that_is_no_picture_is_told_and_taken_anew(project: Project) -> None:
    """What Git LFS leaves in a picture's place fails a check at the image's line, and an update replaces it."""
    assert project.run("docs", "--walkthrough-update").ret == 0
    picture = project.path / "docs/images/start.png"
    before = picture.read_bytes()
    project.write("docs/images/start.png", "version https://git-lfs.github.com/spec/v1\n")
    result = project.run("docs")
    assert result.ret == 1
    where = f"docs/page.md:{project.line('start.png')}"
    result.stdout.fnmatch_lines([f"*{where}: step 2: unverified: the file images/start.png is no picture*"])
    assert "3 same, 1 unverified" in str(result.stdout)
    assert project.run("docs", "--walkthrough-update").ret == 0
    assert picture.read_bytes() == before


def test_deselecting_and_rerunning_failures_work_as_anywhere(project: Project) -> None:
    """-k selects walkthroughs by name, and --lf runs those that failed."""
    second = PAGE.replace("sign-up", "other-way").replace("images/", "images/other-").replace("`Your inv", "`No inv")
    project.write("docs/second.md", second)
    project.pytester.makeini("[pytest]\nwalkthrough_pages = docs/*.md\nwalkthrough_timeout = 1")
    assert project.run("docs", "--walkthrough-update", "-k", "other-way").parseoutcomes()["failed"]
    result = project.run("docs", "--walkthrough-update", "-k", "sign-up")
    assert (result.ret, result.parseoutcomes()["passed"]) == (0, 1)
    result = project.run("docs", "--lf", "-v")
    assert "second.md::other-way" in str(result.stdout)
    assert "page.md::sign-up" not in str(result.stdout)


def test_workers_walk_side_by_side(project: Project) -> None:
    """With pytest-xdist pages run on several workers and are summed up once."""
    project.write("docs/second.md", PAGE.replace("images/", "images/second-"))
    result = project.run("docs", "--walkthrough-update", "-n2")
    assert result.ret == 0, str(result.stdout)
    assert str(result.stdout).count("4 steps, 4 pictures") == 2


def test_a_project_that_did_not_opt_in_is_left_alone(pytester: pytest.Pytester) -> None:
    """Without walkthrough_pages no page is collected and no browser library is imported."""
    Path(pytester.path, "page.md").write_text(PAGE, "utf-8")
    pytester.makepyfile("import sys\ndef test_light(): assert 'playwright' not in sys.modules")
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        ("docs/*.md", ["docs/page.md"]),
        ("docs/**/*.md", ["docs/page.md", "docs/a/b/page.md"]),
        ("docs/**", ["docs/page.md", "docs/a/b/page.md"]),
        ("./docs/a/**/*.md", ["docs/a/b/page.md"]),
    ],
)
def test_the_pages_are_those_that_the_globs_mean_from_the_root(project: Project, pages: str, found: list[str]) -> None:
    """pytest collects what the commands find: folders at any depth, and none that only ends alike."""
    for name in ("docs/a/b/page.md", "vendor/docs/page.md"):
        project.write(name, PAGE)
    project.settings(f"walkthrough_pages = {pages}")
    assert sorted(each.as_posix() for each in read_settings(project.path).found_pages()) == sorted(found)
    result = project.pytester.runpytest_inprocess("--collect-only", "-q")
    collected = {line.partition("::")[0] for line in result.outlines if "::sign-up" in line}
    assert collected == set(found), str(result.stdout)


@pytest.mark.parametrize("pages", ["/docs/*.md", "../docs/*.md"])
def test_pages_outside_of_the_project_are_refused(project: Project, pages: str) -> None:
    """The run ends at its start, with what was expected."""
    project.settings(f"walkthrough_pages = {pages}")
    result = project.run("docs")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"*walkthrough_pages: expected globs within the project's folder; found {pages}"])


def test_what_editors_leave_beside_a_page_is_no_page(project: Project) -> None:
    """A link that leads nowhere, as Emacs locks a page with; text in another encoding that holds no walkthrough."""
    (project.path / "docs/.#page.md").symlink_to("jdoe@research.example.1:2")
    (project.path / "docs/old.md").write_bytes(b"Gr\xfc\xdfe\n")
    result = project.run("docs", "--collect-only", "-q")
    assert result.ret == 0
    assert [line for line in result.outlines if ".md" in line] == ["docs/page.md::sign-up"]


def test_a_page_in_another_encoding_is_an_error_with_its_line(project: Project) -> None:
    """It holds a walkthrough, so it cannot be passed over."""
    text = (project.path / "docs/page.md").read_text("utf-8")
    (project.path / "docs/page.md").write_bytes(b"Gr\xfc\xdfe\n" + text.encode())
    result = project.run("docs")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*docs/page.md:1: expected text in UTF-8; found the byte 0xfc*"])


@pytest.mark.parametrize("timeout", ["soon", "0"])
def test_a_bad_setting_is_refused_by_name(project: Project, timeout: str) -> None:
    """A timeout that is no number of seconds ends the run at its start."""
    project.settings("walkthrough_pages = docs/*.md", f"walkthrough_timeout = {timeout}")
    result = project.run("docs")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*walkthrough_timeout: expected seconds*"])


def test_a_mistyped_page_is_an_error_with_its_line(project: Project) -> None:
    """A page that cannot be read as a guide fails at collection, naming each place."""
    project.change("docs/page.md", "{see}", "{sea}")
    result = project.run("docs")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines([f"*docs/page.md:{project.line('{sea}')}: unknown role {{sea}}*", "*mean {see}*"])


def test_an_unknown_persona_is_named(project: Project) -> None:
    """A persona that no fixture defines is an error at the directive's line."""
    project.change("docs/page.md", ":persona: reader", ":persona: writer")
    result = project.run("docs")
    assert result.ret == 2
    result.stdout.fnmatch_lines(["*docs/page.md:3: :persona: names “writer”, and there is no fixture*"])


def test_two_pages_do_not_share_a_picture(project: Project) -> None:
    """A second page that would write the first one's pictures is refused, naming both places."""
    project.write("docs/second.md", PAGE)
    result = project.run("docs")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*docs/second.md:8: the picture images/mail.png is also taken at docs/page.md:8*"])


def test_two_runs_at_once_do_not_disturb_each_other(project: Project) -> None:
    """Two updates of one project side by side both pass, and leave whole files."""
    command = [sys.executable, "-m", "pytest", "docs", "--walkthrough-update", *PLAIN]
    runs = [subprocess.Popen(command, cwd=project.path, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for run in runs:
        text, _ = run.communicate()
        assert run.returncode == 0, text
    assert load(project.path / "docs/images/page.evidence.json").get("sign-up")
    assert not [path for path in (project.path / "docs/images").iterdir() if path.name.startswith(".")]


def test_a_page_sees_a_fixed_day(project: Project) -> None:
    """Whatever the day of the run, the page's clock begins on the same one, in each way of asking for it."""
    ask = "[new Date(), new Date(Date.now()), new Date(Date())].map(d => d.toISOString().slice(0, 10)).join(' ')"
    project.change("site/index.html", "'You are at ' + location.origin + '/'", ask)
    project.change("docs/page.md", "2. Click", "2. Today is {see}`2026-01-12 2026-01-12 2026-01-12`. Click")
    assert project.run("docs", "--walkthrough-update").ret == 0


@pytest.mark.parametrize("order", [("docs", "tests"), ("tests", "docs")])
def test_a_walk_and_other_event_loops_get_along(project: Project, order: tuple[str, str]) -> None:
    """Tests that run in the same process before or after a walkthrough may start a loop of their own."""
    project.write("tests/test_loop.py", "import asyncio\ndef test_loop(): asyncio.run(asyncio.sleep(0))")
    result = project.run(*order, "--walkthrough-update")
    assert (result.ret, result.parseoutcomes()["passed"]) == (0, 2), str(result.stdout)


def test_what_tests_leave_behind_is_still_told(project: Project) -> None:
    """An error in what is destroyed at the session's end reaches pytest, though the plugin shortens that end."""
    (project.path / "test_left.py").write_text(LEFT, "utf-8")
    result = project.run(
        "docs", "test_left.py", "--walkthrough-update", "-W", "error::pytest.PytestUnraisableExceptionWarning"
    )
    result.stderr.fnmatch_lines(["*left behind*"])
    assert result.ret == 1


@pytest.mark.parametrize(
    "style",
    [
        "margin-top: 300vh",
        "position: absolute; left: 250vw",
        "display: grid; grid-template-rows: 300vh; align-items: end; height: 1px",  # its words overflow it
    ],
)
def test_what_a_step_sees_is_in_the_picture_of_a_page_that_scrolls_away(project: Project, style: str) -> None:
    """A page that scrolls to its start when it is done is scrolled back, down or sideways, and waited for once more."""
    far = f"<i aria-busy=true>…</i><div style='{style}'><p>All done</p><p id=more>…</p></div>"
    project.change("site/index.html", "<nav>", f"{far}<script>{SCROLLS_AWAY}</script><nav>")
    project.write(
        "docs/page.md", ":::{walkthrough} far\n:persona: reader\n\n1. {open}`Start <site.url>` {see}`All done`\n:::\n"
    )
    assert project.run("docs", "--walkthrough-update").ret == 0
    (view,) = load(project.path / "docs/images/page.evidence.json").get("far").steps[0].views
    assert [box.label for box in view.boxes] == ["All done"]
    assert "Loaded 2" in "\n".join(view.snapshot)
