"""When a trace is recorded."""

from __future__ import annotations

import pytest

from .conftest import Project

PAGE = """\
# Start

:::{walkthrough} start
:persona: reader

1. Open {open}`the site <persona.site>`, and {see}`Welcome back`.
:::
"""
SITE = """

@pytest.fixture
def reader(site):
    return Persona("jdoe", "jdoe@research.example", more={"site": Varying(site.url, "https://site.research.example/")})
"""


def test_a_trace_is_recorded_when_a_failed_walk_is_repeated(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """By default the first failure leaves a picture alone, and its repetition, or a run on CI, a trace as well."""
    project.write("docs/page.md", PAGE)
    conftest = project.path / "conftest.py"
    conftest.write_text(conftest.read_text("utf-8") + SITE, "utf-8")
    project.pytester.makeini("[pytest]\nwalkthrough_pages = docs/*.md\nwalkthrough_timeout = 1\n")
    trace = project.path / ".walkthrough/docs+page+start/trace.zip"
    monkeypatch.delenv("CI", raising=False)

    assert project.run("docs").ret == 1
    assert trace.with_name("failure.png").is_file()
    assert not trace.exists()

    assert project.run("docs", "--lf").ret == 1
    assert trace.is_file()

    monkeypatch.setenv("CI", "true")
    assert project.run("docs", "--cache-clear").ret == 1
    assert trace.is_file()


def test_an_unknown_way_to_trace_is_refused(project: Project) -> None:
    """The setting takes three words, and names them."""
    result = project.run("docs", "-o", "walkthrough_trace=sometimes")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*walkthrough_trace: expected on, off, again; found 'sometimes'*"])
