"""Walks a walkthrough's steps in a browser's page and brings back what it saw."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, NoReturn

from playwright.sync_api import BrowserContext, ElementHandle, Error, Locator, Page

from walkthrough.evidence import Box, PictureEvidence, StepEvidence
from walkthrough.model import Action, Picture, Reference, Step
from walkthrough.roles import ROLES, Moment
from walkthrough.run import picture as pictures
from walkthrough.run.failure import StepFailure, describe_page, explain_ambiguous, explain_missing
from walkthrough.world import Secret, Varying, World, WorldError

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

# A wait is cut into slices only so that a tab which a click has opened is noticed while waiting.
_SLICE = 0.5
_KEYS = {"Ctrl": "Control", "Cmd": "Meta", "Esc": "Escape", "Return": "Enter", "Del": "Delete", "Up": "ArrowUp",
         "Down": "ArrowDown", "Left": "ArrowLeft", "Right": "ArrowRight", "Space": " "}  # fmt: skip
_QUERY = re.compile(r"(?P<address>/url: [^?\"\n]*)\?[^\"\n]*")


@dataclass(frozen=True)
class Walked:
    """A step that was walked: its evidence and the PNG of each picture."""

    evidence: StepEvidence
    images: tuple[tuple[Picture, bytes], ...] = ()


@dataclass
class _Taken:
    """What has been gathered within one step."""

    values: dict[str, str] = field(default_factory=dict)
    targets: list[tuple[Action, ElementHandle]] = field(default_factory=list)
    images: list[tuple[Picture, bytes, tuple[Box, ...]]] = field(default_factory=list)
    snapshot: tuple[str, ...] | None = None


class Walker:
    """Walks steps, one after the other, in one browser context: one person at one browser.

    ``timeout`` is how long, in seconds, a step waits for each thing that it names.
    """

    def __init__(self, context: BrowserContext, world: World, timeout: float) -> None:
        self.world = world
        self.timeout = timeout
        self._context = context
        self._page: Page | None = None
        self._clicked = False
        context.on("page", self._turn_to)
        # A page that says how long ago something was says so of a fixed day, from which time runs on as ever.
        context.add_init_script(f"({_SHIFT_CLOCK})({(CLOCK.timestamp() - time.time()) * 1000:.0f})")
        self._actions: dict[str, Callable[[Step, Action, _Taken], None]] = {
            "open": self._open,
            "mail": self._mail,
            "fill": self._fill,
            "choose": self._choose,
            "check": self._check,
            "press": self._press,
            "see": self._see,
            "not-see": self._not_see,
            "address": self._address,
        }

    @property
    def page(self) -> Page:
        """The tab that the person looks at: the newest one that is open."""
        if self._page is None or self._page.is_closed():
            open_pages = [page for page in self._context.pages if not page.is_closed()]
            self._page = open_pages[-1] if open_pages else self._context.new_page()
        return self._page

    def _turn_to(self, page: Page) -> None:
        self._page = page

    def walk(self, step: Step) -> Walked:
        """Do what one step says. Raises `StepFailure`."""
        taken = _Taken()
        before = next((each for each in step.pictures if not each.after), None)
        moment = _moment(step)
        for index, action in enumerate(step.actions):
            if ROLES[action.role].moment is Moment.LEAVES and index == moment:
                self._look(step, action, before, taken)
            self._do(step, action, taken)
            if index == moment and ROLES[action.role].moment is not Moment.LEAVES:
                self._look(step, None, before, taken)
        for each in step.pictures:
            if each.after:
                self._look(step, None, each, taken)
        return Walked(
            StepEvidence(
                number=step.number,
                digest=step.digest,
                values=taken.values,
                pictures=tuple(_picture_evidence(*each) for each in taken.images),
                snapshot=taken.snapshot or (),
            ),
            tuple((each, image) for each, image, _ in taken.images),
        )

    def _do(self, step: Step, action: Action, taken: _Taken) -> None:
        try:
            self._actions.get(action.role, self._click)(step, action, taken)
        except (Error, WorldError, LookupError) as error:
            if isinstance(error, Error):
                self._fail_page(step, action, error)
            self._fail(step, action, f"to {action.role} “{action.label}”", str(error).strip("'\""))
        if ROLES[action.role].moment in (Moment.ARRIVES, Moment.LEAVES):
            taken.targets.clear()  # they stand on the page before

    # Actions

    def _open(self, step: Step, action: Action, taken: _Taken) -> None:
        address = self._value(action, taken).actual if action.value else action.label
        response = self.page.goto(address, timeout=self._ms, wait_until="domcontentloaded")
        if response is not None and response.status >= 400:
            self._fail(step, action, f"the address {address} to answer", f"status {response.status}")

    def _mail(self, step: Step, action: Action, taken: _Taken) -> None:
        try:
            message = self.world.mailbox.find(subject=action.label, having=None, timeout=self.timeout)
        except LookupError as error:
            self._fail(step, action, f"an e-mail “{action.label}”", str(error).strip("'\""))
        self.world.read(message)
        self.page.goto(message.url, timeout=self._ms, wait_until="domcontentloaded")

    def _click(self, step: Step, action: Action, taken: _Taken) -> None:
        locator, handle = self._find(step, action)
        taken.targets.append((action, handle))
        self._use(step, action, lambda: locator.click(timeout=self._ms))
        self._clicked = True

    def _fill(self, step: Step, action: Action, taken: _Taken) -> None:
        try:
            value = self._value(action, taken)
        except LookupError as error:
            self._fail(step, action, f"a value for “{action.label}” from {action.value}", str(error).strip("'\""))
        locator, handle = self._find(step, action)
        taken.targets.append((action, handle))
        self._use(step, action, lambda: locator.fill(value.actual, timeout=self._ms))

    def _choose(self, step: Step, action: Action, taken: _Taken) -> None:
        value = self._value(action, taken)
        locator, handle = self._find(step, action)
        taken.targets.append((action, handle))
        if locator.evaluate("e => e.tagName") == "SELECT":
            options = locator.evaluate("e => [...e.options].map(o => o.label.trim())")
            if value.actual not in options:
                offered = ", ".join(f"“{option}”" for option in options) or "none"
                self._fail(step, action, f"the option “{value.example}” in “{action.label}”", f"the options {offered}")
            locator.select_option(label=value.actual, timeout=self._ms)
        else:
            locator.click(timeout=self._ms)
            self.page.get_by_role("option", name=value.actual, exact=True).click(timeout=self._ms)

    def _check(self, step: Step, action: Action, taken: _Taken) -> None:
        locator, handle = self._find(step, action)
        taken.targets.append((action, handle))
        self._use(step, action, lambda: locator.check(timeout=self._ms))

    def _press(self, step: Step, action: Action, taken: _Taken) -> None:
        keys = "+".join(_KEYS.get(key.strip(), key.strip()) for key in action.label.split("+"))
        try:
            self.page.keyboard.press(keys)
        except Error as error:
            self._fail(step, action, "the name of a key, such as Enter or Shift+Enter", _first_line(error))

    # Assertions

    def _see(self, step: Step, action: Action, taken: _Taken) -> None:
        _, handle = self._wait(lambda page: _seen(page, action.label).first, step, action)
        taken.targets.append((action, handle))

    def _not_see(self, step: Step, action: Action, taken: _Taken) -> None:
        locator = _seen(self.page, action.label)
        try:
            locator.first.wait_for(state="hidden", timeout=self._ms)
        except Error:
            self._fail(step, action, f"“{action.label}” not to be seen", f"it on {describe_page(self.page)}")

    def _address(self, step: Step, action: Action, taken: _Taken) -> None:
        value = self._value(action, taken) if action.value else Varying(action.label, action.label)
        try:
            self.page.wait_for_url(lambda url: value.actual in url, timeout=self._ms, wait_until="commit")
        except Error:
            self._fail(step, action, f"“{value.example}” in the browser's address", describe_page(self.page))

    # Finding

    @property
    def _ms(self) -> float:
        return self.timeout * 1000

    def _value(self, action: Action, taken: _Taken) -> Varying:
        assert action.value is not None
        value = self.world.evaluate(action.value, self.timeout)
        if not isinstance(value, Secret) and isinstance(action.value, Reference):
            taken.values[str(action.value)] = value.example
        return value

    def _find(self, step: Step, action: Action) -> tuple[Locator, ElementHandle]:
        """The one visible control with this name, and the element that it is now. Raises `StepFailure`."""
        return self._wait(lambda page: _control(page, action), step, action)

    def _wait(self, locate: Callable[[Page], Locator], step: Step, action: Action) -> tuple[Locator, ElementHandle]:
        deadline = time.monotonic() + self.timeout
        while True:
            locator = locate(self.page)
            left = deadline - time.monotonic()
            try:
                return locator, locator.element_handle(timeout=max(1.0, min(_SLICE, left) * 1000))
            except Error as error:
                if "strict mode violation" in error.message:
                    found, hint = explain_ambiguous(self.page, action, ROLES[action.role].controls, locator)
                    self._fail(step, action, f"one {_kind(action)} “{action.label}”", found, hint)
                if left > _SLICE and "Timeout" in error.message:
                    continue
                if "Timeout" not in error.message and left > 0 and "navigat" in error.message:
                    continue
                found, hint = explain_missing(self.page, action, ROLES[action.role].controls)
                self._fail(step, action, f"a {_kind(action)} “{action.label}”", found, hint)

    def _use(self, step: Step, action: Action, use: Callable[[], None]) -> None:
        """Use a control that was found; where that does not go, say why in words of the page."""
        try:
            use()
        except Error as error:
            if self.page.is_closed():
                raise
            # Playwright's own message can quote the value that was typed, so nothing of it is kept.
            controls = ROLES[action.role].controls
            if "strict mode violation" in error.message:
                found, hint = explain_ambiguous(self.page, action, controls, _control(self.page, action))
            else:
                found, hint = explain_missing(self.page, action, controls)
            self._fail(step, action, f"a {_kind(action)} “{action.label}” that can be used", found, hint)

    # Pictures

    def _look(self, step: Step, action: Action | None, picture: Picture | None, taken: _Taken) -> None:
        """Take the picture of the moment, if one is asked for, and the accessibility snapshot."""
        try:
            if action is not None and action.role != "press":
                _, handle = self._find(step, action)
                taken.targets.append((action, handle))
                handle.evaluate("e => e.scrollIntoView({block: 'nearest', inline: 'nearest'})")
            page = self.page
            if picture is None:
                taken.snapshot = taken.snapshot or self._snapshot(page)
                return
            if self._clicked:  # where the last click was, something may now look as if it were pointed at
                page.mouse.move(0, 0)
                self._clicked = False
            pictures.settle(page, self.timeout)
            with pictures.examples_shown(page, self.world, [handle for _, handle in taken.targets]) as places:
                image = pictures.take(page, twice=picture.after)
                taken.snapshot = self._snapshot(page)
            taken.images.append((picture, image, self._boxes(page, taken.targets, places)))
        except pictures.SecretShown:
            self._fail(step, action, f"the picture {picture and picture.path} to show nothing secret",
                       "a secret that could be read in it, so it was not taken",
                       "give the value as a Secret with an example, in one piece of text on the page")  # fmt: skip
        except Error as error:
            self._fail_page(step, action, error)

    def _boxes(
        self, page: Page, targets: list[tuple[Action, ElementHandle]], places: list[list[float] | None]
    ) -> tuple[Box, ...]:
        size = page.viewport_size or {"width": 1, "height": 1}
        boxes = []
        for (action, _), place in zip(targets, places, strict=True):
            if place is None:
                continue
            x, y = place[0] / size["width"], place[1] / size["height"]
            width, height = place[2] / size["width"], place[3] / size["height"]
            if 0 <= x < 1 and 0 <= y < 1:
                boxes.append(Box(action.role, action.label, *(round(part, 4) for part in (x, y, width, height))))
        return tuple(boxes)

    def _snapshot(self, page: Page) -> tuple[str, ...]:
        main = page.get_by_role("main")
        region = main if main.count() == 1 else page.locator("body")
        snapshot = self.world.exemplify(region.aria_snapshot(timeout=self._ms))
        # What stands behind an address's question mark is for machines, differs in each run, and can be a token.
        return tuple(_QUERY.sub(r"\g<address>", snapshot).splitlines())

    # Failing

    def _fail(self, step: Step, action: Action | None, expected: str, found: str, hint: str = "") -> NoReturn:
        texts = (self.world.exemplify(text) for text in (expected, found, hint))
        raise StepFailure(step, action, *texts) from None

    def _fail_page(self, step: Step, action: Action | None, error: Error) -> NoReturn:
        done = f"to {action.role} “{action.label}”" if action else "to look at the page"
        self._fail(step, action, done, f"{_first_line(error)} on {describe_page(self.page)}")


def _moment(step: Step) -> int:
    """Index of the action at which a step is pictured: the last one that does something, or the last of all."""
    acting = [i for i, each in enumerate(step.actions) if ROLES[each.role].moment is not Moment.ASSERTS]
    return acting[-1] if acting else len(step.actions) - 1


def _control(page: Page, action: Action) -> Locator:
    role = ROLES[action.role]
    first, *others = (page.get_by_role(each, name=action.label, exact=True) for each in role.controls)  # type: ignore[arg-type]
    for other in others:
        first = first.or_(other)
    if role.moment is Moment.FILLS:
        # A password field has no ARIA role, so fields are found by their label too.
        first = first.or_(page.get_by_label(action.label, exact=True))
    return first.filter(visible=True)


def _seen(page: Page, label: str) -> Locator:
    # Text, and the attributes that give a name without text. Names by ARIA role would be found by these too, and cost
    # a large page's own thread so much that it loads later.
    locator = page.get_by_text(label, exact=True)
    for by in (page.get_by_label, page.get_by_alt_text, page.get_by_title, page.get_by_placeholder):
        locator = locator.or_(by(label, exact=True))
    return locator.filter(visible=True)


def _kind(action: Action) -> str:
    role = ROLES[action.role]
    if action.role == "click":
        return "button, link, tab or menu item"
    if role.moment is Moment.FILLS:
        return "field" if action.role == "fill" else ("list" if action.role == "choose" else "check box")
    return action.role if role.controls else "text or control"


def _first_line(error: Error) -> str:
    text = error.message.splitlines()[0] if error.message else "the browser gave no reason"
    return text.split(": ", 1)[-1]


def _picture_evidence(picture: Picture, image: bytes, boxes: tuple[Box, ...]) -> PictureEvidence:
    width, height = pictures.png_size(image)
    return PictureEvidence(str(picture.path), width, height, hashlib.sha256(image).hexdigest(), boxes)
