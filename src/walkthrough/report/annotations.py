"""Marks at the page's line, where a code host's CI runs: GitHub, GitLab, Azure; and links to a page's line there.

Sources: docs.github.com, "Workflow commands for GitHub Actions"; docs.gitlab.com, "Code Quality"; learn.microsoft.com,
"Logging commands".
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from walkthrough.model import Location
from walkthrough.outcome import Change, StepOutcome, Verdict
from walkthrough.report.run import RunOutcome, failing

_GITLAB_SEVERITY = {Verdict.BROKEN: "critical", Verdict.LABEL: "major", Verdict.LAYOUT: "minor"}


@dataclass(frozen=True)
class Mark:
    """Something to show at a line of a page."""

    where: Location
    verdict: Verdict
    title: str
    message: str


def marks(run: RunOutcome) -> Iterator[Mark]:
    """A mark for each change that fails the run, and for each walkthrough that could not be walked."""
    for each in run.walkthroughs:
        if each.error:
            yield Mark(each.where, Verdict.BROKEN, f"{each.name}: could not be walked", each.error)
        for step in each.steps:
            if failing(each, step) and step.verdict is not Verdict.UNREACHED:
                changes = [change for change in step.changes if change.verdict.drifted] or [_whole(step)]
                for change in changes:
                    title = f"{each.name}, step {step.number}: {change.verdict}"
                    found = f"; found {step.found}" if step.found and change.message == step.reason else ""
                    yield Mark(change.where, change.verdict, title, change.message + found)


def _whole(step: StepOutcome) -> Change:
    return Change(step.verdict, step.reason, step.where)


def github(run: RunOutcome) -> Iterator[str]:
    """Workflow commands of GitHub Actions, one a line of the log."""
    for mark in marks(run):
        where = f"file={_property(mark.where.path)},line={mark.where.line},col={mark.where.column}"
        yield f"::error {where},title={_property(mark.title)}::{_data(mark.message)}"


def github_summary(run: RunOutcome) -> str:
    """The run in Markdown, for the summary of a job of GitHub Actions."""
    rows = [f"| `{mark.where}` | {mark.verdict} | {_cell(mark.message)} |" for mark in marks(run)]
    counts = ", ".join(f"{number} {verdict}" for verdict, number in run.verdicts.items()) or "no step was walked"
    table = ["", "| Place | Verdict | What has changed |", "| --- | --- | --- |", *rows] if rows else []
    return "\n".join([f"### Walkthroughs: {counts}", *table, ""])


def gitlab(run: RunOutcome) -> str:
    """A Code Quality report for GitLab."""
    found = [
        {
            "description": f"{mark.title}: {mark.message}",
            "check_name": f"walkthrough.{mark.verdict}",
            "fingerprint": hashlib.sha256(f"{mark.where.path}\n{mark.title}\n{mark.message}".encode()).hexdigest(),
            "severity": _GITLAB_SEVERITY.get(mark.verdict, "info"),
            "location": {"path": mark.where.path, "lines": {"begin": mark.where.line}},
        }
        for mark in marks(run)
    ]
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def azure(run: RunOutcome) -> Iterator[str]:
    """Logging commands of Azure Pipelines, one a line of the log."""
    for mark in marks(run):
        path = mark.where.path.replace("%", "%AZP25").replace(";", "%3B").replace("]", "%5D")
        where = f"type=error;sourcepath={path};linenumber={mark.where.line}"
        yield f"##vso[task.logissue {where}]{_data(f'{mark.title}: {mark.message}')}"


def source_link(environment: Mapping[str, str]) -> Callable[[Location], str] | None:
    """What gives the address of a page's line on the code host on whose CI this runs; None elsewhere."""
    base = ""
    if environment.get("GITHUB_REPOSITORY") and environment.get("GITHUB_SHA"):
        server = environment.get("GITHUB_SERVER_URL", "https://github.com")
        base = f"{server}/{environment['GITHUB_REPOSITORY']}/blob/{environment['GITHUB_SHA']}"
    elif environment.get("CI_PROJECT_URL") and environment.get("CI_COMMIT_SHA"):
        base = f"{environment['CI_PROJECT_URL']}/-/blob/{environment['CI_COMMIT_SHA']}"
    return (lambda where: f"{base}/{where.path}?plain=1#L{where.line}") if base else None


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
