"""Walks a walkthrough's steps in a browser's page and brings back what it saw."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import BrowserContext, Error, Page

from walkthrough.compare.names import Renamed
from walkthrough.evidence import Box, PictureEvidence, StepEvidence, View
from walkthrough.model import Picture, Step
from walkthrough.roles import ROLES, Moment
from walkthrough.run import picture as pictures
from walkthrough.run import view as views
from walkthrough.run.camera import Camera, digest
from walkthrough.run.hands import Act, Hands
from walkthrough.run.watch import WATCH
from walkthrough.world import World

CLOCK: Final = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)
"""The time that a browser's clock shows when a walkthrough begins, whatever the day of the run."""

# Only what a page reads as the time of day moves; timers stay the browser's own, which a large application needs.
_SHIFT_CLOCK = """shift => {
  const now = () => Reflect.apply(real.now, real, []) + shift;
  const real = Date;
  globalThis.Date = new Proxy(real, {
    construct: (target, given, made) => Reflect.construct(target, given.length ? given : [now()], made),
    apply: () => new real(now()).toString(),
    get: (target, name) => name === 'now' ? now : Reflect.get(target, name),
  });
}"""
# The one measure that does not follow the context's pixel ratio: what is drawn by it has another size than its canvas.
_NO_DEVICE_BOX = "delete ResizeObserverEntry.prototype.devicePixelContentBoxSize"


@dataclass(frozen=True)
class Walked:
    """A step that was walked: its evidence, each picture as the browser gave it, which the evidence knows as its shot,
    and the new names under which it went on.
    """

    evidence: StepEvidence
    images: tuple[tuple[Picture, bytes], ...] = ()
    renamed: tuple[Renamed, ...] = ()


@dataclass
class _Taken:
    """What has been gathered within one step, with the shots that its pictures are known by."""

    shots: Mapping[str, str]
    values: dict[str, str] = field(default_factory=dict)
    targets: list[views.Target] = field(default_factory=list)
    images: list[tuple[Picture, bytes, tuple[Box, ...]]] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    mails: list[tuple[str, ...]] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)


class Walker:
    """Walks steps, one after the other, in one browser context: one person at one browser.

    The context was made with Playwright's ``options``; ``timeout`` is how long, in seconds, a step waits for each thing
    that it names; ``folder`` is the page's, from which the paths of files to upload lead; ``sources`` names the
    product's files that were used since it was last asked; ``on_wait`` is called when a step has to wait for longer
    than a moment.
    """

    def __init__(
        self,
        context: BrowserContext,
        options: Mapping[str, Any],
        world: World,
        timeout: float,
        folder: Path,
        *,
        sources: Callable[[], Iterable[str]] = lambda: (),
        on_wait: Callable[[], None] = lambda: None,
    ) -> None:
        self.world = world
        self._sources = sources
        self.timeout = timeout
        self._camera = Camera(options)
        self._hands = Hands(context, world, timeout, folder, on_wait)
        # A page that says how long ago something was says so of a fixed day, from which time runs on as ever.
        context.add_init_script(f"({_SHIFT_CLOCK})({(CLOCK.timestamp() - time.time()) * 1000:.0f}); {_NO_DEVICE_BOX}")
        context.add_init_script(WATCH)

    @property
    def page(self) -> Page:
        """The tab that the person looks at."""
        return self._hands.page

    def walk(self, step: Step, known: Sequence[View] = (), shots: Mapping[str, str] | None = None) -> Walked:
        """Do what one step says. ``known`` are committed views of the pages on which its names stood: where a name is
        gone and they make the new one certain, the step goes on under that; ``shots`` are the committed ones of its
        pictures, by their files. Raises `StepFailure`.
        """
        taken = _Taken(shots=shots or {})
        self._hands.begin(known)
        before = next((each for each in step.pictures if not each.after), None)
        moment = _moment(step)
        for index, action in enumerate(step.actions):
            following = step.actions[index + 1] if index + 1 < len(step.actions) else None
            leaves = ROLES[action.role].moment is Moment.LEAVES

            def look(index: int = index, leaves: bool = leaves) -> None:
                if index == moment:
                    self._look(step, before, taken, index if leaves else index + 1)
                elif leaves and self._is_new(taken):
                    self._look(step, None, taken, index)

            with self._hands.failing(step, action):
                act = Act(step, action, self._hands.value(step, action, taken.values), following)
                taken.mails += self.world.consulted()
                self._do(act, taken, look)
        for each in step.pictures:
            if each.after:
                self._look(step, each, taken, len(step.actions))
        if ROLES[step.actions[-1].role].moment is not Moment.LEAVES:  # what comes behind a click is the next step's
            taken.sources.update(self._sources())
        return Walked(
            StepEvidence(
                number=step.number,
                digest=step.digest,
                values=taken.values,
                pictures=tuple(_picture_evidence(*each) for each in taken.images),
                views=tuple(taken.views),
                mails=tuple(taken.mails),
                sources=tuple(sorted(taken.sources)),
            ),
            tuple((each, image) for each, image, _ in taken.images),
            tuple(self._hands.names.renamed),
        )

    def _is_new(self, taken: _Taken) -> bool:
        """Whether the step has not looked at the page at this address yet."""
        return all(view.address != views.address(self.page, self.world) for view in taken.views)

    def _do(self, act: Act, taken: _Taken, look: Callable[[], None]) -> None:
        """Do one action, and look at the page at its moment."""
        action, leaves = act.action, ROLES[act.action.role].moment is Moment.LEAVES
        # Found before it is pictured, so that the picture shows it; its use finds it anew by the same locator.
        if target := self._hands.reach(act):
            taken.targets.append((action, target))
        if leaves:
            look()
        if found := self._hands.do(act, target):
            taken.targets.append((action, found))
        if ROLES[action.role].moment in (Moment.ARRIVES, Moment.LEAVES):
            taken.targets.clear()  # they stand on the page before
        if not leaves:
            look()

    # Pictures

    def _look(self, step: Step, picture: Picture | None, taken: _Taken, moment: int) -> None:
        """See what is in view, and take its picture, if one is asked for."""
        action = taken.targets[-1][0] if taken.targets else None
        try:
            page = self.page
            current, targets = self._hands.names.current, taken.targets
            see = partial(
                views.look, page, self.world, self.timeout, moment, targets, source=step.source, current=current
            )
            if self._hands.pointing:  # where the last click was, something may now look as if it were pointed at
                page.mouse.move(0, 0)
                self._hands.pointing = False
            last = taken.targets[-1][1].number if taken.targets else None
            pictures.settle(page, self.timeout, into_view=last, far=action is not None and action.role == "see")
            taken.sources.update(self._sources())
            if picture is None:
                view = see()
                if views.gives_away(view, self.world):
                    raise pictures.SecretShown
                taken.views.append(view)
                return
            with pictures.examples_shown(page, self.world):
                known = taken.shots.get(str(picture.path), "")
                image = self._camera.take_drawn(page, known) if picture.after else self._camera.take(page)
                view = see(restore=False)
            taken.views.append(view)
            taken.images.append((picture, image, view.boxes))
        except pictures.SecretShown:
            what = f"the picture {picture.path}" if picture else "the page's texts"
            self._hands.fail_step(step, action, f"{what} to show nothing secret",
                            "a secret that could be read there, so nothing of it was kept",
                            "give the value as a Secret with an example, in one piece of text on the page, and not in "
                            "a terminal, which draws its text", exposed=True)  # fmt: skip
        except Error as error:
            self._hands.fail_page(step, action, error)


def _moment(step: Step) -> int:
    """Index of the action at which a step is pictured: the last click, or the end where nothing is clicked last."""
    acting = [each for each in enumerate(step.actions) if ROLES[each[1].role].moment is not Moment.ASSERTS]
    if acting and ROLES[acting[-1][1].role].moment is Moment.LEAVES:
        return acting[-1][0]
    return len(step.actions) - 1


def _picture_evidence(picture: Picture, image: bytes, boxes: tuple[Box, ...]) -> PictureEvidence:
    width, height = pictures.png_size(image)
    return PictureEvidence(str(picture.path), width, height, sha256="", shot=digest(image), boxes=boxes)
