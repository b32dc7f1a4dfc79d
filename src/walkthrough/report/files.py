"""The files of a run, and what a code host reads from its log: which of them, and where."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from walkthrough.claims import Claims, read_claims, unmentioned
from walkthrough.evidence import EvidenceError, write_if_changed
from walkthrough.model import GuideError
from walkthrough.report import annotations as hosts
from walkthrough.report.gallery import write_gallery
from walkthrough.report.junit import junit, rewrite
from walkthrough.report.run import RunOutcome, dumps

REPORT: Final = "report.json"
GALLERY: Final = "report.html"
JUNIT: Final = "junit.xml"
CODE_QUALITY: Final = "gl-code-quality.json"
SUMMARY: Final = "summary.md"

_LARGEST_SUMMARY: Final = 1_000_000
"""GitHub refuses the summary of a job's step that has more than 1 MiB."""


def claims_of(pages: Sequence[str], root: Path, other_roles: Sequence[str]) -> list[Claims]:
    """The claims of pages that are written relative to ``root``; none of a page that cannot be read."""
    found = []
    for page in dict.fromkeys(pages):
        try:
            found.append(read_claims(root, page, other_roles))
        except (OSError, GuideError, EvidenceError):
            continue  # the run itself has told it
    return found


def write(
    run: RunOutcome,
    found: Sequence[Claims],
    folder: Path,
    root: Path,
    environment: Mapping[str, str],
    *,
    elsewhere: str = "",
) -> tuple[Path, ...]:
    """Write a run's files into ``folder``, and the code host's where its CI is recognised; return what was written.

    ``environment`` are the variables of the process, ``elsewhere`` is the text of pages that were not walked. GitHub's
    summary is added to the file that its CI names.
    """
    within = hosts.folder_in_repository(environment, root)
    link = hosts.source_link(environment, within)
    texts = {REPORT: dumps(run).encode(), JUNIT: junit(run)}
    if environment.get("GITLAB_CI"):
        texts[CODE_QUALITY] = hosts.gitlab(run, within).encode()
    if environment.get("TF_BUILD"):
        texts[SUMMARY] = hosts.markdown(run, link).encode()
    for name, content in texts.items():
        write_if_changed(folder / name, content)
    write_gallery(
        folder / GALLERY,
        run.walkthroughs,
        root,
        source_link=link,
        claims=found,
        unmentioned=unmentioned(found, elsewhere),
        not_walked=run.not_walked,
    )
    if environment.get("GITHUB_ACTIONS") == "true" and (page := environment.get("GITHUB_STEP_SUMMARY")):
        text = hosts.markdown(run, link)
        if len(text.encode()) > _LARGEST_SUMMARY:
            text = f"{text.splitlines()[0]}\n\nThe list is too long for this page; it stands in `{GALLERY}`.\n"
        with Path(page).open("a", encoding="utf-8") as file:
            file.write(text)
    return tuple(folder / name for name in (*texts, GALLERY))


def commands(run: RunOutcome, folder: Path, root: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """The lines of the log that a code host's CI turns into marks."""
    within = hosts.folder_in_repository(environment, root)
    if environment.get("GITHUB_ACTIONS") == "true":
        yield from hosts.github(run, within)
    if environment.get("TF_BUILD"):
        yield from hosts.azure(run, within)
        yield hosts.azure_summary(folder / SUMMARY)


def into_junit(path: Path, run: RunOutcome, marker: str, *, located: bool) -> None:
    """Put the steps into pytest's own JUnit file, as `walkthrough.report.junit.rewrite` does."""
    try:
        rewrite(path, {str(each.where): each for each in run.walkthroughs}, marker, located=located)
    except OSError as error:
        print(f"{path}: the steps could not be written into it: {error.strerror}", file=sys.stderr)
