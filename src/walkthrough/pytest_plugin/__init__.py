"""The pytest plugin: ``pytest docs`` walks the walkthroughs of a project's pages.

It does nothing until a project names its pages in the setting ``walkthrough_pages``, and starts no browser unless there
is a walkthrough among them.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from walkthrough.pytest_plugin.items import Page
    from walkthrough.pytest_plugin.walk import Sources
    from walkthrough.run import BrowserThread
    from walkthrough.world import Varying

TRACES = ("on", "off", "again")

_STARTING: pytest.StashKey[Future[BrowserThread]] = pytest.StashKey()
# After how many seconds the report is prepared, though no step has waited for a slow page until then.
_NOT_LATER = 5.0
_ENDING: pytest.StashKey[Future[None]] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the settings and the options."""
    parser.addini("walkthrough_pages", "Pages that hold walkthroughs: globs, relative to the root folder.", "args", [])
    parser.addini("walkthrough_timeout", "How many seconds a step waits for each thing that it names.", default="15")
    parser.addini("walkthrough_other_roles", "Roles of the site's own that may stand in a step.", "args", [])
    parser.addini("walkthrough_artifacts", "Folder for what a failure leaves behind.", default=".walkthrough")
    parser.addini("walkthrough_product", "The files that make up the product, as globs.", "args", [])
    parser.addini("walkthrough_rendered", "Those of them of which walkthrough_sources tells.", "args", [])
    parser.addini("walkthrough_environment", "Variables on which the product depends: globs of names.", "args", [])
    parser.addini("walkthrough_trace", "Whether a trace is recorded: on, off, or again (on CI, and once it failed).",
                  default="again")  # fmt: skip
    group = parser.getgroup("walkthrough", "walkthroughs: pages whose sentences drive a browser")
    group.addoption(
        "--walkthrough-update",
        action="store_true",
        help="Write the pictures and the evidence of the walkthroughs that pass, where they changed.",
    )
    group.addoption(
        "--walkthrough-until",
        action="append",
        default=[],
        metavar="PAGE:NAME:STEP",
        help="End this walkthrough after that step; the rest of it is neither walked nor counted. Repeatable.",
    )
    with suppress(ValueError):  # pytest-playwright has an option of this name, with the same meaning
        group.addoption("--headed", action="store_true", help="Show the browser while it walks.")


def pytest_configure(config: pytest.Config) -> None:
    """Check the settings before anything runs."""
    if not config.getini("walkthrough_pages"):
        if config.getoption("--walkthrough-update"):
            raise pytest.UsageError("--walkthrough-update: this project names no pages in walkthrough_pages")
        return
    from walkthrough.settings import outside_globs  # noqa: PLC0415

    if outside := outside_globs(config.getini("walkthrough_pages")):
        raise pytest.UsageError(outside)
    timeout = config.getini("walkthrough_timeout")
    try:
        usable = float(timeout) > 0
    except ValueError:
        usable = False
    if not usable:
        raise pytest.UsageError(f"walkthrough_timeout: expected seconds, more than 0; found {timeout!r}")
    if (trace := config.getini("walkthrough_trace")) not in TRACES:
        raise pytest.UsageError(f"walkthrough_trace: expected {', '.join(TRACES)}; found {trace!r}")
    worker = hasattr(config, "workerinput")
    if not worker and _will_walk(config):
        start_browser(config)  # beside the imports
    from walkthrough.pytest_plugin.ledger import LedgerKeeper, check_until  # noqa: PLC0415
    from walkthrough.pytest_plugin.report import Reporter, Worker  # noqa: PLC0415

    check_until(config)
    if worker:
        config.pluginmanager.register(Worker(config), "walkthrough-worker")
        return
    config.pluginmanager.register(Reporter(config), "walkthrough-reporter")
    config.pluginmanager.register(LedgerKeeper(config), "walkthrough-ledger")


def _will_walk(config: pytest.Config) -> bool:
    """Whether this process is certain to walk, as far as can be told before anything is collected."""
    from walkthrough.settings import may_hold_walkthrough  # noqa: PLC0415

    option = config.option
    if getattr(option, "dist", "no") != "no" or option.collectonly:
        return False
    if option.keyword or option.markexpr or getattr(option, "lf", False):
        return False
    asked = [(config.invocation_params.dir / each.partition("::")[0]).resolve() for each in config.args]
    pages = {page for pattern in config.getini("walkthrough_pages") for page in config.rootpath.glob(pattern)}
    return any(
        page.suffix == ".md" and page.resolve().is_relative_to(place) and may_hold_walkthrough(page)
        for page in sorted(pages)
        for place in asked
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Page | None:
    """Collect the pages that the setting names and that hold a walkthrough."""
    patterns = parent.config.getini("walkthrough_pages")
    if not patterns or file_path.suffix != ".md":
        return None
    try:
        relative = file_path.relative_to(parent.config.rootpath)
    except ValueError:
        return None
    from walkthrough.project import matches  # noqa: PLC0415
    from walkthrough.settings import may_hold_walkthrough  # noqa: PLC0415

    if not matches(relative.as_posix(), patterns):
        return None
    if not may_hold_walkthrough(file_path):
        return None
    from walkthrough.pytest_plugin.items import Page  # noqa: PLC0415

    return Page.from_parent(parent, path=file_path)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse two walkthroughs that would write the same picture, on whatever pages they stand."""
    taken: dict[Path, str] = {}
    for item in items:
        walkthrough = getattr(item, "walkthrough", None)
        for step in walkthrough.steps if walkthrough else ():
            for picture in step.pictures:
                path = (item.path.parent / picture.path).resolve()
                if path in taken:
                    raise pytest.UsageError(
                        f"{picture.where}: the picture {picture.path} is also taken at {taken[path]}; "
                        "give each picture a file name of its own"
                    )
                taken[path] = str(picture.where)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Prepare the report beside the walks, once one of them waits."""
    config = session.config
    if config.option.collectonly or hasattr(config, "workerinput"):
        return
    from walkthrough.evidence import picture_name  # noqa: PLC0415

    pictures = [
        picture_name(item.path, picture.path).relative_to(config.rootpath).as_posix()
        for item in session.items
        if (walkthrough := getattr(item, "walkthrough", None))
        for step in walkthrough.steps
        for picture in step.pictures
    ]
    if pictures:
        starting = config.stash.get(_STARTING, None)
        threading.Thread(target=_prepare_report, args=(config.rootpath, pictures, starting), daemon=True).start()


def _prepare_report(root: Path, pictures: list[str], starting: Future[BrowserThread] | None) -> None:
    # Steps that follow each other quickly would have to share Python's lock with it.
    if starting is not None and starting.exception() is None:
        starting.result().waits.wait(_NOT_LATER)
    from walkthrough.outcome import adapter  # noqa: PLC0415
    from walkthrough.report import embedded, files, gallery  # noqa: F401, PLC0415

    adapter()
    gallery.prepare()
    embedded.ahead(root, pictures)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Put what a walkthrough has found into its report, which goes from a worker to the process that sums up."""
    report = yield
    walkthrough = getattr(item, "walkthrough", None)
    if walkthrough is not None:
        if report.when == "teardown" and report.failed:
            item.left_behind(report)  # type: ignore[attr-defined]
        told = getattr(item, "told", None)
        outcome = {"name": item.name, "place": str(walkthrough.where), "outcome": told}
        report.walkthrough = outcome  # type: ignore[attr-defined]
    return report


def start_browser(config: pytest.Config) -> None:
    """Start the session's browser beside what pytest does next, unless it has been started."""
    if _STARTING not in config.stash:
        thread = ThreadPoolExecutor(1, thread_name_prefix="walkthrough-start")
        config.stash[_STARTING] = thread.submit(_started, config.getoption("--headed"))
        thread.shutdown(wait=False)


def _started(headed: bool) -> BrowserThread:
    from walkthrough.browser import launch_options  # noqa: PLC0415
    from walkthrough.run.thread import BrowserThread  # noqa: PLC0415

    return BrowserThread(launch_options(headed=headed)).__enter__()


@pytest.hookimpl(trylast=True)  # behind the end of fixtures, which may still use it
def pytest_sessionfinish(session: pytest.Session) -> None:
    """End the browser, whether a walkthrough has used it or not, beside what pytest does next."""
    if starting := session.config.stash.get(_STARTING, None):
        thread = ThreadPoolExecutor(1, thread_name_prefix="walkthrough-end")
        session.config.stash[_ENDING] = thread.submit(_end, starting)
        thread.shutdown(wait=False)
        # pytest, which looks for what tests left behind, and Python search all objects for garbage several times more.
        # Found once here, what remains is in use until the end; to leave it out saves a fifth of a second.
        gc.collect()
        gc.freeze()


def _end(starting: Future[BrowserThread]) -> None:
    with suppress(Exception):  # it did not start, which whoever wanted it was told
        starting.result().__exit__()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Wait until the browser has ended; a session that never began has not asked it to."""
    if starting := config.stash.get(_STARTING, None):
        ending = config.stash.get(_ENDING, None)
        if ending is None:
            _end(starting)
        else:
            ending.result()


@pytest.fixture(scope="session")
def walkthrough_browser(request: pytest.FixtureRequest) -> BrowserThread:
    """The browser that all walkthroughs of a session share; each gets a context of its own."""
    from walkthrough.browser import BrowserMissing  # noqa: PLC0415

    start_browser(request.config)
    starting = request.config.stash[_STARTING]
    try:
        return starting.result()
    except BrowserMissing as missing:
        pytest.fail(str(missing), pytrace=False)


@pytest.fixture(scope="session")
def walkthrough_context_options() -> dict[str, Any]:
    """Options of each browser context, for `Browser.new_context`; a project may override this fixture."""
    from walkthrough.browser import context_options  # noqa: PLC0415

    return context_options()


@pytest.fixture(scope="session")
def walkthrough_products() -> dict[str, str]:
    """Product → version, as the "verified with" line shall name them; a project overrides this fixture."""
    return {}


@pytest.fixture(scope="session")
def walkthrough_sources() -> Sources:
    """What tells, after each step, which of the product's files were rendered or served; a project overrides it.

    It is called with the addresses that the browser has requested since the last time, and gives paths. From them the
    evidence knows which steps a changed file affects.
    """
    return lambda addresses: ()


@pytest.fixture
def walkthrough_examples() -> list[Varying]:
    """Further values that differ in each run, such as the product's address; a project may override this fixture."""
    return []
