"""From drift to a green check by the commands alone, and checks that walk no more than they must."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.plugin.conftest import PAGE, Project


def command(project: Project, *words: str) -> tuple[int, str]:
    """Exit status and output of a command of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "walkthrough", *words], cwd=project.path, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def site(project: Project) -> Project:
    """A project that says what its product is."""
    project.settings("walkthrough_pages = docs/*.md", "walkthrough_timeout = 2", "walkthrough_product = site/**")
    return project


def test_drift_is_found_accepted_and_then_nothing_has_changed(site: Project) -> None:
    """A renamed button and option fail the check, are mended with mentions and pictures, and hold from then on."""
    site.write("docs/page.md", PAGE.replace("![The form]", "![The form and its Sign up button]"))
    status, text = command(site, "check", "--", "--walkthrough-update")
    assert status == 0, text
    site.change("site/form.html", "<button>Sign up", "<button>Register")
    site.change("site/form.html", "<option>International", "<option>Abroad")
    status, text = command(site, "check")
    assert status == 1, text
    assert "the option **International** of the list **Unit** is now called **Abroad**" in text
    assert "unchanged" not in text
    status, text = command(site, "accept", "--yes")
    assert status == 0, text
    assert '"unwritten"' not in (site.path / "docs/images/page.evidence.json").read_text("utf-8")
    assert "+   {click}`Register`." in text
    assert '{choose}`Unit <"Abroad">`' in text
    assert "+   ![The form and its Register button](images/form.png)" in text
    assert "2. Click {click}`Sign up`." in (site.path / "docs/page.md").read_text("utf-8")
    assert command(site, "accept") == (0, "There is nothing to accept.\n")
    status, text = command(site, "check", "-n", "2")
    assert status == 0, text
    status, text = command(site, "check")
    assert status == 0
    assert "docs/page.md: unchanged since it was verified on" in text
    assert "1 walkthrough, 4 steps" in text
    assert "test session starts" not in text


def test_a_walk_until_a_step_ends_there_and_proves_no_page(site: Project) -> None:
    """What is behind the step is neither walked nor reported as true, and the summary says so."""
    result = site.run("docs", "--walkthrough-until=docs/page.md:sign-up:1", "-v")
    text = str(result.stdout)
    assert "docs/page.md: sign-up was walked until step 1 only" in text
    assert "step 1, line" in text
    assert "step 2" not in text.replace("until step 2", "")
    assert "docs/page.md" not in (site.path / ".walkthrough/verified.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--walkthrough-until=docs/page.md"], "expected docs/page.md:name:4; found 'docs/page.md'"),
        (["--walkthrough-until=docs/page.md:sign-up:x"], "expected docs/page.md:name:4"),
        (["--walkthrough-until=docs/page.md:sign-up:1", "--walkthrough-update"], "leave out --walkthrough-update"),
    ],
)
def test_a_wrong_end_is_refused_before_anything_runs(site: Project, options: list[str], told: str) -> None:
    """A step that cannot be read, or a part that would become evidence, is an error of usage."""
    result = site.run("docs", *options)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert told in str(result.stderr)
