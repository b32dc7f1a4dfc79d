"""What a step does in the page: each role's action, and how the thing that it names is found."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import NoReturn, TypeVar

from playwright.sync_api import BrowserContext, Error, Locator, Page
from playwright.sync_api import TimeoutError as Timeout

from walkthrough.compare.names import Likely, known_options, likely_address, likely_names, likely_option, likely_subject
from walkthrough.evidence import View
from walkthrough.model import Action, Reference, Step
from walkthrough.roles import PATH_SEPARATOR, ROLES, keys_of
from walkthrough.run import picture as pictures
from walkthrough.run import view as views
from walkthrough.run.controls import control, kind, menu_opener, seen
from walkthrough.run.failure import StepFailure, describe_page, explain_ambiguous, explain_missing
from walkthrough.run.notebook import CellFailed, NotIdle, await_idle
from walkthrough.run.renaming import Renaming
from walkthrough.run.sight import Looked, bring_into_view, look_at, scroll_to
from walkthrough.run.terminal import INPUT, Terminal, TerminalError
from walkthrough.run.watch import Found, await_one
from walkthrough.world import Secret, Varying, World, WorldError

# A wait is cut into slices only so that a tab which a click has opened is noticed while waiting.
_SLICE = 0.5
# For how long something may still come by itself before the page is scrolled to look for it, in seconds.
_PATIENCE = 1.5
# After how many seconds a page that has rested for some may be asked for a new name, before the patience is at its end.
_SURE, _RESTED = 10.0, 3.0
Seen = TypeVar("Seen")
# A list's options, by what a person reads of them, once the wanted one is there, which a script can bring later.
# Null for a list in whose place another has come.
_OPTIONS = """async ([number, wanted, patience]) => {
  const list = globalThis.__walkthroughWatch.held.get(number);
  const offered = each => !each.disabled && getComputedStyle(each).display !== 'none';
  const read = () => [...list.options].filter(offered).map(each => each.label.replace(/\\s+/g, ' ').trim());
  const end = performance.now() + patience;
  for (;;) {
    if (!list?.isConnected) return null;
    const options = read();
    if (options.includes(wanted) || performance.now() >= end) return options;
    await new Promise(go => setTimeout(go, 50));
  }
}"""
# What Playwright says of an element, or a page, that another has come in place of.
_REPLACED = re.compile(r"not attached|navigat", re.IGNORECASE)


@dataclass(frozen=True)
class Act:
    """An action of a step that is about to be done: with its value, and the one behind it."""

    step: Step
    action: Action
    value: Varying | None
    following: Action | None

    @property
    def given(self) -> Varying:
        """The value, in an action that must have one."""
        assert self.value is not None
        return self.value


class Hands:
    """Does actions, one after the other, in one browser context.

    ``timeout`` is how long, in seconds, each waits for what it names; ``folder`` is the page's, from which the paths of
    files to upload lead; ``on_wait`` is called when what is looked for has not come within a moment. All of it raises
    `StepFailure`.
    """

    def __init__(
        self, context: BrowserContext, world: World, timeout: float, folder: Path, on_wait: Callable[[], None]
    ) -> None:
        self.world = world
        self.timeout = timeout
        self.pointing = False  # the pointer stands where the last click was
        self._folder = folder
        self._on_wait = on_wait
        self._context = context
        self.names = Renaming()
        self._page: Page | None = None
        context.on("page", self._turn_to)
        self._using: dict[str, Callable[[Act, Looked], None]] = {
            "fill": self._fill,
            "choose": self._choose,
            "check": self._check,
            "upload": self._upload,
            "double-click": self._double_click,
        }
        self._free: dict[str, Callable[[Act], Found | None]] = {
            "open": self._open,
            "mail": self._mail,
            "press": self._press,
            "terminal": self._terminal,
            "see": self._see,
            "not-see": self._not_see,
            "idle": self._idle,
            "address": self._address,
        }

    @property
    def page(self) -> Page:
        """The tab that the person looks at: the newest one that is open."""
        if self._page is None or self._page.is_closed():
            open_pages = [page for page in self._context.pages if not page.is_closed()]
            self._page = open_pages[-1] if open_pages else self._context.new_page()
        return self._page

    def begin(self, known: Sequence[View]) -> None:
        """Begin a step, with committed views of the pages on which its names stood."""
        self.names = Renaming(known)

    def _turn_to(self, page: Page) -> None:
        self._page = page

    def reach(self, act: Act) -> Looked | None:
        """The control that an action is about to use; None for one that uses none."""
        if act.action.role in self._free:
            return None
        return self._open_menus(act) if act.action.role == "menu" else self._find(act)

    def do(self, act: Act, found: Looked | None) -> Found | None:
        """Do the action, with the control that was reached; give what an assertion has found."""
        if found is None:
            return self._free[act.action.role](act)
        self._using.get(act.action.role, self._click)(act, found)
        return None

    # Actions that use a control

    def _click(self, act: Act, found: Looked) -> None:
        self._use(act, found, lambda control: control.click(timeout=self._ms))
        self.pointing = True

    def _double_click(self, act: Act, found: Looked) -> None:
        self._use(act, found, lambda control: control.dblclick(timeout=self._ms))
        self.pointing = True

    def _fill(self, act: Act, found: Looked) -> None:
        self._use(act, found, lambda control: control.fill(act.given.actual, timeout=self._ms))
        # What is longer than a field's limit is cut off without a word.
        limit = found.limit
        if limit is not None and limit < len(act.given.actual):
            expected = f"the field “{act.action.label}” to take the whole value"
            self._fail(act, expected, f"that it takes {limit} {'sign' if limit == 1 else 'signs'} only")

    def _choose(self, act: Act, found: Looked) -> None:
        if found.tag == "SELECT":
            name = self._await_option(act, partial(self._select_options, found))
            found.locator.select_option(label=name, timeout=self._ms)
        else:
            found.locator.click(timeout=self._ms)
            self._option(self._await_option(act, self._listbox_options)).click(timeout=self._ms)

    def _await_option(self, act: Act, offered: Callable[[str, float], Sequence[str]]) -> str:
        """Wait for the wanted option; give its name, or the one that is certain enough to be its new one."""
        wanted = act.given.actual
        deadline, patience = time.monotonic() + self.timeout, min(self.timeout, _SURE)
        while True:
            options = offered(wanted, patience)
            if wanted in options:
                return wanted
            patience = deadline - time.monotonic()
            at_rest = patience <= 0 or steady(lambda: pictures.rested(self.page, _RESTED))
            if at_rest and (new := self.names.accept_option(act.action, self._likely_options(act, options))):
                return new.name
            if patience <= 0:
                listed = ", ".join(f"“{option}”" for option in options) or "none"
                expected = f"the option “{act.given.example}” in “{act.action.label}”"
                self._fail(act, expected, f"the options {listed}")

    def _select_options(self, found: Found, wanted: str, patience: float) -> Sequence[str]:
        """The options of the browser's own list, once the wanted one is among them, or patience is at its end."""
        deadline = time.monotonic() + patience
        while True:
            left = max(deadline - time.monotonic(), 0) * 1000
            options = steady(lambda: self.page.evaluate(_OPTIONS, [found.number, wanted, left]))  # noqa: B023
            if options is not None:
                return tuple(options)
            found = await_one(found.locator, max(left, 1000))

    def _listbox_options(self, wanted: str, patience: float) -> Sequence[str]:
        """The same for a list that the application draws, which has been opened."""
        try:
            self._option(wanted).wait_for(timeout=max(patience, 1) * 1000)
        except Timeout:
            texts = self.page.get_by_role("option").filter(visible=True).all_inner_texts()
            return tuple(" ".join(text.split()) for text in texts)
        return (wanted,)

    def _option(self, name: str) -> Locator:
        return self.page.get_by_role("option", name=name, exact=True).filter(visible=True)

    def _likely_options(self, act: Act, options: Sequence[str]) -> list[Likely]:
        """What may be the wanted option under another name, without those in which something varies from run to run."""
        # An option that the run's own values name stands nowhere in the page, so nothing there could be mended.
        if not act.action.option:
            return []
        shown = [self.world.exemplify(option) for option in options]
        likely = likely_option(act.action.option, shown, known_options(act.action, self.names.known))
        return [each for each in likely if each.name in options]

    def _check(self, act: Act, found: Looked) -> None:
        self._use(act, found, lambda control: control.check(timeout=self._ms))

    def _upload(self, act: Act, found: Looked) -> None:
        path = self._folder / act.given.actual
        if not path.is_file():
            self._fail(act, f"a file “{act.given.example}” beside the page", "none")
        if found.tag == "INPUT":
            self._use(act, found, lambda control: control.set_input_files(path, timeout=self._ms))
            return
        try:
            with self.page.expect_file_chooser(timeout=self._ms) as chooser:
                self._use(act, found, lambda control: control.click(timeout=self._ms))
        except Timeout:
            self._fail(act, f"“{act.action.label}” to ask for a file", "that it does not")
        chooser.value.set_files(path, timeout=self._ms)
        self.pointing = True

    def _open_menus(self, act: Act) -> Looked:
        """Open the menus of a path, and give the item at its end."""
        opener, *between, last = (replace(act.action, label=name) for name in act.action.label.split(PATH_SEPARATOR))
        locate_opener = lambda page, wanted: menu_opener(page, wanted.label)  # noqa: E731
        self._find(act, opener, locate_opener).locator.click(timeout=self._ms)
        for item in between:
            self._find(act, item).locator.click(timeout=self._ms)
        found = self._find(act, last)
        found.locator.hover(timeout=self._ms)
        self.pointing = False  # the pointer stays, since a menu can close when it leaves
        return found

    # Actions and assertions without a control

    def _open(self, act: Act) -> None:
        address = act.value.actual if act.value else act.action.label
        response = self.page.goto(address, timeout=self._ms, wait_until="domcontentloaded")
        if response is not None and response.status >= 400:
            self._fail(act, f"the address {address} to answer", f"status {response.status}")

    def _mail(self, act: Act) -> None:
        mailbox = self.world.mailbox
        try:
            message = mailbox.find(subject=act.action.label, having=None, timeout=self.timeout)
        except LookupError as error:
            subjects = getattr(mailbox, "subjects", list)
            new = self.names.accept(act.action, likely_subject(act.action.label, subjects()))
            if new is None:
                self._fail(act, f"an e-mail “{act.action.label}”", str(error).strip("'\""))
            message = mailbox.find(subject=new.name, having=None, timeout=self.timeout)
        self.world.read(message)
        self.page.goto(message.url, timeout=self._ms, wait_until="domcontentloaded")

    def _press(self, act: Act) -> None:
        self.page.keyboard.press("+".join(keys_of(act.action.label)))

    def _terminal(self, act: Act) -> None:
        try:
            locator = self.page.get_by_role("textbox", name=INPUT, exact=True).filter(visible=True)
            field = await_one(locator, self._ms)
        except Error as error:
            many = "strict mode violation" in error.message
            found = f"{'several' if many else 'none'} on {describe_page(self.page)}"
            self._fail(act, f"a terminal, and in it “{act.action.label}”", found)
        terminal = Terminal(self.page, field, self.timeout)
        asks = act.following is not None and act.following.role == "terminal" and act.following.value is not None
        try:
            if act.value is None:
                terminal.run(act.action.label, asks=asks)
            else:
                secret = isinstance(act.value, Secret)
                terminal.answer(act.action.label, act.value.actual, secret=secret, more=asks)
        except TerminalError as error:
            self._fail(act, error.expected, error.found)

    def _see(self, act: Act) -> Found:
        looks = count()
        locate = lambda page, wanted: seen(page, wanted.label, headings=next(looks) > 0).first  # noqa: E731
        found = self._find(act, locate=locate, scroll=True)
        bring_into_view(found)
        return found

    def _not_see(self, act: Act) -> None:
        try:
            seen(self.page, act.action.label, headings=True).first.wait_for(state="hidden", timeout=self._ms)
        except Error:
            self._fail(act, f"“{act.action.label}” not to be seen", f"it on {describe_page(self.page)}")

    def _idle(self, act: Act) -> None:
        try:
            await_idle(self.page, act.action.label, self.timeout)
        except NotIdle as error:
            self._fail(act, f"the kernel “{act.action.label}” to be idle", f"{error} on {describe_page(self.page)}")
        except CellFailed as error:
            self._fail(act, "each cell to run without an error", str(error))

    def _address(self, act: Act) -> None:
        value = act.value or Varying(act.action.label, act.action.label)
        try:
            self.page.wait_for_url(lambda url: value.actual in url, timeout=self._ms, wait_until="commit")
        except Error:
            if self.names.accept(act.action, likely_address(value.example, self.names.known, self._view())):
                return
            self._fail(act, f"“{value.example}” in the browser's address", describe_page(self.page))

    # Finding

    @property
    def _ms(self) -> float:
        return self.timeout * 1000

    def value(self, step: Step, action: Action, values: dict[str, str]) -> Varying | None:
        """The value of an action, if it has one; its example goes into ``values``."""
        if action.value is None:
            return None
        try:
            value = self.world.evaluate(action.value, self.timeout)
        except LookupError as error:
            expected = f"a value for “{action.label}” from {action.value}"
            self.fail_step(step, action, expected, str(error).strip("'\""))
        if value.example.isdigit() and (len(value.actual) != len(value.example) or not value.actual.isdigit()):
            digits = "digit" if len(value.example) == 1 else "digits"
            found = f"one of {len(value.actual)} characters" if not value.actual.isdigit() else f"{len(value.actual)}"
            self.fail_step(
                *(step, action, f"{action.value} to have {len(value.example)} {digits}, as its example does", found)
            )
        if not isinstance(value, Secret) and isinstance(action.value, Reference):
            values[str(action.value)] = self.world.exemplify(value.example)
        return value

    def _find(
        self,
        act: Act,
        action: Action | None = None,
        locate: Callable[[Page, Action], Locator] = control,
        scroll: bool = False,
    ) -> Looked:
        """The one visible thing with an action's name, by default its control. Raises `StepFailure`."""
        named = action or act.action
        wanted = self.names.current(named)
        started = time.monotonic()
        deadline, scrolled, tried = started + self.timeout, started, started
        while True:
            locator = locate(self.page, wanted)
            left = deadline - time.monotonic()
            try:
                looked = _look(locator, wanted, max(1.0, min(_SLICE, left) * 1000), left)
                if looked.hidden:
                    self._fail(act, f"a {kind(wanted)} “{wanted.label}” that can be seen", f"one that {looked.hidden}")
                if looked.twice:
                    self._fail(act, f"one {kind(wanted)} “{wanted.label}”", "its label twice")
                return looked
            except Error as error:
                controls = ROLES[wanted.role].controls
                if "strict mode violation" in error.message:
                    found, hint = explain_ambiguous(self.page, wanted, controls, locator)
                    self._fail(act, f"one {kind(wanted)} “{wanted.label}”", found, hint)
                timed_out = "Timeout" in error.message
                if timed_out:
                    self._on_wait()
                if scroll and timed_out and (left <= _SLICE or time.monotonic() - scrolled > _PATIENCE):
                    if steady(lambda: scroll_to(self.page, lambda page: locate(page, wanted))) and (
                        found_there := _look_or_none(locate(self.page, wanted), wanted)
                    ):
                        return found_there
                    scrolled = time.monotonic()
                if (
                    timed_out
                    and time.monotonic() - tried > _SURE
                    and steady(lambda: pictures.rested(self.page, _RESTED))
                ):
                    if renamed := steady(lambda: self._find_renamed(act, named, locate)):
                        return renamed
                    tried = time.monotonic()
                if (left > _SLICE and timed_out) or (left > 0 and not timed_out and _REPLACED.search(error.message)):
                    continue
                if renamed := steady(lambda: self._find_renamed(act, named, locate)):
                    return renamed
                found, hint = explain_missing(self.page, wanted, controls, self.names.known_words())
                self._fail(act, f"a {kind(wanted)} “{wanted.label}”", found, hint)

    def _find_renamed(self, act: Act, named: Action, locate: Callable[[Page, Action], Locator]) -> Looked | None:
        """What is certain enough to be the same thing under another name."""
        likely = likely_names(named, self.names.known, self._view())
        if self.names.accept(act.action, likely, part=named) is None:
            return None
        wanted = self.names.current(named)
        found = _look_or_none(locate(self.page, wanted), wanted)
        if found is None:
            self.names.withdraw(act.action, named)
        return found

    def _view(self) -> View:
        """The whole page as it is now."""
        return views.look(self.page, self.world, self.timeout, 0, whole=True)

    def _use(self, act: Act, found: Looked, use: Callable[[Locator], None]) -> None:
        """Use a control that was found; where that does not go, say why in words of the page.

        Never twice: what a click sets off can take so long that it is not known whether it was done.
        """
        if act.action.role == "menu" and not found.locator.count():  # a menu can close by itself
            found = self._open_menus(act)
        try:
            use(found.locator)
        except Error as error:
            if self.page.is_closed():
                raise
            # Playwright's own message can quote the value that was typed, so nothing of it is kept.
            controls = ROLES[act.action.role].controls
            if "strict mode violation" in error.message:
                there, hint = explain_ambiguous(self.page, act.action, controls, found.locator)
            else:
                there, hint = explain_missing(self.page, act.action, controls, self.names.known_words())
            self._fail(act, f"a {kind(act.action)} “{act.action.label}” that can be used", there, hint)

    # Failing

    @contextmanager
    def failing(self, step: Step, action: Action) -> Iterator[None]:
        """Say in words of the page what Playwright or the world could not do."""
        try:
            yield
        except (Error, WorldError, LookupError) as error:
            if isinstance(error, Error):
                self.fail_page(step, action, error)
            self.fail_step(step, action, f"to {action.role} “{action.label}”", str(error).strip("'\""))

    def _fail(self, act: Act, expected: str, found: str, hint: str = "") -> NoReturn:
        self.fail_step(act.step, act.action, expected, found, hint)

    def fail_step(
        self, step: Step, action: Action | None, expected: str, found: str, hint: str = "", *, exposed: bool = False
    ) -> NoReturn:
        """Raise `StepFailure`, with examples in place of what differs in each run."""
        texts = [self.world.exemplify(text) for text in (expected, found, hint)]
        raise StepFailure(step, action, *texts, changes=tuple(self.names.changes(action)), exposed=exposed) from None

    def fail_page(self, step: Step, action: Action | None, error: Error) -> NoReturn:
        """Raise `StepFailure` for what Playwright could not do."""
        done = f"to {action.role} “{action.label}”" if action else "to look at the page"
        self.fail_step(step, action, done, f"{_first_line(error)} on {describe_page(self.page)}")


def _look(locator: Locator, wanted: Action, timeout: float, patience: float) -> Looked:
    """Wait up to ``timeout`` milliseconds for one element, and ``patience`` seconds until it can be seen.

    Raises Playwright's errors.
    """
    found = await_one(locator, timeout)
    looked = look_at(found, wanted.role, patience)
    if looked is None:
        found.hold_again(timeout)
        looked = look_at(found, wanted.role, patience)
    if looked is None:
        raise Error("what was found is not attached any more")
    return looked


def _look_or_none(locator: Locator, wanted: Action) -> Looked | None:
    """The same for what should be there by now; None where it is not."""
    try:
        return _look(locator, wanted, _PATIENCE * 1000, 0)
    except Error:
        return None


def steady(look: Callable[[], Seen]) -> Seen | None:
    """What a look at a page gives; None where another page has come in its place meanwhile."""
    try:
        return look()
    except Error as error:
        if _REPLACED.search(error.message):
            return None
        raise


def _first_line(error: Error) -> str:
    text = error.message.splitlines()[0] if error.message else "the browser gave no reason"
    return text.split(": ", 1)[-1]
