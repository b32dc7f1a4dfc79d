"""What is unchanged since it was verified is not walked; any difference asks for a walk."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.unit.accept.outcomes import PATH, Run
from walkthrough import check, cli
from walkthrough.evidence import evidence_path, save
from walkthrough.outcome import Verdict
from walkthrough.settings import Settings, SettingsError, read_settings
from walkthrough.verified import FILE, listing, read_ledger, record

SETTINGS = """\
[pytest]
walkthrough_pages = docs/*.md
walkthrough_product = app/** lock.txt
walkthrough_environment = APP_*
"""
_NOT_NEEDED = {"pytest", "playwright", "pydantic", "_pytest", "PIL", "numpy"}


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A project with a page, its evidence, a picture, a product and fixtures."""
    files = {"pytest.ini": SETTINGS, PATH: Run().text, "docs/conftest.py": "", "app/views.py": "", "lock.txt": ""}
    for name, text in {**files, "docs/images/start.png": "picture", "overlay/page.html": "x"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    save(evidence_path(tmp_path / PATH), Run().evidence)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("APP_OVERLAY", str(tmp_path / "overlay"))
    return read_settings()


@pytest.fixture
def walks(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The words of each pytest that a check starts; none of them runs."""
    started: list[list[str]] = []

    def run(command: list[str], **_: object) -> SimpleNamespace:
        started.append(command)
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(check.subprocess, "run", run)
    return started


def test_what_is_unchanged_is_told_with_its_day_and_products(
    settings: Settings, walks: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Page, steps, moment and versions are named, and nothing is started."""
    assert record(settings, Run().outcomes()) == [PATH]
    assert cli.main(["check"]) == 0
    told = capsys.readouterr().out
    assert f"{PATH}: unchanged since it was verified on 20" in told
    assert "1 walkthrough, 3 steps, with App 2" in told
    assert "walkthrough check --all" in told
    assert not walks
    assert cli.main(["check", "--all", "-n", "2", "--", "-v"]) == 0
    assert walks == [[sys.executable, "-m", "pytest", str(settings.root / PATH), "--numprocesses=2", "-v"]]


CHANGES: dict[str, Callable[[Path], object]] = {
    "page": lambda root: (root / PATH).write_text(Run().text + "\n", "utf-8"),
    "picture": lambda root: (root / "docs/images/start.png").write_text("other", "utf-8"),
    "missing picture": lambda root: (root / "docs/images/start.png").unlink(),
    "evidence": lambda root: evidence_path(root / PATH).write_text("{}", "utf-8"),
    "fixtures": lambda root: (root / "docs/conftest.py").write_text("x = 1", "utf-8"),
    "fixtures above": lambda root: (root / "conftest.py").write_text("x = 1", "utf-8"),
    "settings": lambda root: (root / "pytest.ini").write_text(SETTINGS + "walkthrough_timeout = 3\n", "utf-8"),
    "product": lambda root: (root / "app/views.py").write_text("x = 1", "utf-8"),
    "new file": lambda root: (root / "app/new.html").write_text("", "utf-8"),
    "lock": lambda root: (root / "lock.txt").write_text("x==1", "utf-8"),
    "overlay": lambda root: (root / "overlay/page.html").write_text("y", "utf-8"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_difference_asks_for_a_walk(settings: Settings, walks: list[list[str]], change: str) -> None:
    """Page, pictures, evidence, fixtures, settings, product and environment all count."""
    record(settings, Run().outcomes())
    CHANGES[change](settings.root)
    assert cli.main(["check"]) == 0
    assert len(walks) == 1


IMPORTS: dict[str, str] = {
    "import persons": "docs/persons.py",
    "from persons import reader": "docs/persons.py",
    "def reader():\n    from shared.persons import reader": "shared/persons.py",
    "from shared import persons": "shared/persons.py",
    "import shared.persons as p": "shared/__init__.py",
    "from . import persons": "docs/persons.py",
    "from .persons import reader": "docs/persons.py",
    "from ..shared.persons import reader": "shared/persons.py",
    "pytest_plugins = ['shared.persons']": "shared/persons.py",
    "pytest_plugins = 'persons'": "docs/persons.py",
    "import helper_of_tests": "support/helper_of_tests.py",
    "import between": "docs/behind.py",
}


@pytest.mark.parametrize(("line", "file"), IMPORTS.items(), ids=IMPORTS)
def test_a_module_that_fixtures_import_counts(settings: Settings, walks: list[list[str]], line: str, file: str) -> None:
    """However it is imported, by the conftest file or by another module; one that comes anew too."""
    root = settings.root
    (root / "pytest.ini").write_text(f"{SETTINGS}pythonpath = support\n", "utf-8")
    (root / "docs/conftest.py").write_text(f"import os\n{line}\n", "utf-8")
    (root / "docs/between.py").write_text("import behind\n", "utf-8")
    record(read_settings(), Run().outcomes())
    assert cli.main(["check"]) == 0
    assert not walks
    (root / file).parent.mkdir(exist_ok=True)
    (root / file).touch()
    assert cli.main(["check"]) == 0
    record(read_settings(), Run().outcomes())
    (root / file).write_text("reader = None\n", "utf-8")
    assert cli.main(["check"]) == 0
    assert len(walks) == 2


def test_a_conftest_that_is_no_python_is_left_to_the_run(settings: Settings, walks: list[list[str]]) -> None:
    """It tells where the mistake is."""
    (settings.root / "docs/conftest.py").write_text("import (\n", "utf-8")
    assert cli.main(["check"]) == 0
    assert len(walks) == 1


@pytest.mark.parametrize("place", ["app/templates", "overlay/templates"])
def test_what_links_lead_to_counts(settings: Settings, walks: list[list[str]], place: str) -> None:
    """A folder elsewhere belongs to the product or the environment that links to it; one that leads back is no loop."""
    branding = settings.root / "branding"
    branding.mkdir()
    (branding / "page.html").write_text("x", "utf-8")
    (settings.root / place).symlink_to(branding)
    (branding / "back").symlink_to(settings.root / place.partition("/")[0])
    (branding / "nowhere").symlink_to("nowhere")
    record(settings, Run().outcomes())
    assert cli.main(["check"]) == 0
    assert not walks
    (branding / "page.html").write_text("y", "utf-8")
    assert cli.main(["check"]) == 0
    assert len(walks) == 1


@pytest.mark.parametrize("value", [None, "another"])
def test_another_environment_asks_for_a_walk(
    settings: Settings, walks: list[list[str]], monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    """A variable that the project names counts, whether it is changed or gone."""
    record(settings, Run().outcomes())
    monkeypatch.delenv("APP_OVERLAY")
    if value:
        monkeypatch.setenv("APP_OVERLAY", value)
    assert cli.main(["check"]) == 0
    assert len(walks) == 1


def test_what_compiling_leaves_is_no_change(settings: Settings, walks: list[list[str]]) -> None:
    """Python's caches are not the product."""
    record(settings, Run().outcomes())
    (settings.root / "app/__pycache__").mkdir()
    (settings.root / "app/__pycache__/views.pyc").write_bytes(b"x")
    assert cli.main(["check"]) == 0
    assert not walks


@pytest.mark.parametrize("content", ["", "[]", '{"schema": 0}', '{"schema": 1, "pages": {"docs/page.md": {}}}', "\0"])
def test_a_damaged_ledger_is_ignored_with_a_note(
    settings: Settings, walks: list[list[str]], capsys: pytest.CaptureFixture[str], content: str
) -> None:
    """What cannot be read proves nothing, so everything is walked."""
    record(settings, Run().outcomes())
    (settings.artifacts_folder / FILE).write_text(content, "utf-8")
    assert cli.main(["check"]) == 0
    assert len(walks) == 1
    assert "ignored, since it cannot be used" in capsys.readouterr().err


def test_a_page_that_drifted_is_no_longer_verified(settings: Settings) -> None:
    """A run that finds drift takes the page out of the ledger, though no file has changed."""
    record(settings, Run().outcomes())
    assert record(settings, Run().finds(2, Verdict.LAYOUT).outcomes()) == []
    assert not read_ledger(settings).pages


def test_a_page_whose_fixtures_failed_is_not_verified(settings: Settings) -> None:
    """An error behind the last step counts, though each step is true, and though the run wrote what it took."""
    (whole,) = Run().outcomes()
    record(settings, [whole])
    assert record(settings, [replace(whole, error="a fixture failed", updated=True)]) == []
    assert not read_ledger(settings).pages


def test_a_part_of_a_page_proves_nothing_and_spoils_nothing(settings: Settings) -> None:
    """Some of the steps, found true, neither verify a page nor take away that it was."""
    (whole,) = Run().outcomes()
    part = [type(whole)(whole.page, whole.name, whole.where, whole.page_sha256, whole.steps[:1])]
    assert record(settings, part) == []
    assert not read_ledger(settings).pages
    record(settings, [whole])
    record(settings, part)
    assert list(read_ledger(settings).pages) == [PATH]


def test_a_run_of_another_text_proves_nothing(settings: Settings) -> None:
    """A page that was edited while it was walked is not verified."""
    assert record(settings, Run().outcomes("another text")) == []


def test_a_product_that_is_edited_during_a_run_is_noticed(settings: Settings) -> None:
    """Before and after a run the same files must be there, with the same sizes and times."""
    before = listing(settings)
    assert listing(settings) == before
    (settings.root / "app/more.py").touch()
    assert listing(settings) != before


@pytest.mark.parametrize("pages", ["docs/**/*.md", "docs/**"])
def test_fixtures_of_pages_in_folders_are_noticed(settings: Settings, pages: str) -> None:
    """Whatever the globs of the pages say, the conftest files are those of the pages that are there."""
    (settings.root / "docs/guide").mkdir()
    (settings.root / PATH).rename(settings.root / "docs/guide/page.md")
    settings = replace(settings, pages=(pages,))
    before = listing(settings)
    (settings.root / "docs/guide/conftest.py").touch()
    assert listing(settings).keys() - before.keys() == {str(settings.root / "docs/guide/conftest.py")}


def test_an_unchanged_check_imports_neither_pytest_nor_a_browser(settings: Settings) -> None:
    """It is quick because it loads nothing that it does not need."""
    record(settings, Run().outcomes())
    code = f"""
import json, sys
from walkthrough.cli import main
print(json.dumps([main(["check"]), *({_NOT_NEEDED!r} & sys.modules.keys())]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.splitlines()[-1]) == [0]


@pytest.mark.parametrize(("status", "told"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 2), (5, 2), (-9, 2)])
def test_the_status_tells_drift_from_errors(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, status: int, told: int
) -> None:
    """Whatever pytest ends with that is neither true nor drift is an error: nothing collected, too."""
    monkeypatch.setattr(check.subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=status))
    assert cli.main(["check"]) == told


def test_a_product_that_nobody_has_named_is_always_walked(
    settings: Settings, walks: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the settings do not say which files it is, nothing can be said to be unchanged."""
    text = SETTINGS.replace("walkthrough_product = app/** lock.txt\n", "")
    settings.file.write_text(text, "utf-8")
    record(read_settings(), Run().outcomes())
    assert cli.main(["check"]) == 0
    assert len(walks) == 1
    assert "walkthrough_product names no files" in capsys.readouterr().err


def test_a_dry_run_says_what_is_to_be_walked(
    settings: Settings, walks: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Its status tells whether there is anything, and nothing is started."""
    assert cli.main(["check", "--dry-run"]) == 1
    assert f"to be walked: {PATH}" in capsys.readouterr().out
    record(settings, Run().outcomes())
    assert cli.main(["check", "--dry-run"]) == 0
    assert not walks


@pytest.mark.parametrize(("pytest_s", "status"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 2), (5, 2)])
def test_the_status_is_what_pytest_found(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, pytest_s: int, status: int
) -> None:
    """Drift is 1 and everything that was not checked 2, whatever else pytest calls it."""
    monkeypatch.setattr(check.subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=pytest_s))
    assert cli.main(["check"]) == status


def test_what_editors_leave_beside_a_page_is_no_page(settings: Settings) -> None:
    """A link that leads nowhere, as Emacs locks a page with, and text in another encoding without a walkthrough."""
    (settings.root / "docs/.#page.md").symlink_to("jdoe@research.example.1:2")
    (settings.root / "docs/old.md").write_bytes("Gr\xfc\xdfe\n".encode("latin-1"))
    assert settings.found_pages() == [Path(PATH)]


@pytest.mark.parametrize("command", ["check", "affected", "claims"])
def test_a_page_in_another_encoding_is_told_at_its_line(
    settings: Settings, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    """It holds a walkthrough, so it cannot be passed over."""
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "add", "."], check=True)
    who = ["-c", "user.name=a", "-c", "user.email=a@research.example"]
    subprocess.run(["git", *who, "commit", "-qm", "first"], check=True)
    text = Run().text.replace("\n", "\nGr\xfc\xdfe\n", 1)
    (settings.root / PATH).write_bytes(text.encode("cp1252"))
    assert cli.main([command, *(["--since", "HEAD"] if command == "check" else [])]) == 2
    assert f"{PATH}:2: expected text in UTF-8; found the byte 0xfc" in capsys.readouterr().err


def test_a_page_that_is_none_is_an_error(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """The message names the pages that there are."""
    (settings.root / "docs/plain.md").write_text("# Plain\n\n```\n:::{walkthrough} shown\n:::\n```\n", "utf-8")
    assert cli.main(["check", "docs/plain.md"]) == 2
    assert f"docs/plain.md: expected a page that holds a walkthrough; these do: {PATH}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pytest.toml", '[pytest]\nwalkthrough_pages = ["docs/*.md"]\nwalkthrough_product = ["a b/**"]\n'),
        ("pyproject.toml", '[tool.pytest]\nwalkthrough_pages = ["docs/*.md"]\nwalkthrough_product = ["a b/**"]\n'),
        (
            "pyproject.toml",
            '[tool.pytest.ini_options]\nwalkthrough_pages = "docs/*.md"\nwalkthrough_product = "\'a b/**\'"\n',
        ),
        ("tox.ini", "[pytest]\nwalkthrough_pages = docs/*.md\nwalkthrough_product =\n    'a b/**'\n"),
        ("setup.cfg", "[tool:pytest]\nwalkthrough_pages = docs/*.md\nwalkthrough_product = 'a b/**'\n"),
    ],
)
def test_settings_are_read_where_pytest_reads_them(tmp_path: Path, name: str, text: str) -> None:
    """Each of pytest's files will do, from a folder below it too."""
    (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "docs").mkdir()
    found = read_settings(tmp_path / "docs")
    assert (found.root, found.pages, found.product) == (tmp_path, ("docs/*.md",), ("a b/**",))


@pytest.mark.parametrize("glob", ["/guide/*.md", "../guide/*.md"])
def test_pages_stand_in_the_project(settings: Settings, capsys: pytest.CaptureFixture[str], glob: str) -> None:
    """A glob that leads out of it is refused with what was expected."""
    (settings.root / "pytest.ini").write_text(f"[pytest]\nwalkthrough_pages = {glob}\n", "utf-8")
    assert cli.main(["check"]) == 2
    assert f"expected globs within the project's folder; found {glob}" in capsys.readouterr().err


def test_settings_that_are_missing_or_broken_are_told(tmp_path: Path) -> None:
    """A file that cannot be read is named, and so is one that names no pages."""
    (tmp_path / "pytest.ini").write_text("[pytest]\n", "utf-8")
    with pytest.raises(SettingsError, match="expected walkthrough_pages"):
        read_settings(tmp_path)
    (tmp_path / "pytest.ini").write_text("pages", "utf-8")
    with pytest.raises(SettingsError, match=r"pytest.ini: cannot be read"):
        read_settings(tmp_path)
