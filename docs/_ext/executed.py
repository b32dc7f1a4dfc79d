"""Executes the site's notebooks before Sphinx reads its pages: side by side, and only what has changed.

The outcomes go into the cache from which MyST-NB then reads them. That cache knows a notebook by its cells alone; here
its folder's name holds a digest of what else an outcome depends on: data, the engine's source, the locked packages,
R. A notebook that failed is tried again in each build, so that no build passes because an earlier one has already
told of the failure. Warnings have the type ``notebook`` and one of the subtypes in `WARNINGS`.
"""

from __future__ import annotations

import asyncio
import atexit
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from logging import WARNING, Logger, getLogger
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from filelock import FileLock
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_core.utils import ensure_async
from myst_nb.core.read import create_nb_reader
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from sphinx.util import logging

from projecthub.workspace.kernels.local import LocalKernel

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)

WARNINGS: Final = {
    "cell": "A cell ended with an error, or was not done in time; at the line of the error, where the kernel tells it.",
    "kernel": "The notebook's kernel is not installed, or has died.",
}
"""Subtype of the warning type ``notebook`` → what it says."""

ENVIRONMENT: Final = {
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "1767225600",
    "TZ": "UTC",
}
"""What each kernel finds in its environment, so that two builds give the same page."""

ENGINE: Final = "dofile"
"""The kernel that executes do-files where no licensed program does."""

LICENSED: Final = "nbstata"
"""The kernel that has a licensed program execute them."""

STARTUP_SECONDS: Final = 60
_LINE_OF_CELL: Final = re.compile(r"Cell In\[\d+\], line (\d+)|line (\d+) of the cell")
_ESCAPES: Final = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Page:
    """A notebook that is to be executed; `lines` holds the line in the page, from 1, where each cell's code begins."""

    docname: str
    path: Path
    notebook: NotebookNode
    lines: Sequence[int]

    @property
    def kernel(self) -> str:
        """The name of the kernel, after the site's aliases."""
        return str(self.notebook.metadata.get("kernelspec", {}).get("name", "python3"))


@dataclass(frozen=True)
class Failure:
    """Why a notebook gave no outcome, and the line of its page."""

    subtype: str
    message: str
    line: int


class Client(NotebookClient):
    """Executes one notebook, and remembers which cell it is at."""

    cell: int | None = None

    async def async_execute_cell(self, cell: NotebookNode, cell_index: int, *args: Any, **kwargs: Any) -> NotebookNode:
        """Note the cell, and with the first one how the kernel introduces itself."""
        if self.cell is None:
            assert self.kc is not None
            reply = await self.async_wait_for_reply(await ensure_async(self.kc.kernel_info()))
            banner = (reply or {})["content"].get("banner", "")
            self.nb.metadata["language_info"]["banner"] = _licensed() if self.kernel_name == LICENSED else banner
        self.cell = cell_index
        return await super().async_execute_cell(cell, cell_index, *args, **kwargs)


def _licensed() -> str:
    """The licensed program's version, as it stands in the description of its kernel."""
    told = KernelSpecManager().get_kernel_spec(LICENSED).metadata.get(ENGINE, {})
    return " ".join(filter(None, ["Stata", told.get("version"), "through", LICENSED]))


def fingerprint(root: Path, patterns: Iterable[str], programs: Iterable[Sequence[str]]) -> str:
    """Digest of the files that the patterns match below `root`, names and content, and of what the programs print."""
    digest = hashlib.sha256(repr(sorted(ENVIRONMENT.items())).encode())
    files = {path for pattern in patterns for path in root.glob(pattern) if path.is_file()}
    for path in sorted(files):
        digest.update(f"\0{path.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for command in programs:
        try:
            answer = subprocess.run(command, capture_output=True, timeout=STARTUP_SECONDS, check=False).stdout
        except OSError:
            answer = b"none"
        digest.update(b"\0" + answer)
    return digest.hexdigest()[:16]


def name_cache(app: Sphinx, config: Config) -> None:
    """Let MyST-NB's cache be the one of the present data, engine and packages."""
    root = Path(app.srcdir)
    folder = Path(config.notebook_cache or Path(app.outdir).parent / "notebook-cache")
    config.nb_execution_cache_path = str(
        (root / folder).resolve() / fingerprint(root, config.notebook_inputs, config.notebook_programs)
    )


def source(env: BuildEnvironment, docname: str) -> NotebookNode | None:
    """The notebook as it is written; None where the page is one like any other."""
    path = Path(env.doc2path(docname))
    text = path.read_text("utf-8")
    reader = create_nb_reader(str(path), env.myst_config, env.mystnb_config, text)  # type: ignore[attr-defined]
    return None if reader is None else reader.read(text)


def read(env: BuildEnvironment, docname: str) -> Page | None:
    """The page as a notebook, under the site's kernel aliases; None where it is a page like any other."""
    notebook = source(env, docname)
    if notebook is None:
        return None
    path = Path(env.doc2path(docname))
    text = path.read_text("utf-8")
    kernelspec = notebook.metadata.setdefault("kernelspec", {"name": "python3"})
    for pattern, alias in env.mystnb_config.kernel_rgx_aliases.items():  # type: ignore[attr-defined]
        if re.fullmatch(pattern, kernelspec.get("name", "")):
            kernelspec["name"] = alias
            break
    starts = notebook.metadata.get("source_map") or [0] * len(notebook.cells)
    lines = [
        _first_line(text.splitlines(), start, cell.source) for start, cell in zip(starts, notebook.cells, strict=True)
    ]
    return Page(docname, path, notebook, lines)


def _first_line(lines: Sequence[str], start: int, source: str) -> int:
    """The number of the line, from 1, where a cell's source begins: behind the options that a cell starts with."""
    first = source.partition("\n")[0]
    return next((number for number in range(start, len(lines)) if lines[number].strip() == first.strip()), start) + 1


async def execute(page: Page, folder: Path, seconds: int) -> Failure | None:
    """Execute a notebook in place, its kernel in `folder`. `seconds` is the time that a cell may take."""
    with tempfile.TemporaryFile("w+", errors="replace") as said:
        failure = await _execute(page, folder, seconds, said)
        if failure is None or failure.subtype == "cell":
            return failure
        said.seek(0)
        last = [line.strip() for line in said if line.strip()][-1:]
    return replace(failure, message=" ".join([failure.message, *(f"Its last words: {line}" for line in last)]))


async def _execute(page: Page, folder: Path, seconds: int, said: IO[str]) -> Failure | None:
    client = Client(
        page.notebook,
        log=_quiet(),
        timeout=seconds,
        startup_timeout=STARTUP_SECONDS,
        kernel_name=page.kernel,
        kernel_manager_class=LocalKernel,
        resources={"metadata": {"path": str(folder)}},
        record_timing=False,
    )
    try:
        await client.async_execute(env={**os.environ, **ENVIRONMENT}, stdout=said, stderr=said)
    except NoSuchKernel:
        known = ", ".join(sorted(KernelSpecManager().find_kernel_specs())) or "none"
        return Failure("kernel", f"the kernel {page.kernel} is not installed; installed: {known}", 1)
    except RuntimeError as error:
        if client.cell is None:
            # A kernel that never was cannot be ended when Python exits, where nbclient would try and say so.
            atexit.unregister(client._cleanup_kernel)
            return Failure("kernel", f"the kernel {page.kernel} does not start: {error}", 1)
        return _failure(page, client.cell, "kernel", f"the kernel {page.kernel} has died: {error}")
    except CellTimeoutError:
        return _failure(page, client.cell or 0, "cell", f"not done within {seconds} seconds")
    except CellExecutionError as error:
        text = error.evalue if error.ename in error.evalue else f"{error.ename}: {error.evalue}"
        failure = _failure(page, client.cell or 0, "cell", _ESCAPES.sub("", text))
        told = _LINE_OF_CELL.search(_ESCAPES.sub("", error.traceback))
        return replace(failure, line=failure.line + int(told[1] or told[2]) - 1) if told else failure
    return None


def _join_streams(cell: NotebookNode) -> None:
    """Join what was printed in a row: a kernel sends it in pieces, whose borders hang on the moment."""
    joined: list[NotebookNode] = []
    for output in cell.get("outputs", []):
        last = joined[-1] if joined else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            joined.append(output)
    if joined:
        cell.outputs = joined


def _quiet() -> Logger:
    """A logger without progress, which would be printed among the site's warnings."""
    quiet = getLogger("notebooks")
    quiet.setLevel(WARNING)
    return quiet


def _failure(page: Page, index: int, subtype: str, message: str) -> Failure:
    number = sum(cell.cell_type == "code" for cell in page.notebook.cells[: index + 1])
    return Failure(subtype, f"cell {number}: {message.strip()}", page.lines[index])


def execute_changed(app: Sphinx, env: BuildEnvironment, *_: set[str]) -> list[str]:
    """Execute what the cache does not know, and return it as to be read again; each failure is a warning."""
    config = env.mystnb_config  # type: ignore[attr-defined]
    if config.execution_mode != "cache":
        return []
    folder = Path(config.execution_cache_path)
    folder.mkdir(parents=True, exist_ok=True)
    pages = [page for docname in sorted(env.found_docs) if (page := read(env, docname))]
    with FileLock(folder / "execution.lock"):
        cache = get_cache(folder)
        _ = cache.db  # made here: pages that are read side by side would each try to
        missing = [page for page in pages if not _known(cache, page)]
        if missing:
            logger.info("executing notebooks: %s", ", ".join(page.docname for page in missing))
        failures = asyncio.run(_execute_all(missing, config.execution_timeout))
        for page, failure in zip(missing, failures, strict=True):
            if failure is None:
                for cell in page.notebook.cells:
                    _join_streams(cell)
                bundle = CacheBundleIn(page.notebook, str(page.path))
                cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
    failed = []
    for page, failure in zip(missing, failures, strict=True):
        if failure is not None:
            failed.append(page.path.as_posix())
            logger.warning(
                "%s", failure.message, type="notebook", subtype=failure.subtype, location=(page.docname, failure.line)
            )
    # What has failed is shown without outputs; MyST-NB would run it once more, to fail once more.
    patterns = [*config.execution_excludepatterns, *failed]
    env.mystnb_config = config.copy(execution_excludepatterns=patterns)  # type: ignore[attr-defined]
    return [page.docname for page in missing]


async def _execute_all(pages: Sequence[Page], seconds: int) -> list[Failure | None]:
    """Execute them side by side, in a copy of their folders, so that a build writes nothing among its sources."""
    with tempfile.TemporaryDirectory() as copies:
        folders = {}
        ignored = shutil.ignore_patterns(".*", "__pycache__", "_build", "build")
        for number, folder in enumerate(sorted({page.path.parent for page in pages})):
            folders[folder] = Path(copies, str(number), folder.name)
            shutil.copytree(folder, folders[folder], ignore=ignored)
        return list(await asyncio.gather(*(execute(page, folders[page.path.parent], seconds) for page in pages)))


def _known(cache: Any, page: Page) -> bool:
    try:
        cache.match_cache_notebook(page.notebook)
    except KeyError:
        return False
    return True


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the settings and the execution before the reading."""
    app.setup_extension("myst_nb")
    app.add_config_value("notebook_inputs", [], "", list, "Globs of files on which the notebooks' outcomes depend.")
    app.add_config_value("notebook_programs", [], "", list, "Commands whose answers they depend on: versions.")
    app.add_config_value("notebook_cache", "", "", str, "Folder for outcomes, from the site's root.")
    app.connect("config-inited", name_cache)
    app.connect("env-get-outdated", execute_changed)
    return {"version": "0.1.0", "parallel_read_safe": True, "parallel_write_safe": True}
