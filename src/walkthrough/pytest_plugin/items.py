"""Pages and walkthroughs as pytest's collectors and items."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest._code.code import ExceptionInfo, ReprEntryNative, ReprExceptionInfo, ReprFileLocation, ReprTraceback
from _pytest.fixtures import TopRequest
from filelock import FileLock

from walkthrough.evidence import (
    EvidenceError,
    PageEvidence,
    StepEvidence,
    WalkthroughEvidence,
    evidence_path,
    load,
    picture_name,
    save,
    write_if_changed,
)
from walkthrough.model import Guide, GuideError, Literal, Picture, Problem, Step, Walkthrough
from walkthrough.parse import parse
from walkthrough.pytest_plugin import start_browser
from walkthrough.world import Persona, World


class SetUpError(Exception):
    """The project's fixtures do not provide what a page asks for."""


class NotReached(Exception):
    """Steps behind a failed one: never passed, since nothing tried them."""


class Page(pytest.File):
    """A page that holds walkthroughs."""

    def collect(self) -> Iterator[Item]:
        """One item for each walkthrough, in the page's order."""
        name = self.path.relative_to(self.config.rootpath).as_posix()
        try:
            guide = parse(self.path.read_text("utf-8"), name, self.config.getini("walkthrough_other_roles"))
        except GuideError as error:
            raise self.CollectError(str(error)) from None
        if missing := [*_missing_files(guide, self.path.parent)]:
            raise self.CollectError("\n".join(str(problem) for problem in missing))
        if not (self.config.option.collectonly or hasattr(self.config, "workerinput")):
            start_browser(self.config)
        names = [each.name for each in guide.walkthroughs]
        for walkthrough in guide.walkthroughs:
            yield Item.from_parent(self, name=walkthrough.name, walkthrough=walkthrough, order=names)


def _missing_files(guide: Guide, folder: Path) -> Iterator[Problem]:
    """The files that a page uploads, and that are not there."""
    steps = (step for walkthrough in guide.walkthroughs for step in walkthrough.steps)
    for action in (action for step in steps for action in step.actions if action.role == "upload"):
        if isinstance(action.value, Literal) and not (folder / action.value.text).is_file():
            message = f"{{upload}} “{action.label}”: there is no file “{action.value.text}” beside the page"
            yield Problem(action.where, message, "The path begins at the page's folder.")


class Item(pytest.Item):
    """A walkthrough; its steps are subtests."""

    def __init__(self, *, walkthrough: Walkthrough, order: list[str], **others: Any) -> None:
        super().__init__(**others)
        self.walkthrough = walkthrough
        self.order = order
        self.persona: Persona | None = None
        # What pytest needs to give fixtures to an item that is no Python function, as its doctest plugin does it.
        self.obj = None
        self._fixtureinfo = self.session._fixturemanager.getfixtureinfo(node=self, func=None, cls=None)
        self.fixturenames = self._fixtureinfo.names_closure
        self.funcargs: dict[str, object] = {}
        self._request = TopRequest(self, _ispytest=True)  # type: ignore[arg-type]

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the walkthrough stands, for pytest's reports."""
        return self.path, self.walkthrough.where.line - 1, self.name

    def setup(self) -> None:
        """Prepare the person, what is given, and the browser."""
        self._request._fillfixtures()
        self.world = World(self._roots(), self._fixture("walkthrough_examples", "the plugin"))

    def _roots(self) -> dict[str, object]:
        walkthrough = self.walkthrough
        roots: dict[str, object] = {}
        if walkthrough.persona:
            persona = self._fixture(walkthrough.persona, ":persona:")
            if not isinstance(persona, Persona):
                raise self._set_up_error(
                    f":persona: {walkthrough.persona}: the fixture must give a walkthrough.world.Persona; "
                    f"found {type(persona).__name__}"
                )
            roots["persona"] = self.persona = persona
        for given in walkthrough.given:
            self._fixture(given, ":given:")
        for name in sorted(walkthrough.references - {"persona", "mail"}):
            roots[name] = self._fixture(name, "an expression")
        return roots

    def _fixture(self, name: str, asked_by: str) -> Any:
        try:
            return self._request.getfixturevalue(name)
        except pytest.FixtureLookupError as error:
            if error.argname != name:
                raise
            raise self._set_up_error(
                f"{asked_by} names “{name}”, and there is no fixture of this name; "
                "define it in a conftest.py beside the page or above it"
            ) from None

    def _set_up_error(self, message: str) -> SetUpError:
        return SetUpError(str(Problem(self.walkthrough.where, message)))

    def runtest(self) -> None:
        """Walk the steps; a failed one stops the walkthrough, and the rest is reported as not reached."""
        from walkthrough.run import BrowserThread, StepFailure, Walker  # noqa: PLC0415
        from walkthrough.run.artefacts import keep_picture, start_trace, stop_trace  # noqa: PLC0415

        subtests = self._request.getfixturevalue("subtests")
        thread: BrowserThread = self._request.getfixturevalue("walkthrough_browser")
        call = thread.call
        options = dict(self._request.getfixturevalue("walkthrough_context_options"))
        if self.persona is not None and self.persona.session is not None:
            options["storage_state"] = self.persona.session
        context = call(thread.browser.new_context, **options)
        timeout = self.walkthrough.timeout or float(self.config.getini("walkthrough_timeout"))
        walker = call(Walker, context, self.world, timeout, self.path.parent)
        folder = self._artifacts()
        walked = []
        failed: Step | None = None
        started = time.perf_counter()
        try:
            call(start_trace, context)
            for done, step in enumerate(self.walkthrough.steps):
                with subtests.test(f"step {step.number}, line {step.where.line}"):
                    try:
                        walked.append(call(walker.walk, step))
                    except StepFailure as failure:
                        if call(lambda: keep_picture(walker.page, self.world, folder / "failure.png")):
                            failure.kept.append(self._shown(folder / "failure.png"))
                        if call(stop_trace, context, self.world, folder / "trace.zip"):
                            failure.kept.append(self._shown(folder / "trace.zip"))
                        raise
                if len(walked) == done:  # whatever the subtest has caught and reported
                    failed = step
                    break
            else:
                call(stop_trace, context, self.world, None)
        finally:
            call(context.close)
        if failed:
            rest = [step for step in self.walkthrough.steps if step.number > failed.number]
            raise NotReached(self._not_reached(failed, rest))
        images = [pair for each in walked for pair in each.images]
        self._finish([each.evidence for each in walked], images, time.perf_counter() - started)

    def _not_reached(self, failed: Step, rest: list[Step]) -> str:
        if not rest:
            return f"{failed.where}: step {failed.number} failed; it is the last one"
        steps = f"step {rest[0].number}" if len(rest) == 1 else f"steps {rest[0].number} to {rest[-1].number}"
        return f"{rest[0].where}: not reached: {steps}, since step {failed.number} failed"

    def _finish(self, steps: list[StepEvidence], images: list[tuple[Picture, bytes]], seconds: float) -> None:
        """Write what a passing walk saw, or hold it against what is committed."""
        evidence = WalkthroughEvidence(
            name=self.walkthrough.name,
            verified=datetime.datetime.now(datetime.UTC).date().isoformat(),
            products=self._request.getfixturevalue("walkthrough_products"),
            steps=tuple(steps),
        )
        update = self.config.getoption("--walkthrough-update")
        written, differing, missing = [], [], []
        for picture, image in images:
            path = picture_name(self.path, picture.path)
            if update:
                if write_if_changed(path, image):
                    written.append(self._shown(path))
            elif not path.is_file():
                missing.append(picture)
            elif path.read_bytes() != image:
                taken = self._artifacts() / path.name
                taken.parent.mkdir(parents=True, exist_ok=True)
                taken.write_bytes(image)
                differing.append(f"{self._shown(path)} (now: {self._shown(taken)})")
        where = evidence_path(self.path)
        if update:
            self._artifacts().parent.mkdir(parents=True, exist_ok=True)
            lock = self._artifacts().parent / f"{self.path.stem}.lock"
            with FileLock(lock):
                try:
                    known = load(where)
                except EvidenceError:  # it is being taken anew, as its message asks for
                    known = PageEvidence()
                if save(where, known.having(evidence, self.order)):
                    written.append(self._shown(where))
        self.user_properties.append(
            (
                "walkthrough",
                {
                    "place": str(self.walkthrough.where),
                    "name": self.name,
                    "steps": len(steps),
                    "seconds": round(seconds, 1),
                    "pictures": len(images),
                    "written": written,
                    "differing": differing,
                },
            )
        )
        if missing:
            problems = (
                Problem(each.where, f"the picture {each.path} has not been taken yet", "Run with --walkthrough-update.")
                for each in missing
            )
            raise GuideError(tuple(problems))

    def _artifacts(self) -> Path:
        """Where this walkthrough leaves what a person may want to look at."""
        page = self.walkthrough.where.path.removesuffix(".md").replace("/", "-")
        folder: str = self.config.getini("walkthrough_artifacts")
        return self.config.rootpath / folder / f"{page}-{self.name}"

    def _shown(self, path: Path) -> str:
        return path.relative_to(self.config.rootpath).as_posix()

    def repr_failure(self, excinfo: ExceptionInfo[BaseException], style: Any = None) -> Any:
        """A failure in words for the page's writer; no traceback, whose frames might show a secret."""
        error = excinfo.value
        from walkthrough.run import StepFailure  # noqa: PLC0415

        if not isinstance(error, StepFailure | SetUpError | NotReached | GuideError):
            return super().repr_failure(excinfo, style)
        text = str(error)
        line = error.where.line if isinstance(error, StepFailure) else self.walkthrough.where.line
        headline = error.headline if isinstance(error, StepFailure) else text.splitlines()[0]
        return ReprExceptionInfo(
            reprtraceback=ReprTraceback([ReprEntryNative([f"{text}\n"])], None, "native"),
            reprcrash=ReprFileLocation(str(self.path), line, headline),
        )
