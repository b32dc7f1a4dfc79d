"""What a run saw, as a file that is committed beside the pictures.

One JSON file for each page: ``images/login.evidence.json`` beside the pictures of ``login.md``. It is readable,
diffs well, and never holds a value that differs in each run: examples stand in their place. A docs build reads it
and never starts a browser.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, Final

SCHEMA: Final = 3
"""Version of the file's format."""


LABEL: Final = "label"
MASKED: Final = "masked"
MENTION: Final = "mention"
VALUE: Final = "value"
UNWRITTEN: Final = "unwritten"
PASSIVE: Final = frozenset({LABEL, MASKED, MENTION, VALUE, UNWRITTEN})
"""Roles of boxes that belong to no action."""


class EvidenceError(Exception):
    """An evidence file cannot be read. The message names the file and says what is wrong."""


@dataclass(frozen=True)
class Box:
    """Where a control stands in a picture: ``left``, ``top``, ``width`` and ``height`` as parts of it, 0 to 1.

    ``role`` is that of the step's action; or one of `PASSIVE`: `LABEL` for the words beside a field that is called
    ``label``, `MASKED` for a field that hides what is typed, `UNWRITTEN` for a button or link on which its name cannot
    be read, `MENTION` for what the step only mentions, in a description say, `VALUE` for a value that differs in each
    run, called by its example.
    """

    role: str
    label: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class PictureEvidence:
    """A picture that a run took: size in pixels, SHA-256 of the file and of the picture as the browser gave it, which
    is the ``shot``, its perceptual digest (`walkthrough.compare.pixels.look`), boxes of the controls that the step
    names.
    """

    file: str
    width: int
    height: int
    sha256: str
    shot: str = ""
    look: str = ""
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True)
class View:
    """What a person saw at one moment of a step, of what is in view.

    ``action`` is the index of the action before which it was looked at, or the number of actions for the step's end.
    ``address`` is the path of the browser's address. ``snapshot`` is the accessibility tree of the page's main part as
    Playwright writes it, ``outline`` the whole page's landmarks, headings and controls, ``boxes`` are the controls that
    the step names and that stand on this page.
    """

    action: int
    title: str
    address: str
    snapshot: tuple[str, ...] = ()
    outline: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True)
class StepEvidence:
    """A step that a run walked. ``digest`` is `walkthrough.model.Step.digest`; ``values`` are examples by expression;
    ``views`` are what was seen, in time's order; ``mails`` the lines of e-mails that no step opened and from which a
    value was taken; ``sources`` are the product's files that were rendered or served for it, relative to the project's
    root.
    """

    number: int
    digest: str
    values: Mapping[str, str] = field(default_factory=dict)
    pictures: tuple[PictureEvidence, ...] = ()
    views: tuple[View, ...] = ()
    mails: tuple[tuple[str, ...], ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class WalkthroughEvidence:
    """A walkthrough that passed from its first step to its last, with the day and the versions of the products."""

    name: str
    verified: str
    products: Mapping[str, str]
    steps: tuple[StepEvidence, ...]


@dataclass(frozen=True)
class PageEvidence:
    """All walkthroughs of one page."""

    walkthroughs: tuple[WalkthroughEvidence, ...] = ()

    def get(self, name: str) -> WalkthroughEvidence | None:
        """The evidence of the walkthrough with this name."""
        return next((each for each in self.walkthroughs if each.name == name), None)

    def having(self, new: WalkthroughEvidence, order: Iterable[str]) -> PageEvidence:
        """A copy with ``new`` in place of what was known of it; only the walkthroughs in ``order`` are kept, in it.

        Where nothing but the day differs, the day stays: a run on another day changes no byte. A step that stands as
        it was keeps its sources beside the new ones: some pages, such as one that says to wait, come only now and then.
        """
        old = self.get(new.name)
        if old is not None:
            new = _with_known_sources(old, new)
            if _undated(old) == _undated(new):
                new = old
        known = {each.name: each for each in self.walkthroughs} | {new.name: new}
        return PageEvidence(tuple(known[name] for name in order if name in known))


def evidence_path(page: Path) -> Path:
    """Where the evidence of a page stands: beside the pictures."""
    return page.parent / "images" / f"{page.stem}.evidence.json"


def load(path: Path) -> PageEvidence:
    """Read an evidence file; an absent one is empty. Raises `EvidenceError`."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return PageEvidence()
    except (OSError, ValueError) as error:
        raise EvidenceError(f"{path}: cannot be read as JSON: {error}") from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        found = data.get("schema") if isinstance(data, dict) else type(data).__name__
        raise EvidenceError(f"{path}: expected evidence of schema {SCHEMA}, found {found}; take it anew")
    try:
        return PageEvidence(tuple(_walkthrough(each) for each in data["walkthroughs"]))
    except (KeyError, TypeError, ValueError) as error:
        raise EvidenceError(f"{path}: not an evidence file: {error!r}; take it anew") from error


def dumps(evidence: PageEvidence) -> str:
    """The text of an evidence file."""
    data = {
        "about": "Written by a run of the page's walkthroughs. Do not edit.",
        "schema": SCHEMA,
        "walkthroughs": [asdict(each) for each in evidence.walkthroughs],
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def save(path: Path, evidence: PageEvidence) -> bool:
    """Write an evidence file if it differs from what stands there; True where it was written."""
    return write_if_changed(path, dumps(evidence).encode())


def write_if_changed(path: Path, content: bytes) -> bool:
    """Replace a file in one go, and only if its bytes differ; True where it was written."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")  # a second run at once writes a file of its own
    fresh.write_bytes(content)
    fresh.replace(path)
    return True


def picture_name(page: Path, picture: PurePosixPath) -> Path:
    """Where a picture stands on disk, from its page and its path in the page."""
    return page.parent.joinpath(*picture.parts)


def _with_known_sources(old: WalkthroughEvidence, new: WalkthroughEvidence) -> WalkthroughEvidence:
    known = {(step.number, step.digest): step.sources for step in old.steps}
    steps = (
        replace(step, sources=tuple(sorted({*step.sources, *known.get((step.number, step.digest), ())})))
        for step in new.steps
    )
    return replace(new, steps=tuple(steps))


def _undated(evidence: WalkthroughEvidence) -> dict[str, Any]:
    return {key: value for key, value in asdict(evidence).items() if key != "verified"}


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("“verified” is no day such as 2026-01-31") from None


def _walkthrough(data: Mapping[str, Any]) -> WalkthroughEvidence:
    return WalkthroughEvidence(
        name=data["name"],
        verified=_day(data["verified"]),
        products=dict(data["products"]),
        steps=tuple(
            StepEvidence(
                number=step["number"],
                digest=step["digest"],
                values=dict(step["values"]),
                pictures=tuple(
                    PictureEvidence(
                        file=picture["file"],
                        width=picture["width"],
                        height=picture["height"],
                        sha256=picture["sha256"],
                        shot=picture.get("shot", ""),  # not in files that an earlier version wrote
                        look=picture["look"],
                        boxes=tuple(Box(**box) for box in picture["boxes"]),
                    )
                    for picture in step["pictures"]
                ),
                views=tuple(
                    View(
                        action=view["action"],
                        title=view["title"],
                        address=view["address"],
                        snapshot=tuple(view["snapshot"]),
                        outline=tuple(view["outline"]),
                        boxes=tuple(Box(**box) for box in view["boxes"]),
                    )
                    for view in step["views"]
                ),
                mails=tuple(tuple(mail) for mail in step["mails"]),
                sources=tuple(step["sources"]),
            )
            for step in data["steps"]
        ),
    )
