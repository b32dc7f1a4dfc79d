"""Secrets are in nothing that a run leaves behind; and these tests can fail."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from tests.plugin.conftest import Project

SECRETS = ("Kx7-actual-secret", "731946")


def artefacts(project: Project) -> Iterator[tuple[str, bytes]]:
    """Every file that a run has written, archives opened."""
    for path in project.path.rglob("*"):
        written_by_run = any(part in path.parts for part in (".walkthrough", "images")) or path.suffix == ".xml"
        if not path.is_file() or not written_by_run:
            continue
        yield str(path), path.read_bytes()
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield f"{path}!{name}", archive.read(name)


def kept_with_secrets(project: Project) -> list[str]:
    """The files that a run has written in which a secret can be read."""
    return [name for name, content in artefacts(project) if any(secret.encode() in content for secret in SECRETS)]


def leaks(project: Project, *args: str) -> list[str]:
    """Where a secret can be read after a run: files, and what the run printed."""
    result = project.run("docs", "--walkthrough-update", "--junitxml=report.xml", "-vv", "-l", *args)
    texts = [*artefacts(project), ("stdout", str(result.stdout).encode()), ("stderr", str(result.stderr).encode())]
    return [name for name, content in texts if any(secret.encode() in content for secret in SECRETS)]


def test_a_passing_run_leaks_nothing(project: Project) -> None:
    """Pictures, evidence, reports and output of a passing run hold no secret."""
    assert leaks(project) == []
    assert (project.path / "docs/images/mail.png").is_file()


def test_a_failing_run_leaks_nothing(project: Project) -> None:
    """Nor do the picture of the moment, the trace and the failure of a failing one."""
    project.change("site/form.html", "<button>Sign up", "<button>Go")
    assert leaks(project) == []
    assert (project.path / ".walkthrough/docs+page+sign-up/trace.zip").is_file()


def test_the_search_finds_a_leak(project: Project) -> None:
    """Where the guard over traces is taken away, the search of the artefacts tells."""
    project.change("site/form.html", "<button>Sign up", "<button>Go")
    conftest = project.path / "conftest.py"
    conftest.write_text(
        conftest.read_text("utf-8")
        + "\nimport walkthrough.world\nwalkthrough.world.World.scrub = lambda self, content: content\n",
        "utf-8",
    )
    assert any("trace.zip!" in name for name in leaks(project))


def test_a_secret_split_over_elements_is_not_pictured(project: Project) -> None:
    """A secret that cannot be replaced in one piece makes the step fail, and no picture or trace is written."""
    project.change("site/mail.html", "Kx7-actual-secret", "Kx7-<i>actual</i>-secret")
    result = project.run("docs", "--walkthrough-update")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["*a secret that could be read there, so nothing of it was kept*"])
    assert not (project.path / "docs/images/mail.png").exists()
    assert not [*(project.path / ".walkthrough/docs+page+sign-up").glob("[ft]*.*")]


def test_a_secret_split_over_elements_is_not_in_evidence(project: Project) -> None:
    """Nor does a step without a picture write it down in pieces, be it text or what fields hold."""
    project.change("docs/page.md", "   ![The e-mail](images/mail.png)\n", "")
    for pieces in (
        "Kx7-<strong>actual</strong>-secret",
        "<input value=Kx7-> <input value=actual-> <input value=secret>",
    ):
        project.change("site/mail.html", "Kx7-actual-secret", pieces)
        result = project.run("docs", "--walkthrough-update")
        assert result.ret == 1
        result.stdout.fnmatch_lines(["*expected the page's texts to show nothing secret*"])
        assert not [name for name, content in artefacts(project) if b"actual" in content]
        project.change("site/mail.html", pieces, "Kx7-actual-secret")
    assert project.run("docs", "--walkthrough-update").ret == 0


def test_pictures_show_the_example(project: Project) -> None:
    """With another secret of the same shape the picture is the same, byte for byte."""
    project.run("docs", "--walkthrough-update")
    first = (project.path / "docs/images/mail.png").read_bytes()
    for name in ("conftest.py", "site/mail.html"):
        project.change(name, "Kx7-actual-secret", "Zq9-another-word1")
        project.change(name, "731946", "105528")
    project.run("docs", "--walkthrough-update")
    assert (project.path / "docs/images/mail.png").read_bytes() == first
