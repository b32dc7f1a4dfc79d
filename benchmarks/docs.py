"""What the Sphinx extension takes of a build: of this project's site, and of its worst case.

    python benchmarks/docs.py [--rounds 5]

This project's site is read and written anew, with its notebooks from the cache. The worst case is a site of nothing but
the guide's walkthroughs, without a notebook, built from nothing, after one page was edited, and where nothing is to do.
Each build is a process of its own. Within it, everything that Sphinx calls in the extension is timed (its import, its
setup and handlers, roles, directives, transforms and the writing of pictures), without what these hand back to others,
such as the parsing of a directive's content. Printed are the medians of whole builds, and the extension's share.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("login", "first-notebook")
CONF = """
project = "The guide"
extensions = ["myst_parser", "walkthrough.sphinx_ext"]
html_theme = "furo"
myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]
walkthrough_values = {"persona.username": "jdoe", "persona.email": "jdoe@research.example", "project.number": "50123"}
suppress_warnings = ["myst.xref_missing"]
"""


class Meter:
    """Adds up the time that belongs to the extension: what it calls others for is theirs."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._mine = [False]
        self._since = time.perf_counter()

    @contextmanager
    def belongs(self, mine: bool) -> Iterator[None]:
        """While the block runs, time is the extension's, or is not."""
        self._switch()
        self._mine.append(mine)
        try:
            yield
        finally:
            self._switch()
            self._mine.pop()

    def _switch(self) -> None:
        now = time.perf_counter()
        if self._mine[-1]:
            self.seconds += now - self._since
        self._since = now

    def wrap(self, owner: Any, name: str, mine: bool) -> None:
        """Time each call of a function or method."""
        inner: Callable[..., Any] = getattr(owner, name)

        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.belongs(mine):
                return inner(*args, **kwargs)

        setattr(owner, name, timed)


def measured(source: Path, target: Path, cache: str = "") -> dict[str, float]:
    """Build the site in this process; seconds of all, and of the extension."""
    meter = Meter()
    started = time.perf_counter()
    from myst_parser.mocking import MockState  # noqa: PLC0415
    from sphinx.application import Sphinx  # noqa: PLC0415
    from sphinx.util import logging  # noqa: PLC0415

    with meter.belongs(mine=True):
        from walkthrough import sphinx_ext  # noqa: PLC0415
        from walkthrough.sphinx_ext import directives, picture, reference, roles  # noqa: PLC0415

    meter.wrap(sphinx_ext, "setup", mine=True)
    for name in ("check_settings", "add_assets"):
        meter.wrap(sphinx_ext, name, mine=True)
    for owner in (directives.WalkthroughDirective, reference._Table, roles.ActionRole, roles.ValueRole):
        meter.wrap(owner, "run", mine=True)
    meter.wrap(picture.LiftPictures, "apply", mine=True)
    meter.wrap(picture, "_visit_html", mine=True)
    meter.wrap(MockState, "nested_parse", mine=False)
    meter.wrap(logging.SphinxLoggerAdapter, "warning", mine=False)
    changed = {"notebook_cache": cache} if cache else {}
    app = Sphinx(source, source, target / "html", target / "doctrees", "html", changed, status=None)
    app.build()
    return {"all": time.perf_counter() - started, "extension": meter.seconds}


def build(*arguments: Path) -> dict[str, float]:
    """Build in a process of its own, start of Python included."""
    command = [sys.executable, __file__, "--within", *map(str, arguments)]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return {**result, "process": time.perf_counter() - started}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--within", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.within:
        source, target, *cache = given.within
        print(json.dumps(measured(Path(source), Path(target), *cache)))
        return
    kinds: defaultdict[str, list[dict[str, float]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as name:
        source, target = Path(name, "source"), Path(name, "target")
        source.mkdir()
        shutil.copytree(ROOT / "docs/images", source / "images")
        for page in PAGES:
            shutil.copy(ROOT / f"docs/{page}.md", source)
        (source / "index.md").write_text("# The guide\n\n```{toctree}\n" + "\n".join(PAGES) + "\n```\n", "utf-8")
        (source / "conf.py").write_text(CONF, "utf-8")
        build(source, target)  # warms caches
        own, cache = Path(name, "own"), Path(name, "cache")
        build(ROOT, own, cache)  # executes the notebooks
        for _ in range(given.rounds):
            shutil.rmtree(own)
            kinds["this project's site"].append(build(ROOT, own, cache))
        for number in range(given.rounds):
            shutil.rmtree(target)
            kinds["worst case, from nothing"].append(build(source, target))
            with (source / "login.md").open("a", encoding="utf-8") as edited:
                edited.write(f"\nEdited {number}.\n")
            kinds["worst case, one page edited"].append(build(source, target))
            kinds["worst case, nothing to do"].append(build(source, target))
    for kind, each in kinds.items():
        whole = statistics.median(one["process"] for one in each)
        mine = statistics.median(one["extension"] for one in each)
        share = statistics.median(one["extension"] / one["process"] for one in each)
        print(f"{kind}: {whole:.2f} s, of which the extension {mine * 1000:.0f} ms: {share:.1%}")


if __name__ == "__main__":
    main()
