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
from types import CodeType
from typing import Final
from urllib.parse import quote

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from walkthrough.claims import Claims, Visited
from walkthrough.evidence import write_if_changed
from walkthrough.model import Location
from walkthrough.outcome import CERTAIN, Change, PictureOutcome, StepOutcome, Verdict, WalkthroughOutcome
from walkthrough.report.advice import next_commands, plain
from walkthrough.report.embedded import embed
from walkthrough.report.run import NotWalked, failing
from walkthrough.report.terminal import plural

PARTS: Final = Path(__file__).parent / "gallery"
"""Where templates, styles and script lie."""

STYLES: Final = ("base.css", "steps.css", "claims.css", "pictures.css", "media.css")

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
    Verdict.LABEL: "a name that the page quotes has changed, or what it tells is not there",
    Verdict.LAYOUT: "the structure changed, the words still hold",
    Verdict.UNVERIFIED: "the page has been edited since it was last verified",
    Verdict.UNREACHED: "an earlier step broke, so nothing tried this one",
    Verdict.COSMETIC: "it looks different, every word holds",
    Verdict.SAME: "nothing that a reader could notice has changed",
}

MOST_SCALE: Final = 2.5
"""How far a picture is enlarged at most: pictures have two pixels for each of a screen, so more would only blur."""

LEAST_SCALE: Final = 1.3

_QUOTED = re.compile("“([^“”]+)”")


def write_gallery(
    path: Path,
    run: Sequence[WalkthroughOutcome],
    root: Path,
    *,
    source_link: Callable[[Location], str] | None = None,
    claims: Sequence[Claims] = (),
    unmentioned: Sequence[Visited] = (),
    not_walked: Sequence[NotWalked] = (),
) -> None:
    """Write the gallery of a run to ``path``.

    ``root`` is the project's folder, to which the paths of pages and pictures are relative. ``source_link`` gives the
    address of a line of a page, such as on a code host; without it, links lead to the page's file. ``claims`` are those
    of the pages whose unproven words shall be listed, ``unmentioned`` are controls that no guide mentions,
    ``not_walked`` is what was selected and did not run. A picture that cannot be read is told of in its place.
    """
    html = render(
        path.parent,
        run,
        root,
        source_link=source_link,
        claims=claims,
        unmentioned=unmentioned,
        not_walked=not_walked,
    )
    write_if_changed(path, html.encode())


def render(
    folder: Path,
    run: Sequence[WalkthroughOutcome],
    root: Path,
    *,
    source_link: Callable[[Location], str] | None = None,
    claims: Sequence[Claims] = (),
    unmentioned: Sequence[Visited] = (),
    not_walked: Sequence[NotWalked] = (),
) -> str:
    """The gallery's HTML, for a file in ``folder``; the arguments are those of `write_gallery`."""
    script = (PARTS / "gallery.js").read_text("utf-8")
    environment = _environment()

    def file_link(name: str) -> str:
        return quote(os.path.relpath(root / name, folder))

    environment.globals |= {
        "order": ORDER,
        "meanings": MEANINGS,
        "certain": CERTAIN,
        "location": Location,
        "pictures": embed(root, list(_full(run)), list(_small(run))),
        "anchor": _anchor,
        "changes": _changes,
        "closer": closer,
        "file_link": file_link,
        "has_changed": has_changed,
        "kept_picture": _kept_picture,
        "line_link": source_link or (lambda where: file_link(where.path)),
        "next_commands": next_commands,
    }
    return environment.get_template("gallery.html").render(
        style=Markup("\n".join((PARTS / name).read_text("utf-8") for name in STYLES)),
        script=Markup(script),
        script_digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        summary=_summary(run, len(not_walked)),
        pages=[(page, list(each)) for page, each in groupby(run, key=lambda each: each.page)],
        not_walked=not_walked,
        claims=claims,
        unmentioned=unmentioned,
    )


def prepare() -> None:
    """Compile the templates, which takes as long as to render a short run: while the run waits for its browser."""
    environment = _environment()
    for name in environment.list_templates(extensions=["html"]):
        environment.get_template(name)


class _Compiled(BytecodeCache):
    """Keeps the process's compiled templates."""

    def __init__(self) -> None:
        self._code: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._code[bucket.key] = bucket.code


_compiled = _Compiled()


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(PARTS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_compiled,
    )
    environment.filters |= {"quoted": _quoted, "sentence": _sentence}
    return environment


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
    verdicts: dict[Verdict, int]


def _summary(run: Sequence[WalkthroughOutcome], not_walked: int) -> _Summary:
    steps = [(each, step) for each in run for step in each.steps]
    verdicts = [step.verdict for _, step in steps]
    unreached = verdicts.count(Verdict.UNREACHED)
    drifted = sum(failing(each, step) and step.verdict is not Verdict.UNREACHED for each, step in steps)
    taken_on = sum(each.updated and step.verdict is not Verdict.SAME for each, step in steps)
    errors = sum(bool(each.error) or not each.steps for each in run) + not_walked
    return _Summary(
        headline=_headline(len(steps), drifted, unreached, errors, taken_on),
        good=bool(steps) and not drifted and not unreached and not errors,
        steps=len(steps),
        walkthroughs=len(run),
        pages=len({each.page for each in run}),
        errors=errors,
        seconds=sum(each.seconds for each in run),
        day=max((each.day for each in run), default=""),
        verdicts={verdict: verdicts.count(verdict) for verdict in ORDER if verdict in verdicts},
    )


def _headline(steps: int, drifted: int, unreached: int, errors: int, taken_on: int) -> str:
    if not steps:
        return "Nothing was walked"
    if drifted:
        more = f", {unreached} not reached" if unreached else ""
        return f"{drifted} of {plural(steps, 'step')} {'has' if drifted == 1 else 'have'} drifted{more}"
    if unreached:
        return f"{unreached} of {plural(steps, 'step')} not reached"
    if errors:
        return f"{plural(errors, 'walkthrough')} not walked to the end"
    if taken_on:
        return f"{taken_on} of {plural(steps, 'step')} taken on"
    return "The step holds" if steps == 1 else f"All {steps} steps hold"


@dataclass(frozen=True)
class Closer:
    """How a picture is enlarged and moved so that its changed region is in the middle.

    ``x`` and ``y`` are how far, in per cent of the picture's width and height.
    """

    scale: float
    x: float
    y: float


def closer(region: tuple[float, float, float, float] | None) -> Closer | None:
    """How to look at a changed region from near; None where that would show little more."""
    if region is None:
        return None
    left, top, width, height = region
    scale = round(min(MOST_SCALE, 0.75 / max(width, height, 0.01)), 2)
    if scale < LEAST_SCALE:
        return None
    x, y = (
        min(0.0, max(1 - scale, 0.5 - scale * (start + size / 2))) for start, size in ((left, width), (top, height))
    )
    return Closer(scale, round(100 * x, 2), round(100 * y, 2))


def has_changed(picture: PictureOutcome) -> bool:
    """Whether a person could see that the picture is another one, or that there was none."""
    return bool(picture.taken) and (not picture.committed or picture.difference > 0)


def _full(run: Sequence[WalkthroughOutcome]) -> Iterator[str]:
    for step in (step for each in run for step in each.steps):
        yield from (path for each in step.pictures if has_changed(each) for path in (each.committed, each.taken))
        yield _kept_picture(step)


def _small(run: Sequence[WalkthroughOutcome]) -> Iterator[str]:
    """Pictures without a visible change, those of changed steps first."""
    steps = sorted((step for each in run for step in each.steps), key=lambda step: step.verdict is Verdict.SAME)
    for step in steps:
        yield from (each.committed for each in step.pictures if not has_changed(each))


def _kept_picture(step: StepOutcome) -> str:
    """The picture of the moment in which the step failed, if one was kept."""
    return next((path for path in step.kept if path.endswith(".png")), "")


def _changes(step: StepOutcome) -> list[Change]:
    """The changes worth a line of their own: the one that is the step's reason first, then the worst.

    That a picture looks different is seen in the picture itself.
    """
    seen = {each.where for each in step.pictures if has_changed(each)}
    told = [
        each
        for each in step.changes
        if each.old or (each.message != step.reason and not (each.verdict is Verdict.COSMETIC and each.where in seen))
    ]
    return sorted(told, key=lambda each: (each.message != step.reason, -each.verdict.severity, each.where))


def _anchor(walkthrough: WalkthroughOutcome, step: StepOutcome | None = None) -> str:
    """A name for links into the gallery that stays the same from run to run.

    Neither a page's part of it nor a walkthrough's name holds two underscores.
    """
    folders = walkthrough.page.removesuffix(".md").split("/")
    page = "_".join(re.sub(r"[\W_]+", "-", folder) for folder in folders)
    return "__".join([page, walkthrough.name, *([str(step.number)] if step else [])])


def _quoted(text: str) -> Markup:
    """The text with its quoted names set apart."""
    return Markup(_QUOTED.sub(r'<b class="name">“\1”</b>', str(escape(plain(text)))))


def _sentence(text: str) -> str:
    """The text with a capital at its beginning, unless that is a name, a path or a sign."""
    first, space, rest = text.partition(" ")
    return f"{first.capitalize()}{space}{rest}" if first.isalpha() and first.islower() else text
