"""Each step gets a verdict, from what is committed and what a run sees; what is no longer true fails at its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.plugin.conftest import Project
from walkthrough.outcome import StepOutcome, Verdict, WalkthroughOutcome, read


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the evidence and pictures of the unchanged page are kept, once a test has walked it."""
    return tmp_path_factory.mktemp("verified") / "images"


@pytest.fixture
def verified(project: Project, kept: Path) -> Project:
    """A project whose page has been walked, with its evidence and pictures, which each walk writes alike."""
    images = project.path / "docs/images"
    if kept.exists():
        shutil.copytree(kept, images)
    else:
        assert project.run("docs", "--walkthrough-update").ret == 0
        shutil.copytree(images, kept)
    return project


def outcome(project: Project) -> WalkthroughOutcome:
    return read(project.path / ".walkthrough/docs+page+sign-up/outcome.json")


def step(project: Project, number: int) -> StepOutcome:
    return outcome(project).steps[number - 1]


def test_an_unchanged_product_is_the_same(verified: Project) -> None:
    """Every step is the same, and the outcome says so."""
    assert verified.run("docs").ret == 0
    assert {each.verdict for each in outcome(verified).steps} == {Verdict.SAME}


def test_the_walk_goes_on_under_a_certain_new_name(verified: Project) -> None:
    """A renamed button is a label at its line, and the steps behind it are walked and judged."""
    verified.change("site/form.html", "<button>Sign up", "<button>Create account")
    result = verified.run("docs")
    line = verified.line("tick") + 1
    assert result.ret == 1
    result.stdout.fnmatch_lines([f"docs/page.md:{line}: step 3: label: *Sign up*Create account*"])
    assert [each.verdict for each in outcome(verified).steps] == ["same", "same", "label", "same"]
    (change,) = (each for each in step(verified, 3).changes if each.role)
    assert (change.role, change.old, change.new, change.where.line) == ("click", "Sign up", "Create account", line)


def test_two_new_names_are_found_in_one_run(verified: Project) -> None:
    """A run tells all drift of a page, not the first alone."""
    verified.change("site/index.html", ">Sign up<", ">Sign up here<")
    verified.change("site/form.html", ">Code<", ">One-time code<")
    assert verified.run("docs").ret == 1
    assert [each.verdict for each in outcome(verified).steps] == ["same", "label", "label", "same"]


def test_what_is_gone_breaks_and_the_rest_is_not_reached(verified: Project) -> None:
    """A removed control is no renamed one."""
    verified.change("site/form.html", "<button>Sign up</button>", "")
    assert verified.run("docs").ret == 1
    assert [each.verdict for each in outcome(verified).steps] == ["same", "same", "broken", "unreached"]


def test_a_moved_field_is_another_layout(verified: Project) -> None:
    """Fields in another order hold every word, and fail as layout; the new picture is kept beside the outcome."""
    text = (verified.path / "site/form.html").read_text("utf-8")
    password = text[text.index("<label for=p>") : text.index("<label for=c>")]
    moved = text.replace(password, "").replace("<label for=u>", password + "<label for=u>")
    verified.write("site/form.html", moved)
    assert verified.run("docs").ret == 1
    found = step(verified, 3)
    assert found.verdict is Verdict.LAYOUT
    assert "Password" in found.reason
    assert (verified.path / found.pictures[0].taken).is_file()
    assert found.pictures[0].difference > 0


def test_what_walkthroughs_and_pictures_leave_is_kept_apart(project: Project) -> None:
    """Pages, walkthroughs and pictures whose names only begin or end otherwise share no file."""
    steps = (
        "1. {open}`Start <site.url>`\n   ![a](../shots/%s/form.png)\n2. {see}`Welcome`\n   ![b](images/%s/form.png)\n"
    )
    called = [("docs/page.md", "admin-sign-up"), ("docs/page-admin.md", "sign-up"), ("docs/page/admin.md", "sign-up")]
    for number, (page, name) in enumerate(called):
        text = f":::{{walkthrough}} {name}\n:persona: reader\n\n{steps}:::\n"
        project.write(page, text.replace("%s", str(number)))
    project.settings("walkthrough_pages = docs/**/*.md", "walkthrough_timeout = 2")
    assert project.run("docs").ret == 1
    outcomes = [read(each) for each in (project.path / ".walkthrough").glob("*/outcome.json")]
    assert sorted((each.page, each.name) for each in outcomes) == sorted(called)
    taken = [picture.taken for each in outcomes for step in each.steps for picture in step.pictures]
    assert len(set(taken)) == 6
    assert all((project.path / each).is_file() for each in taken)


@pytest.mark.parametrize(
    "style",
    ["position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)", "opacity: 0"],
)
def test_a_label_for_screen_readers_alone_can_no_longer_be_read(verified: Project, style: str) -> None:
    """The field keeps its name, so it can be filled in, and nobody sees any more which one it is."""
    verified.change("site/form.html", "<label for=u>", f"<label for=u style='{style}'>")
    assert verified.run("docs").ret == 1
    assert step(verified, 3).verdict is Verdict.LABEL
    assert step(verified, 3).reason == "the label **User name** is no longer written beside its field"


def test_a_label_in_the_colour_of_its_ground_can_no_longer_be_read(verified: Project) -> None:
    """The tree has its words still, and the picture nothing to be seen."""
    verified.change("site/form.html", "<label for=u>", "<label for=u style='color: #fff'>")
    assert verified.run("docs").ret == 1
    assert step(verified, 3).verdict is Verdict.LABEL
    assert step(verified, 3).reason == "nothing can be seen where the label **User name** is"


def test_another_colour_passes_and_is_told(verified: Project) -> None:
    """Looks alone are cosmetic: the run passes, and names the picture's difference."""
    verified.change("site/index.html", "<main>", "<main style='background:#fff3d0'>")
    result = verified.run("docs")
    assert result.ret == 0
    assert step(verified, 2).verdict is Verdict.COSMETIC
    assert step(verified, 2).pictures[0].difference > 0.1


def test_an_edited_sentence_is_unverified(verified: Project) -> None:
    """Words that no run has walked are told at their line, though they could be walked."""
    verified.change("docs/page.md", "2. Click", "2. Then click")
    assert verified.run("docs").ret == 1
    assert [each.verdict for each in outcome(verified).steps] == ["same", "unverified", "same", "same"]


def test_a_picture_that_is_gone_is_told_once(verified: Project) -> None:
    """Of a step that was not edited, a missing picture is one change, at its line."""
    (verified.path / "docs/images/start.png").unlink()
    assert verified.run("docs").ret == 1
    (change,) = step(verified, 2).changes
    assert (change.verdict, change.where.line) == (Verdict.UNVERIFIED, verified.line("start.png"))


def test_a_dropped_step_is_unverified(verified: Project) -> None:
    """A page that has lost its last step is not the page that was verified."""
    text = (verified.path / "docs/page.md").read_text("utf-8")
    start = text.index("4. {see}")
    verified.write("docs/page.md", text[:start] + text[text.index(":::", start) :])
    result = verified.run("docs")
    assert result.ret == 1
    assert "the walkthrough had a step 4 when it was last verified" in str(result.stdout)


def test_an_update_takes_on_a_layout_but_no_label(verified: Project) -> None:
    """Words that are no longer true are never written over; what only looks different is."""
    before = (verified.path / "docs/images/page.evidence.json").read_bytes()
    verified.change("site/form.html", "<button>Sign up", "<button>Create account")
    assert verified.run("docs", "--walkthrough-update").ret == 1
    assert (verified.path / "docs/images/page.evidence.json").read_bytes() == before
    verified.change("site/form.html", "<button>Create account", "<button>Sign up")
    verified.change("site/form.html", "<h1>", "<label>Telephone <input></label><h1>")
    assert verified.run("docs", "--walkthrough-update").ret == 0
    assert outcome(verified).updated
    assert step(verified, 3).verdict is Verdict.LAYOUT
    assert verified.run("docs").ret == 0


def test_a_code_of_another_length_is_told(verified: Project) -> None:
    """A value of digits has as many of them as the example that pages show."""
    verified.change("conftest.py", '"731946"', '"73194688"')
    assert verified.run("docs").ret == 1
    assert step(verified, 3).verdict is Verdict.BROKEN
    assert "6 digits" in step(verified, 3).expected
    assert "8" in step(verified, 3).found


def test_a_changed_subject_is_a_label(verified: Project) -> None:
    """A mailbox that can name its messages lets the walk go on under the new subject."""
    verified.change("conftest.py", '"Your invitation")', '"Your personal invitation")')
    verified.change(
        "conftest.py", "    def find(", "    def subjects(self): return ['Your personal invitation']\n\n    def find("
    )
    verified.change("site/mail.html", "Your invitation", "Your personal invitation")
    assert verified.run("docs").ret == 1
    assert [each.verdict for each in outcome(verified).steps] == ["label", "same", "same", "same"]
    assert step(verified, 1).changes[0].new == "Your personal invitation"


@pytest.mark.parametrize(("style", "why"), [("opacity: 0", "is transparent"), ("filter: blur(8px)", "is blurred")])
def test_what_cannot_be_seen_is_not_used(verified: Project, style: str, why: str) -> None:
    """A control that is transparent or blurred is none that a reader could click."""
    verified.change("site/form.html", "<button>", f"<button style='{style}'>")
    result = verified.run("docs")
    assert result.ret == 1
    assert step(verified, 3).verdict is Verdict.BROKEN
    assert step(verified, 3).found == f"one that {why}"


@pytest.mark.parametrize(
    "button",
    [
        "<button aria-label='Sign up'><svg width=30 height=20><circle cx=9 cy=9 r=5></svg>",
        "<style>button { background: linear-gradient(90deg, #000, #fff) }</style>"
        "<button aria-label='Sign up' style='padding: 9px 40px; font-size: 0'>Sign up",
    ],
)
def test_a_name_for_screen_readers_alone_is_told(verified: Project, button: str) -> None:
    """A button with an icon in place of words, or words without a size, is found by its name, and not by a person."""
    verified.change("site/form.html", "<button>Sign up", button)
    assert verified.run("docs").ret == 1
    assert step(verified, 3).verdict is Verdict.LABEL
    assert step(verified, 3).reason == "**Sign up** is no longer written on it"


@pytest.mark.parametrize(
    ("style", "told"),
    [
        ("color: #fff", "nothing can be seen where “Ab1-stable-sample” is"),
        ("text-transform: uppercase", "what line {} enters as **Password** cannot be read here any more"),
        ("-webkit-text-security: disc", "what line {} enters as **Password** cannot be read here any more"),
        (
            "unicode-bidi: bidi-override; direction: rtl",
            "what line {} enters as **Password** cannot be read here any more",
        ),
    ],
)
def test_a_value_that_a_style_shows_otherwise_is_told(verified: Project, style: str, told: str) -> None:
    """The tree has the password still, and whoever copies what is to be seen of it gets another one, or none."""
    verified.change("site/mail.html", "<code>", f"<code style='{style}'>")
    assert verified.run("docs").ret == 1
    assert step(verified, 1).verdict is Verdict.LABEL
    assert step(verified, 1).reason == told.format(verified.line("{fill}`Password"))


def test_what_is_cut_off_is_not_used(verified: Project) -> None:
    """A browser would scroll what hides what runs over, and a person cannot; what is placed out of it can be seen."""
    verified.change("site/form.html", "<form", "<form style='display: grid; height: 40px; overflow: hidden'")
    assert verified.run("docs").ret == 1
    assert step(verified, 3).verdict is Verdict.BROKEN
    assert "cut off by what is around it" in step(verified, 3).found
    verified.change("site/form.html", "<button>", "<button style='position: absolute; top: 500px; left: 40px'>")
    verified.change("site/form.html", "height: 40px", "height: 400px")
    assert verified.run("docs").ret == 1
    assert step(verified, 3).verdict is not Verdict.BROKEN


def test_the_product_s_files_are_kept_with_the_step_that_they_were_rendered_for(project: Project) -> None:
    """The evidence names them relative to the root, once each, and nothing from outside."""
    code = (
        "\n@pytest.fixture(scope='session')\ndef walkthrough_sources():\n"
        "    root = Path(__file__).parent\n"
        "    names = lambda urls: {each.rsplit('/', 1)[-1] or 'index.html' for each in urls}\n"
        "    return lambda urls: [*(root / 'site' / name for name in names(urls)), Path('/etc/hosts')]\n"
    )
    path = project.path / "conftest.py"
    path.write_text(path.read_text("utf-8") + code, "utf-8")
    assert project.run("docs", "--walkthrough-update").ret == 0
    sources = [[*each.evidence.sources] if each.evidence else [] for each in outcome(project).steps]
    assert sources[0] == ["site/mail.html"]
    assert "site/index.html" in sources[1]
    assert "site/form.html" in sources[2]
