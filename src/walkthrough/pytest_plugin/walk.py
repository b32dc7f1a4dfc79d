"""One walkthrough, walked and judged: from the browser's thread to an outcome."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from walkthrough.compare.judge import Judgement, judge
from walkthrough.compare.names import Renamed
from walkthrough.compare.pixels import difference, look, same_pixels, vanished
from walkthrough.compare.quoted import PageText
from walkthrough.compare.structure import where_of
from walkthrough.evidence import (
    LABEL,
    PASSIVE,
    VALUE,
    Box,
    PictureEvidence,
    StepEvidence,
    View,
    WalkthroughEvidence,
    picture_name,
)
from walkthrough.model import Action, Location, Picture, Reference, Step, Walkthrough
from walkthrough.outcome import Change, PictureOutcome, StepOutcome, Verdict
from walkthrough.project import matches
from walkthrough.roles import VALUE_ROLE
from walkthrough.world import Secret, World, WorldError

if TYPE_CHECKING:
    from walkthrough.run import BrowserThread, StepFailure, Walked

_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)(\{[^}]*\})?")
_ROLE = re.compile(r"\{(?P<role>[\w:-]+)\}`(?P<label>[^`<]*?)\s*(?:<[^`>]*>)?`")
_SEEN = {LABEL: "the label **{}**", VALUE: "“{}”"}
# Pillow's words for what is no picture, such as a file that Git LFS has not fetched.
_UNREADABLE = (OSError, SyntaxError, ValueError)
_ITEM = re.compile(r"^\s*\d+[.)]\s+")

Sources = Callable[[Sequence[str]], Iterable[Path]]
"""Gives the product's files that were rendered or served since the last call; it is told the requested addresses."""


@dataclass
class Walk:
    """Walks the steps of one walkthrough in a browser context of its own, and judges each against its evidence.

    ``root`` is the project's folder, ``folder`` the one for what a person may want to look at, ``known`` the committed
    evidence. With ``traced``, a step that breaks leaves a trace. ``product`` are globs, relative to the root, of the
    product's files. ``images`` gathers the pictures that were taken.
    """

    walkthrough: Walkthrough
    page: Path
    text: PageText
    known: WalkthroughEvidence | None
    world: World
    root: Path
    folder: Path
    sources: Sources
    traced: bool = True
    product: Sequence[str] = ()
    images: list[tuple[Picture, bytes]] = field(default_factory=list)
    _requested: list[str] = field(default_factory=list)
    _renamed: list[Renamed] = field(default_factory=list)
    _unreadable: set[str] = field(default_factory=set)

    @contextmanager
    def begun(self, thread: BrowserThread, timeout: float, options: dict[str, Any]) -> Iterator[None]:
        """A browser context for as long as the block runs; ``timeout`` is a step's patience in seconds."""
        from walkthrough.run import Walker  # noqa: PLC0415
        from walkthrough.run.artefacts import start_trace, stop_trace  # noqa: PLC0415

        self._call = thread.call
        context = self._context = self._call(thread.browser.new_context, **options)
        self._call(context.on, "request", lambda request: self._requested.append(request.url))
        try:
            walker = partial(Walker, sources=self._new_sources, on_wait=thread.waits.set)
            self._walker = self._call(walker, context, options, self.world, timeout, self.page.parent)
            if self.traced:
                self._call(start_trace, context)
            yield
            if self.traced:
                self._call(stop_trace, context, self.world, None)
        finally:
            self._call(context.close)

    def take(self, step: Step) -> StepOutcome:
        """Walk one step; what it could not do is in the outcome."""
        from walkthrough.run import StepFailure  # noqa: PLC0415

        started = time.perf_counter()
        try:
            shots = {file: each.shot for file, each in self._known_pictures(step.number).items()}
            walked = self._call(self._walker.walk, step, self._views_around(step), shots)
        except StepFailure as failure:
            return replace(self._broken(step, failure), seconds=round(time.perf_counter() - started, 2))
        outcome = self._judged(step, walked)
        return replace(outcome, seconds=round(time.perf_counter() - started, 2))

    def _sentence(self, step: Step) -> str:
        known = self.known.steps if self.known else ()
        return sentence(step, {name: value for each in known for name, value in each.values.items()})

    def _views_around(self, step: Step) -> list[View]:
        """What the committed evidence knows of the pages on which the step's names stood."""
        return [*self._views(step.number - 1)[-1:], *self._views(step.number), *self._views(step.number + 1)[:1]]

    def _known_pictures(self, number: int) -> dict[str, PictureEvidence]:
        """A step's committed pictures, by their files."""
        known = self._known(number)
        return {each.file: each for each in known.pictures} if known else {}

    def _views(self, number: int) -> tuple[View, ...]:
        known = self._known(number)
        return known.views if known else ()

    def _known(self, number: int) -> StepEvidence | None:
        steps = self.known.steps if self.known else ()
        return next((each for each in steps if each.number == number), None)

    def _broken(self, step: Step, failure: StepFailure) -> StepOutcome:
        from walkthrough.run.artefacts import keep_picture, stop_trace  # noqa: PLC0415

        kept = []
        if not failure.exposed and self._call(
            lambda: keep_picture(self._walker.page, self.world, self.folder / "failure.png")
        ):
            kept.append(self.shown(self.folder / "failure.png"))
        trace = None if failure.exposed else self.folder / "trace.zip"
        if self.traced and self._call(stop_trace, self._context, self.world, trace):
            kept.append(self.shown(self.folder / "trace.zip"))
        return StepOutcome(
            number=step.number,
            where=failure.where,
            sentence=self._sentence(step),
            verdict=Verdict.BROKEN,
            reason=f"expected {failure.expected}",
            changes=failure.changes,
            expected=failure.expected,
            found=failure.found,
            hint=failure.hint,
            kept=tuple(kept),
        )

    def _judged(self, step: Step, walked: Walked) -> StepOutcome:
        walked = self._filed(walked)
        self.images += walked.images
        self._renamed += walked.renamed
        evidence = walked.evidence
        pictures = tuple(self._compared(picture, image) for picture, image in walked.images)
        known, entered = self._known(step.number), self._entered_later(step)
        judgement = judge(step, self.text, known, evidence, self._renamed, pictures, entered=entered)
        more = [*self._vanished(step, walked, pictures), *self._no_pictures(pictures), *self._gone(step)]
        judgement = _worse(judgement, more)
        first = next((each for each in judgement.changes if each.verdict is judgement.verdict), None)
        return StepOutcome(
            number=step.number,
            where=first.where if first else step.where,
            sentence=self._sentence(step),
            verdict=judgement.verdict,
            reason=judgement.reason,
            changes=tuple(judgement.changes),
            pictures=pictures,
            evidence=evidence,
        )

    def _entered_later(self, step: Step) -> dict[str, Action]:
        """The examples of secrets that later steps enter, each with the first action that does."""
        return {example: action for number, example, action in reversed(self._secrets) if number > step.number}

    @cached_property
    def _secrets(self) -> list[tuple[int, str, Action]]:
        """The secrets that steps enter: the step's number, the example, and the action.

        What an e-mail will bring is none of them: it may not have come yet.
        """
        found = []
        for step in self.walkthrough.steps:
            for action in step.actions:
                if isinstance(action.value, Reference) and action.value.root != "mail":
                    with suppress(LookupError, WorldError):  # told when the step is walked
                        value = self.world.evaluate(action.value, 0)
                        if isinstance(value, Secret):
                            found.append((step.number, value.example, action))
        return found

    def _filed(self, walked: Walked) -> Walked:
        """The step with its pictures as files: the committed one where it shows the same to the pixel."""
        known = self._known_pictures(walked.evidence.number)
        filed = [
            self._file(known.get(each.file), each, picture, shot)
            for each, (picture, shot) in zip(walked.evidence.pictures, walked.images, strict=True)
        ]
        evidence = replace(walked.evidence, pictures=tuple(each for each, _ in filed))
        images = tuple((picture, file) for (picture, _), (_, file) in zip(walked.images, filed, strict=True))
        return replace(walked, evidence=evidence, images=images)

    def _file(
        self, known: PictureEvidence | None, taken: PictureEvidence, picture: Picture, shot: bytes
    ) -> tuple[PictureEvidence, bytes]:
        from walkthrough.run.camera import packed  # noqa: PLC0415

        path = picture_name(self.page, picture.path)
        file = path.read_bytes() if path.is_file() else b""
        proven = known if known and known.sha256 == hashlib.sha256(file).hexdigest() else None
        if not (proven and proven.shot == taken.shot) and not (file and _same_pixels(file, shot)):
            proven, file = None, packed(shot)
        seen = (proven and proven.look) or look(file)
        return replace(taken, sha256=hashlib.sha256(file).hexdigest(), look=seen), file

    def _vanished(self, step: Step, walked: Walked, pictures: Sequence[PictureOutcome]) -> Iterator[Change]:
        """What the step names and the browser has found, and nobody could see in the picture."""
        before = self._known_pictures(step.number)
        for evidence, (_, image), outcome in zip(walked.evidence.pictures, walked.images, pictures, strict=True):
            if not (outcome.committed and outcome.taken):  # it is new, or the same to the byte
                continue
            if outcome.committed in self._unreadable:
                continue
            committed = (self.root / outcome.committed).read_bytes()
            known = before.get(evidence.file)
            old = {(box.role, box.label): box for box in known.boxes} if known else {}
            for box in evidence.boxes:
                if (was := old.get((box.role, box.label))) and vanished(committed, image, was, box):
                    used = box.role not in PASSIVE
                    what = _SEEN.get(box.role, "**{}**").format(box.label)
                    verdict = Verdict.BROKEN if used else Verdict.LABEL
                    message = f"nothing can be seen where {what} is"
                    yield Change(verdict, message, _place(step, box), box.role if used else "", box.label)

    def _new_sources(self) -> set[str]:
        """The product's files that were used since the last call, relative to the root; from outside of it only those
        that the project calls its product's, since libraries stand at another place on each machine.
        """
        new, self._requested = self._requested, []
        root = self.root.resolve()
        paths = {Path(os.path.relpath(path.resolve(), root)).as_posix() for path in self.sources(new)}
        return {path for path in paths if not path.startswith("../") or matches(path, self.product)}

    def _compared(self, picture: Picture, image: bytes) -> PictureOutcome:
        """A picture beside the committed one; the new file is kept where its bytes differ."""
        path = picture_name(self.page, picture.path)
        outcome = PictureOutcome(str(picture.path), picture.alt, picture.where)
        # Two pictures can have one name, in two folders.
        taken = self.folder.joinpath("taken", *("up" if part == ".." else part for part in picture.path.parts))
        if not path.is_file():
            _keep(taken, image)
            return replace(outcome, taken=self.shown(taken), difference=1.0)
        outcome = replace(outcome, committed=self.shown(path))
        committed = path.read_bytes()
        if committed == image:
            return outcome
        _keep(taken, image)
        outcome = replace(outcome, taken=self.shown(taken), difference=1.0)
        try:
            found = difference(committed, image)
        except _UNREADABLE:
            self._unreadable.add(outcome.committed)
            return outcome
        return replace(outcome, difference=found.share, region=found.region)

    def _no_pictures(self, pictures: Sequence[PictureOutcome]) -> Iterator[Change]:
        """Committed files that cannot be read as pictures."""
        for each in pictures:
            if each.committed in self._unreadable:
                message = f"the file {each.file} is no picture that can be read; Git LFS may not have fetched it"
                yield Change(Verdict.UNVERIFIED, message, each.where)

    def _gone(self, step: Step) -> Iterator[Change]:
        """Steps that the page no longer has, told at its last one."""
        if self.known is None or step != self.walkthrough.steps[-1]:
            return
        for number in sorted(
            {each.number for each in self.known.steps} - {each.number for each in self.walkthrough.steps}
        ):
            message = f"the walkthrough had a step {number} when it was last verified"
            yield Change(Verdict.UNVERIFIED, message, self.walkthrough.where)

    def failed(self, step: Step, error: Exception) -> StepOutcome:
        """The outcome of a step at which the run itself failed."""
        reason = f"the run failed: {type(error).__name__}; pytest's own report says where"
        return StepOutcome(step.number, step.where, self._sentence(step), Verdict.BROKEN, reason)

    def not_reached(self, rest: Sequence[Step], last: StepOutcome) -> Iterator[StepOutcome]:
        """The outcomes of the steps behind the one at which the walk ended."""
        number = last.number
        why = f"step {number} broke" if last.verdict is Verdict.BROKEN else f"the run stopped at step {number}"
        for step in rest:
            reason = f"not reached, since {why}"
            yield StepOutcome(step.number, step.where, self._sentence(step), Verdict.UNREACHED, reason)

    def shown(self, path: Path) -> str:
        """A path as messages show it."""
        return path.relative_to(self.root).as_posix()


def sentence(step: Step, values: Mapping[str, str]) -> str:
    """A step's words as a reader sees them, in one line; ``values`` are examples by expression."""

    def shown(role: re.Match[str]) -> str:
        return values.get(role["label"], role["label"]) if role["role"] == VALUE_ROLE else f"“{role['label']}”"

    words = _ROLE.sub(shown, _IMAGE.sub("", step.source))
    return " ".join(_ITEM.sub("", words).split())


def _place(step: Step, box: Box) -> Location:
    """Where a step names what a box is around."""
    named = (each.where for each in step.actions if (each.role, each.label) == (box.role, box.label))
    return next(named, where_of(step, box.label))


def _same_pixels(committed: bytes, shot: bytes) -> bool:
    try:
        return same_pixels(committed, shot)
    except _UNREADABLE:
        return False


def _keep(path: Path, image: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(image)


def _worse(judgement: Judgement, more: Sequence[Change]) -> Judgement:
    """The judgement with further changes."""
    if not more:
        return judgement
    changes = (*judgement.changes, *more)
    worst = max(changes, key=lambda each: each.verdict.severity)
    if worst.verdict.severity <= judgement.verdict.severity:
        return replace(judgement, changes=changes)
    return replace(judgement, verdict=worst.verdict, reason=worst.message, changes=changes)
