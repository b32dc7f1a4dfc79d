"""The pytest plugin: ``pytest docs`` walks the walkthroughs of a project's pages.

It does nothing until a project names its pages in the setting ``walkthrough_pages``, and starts no browser until it has
found a walkthrough.
"""

from __future__ import annotations

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

_STARTING: pytest.StashKey[Future[BrowserThread]] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the settings and the options."""
    parser.addini("walkthrough_pages", "Pages that hold walkthroughs: globs, relative to the root folder.", "args", [])
    parser.addini("walkthrough_timeout", "How many seconds a step waits for each thing that it names.", default="15")
    parser.addini("walkthrough_other_roles", "Roles of the site's own that may stand in a step.", "args", [])
    parser.addini("walkthrough_artifacts", "Folder for what a failure leaves behind.", default=".walkthrough")
    parser.addini("walkthrough_product", "The files that make up the product, as globs.", "args", [])
    parser.addini("walkthrough_rendered", "Those of them of which walkthrough_sources tells.", "args", [])
    parser.addini("walkthrough_environment", "Variables on which the product depends: globs of names.", "args", [])
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
    timeout = config.getini("walkthrough_timeout")
    try:
        usable = float(timeout) > 0
    except ValueError:
        usable = False
    if not usable:
        raise pytest.UsageError(f"walkthrough_timeout: expected seconds, more than 0; found {timeout!r}")
    from walkthrough.pytest_plugin.ledger import LedgerKeeper, check_until  # noqa: PLC0415
    from walkthrough.pytest_plugin.report import Reporter, Worker  # noqa: PLC0415

    check_until(config)
    if hasattr(config, "workerinput"):
        config.pluginmanager.register(Worker(config), "walkthrough-worker")
        return
    config.pluginmanager.register(Reporter(config), "walkthrough-reporter")
    config.pluginmanager.register(LedgerKeeper(config), "walkthrough-ledger")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Page | None:
    """Collect the pages that the setting names and that hold a walkthrough."""
    patterns = parent.config.getini("walkthrough_pages")
    if not patterns or file_path.suffix != ".md":
        return None
    try:
        relative = file_path.relative_to(parent.config.rootpath)
    except ValueError:
        return None
    if not any(relative.match(pattern) for pattern in patterns):
        return None
    if "{walkthrough}" not in file_path.read_text("utf-8"):
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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Put what a walkthrough has found into its report, which goes from a worker to the process that sums up."""
    report = yield
    walkthrough = getattr(item, "walkthrough", None)
    if walkthrough is not None:
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
    from walkthrough.run import BrowserThread  # noqa: PLC0415

    return BrowserThread(launch_options(headed=headed)).__enter__()


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the browser, whether a walkthrough has used it or not."""
    if starting := config.stash.get(_STARTING, None):
        with suppress(Exception):  # it did not start, which whoever wanted it was told
            starting.result().__exit__()


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
