"""Pages and walkthroughs as pytest's collectors and items."""

from __future__ import annotations

import datetime
import hashlib
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import pytest
from _pytest._code.code import (
    ExceptionInfo,
    ReprEntryNative,
    ReprExceptionInfo,
    ReprFileLocation,
    ReprTraceback,
    Traceback,
    filter_traceback,
)
from _pytest.fixtures import TopRequest
from filelock import FileLock

from walkthrough.evidence import (
    EvidenceError,
    PageEvidence,
    WalkthroughEvidence,
    evidence_path,
    load,
    picture_name,
    save,
    write_if_changed,
)
from walkthrough.model import Guide, GuideError, Literal, Picture, Problem, Step, Walkthrough
from walkthrough.outcome import FILE, StepOutcome, Verdict, WalkthroughOutcome, dumps, loads, write
from walkthrough.parse import parse, read_text
from walkthrough.pytest_plugin import start_browser
from walkthrough.pytest_plugin.ledger import last_step, settings_of
from walkthrough.pytest_plugin.report import why
from walkthrough.world import Persona, World

if TYPE_CHECKING:
    from walkthrough.pytest_plugin.walk import Walk


class SetUpError(Exception):
    """The project's fixtures do not provide what a page asks for."""


class NotReached(Exception):
    """Steps behind a broken one: never passed, since nothing tried them."""


class StepDrift(Exception):
    """A step is no longer true as it stands. The text is for the page's writer."""

    def __init__(self, outcome: StepOutcome) -> None:
        self.outcome = outcome
        broken = outcome.verdict is Verdict.BROKEN
        said = outcome.reason if broken else f"{outcome.verdict}: {outcome.reason}"
        self.headline = f"{outcome.where}: step {outcome.number}: {said}"
        lines = [self.headline]
        if outcome.found:
            lines.append(f"    found: {outcome.found}")
        for each in outcome.changes:
            if each.message != outcome.reason and each.verdict.drifted:
                lines.append(f"    also: {each.where}: {each.verdict}: {each.message}")
        if outcome.hint:
            lines.append(f"    try: {outcome.hint}")
        elif not broken:
            lines.append(f"    try: walkthrough accept {quote(str(outcome.where))}")
        lines += [f"    kept: {kept}" for kept in outcome.kept]
        super().__init__("\n".join(lines))


class Page(pytest.File):
    """A page that holds walkthroughs."""

    def collect(self) -> Iterator[Item]:
        """One item for each walkthrough, in the page's order."""
        name = self.path.relative_to(self.config.rootpath).as_posix()
        try:
            guide = parse(read_text(self.path, name), name, self.config.getini("walkthrough_other_roles"))
        except GuideError as error:
            raise self.CollectError(str(error)) from None
        if missing := [*_missing_files(guide, self.path.parent)]:
            raise self.CollectError("\n".join(str(problem) for problem in missing))
        if not (self.config.option.collectonly or hasattr(self.config, "workerinput")):
            start_browser(self.config)
        names = [each.name for each in guide.walkthroughs]
        for walkthrough in guide.walkthroughs:
            yield Item.from_parent(self, name=walkthrough.name, walkthrough=walkthrough, order=names, guide=guide)


def _missing_files(guide: Guide, folder: Path) -> Iterator[Problem]:
    """The files that a page uploads, and that are not there."""
    steps = (step for walkthrough in guide.walkthroughs for step in walkthrough.steps)
    for action in (action for step in steps for action in step.actions if action.role == "upload"):
        if isinstance(action.value, Literal) and not (folder / action.value.text).is_file():
            message = f"{{upload}} “{action.label}”: there is no file “{action.value.text}” beside the page"
            yield Problem(action.where, message, "The path begins at the page's folder.")


class Item(pytest.Item):
    """A walkthrough; its steps are subtests."""

    def __init__(self, *, walkthrough: Walkthrough, order: list[str], guide: Guide, **others: Any) -> None:
        super().__init__(**others)
        self.walkthrough = walkthrough
        self.guide = guide
        self.order = order
        self.persona: Persona | None = None
        self.told: str | None = None
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
        shutil.rmtree(self._artifacts(), ignore_errors=True)
        try:
            self._request._fillfixtures()
            self.world = World(self._roots(), self._fixture("walkthrough_examples", "the plugin"))
        except Exception as error:
            first = str(error).strip().splitlines()
            self._tell(self._outcome(error=first[0] if first else type(error).__name__))
            raise

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
        """Walk the steps and judge each; behind a broken one, the rest is reported as not reached."""
        from walkthrough.compare.quoted import PageText  # noqa: PLC0415
        from walkthrough.pytest_plugin.walk import Walk  # noqa: PLC0415

        subtests = self._request.getfixturevalue("subtests")
        thread = self._request.getfixturevalue("walkthrough_browser")
        options = dict(self._request.getfixturevalue("walkthrough_context_options"))
        if self.persona is not None and self.persona.session is not None:
            options["storage_state"] = self.persona.session
        text = self.path.read_text("utf-8")
        walk = Walk(
            walkthrough=self.walkthrough,
            page=self.path,
            text=PageText(text, self.walkthrough.where.path, self.guide),
            known=self._known(),
            world=self.world,
            root=self.config.rootpath,
            folder=self._artifacts(),
            sources=self._request.getfixturevalue("walkthrough_sources"),
            traced=self._traced(),
            product=self._product(),
        )
        timeout = self.walkthrough.timeout or float(self.config.getini("walkthrough_timeout"))
        steps = [step for step in self.walkthrough.steps if step.number <= last_step(self.config, self.walkthrough)]
        outcomes: list[StepOutcome] = []
        started = time.perf_counter()
        try:
            with walk.begun(thread, timeout, options):
                for step in steps:
                    with subtests.test(f"step {step.number}, line {step.where.line}"):
                        try:
                            outcomes.append(walk.take(step))
                        except Exception as error:
                            outcomes.append(walk.failed(step, error))
                            raise
                        if self._fails(outcomes[-1]):
                            raise StepDrift(outcomes[-1])
                    if outcomes[-1].verdict is Verdict.BROKEN:
                        break
        except Exception:
            # Where -x or --maxfail ends the session, pytest raises a step's failure once more, out of here.
            if outcomes and self._fails(outcomes[-1]):
                self._finish(walk, steps, outcomes, started)
            raise
        self._finish(walk, steps, outcomes, started)
        if outcomes[-1].verdict is Verdict.BROKEN:
            raise NotReached(self._not_reached(outcomes[-1], steps[len(outcomes) :]))

    def _finish(self, walk: Walk, steps: Sequence[Step], outcomes: Sequence[StepOutcome], started: float) -> None:
        """Tell what was found of the steps; those behind the last outcome were not reached."""
        outcome = self._outcome(
            steps=(*outcomes, *walk.not_reached(steps[len(outcomes) :], outcomes[-1])),
            seconds=round(time.perf_counter() - started, 1),
        )
        if self.update and not any(map(self._fails, outcome.steps)):
            outcome = replace(outcome, updated=True, written=tuple(self._write(outcome, walk.images)))
        self._tell(outcome)

    @property
    def update(self) -> bool:
        """Whether the run writes what it takes."""
        return bool(self.config.getoption("--walkthrough-update"))

    def _fails(self, outcome: StepOutcome) -> bool:
        """Whether a step fails the run. One that writes takes on everything but words that are no longer true."""
        if self.update:
            return outcome.verdict.severity >= Verdict.LABEL.severity
        return outcome.verdict.drifted

    def _product(self) -> tuple[str, ...]:
        settings = settings_of(self.config)
        return settings.product + settings.rendered

    def _traced(self) -> bool:
        """Whether a trace is recorded, which slows a walk: where nobody can run again, or where it failed before."""
        setting = self.config.getini("walkthrough_trace")
        cache = getattr(self.config, "cache", None)
        failed = cache.get("cache/lastfailed", {}) if cache else {}
        return setting == "on" or (setting == "again" and ("CI" in os.environ or self.nodeid in failed))

    def _known(self) -> WalkthroughEvidence | None:
        try:
            return load(evidence_path(self.path)).get(self.name)
        except EvidenceError:
            if self.update:  # it is being taken anew, as its message asks for
                return None
            raise

    def _not_reached(self, broken: StepOutcome, rest: Sequence[Step]) -> str:
        if not rest:
            return f"{broken.where}: step {broken.number} failed; it is the last one"
        steps = f"step {rest[0].number}" if len(rest) == 1 else f"steps {rest[0].number} to {rest[-1].number}"
        return f"{rest[0].where}: not reached: {steps}, since step {broken.number} failed"

    def _outcome(self, steps: Sequence[StepOutcome] = (), error: str = "", seconds: float = 0.0) -> WalkthroughOutcome:
        try:
            products = {} if error else self._request.getfixturevalue("walkthrough_products")
        except pytest.FixtureLookupError:
            products = {}
        return WalkthroughOutcome(
            page=self.walkthrough.where.path,
            name=self.name,
            where=self.walkthrough.where,
            page_sha256=hashlib.sha256(self.path.read_bytes()).hexdigest(),
            steps=tuple(steps),
            error=error,
            products=products,
            seconds=seconds,
            day=datetime.datetime.now(datetime.UTC).date().isoformat(),
        )

    def _tell(self, outcome: WalkthroughOutcome) -> None:
        """Keep the outcome for whoever accepts it, and hand it to the session's report."""
        write(self._artifacts() / FILE, outcome)
        self.told = dumps(outcome)

    def left_behind(self, report: pytest.TestReport) -> None:
        """Tell that what was walked could not be ended, which is an error of the walkthrough."""
        outcome = loads(self.told) if self.told else None
        if outcome and not outcome.error:
            self._tell(replace(outcome, error=f"a fixture failed behind the last step: {why(report)}"))

    def _write(self, outcome: WalkthroughOutcome, images: Sequence[tuple[Picture, bytes]]) -> Iterator[str]:
        """Write the pictures and the evidence that changed, and name them."""
        for picture, image in images:
            path = picture_name(self.path, picture.path)
            if write_if_changed(path, image):
                yield self._shown(path)
        evidence = WalkthroughEvidence(
            name=self.name,
            verified=outcome.day,
            products=outcome.products,
            steps=tuple(step.evidence for step in outcome.steps if step.evidence),
        )
        where = evidence_path(self.path)
        with FileLock(self._artifacts().parent / f"{self.path.stem}.lock"):
            try:
                known = load(where)
            except EvidenceError:
                known = PageEvidence()
            if save(where, known.having(evidence, self.order)):
                yield self._shown(where)

    def _artifacts(self) -> Path:
        """Where this walkthrough leaves what a person may want to look at."""
        # One flat folder each; hyphens would not tell docs/a-b.md from docs/a/b.md, nor where the page's name ends.
        page = self.walkthrough.where.path.removesuffix(".md").replace("+", "++").replace("/", "+")
        folder: str = self.config.getini("walkthrough_artifacts")
        return self.config.rootpath / folder / f"{page}+{self.name}"

    def _shown(self, path: Path) -> str:
        return path.relative_to(self.config.rootpath).as_posix()

    def _traceback_filter(self, excinfo: ExceptionInfo[BaseException]) -> Traceback:
        """The frames of the project's fixtures, without those of pytest, as pytest does it for functions."""
        return excinfo.traceback.filter(filter_traceback) or excinfo.traceback

    def repr_failure(self, excinfo: ExceptionInfo[BaseException], style: Any = None) -> Any:
        """A failure in words for the page's writer; no traceback, whose frames might show a secret."""
        error = excinfo.value
        if not isinstance(error, StepDrift | SetUpError | NotReached | EvidenceError):
            return super().repr_failure(excinfo, style)
        text = str(error)
        line = error.outcome.where.line if isinstance(error, StepDrift) else self.walkthrough.where.line
        headline = error.headline if isinstance(error, StepDrift) else text.splitlines()[0]
        return ReprExceptionInfo(
            reprtraceback=ReprTraceback([ReprEntryNative([f"{text}\n"])], None, "native"),
            reprcrash=ReprFileLocation(str(self.path), line, headline),
        )
