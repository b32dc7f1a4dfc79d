"""Which steps and pictures a change touches, by the map that runs have learnt: which files each step was made of.

What comes behind a step's last click is known as the next one's. A step that begins on the page on which the one before
it ended is made of the same files too, and one that reads an e-mail may read what any step before it has sent.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from walkthrough import git
from walkthrough.evidence import EvidenceError, PageEvidence, StepEvidence, evidence_path, load, picture_name
from walkthrough.model import Guide, GuideError, Literal, Location, Reference, Step, Walkthrough
from walkthrough.parse import parse, read_page
from walkthrough.project import fixtures_of, matches, product_files, relative
from walkthrough.roles import ROLES, Moment
from walkthrough.settings import Settings


@dataclass(frozen=True)
class AffectedStep:
    """A step that a change touches: where it stands, its pictures, and the changed files for whose sake."""

    where: Location
    walkthrough: str
    number: int
    pictures: tuple[str, ...]
    because: tuple[str, ...]

    @property
    def page(self) -> str:
        """The page's path."""
        return self.where.path


@dataclass(frozen=True)
class PageNow:
    """A page and its evidence as they stand now, and the page as it stood, where that could be read.

    ``fixtures`` are the files of the fixtures that serve it, relative to the root.
    """

    guide: Guide
    evidence: PageEvidence
    before: Guide | None
    fixtures: tuple[str, ...]


@dataclass(frozen=True)
class Product:
    """Globs of the product's files, and of those among them that steps are known to be made of."""

    files: tuple[str, ...]
    rendered: tuple[str, ...]
    settings: str = ""

    def holds(self, path: str) -> bool:
        """Whether a file is the product's."""
        return matches(path, self.files)


def affected_steps(pages: Iterable[PageNow], changed: Iterable[str], product: Product) -> list[AffectedStep]:
    """The steps that changed files touch, in the pages' order."""
    files = sorted(set(changed))
    return [step for page in pages for step in _on_page(page, files, product)]


def _on_page(page: PageNow, changed: list[str], product: Product) -> Iterator[AffectedStep]:
    path = page.guide.path
    for walkthrough in page.guide.walkthroughs:
        known = page.evidence.get(walkthrough.name)
        steps = {step.number: step for step in known.steps} if known else {}
        everywhere = [file for file in changed if _concerns_all(file, page, walkthrough, steps, product)]
        made_of = _made_of(walkthrough, steps)
        last = walkthrough.steps[-1]
        gone = steps.keys() - {step.number for step in walkthrough.steps}  # told at the last step, as a walk does
        for step in walkthrough.steps:
            mine = [*everywhere, *(file for file in changed if file in made_of[step.number])]
            was = steps.get(step.number)
            if was is None or was.digest != step.digest or (gone and step is last):
                mine.append(path)
            own = _own_files(Path(path), step)
            mine += [file for file in changed if file in own]
            if mine:
                because = tuple(dict.fromkeys(mine))
                yield AffectedStep(step.where, walkthrough.name, step.number, tuple(map(str, _pictures(step))), because)


def _concerns_all(
    file: str, page: PageNow, walkthrough: Walkthrough, steps: Mapping[int, StepEvidence], product: Product
) -> bool:
    """Whether a changed file touches every step of a walkthrough."""
    if file in (product.settings, *page.fixtures):
        return True
    if file == page.guide.path:
        before = page.before.walkthroughs if page.before else ()
        was = next((each for each in before if each.name == walkthrough.name), None)
        return was is not None and _head(was) != _head(walkthrough)
    if file == evidence_path(Path(page.guide.path)).as_posix():
        return True
    mapped = {source for step in steps.values() for source in step.sources}
    # Without a map nothing tells which step a template belongs to.
    return product.holds(file) and file not in mapped and not (mapped and matches(file, product.rendered))


def _head(walkthrough: Walkthrough) -> tuple[object, ...]:
    return walkthrough.persona, walkthrough.given, walkthrough.timeout


def _made_of(walkthrough: Walkthrough, known: Mapping[int, StepEvidence]) -> dict[int, set[str]]:
    """For each step the files that it shows: its own, those of the page it begins on, those of the mail it reads."""
    made_of: dict[int, set[str]] = {}
    before: Step | None = None
    shown: set[str] = set()
    earlier: set[str] = set()
    for step in walkthrough.steps:
        own = set(known[step.number].sources) if step.number in known else set()
        earlier |= own
        if before and _stays(before, known.get(before.number), known.get(step.number)):
            own |= shown
        made_of[step.number] = own | (earlier if _reads_mail(step) else set())
        before, shown = step, own
    return made_of


def _stays(before: Step, known: StepEvidence | None, now: StepEvidence | None) -> bool:
    """Whether a step may begin on the page on which the one before it ended."""
    if ROLES[before.actions[-1].role].moment is not Moment.LEAVES or any(each.after for each in before.pictures):
        return True
    if not (known and known.views and now and now.views and now.sources):
        return True
    return known.views[-1].address == now.views[0].address


def _reads_mail(step: Step) -> bool:
    return any(
        action.role == "mail" or (isinstance(action.value, Reference) and action.value.root == "mail")
        for action in step.actions
    )


def _pictures(step: Step) -> list[PurePosixPath]:
    return [each.path for each in step.pictures]


def _uploads(step: Step) -> list[str]:
    values = (each.value for each in step.actions if each.role == "upload")
    return [value.text for value in values if isinstance(value, Literal)]


def own_files(guide: Guide) -> list[str]:
    """The files that a page names: its pictures and what it uploads, relative to the root."""
    steps = (step for walkthrough in guide.walkthroughs for step in walkthrough.steps)
    return [name for step in steps for name in _own_files(Path(guide.path), step)]


def _own_files(page: Path, step: Step) -> list[str]:
    pictures = [picture_name(page, picture) for picture in _pictures(step)]
    files = [*pictures, *(page.parent / name for name in _uploads(step))]
    return [posixpath.normpath(file.as_posix()) for file in files]  # git knows no “..”


@dataclass(frozen=True)
class Affected:
    """The steps that a change touches. ``unknown`` are the product's files of which git cannot tell whether they have
    changed, since it ignores them or they lie elsewhere; they count as changed.
    """

    steps: tuple[AffectedStep, ...]
    unknown: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """What a person should know about ``unknown``; empty where there is none."""
        if not self.unknown:
            return ""
        more = f" and {len(self.unknown) - 1} more" if len(self.unknown) > 1 else ""
        return f"{self.unknown[0]}{more}: not kept in git, which cannot tell what has changed; taken as changed"


def find_affected(settings: Settings, revision: str = "HEAD") -> Affected:
    """The steps that what has changed since a revision touches.

    Raises `walkthrough.git.GitError`, and `GuideError` for a page that cannot be read.
    """
    changes = git.changes(settings.root, revision)
    known = {relative(settings, file): _told(settings, file, changes) for file in product_files(settings)}
    changed = changes.files | {file for file, told in known.items() if told is not False}
    pages = [_page_now(settings, path, revision, changed) for path in settings.found_pages()]
    product = Product(settings.product, settings.rendered, relative(settings, settings.file))
    steps = affected_steps(pages, changed, product)
    return Affected(tuple(steps), tuple(sorted(file for file, told in known.items() if told is None)))


def _told(settings: Settings, file: Path, changes: git.Changes) -> bool | None:
    """Whether one of the product's files has changed; behind a link git keeps it where it is."""
    told = changes.tell(relative(settings, file))
    real = os.path.relpath(file.resolve(), settings.root.resolve())
    return changes.tell(Path(real).as_posix()) if told is None else told


def _page_now(settings: Settings, path: Path, revision: str, changed: Collection[str]) -> PageNow:
    name = path.as_posix()
    guide = read_page(settings.root, name, settings.other_roles)
    before = _page_then(settings, name, revision) if name in changed else guide
    try:
        evidence = load(evidence_path(settings.root / path))
    except EvidenceError:  # nothing is known, so all of it is affected
        evidence = PageEvidence()
    return PageNow(guide, evidence, before, fixtures_of(settings, name))


def _page_then(settings: Settings, name: str, revision: str) -> Guide | None:
    text = git.text_at(settings.root, revision, name)
    try:
        return None if text is None else parse(text, name, settings.other_roles)
    except GuideError:
        return None
