"""The gallery: what a run found as one HTML file, with the pictures before and after.

It asks no network and stands for itself, so it can be kept as a job's artefact, mailed, or opened where it lies.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from walkthrough.claims import Claims, unmentioned
from walkthrough.evidence import write_if_changed
from walkthrough.model import Location
from walkthrough.outcome import CERTAIN, Change, PictureOutcome, StepOutcome, Verdict, WalkthroughOutcome
from walkthrough.report.embedded import embed
from walkthrough.report.run import NotWalked

PARTS: Final = Path(__file__).parent / "gallery"
"""Where template, style and script lie."""

ORDER: Final = (
    Verdict.BROKEN,
    Verdict.LABEL,
    Verdict.LAYOUT,
    Verdict.UNVERIFIED,
    Verdict.UNREACHED,
    Verdict.COSMETIC,
    Verdict.SAME,
)
"""The verdicts as a reader wants them: first what calls for work."""

MEANINGS: Final = {
    Verdict.BROKEN: "the step cannot be done as its sentence says",
    Verdict.LABEL: "a name that the page quotes has changed",
    Verdict.LAYOUT: "the structure changed, the words still hold",
    Verdict.UNVERIFIED: "the page has been edited since it was last verified",
    Verdict.UNREACHED: "an earlier step broke, so nothing tried this one",
    Verdict.COSMETIC: "it looks different, every word holds",
    Verdict.SAME: "nothing that a reader could notice has changed",
}

_QUOTED = re.compile("“([^“”]+)”")


def write_gallery(
    path: Path,
    run: Sequence[WalkthroughOutcome],
    root: Path,
    *,
    source_link: Callable[[Location], str] | None = None,
    claims: Sequence[Claims] = (),
    not_walked: Sequence[NotWalked] = (),
) -> None:
    """Write the gallery of a run to ``path``.

    ``root`` is the project's folder, to which the paths of pages and pictures are relative. ``source_link`` gives the
    address of a line of a page, such as on a code host; without it, links lead to the page's file. ``claims`` are those
    of the pages whose unproven words shall be listed; ``not_walked`` is what was selected and did not run. A picture
    that cannot be read is told of in its place.
    """
    html = render(path.parent, run, root, source_link=source_link, claims=claims, not_walked=not_walked)
    write_if_changed(path, html.encode())


def render(
    folder: Path,
    run: Sequence[WalkthroughOutcome],
    root: Path,
    *,
    source_link: Callable[[Location], str] | None = None,
    claims: Sequence[Claims] = (),
    not_walked: Sequence[NotWalked] = (),
) -> str:
    """The gallery's HTML, for a file in ``folder``; the arguments are those of `write_gallery`."""
    script = (PARTS / "gallery.js").read_text("utf-8")
    environment = Environment(
        loader=FileSystemLoader(PARTS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def file_link(name: str) -> str:
        return quote(os.path.relpath(root / name, folder))

    environment.filters |= {"quoted": _quoted, "sentence": _sentence}
    html = environment.get_template("gallery.html").render(
        style=Markup((PARTS / "gallery.css").read_text("utf-8")),
        script=Markup(script),
        script_digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        order=ORDER,
        meanings=MEANINGS,
        certain=CERTAIN,
        summary=_summary(run, len(not_walked)),
        pages=[(page, list(each)) for page, each in groupby(run, key=lambda each: each.page)],
        pictures=embed(root, list(_full(run)), list(_small(run))),
        changes=_changes,
        kept_picture=_kept_picture,
        anchor=_anchor,
        file_link=file_link,
        line_link=source_link or (lambda where: file_link(where.path)),
        has_changed=has_changed,
        claims=claims,
        unmentioned=unmentioned(claims),
        location=Location,
        not_walked=not_walked,
    )
    return html.lstrip()  # the macros leave lines


@dataclass(frozen=True)
class _Summary:
    """The head of the gallery. ``verdicts`` are verdict → number of steps, of those that occur."""

    headline: str
    good: bool
    steps: int
    walkthroughs: int
    pages: int
    errors: int
    seconds: float
    day: str
    updated: bool
    verdicts: dict[Verdict, int]


def _summary(run: Sequence[WalkthroughOutcome], not_walked: int) -> _Summary:
    verdicts = [step.verdict for each in run for step in each.steps]
    failing = sum(step.verdict.drifted for each in run for step in each.steps if not each.updated)
    errors = sum(bool(each.error) or not each.steps for each in run) + not_walked
    return _Summary(
        headline=_headline(len(verdicts), failing, errors, any(each.updated for each in run)),
        good=bool(verdicts) and not failing and not errors,
        steps=len(verdicts),
        walkthroughs=len(run),
        pages=len({each.page for each in run}),
        errors=errors,
        seconds=sum(each.seconds for each in run),
        day=max((each.day for each in run), default=""),
        updated=any(each.updated for each in run),
        verdicts={verdict: verdicts.count(verdict) for verdict in ORDER if verdict in verdicts},
    )


def _headline(steps: int, failing: int, errors: int, updated: bool) -> str:
    if not steps:
        return "Nothing was walked"
    if failing:
        return f"{failing} of {_number(steps, 'step')} no longer {'holds' if failing == 1 else 'hold'}"
    if errors:
        return f"{_number(errors, 'walkthrough')} not walked"
    if updated:
        return f"{_number(steps, 'step')} taken on"
    return "The step holds" if steps == 1 else f"All {steps} steps hold"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def has_changed(picture: PictureOutcome) -> bool:
    """Whether a person could see that the picture is another one, or that there was none."""
    return bool(picture.taken) and (not picture.committed or picture.difference > 0)


def _full(run: Sequence[WalkthroughOutcome]) -> Iterator[str]:
    for step in (step for each in run for step in each.steps):
        yield from (path for each in step.pictures if has_changed(each) for path in (each.committed, each.taken))
        yield _kept_picture(step)


def _small(run: Sequence[WalkthroughOutcome]) -> Iterator[str]:
    for step in (step for each in run for step in each.steps):
        yield from (each.committed for each in step.pictures if not has_changed(each))


def _kept_picture(step: StepOutcome) -> str:
    """The picture of the moment in which the step failed, if one was kept."""
    return next((path for path in step.kept if path.endswith(".png")), "")


def _changes(step: StepOutcome) -> list[Change]:
    """The changes worth a line of their own: the one that is the step's reason first, then the worst."""
    told = [each for each in step.changes if each.old or each.message != step.reason]
    return sorted(told, key=lambda each: (each.message != step.reason, -each.verdict.severity, each.where))


def _anchor(walkthrough: WalkthroughOutcome, step: StepOutcome | None = None) -> str:
    """A name for links into the gallery that stays the same from run to run."""
    words = [walkthrough.page.removesuffix(".md"), walkthrough.name, *([str(step.number)] if step else [])]
    return re.sub(r"[^\w]+", "-", " ".join(words)).strip("-").lower()


def _quoted(text: str) -> Markup:
    """The text with its quoted names set apart."""
    return Markup(_QUOTED.sub(r'<b class="name">“\1”</b>', str(escape(text))))


def _sentence(text: str) -> str:
    """The text with a capital at its beginning, unless that is a name, a path or a sign."""
    first, space, rest = text.partition(" ")
    return f"{first.capitalize()}{space}{rest}" if first.isalpha() and first.islower() else text
