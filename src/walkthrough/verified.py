"""What was verified last, so that a check of what has not changed since ends at once.

A run that found every step of a page true writes a ledger, ``verified.json`` among its artefacts: for each page a
digest over all that could make it untrue. A check computes the digest again; where it is the same, nothing has to be
walked. Nothing here imports pytest, Playwright or pydantic.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from walkthrough.affected import own_files
from walkthrough.browser import BrowserMissing, find_chromium
from walkthrough.evidence import evidence_path, write_if_changed
from walkthrough.model import GuideError
from walkthrough.outcome import WalkthroughOutcome
from walkthrough.parse import read_page
from walkthrough.project import files_below, fixtures_of, product_files, relative
from walkthrough.settings import Settings

FILE: Final = "verified.json"
SCHEMA: Final = 1
_PACKAGE: Final = Path(__file__).parent


@dataclass(frozen=True)
class Verified:
    """A page that a run found true: the digest of what that rests on, the moment, the steps, the products."""

    digest: str
    when: str
    walkthroughs: int
    steps: int
    products: Mapping[str, str] = field(default_factory=dict)

    @property
    def moment(self) -> str:
        """When it was verified, in UTC, as a person reads it."""
        return datetime.fromisoformat(self.when).strftime("%Y-%m-%d %H:%M UTC")


@dataclass(frozen=True)
class Ledger:
    """What is known of each page, by its path; ``note`` says why a ledger was not used, if it was not."""

    pages: Mapping[str, Verified] = field(default_factory=dict)
    note: str = ""


def read_ledger(settings: Settings) -> Ledger:
    """The ledger; an empty one, with a note, where it is of no use."""
    path = settings.artifacts_folder / FILE
    try:
        data = json.loads(path.read_bytes())
        if data["schema"] != SCHEMA:
            raise ValueError(f"its schema is {data['schema']}")
        pages = {page: Verified(**each) for page, each in data["pages"].items()}
        for each in pages.values():
            _ = (each.moment, each.steps + each.walkthroughs, dict(each.products))
        return Ledger(pages)
    except FileNotFoundError:
        return Ledger()
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        return Ledger({}, f"{path}: ignored, since it cannot be used: {error}")


def write_ledger(settings: Settings, pages: Mapping[str, Verified]) -> None:
    """Keep what is known of each page."""
    data = {
        "about": "Written by a run that found these pages true. Not to be committed.",
        "schema": SCHEMA,
        "pages": {page: asdict(each) for page, each in sorted(pages.items())},
    }
    write_if_changed(settings.artifacts_folder / FILE, (json.dumps(data, indent=1) + "\n").encode())


class State:
    """What pages rest on, as it is now. What they share is read once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._shared = _digest(_shared(settings))

    def of(self, page: str) -> str:
        """The digest of a page with its pictures, evidence, uploads and fixtures, and of what all pages share."""
        root = self._settings.root
        files = [page, evidence_path(Path(page)).as_posix(), *fixtures_of(self._settings, page), *self._own(page)]
        return _digest([("shared", self._shared), *((file, _content(root / file)) for file in files)])

    def _own(self, page: str) -> list[str]:
        try:
            return own_files(read_page(self._settings.root, page, self._settings.other_roles))
        except GuideError:  # it is walked, and told what is wrong
            return []


def listing(settings: Settings) -> dict[str, tuple[int, int]]:
    """Size and time of the product's and the fixtures' files: equal before and after a run that nothing disturbed."""
    fixtures = {
        settings.root / each for page in settings.page_files() for each in fixtures_of(settings, page.as_posix())
    }
    found = {}
    for file in {*product_files(settings), *fixtures}:
        try:
            facts = file.stat()
        except OSError:
            continue
        found[str(file)] = (facts.st_size, facts.st_mtime_ns)
    return found


def _shared(settings: Settings) -> Iterator[tuple[str, str]]:
    for file in (settings.file, *product_files(settings)):
        yield relative(settings, file), _content(file)
    for name in sorted(files_below(_PACKAGE)):
        yield f"walkthrough/{name}", _content(_PACKAGE / name)
    yield "browser", _browser()
    yield "python", sys.version
    yield from (("installed", name) for name in _installed())
    for name in sorted(os.environ):
        if any(fnmatchcase(name, pattern) for pattern in settings.environment):
            yield name, _value(os.environ[name])


def _value(text: str) -> str:
    """What a variable says; a file or folder that it names counts with what it holds."""
    path = Path(text)
    if not path.is_absolute() or not path.exists():
        return text
    names = [""] if path.is_file() else sorted(files_below(path))
    return _digest([("", text), *((name, _content(path / name)) for name in names)])


def _browser() -> str:
    try:
        program = find_chromium().executable
        facts = program.stat()
    except (BrowserMissing, OSError):
        return "none"
    return f"{program} {facts.st_size} {facts.st_mtime_ns}"


def _installed() -> Iterator[str]:
    """The names and versions of what is installed, by the folders that tell of it."""
    paths = sysconfig.get_paths()
    for folder in sorted({paths["purelib"], paths["platlib"]}):
        yield from sorted(name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))


def _content(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return "absent"


def _digest(facts: Iterable[tuple[str, str]]) -> str:
    whole = hashlib.sha256()
    for name, value in facts:
        whole.update(f"{name}\0{value}\0".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()


def record(settings: Settings, outcomes: Sequence[WalkthroughOutcome]) -> list[str]:
    """Take into the ledger what a run found: pages that are true as a whole, and no longer those that are not.

    Returns the paths of the pages that the run found true. A page of which only a part was walked, and found true,
    stays what it was.
    """
    state, known, true = State(settings), dict(read_ledger(settings).pages), []
    for page in dict.fromkeys(each.page for each in outcomes):
        mine = [each for each in outcomes if each.page == page]
        if any(each.error or (each.verdict.drifted and not each.updated) for each in mine):
            known.pop(page, None)
        elif _whole(settings, page, mine):
            true.append(page)
            moment = datetime.now(UTC).isoformat(timespec="seconds")
            steps = sum(len(each.steps) for each in mine)
            known[page] = Verified(state.of(page), moment, len(mine), steps, mine[0].products)
    write_ledger(settings, known)
    return true


def _whole(settings: Settings, page: str, outcomes: Sequence[WalkthroughOutcome]) -> bool:
    """Whether these are all steps of all walkthroughs of the page, as it stands now."""
    try:
        text = (settings.root / page).read_bytes()
        guide = read_page(settings.root, page, settings.other_roles)
    except (OSError, GuideError):
        return False
    walked = {(each.name, step.number) for each in outcomes for step in each.steps}
    written = {(each.name, step.number) for each in guide.walkthroughs for step in each.steps}
    return walked == written and all(each.page_sha256 == hashlib.sha256(text).hexdigest() for each in outcomes)
