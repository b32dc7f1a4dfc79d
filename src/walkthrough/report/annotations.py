"""Marks at the page's line, where a code host's CI runs: GitHub, GitLab, Azure; and links to a page's line there.

Sources: docs.github.com, "Workflow commands for GitHub Actions"; docs.gitlab.com, "Code Quality"; learn.microsoft.com,
"Logging commands".
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import quote

from walkthrough.model import Location
from walkthrough.outcome import Change, StepOutcome, Verdict, WalkthroughOutcome
from walkthrough.report.advice import next_commands, plain
from walkthrough.report.run import RunOutcome, failing

_GITLAB_SEVERITY: Final = {
    Verdict.BROKEN: "critical",
    Verdict.UNREACHED: "major",
    Verdict.LABEL: "major",
    Verdict.LAYOUT: "minor",
    Verdict.UNVERIFIED: "minor",
}
# A host shows only so many marks of a run (GitHub ten), so the worst come first.
_ORDER: Final = (Verdict.BROKEN, Verdict.LABEL, Verdict.LAYOUT, Verdict.UNVERIFIED, Verdict.UNREACHED)

# The folder of the repository, in the variables that a host's CI sets.
_CHECKOUTS: Final = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "BUILD_SOURCESDIRECTORY")


@dataclass(frozen=True)
class Mark:
    """Something to show at a line of a page, with the command that comes next, if there is one."""

    where: Location
    verdict: Verdict
    title: str
    message: str
    command: str = ""


def marks(run: RunOutcome) -> tuple[Mark, ...]:
    """A mark for each change that fails the run, and for each walkthrough that was not walked; the worst first."""
    found = [
        Mark(_location(each.place), Verdict.BROKEN, f"{each.name}: not walked", each.reason) for each in run.not_walked
    ]
    for each in run.walkthroughs:
        if each.error:
            found.append(Mark(each.where, Verdict.BROKEN, f"{each.name}: {each.stopped}", each.error))
        found += [mark for step in each.steps if failing(each, step) for mark in _of_step(each, step)]
    return tuple(sorted(found, key=lambda mark: _ORDER.index(mark.verdict)))


def _of_step(walkthrough: WalkthroughOutcome, step: StepOutcome) -> Iterator[Mark]:
    whole = Change(step.verdict, step.reason, step.where)
    command = next(iter(next_commands(walkthrough, step)), "")
    # A code host shows one mark of a line well, and a dozen badly.
    at: dict[tuple[Location, Verdict], list[Change]] = {}
    for change in [each for each in step.changes if each.verdict.drifted] or [whole]:
        at.setdefault((replace(change.where, column=1), change.verdict), []).append(change)
    for changes in at.values():
        first = next((each for each in changes if each.message == step.reason), changes[0])
        title = f"{walkthrough.name}, step {step.number}: {first.verdict}"
        found = f"; found {step.found}" if step.found and first.message == step.reason else ""
        more = f" (and {len(changes) - 1} more of {first.verdict} here)" if len(changes) > 1 else ""
        yield Mark(first.where, first.verdict, title, first.message + found + more, command)


def _location(place: str) -> Location:
    """The place that is written ``docs/login.md:31``; a page alone is marked at its first line."""
    path, _, line = place.rpartition(":")
    return Location(path, int(line)) if path and line.isdigit() else Location(place, 1)


def folder_in_repository(environment: Mapping[str, str], root: Path) -> str:
    """Where the project's root lies in the repository that a host's CI has checked out: "" or, say, ``guide/``."""
    checkout = next((environment[name] for name in _CHECKOUTS if environment.get(name)), None)
    inside = os.path.relpath(root, checkout).replace(os.sep, "/") if checkout else "."
    return "" if inside == "." or inside.startswith("..") else f"{inside}/"


def github(run: RunOutcome, folder: str = "") -> Iterator[str]:
    """Workflow commands of GitHub Actions, one a line of the log. ``folder`` is the project's, in its repository."""
    for mark in marks(run):
        where = f"file={_property(folder + mark.where.path)},line={mark.where.line},col={mark.where.column}"
        yield f"::error {where},title={_property(mark.title)}::{_data(_said(mark))}"


def markdown(run: RunOutcome, link: Callable[[Location], str] | None = None) -> str:
    """The run in Markdown, for the page of a CI job. ``link`` gives the address of a page's line."""
    counts = ", ".join(f"{number} {verdict}" for verdict, number in run.verdicts.items()) or "no step was walked"

    def place(where: Location) -> str:
        return f"[{_cell(str(where))}]({link(where)})" if link else _cell(str(where))

    walked = ["| Walkthrough | Place | Steps | Found |", "| --- | --- | ---: | --- |"]
    for each in run.walkthroughs:
        verdicts = [step.verdict for step in each.steps]
        found = ", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in Verdict if verdict in verdicts)
        walked.append(
            f"| {_cell(each.name)} | {place(each.where)} | {len(verdicts)} | {found or 'could not be walked'} |"
        )
    rows = []
    for mark in marks(run):
        command = f"`` {mark.command} ``".replace("|", "\\|") if mark.command else ""
        rows.append(f"| {place(mark.where)} | {mark.verdict} | {_cell(mark.message)} | {command} |")
    table = ["", "| Place | Verdict | What has changed | Next |", "| --- | --- | --- | --- |", *rows] if rows else []
    return "\n".join([f"### Walkthroughs: {counts}", "", *walked, *table, ""])


def gitlab(run: RunOutcome, folder: str = "") -> str:
    """A Code Quality report for GitLab. Its fingerprints are unique, and stay where only lines move."""
    found, seen = [], Counter[str]()
    for mark in marks(run):
        identity = f"{mark.where.path}\n{mark.title}\n{mark.message}"
        seen[identity] += 1
        found.append(
            {
                "description": f"{mark.title}: {_said(mark)}",
                "check_name": f"walkthrough.{mark.verdict}",
                "fingerprint": hashlib.sha256(f"{identity}\n{seen[identity]}".encode()).hexdigest(),
                "severity": _GITLAB_SEVERITY[mark.verdict],
                "location": {"path": folder + mark.where.path, "lines": {"begin": mark.where.line}},
            }
        )
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def azure(run: RunOutcome, folder: str = "") -> Iterator[str]:
    """Logging commands of Azure Pipelines, one a line of the log."""
    for mark in marks(run):
        path = _azure_property(folder + mark.where.path)
        where = f"type=error;sourcepath={path};linenumber={mark.where.line};columnnumber={mark.where.column}"
        yield f"##vso[task.logissue {where};code={mark.verdict};]{_azure_data(f'{mark.title}: {_said(mark)}')}"


def azure_summary(path: Path) -> str:
    """The command with which Azure Pipelines shows a Markdown file on the page of the run."""
    return f"##vso[task.uploadsummary]{_azure_data(str(path))}"


def source_link(environment: Mapping[str, str], folder: str = "") -> Callable[[Location], str] | None:
    """What gives the address of a page's line on the code host on whose CI this runs; None elsewhere."""
    base = ""
    if environment.get("GITHUB_REPOSITORY") and environment.get("GITHUB_SHA"):
        server = environment.get("GITHUB_SERVER_URL", "https://github.com")
        base = f"{server}/{environment['GITHUB_REPOSITORY']}/blob/{environment['GITHUB_SHA']}"
    elif environment.get("CI_PROJECT_URL") and environment.get("CI_COMMIT_SHA"):
        base = f"{environment['CI_PROJECT_URL']}/-/blob/{environment['CI_COMMIT_SHA']}"
    elif environment.get("BUILD_REPOSITORY_URI") and environment.get("BUILD_SOURCEVERSION"):
        repository, commit = environment["BUILD_REPOSITORY_URI"], environment["BUILD_SOURCEVERSION"]
        provider = environment.get("BUILD_REPOSITORY_PROVIDER", "")
        if provider == "TfsGit":
            return lambda where: (
                f"{repository}?path=/{quote(folder + where.path)}&version=GC{commit}"
                f"&line={where.line}&lineEnd={where.line + 1}&lineStartColumn=1&lineEndColumn=1"
            )
        base = f"{repository.removesuffix('.git')}/blob/{commit}" if provider.startswith("GitHub") else ""
    # Without plain=1 a page in Markdown is shown rendered, and has no lines.
    return (lambda where: f"{base}/{quote(folder + where.path)}?plain=1#L{where.line}") if base else None


def _said(mark: Mark) -> str:
    """The message for what shows no Markdown, with the next command in a line of its own."""
    message = plain(mark.message)
    return f"{message}\nnext: {mark.command}" if mark.command else message


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _azure_data(text: str) -> str:
    return text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")


def _azure_property(text: str) -> str:
    return _azure_data(text).replace(";", "%3B").replace("]", "%5D")


def _cell(text: str) -> str:
    """A text in a table of Markdown, without links, code, HTML or an end of its cell."""
    plain = " ".join(text.split()).replace("\\", "\\\\").replace("&", "&amp;").replace("<", "&lt;")
    for sign in "|[]`":
        plain = plain.replace(sign, f"\\{sign}")
    return plain
