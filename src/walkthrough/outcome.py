"""What a run found, as data: each step with its verdict, the changes behind it, and its pictures.

A run writes one JSON file for each walkthrough, in the folder for artefacts. Reports, ``walkthrough accept`` and CI
read them; nothing here knows pytest, Playwright or Sphinx.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from walkthrough.evidence import StepEvidence, write_if_changed
from walkthrough.model import Location

if TYPE_CHECKING:
    from pydantic import TypeAdapter


class Verdict(StrEnum):
    """How true a step still is, from the best to the worst."""

    SAME = "same"  # nothing that a reader could notice has changed
    COSMETIC = "cosmetic"  # it looks different; every word and the structure hold
    UNVERIFIED = "unverified"  # it could be walked, but the page has been edited since its evidence was taken
    LAYOUT = "layout"  # the structure changed, the words still hold
    LABEL = "label"  # a name that the page quotes has changed, or what it tells is not there
    BROKEN = "broken"  # the step cannot be done as its sentence says
    UNREACHED = "unreached"  # an earlier step broke, so nothing tried this one

    @property
    def drifted(self) -> bool:
        """Whether a check fails because of it."""
        return self not in (Verdict.SAME, Verdict.COSMETIC)

    @property
    def severity(self) -> int:
        """A number that grows from `SAME` to `UNREACHED`."""
        return list(Verdict).index(self)


CERTAIN: Final = 0.75
"""From this confidence on, a new name is taken for the old one: the walk goes on under it, and accepting writes it."""


@dataclass(frozen=True)
class Change:
    """One thing that is no longer as it was.

    ``message`` is one sentence for the page's writer; ``where`` is the place in the page that it concerns. For a change
    of a name, ``role`` is the role in the page (empty where the name is only mentioned), ``old`` what the page calls
    it, ``new`` the most likely new name (empty where there is none) and ``confidence`` how likely, 0 to 1.
    """

    verdict: Verdict
    message: str
    where: Location
    role: str = ""
    old: str = ""
    new: str = ""
    confidence: float = 0.0


@dataclass(frozen=True)
class PictureOutcome:
    """A picture of the run beside the committed one. ``file`` is its path as the page writes it.

    ``committed`` and ``taken`` are paths relative to the project's root; ``committed`` is empty for a picture that was
    never taken, ``taken`` where the bytes are equal. ``difference`` is the part of the picture that differs, 0 to 1, as
    a person sees it (0.0 where only bytes do); ``region`` is where: left, top, width, height as parts of the picture.
    """

    file: str
    alt: str
    where: Location
    committed: str = ""
    taken: str = ""
    difference: float = 0.0
    region: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class StepOutcome:
    """One step of a run. ``expected``, ``found`` and ``hint`` are filled where it failed; ``kept`` are paths of what
    was kept for whoever mends it, relative to the root. ``evidence`` is what this run saw of it, None where it broke.
    """

    number: int
    where: Location
    sentence: str
    verdict: Verdict
    reason: str
    changes: tuple[Change, ...] = ()
    pictures: tuple[PictureOutcome, ...] = ()
    expected: str = ""
    found: str = ""
    hint: str = ""
    kept: tuple[str, ...] = ()
    seconds: float = 0.0
    evidence: StepEvidence | None = None


@dataclass(frozen=True)
class WalkthroughOutcome:
    """One walkthrough of a run. ``page`` is the page's path relative to the root, ``page_sha256`` the digest of the
    text that was walked. ``error`` says why nothing could be walked (a fixture, a page that cannot be read), or what
    failed behind the last step; else it is empty. ``updated`` tells that the run wrote pictures and evidence;
    ``written`` names them.
    """

    page: str
    name: str
    where: Location
    page_sha256: str
    steps: tuple[StepOutcome, ...] = ()
    error: str = ""
    products: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    day: str = ""
    updated: bool = False
    written: tuple[str, ...] = ()

    @property
    def stopped(self) -> str:
        """How far one with an error came, in words."""
        return "was walked, and not ended" if self.steps else "could not be walked"

    @property
    def verdict(self) -> Verdict:
        """The worst of its steps; one that could not be walked is broken."""
        if self.error or not self.steps:
            return Verdict.BROKEN
        return max((step.verdict for step in self.steps), key=lambda each: each.severity)


FILE: Final = "outcome.json"
"""Name of the file that a walkthrough leaves in its folder for artefacts."""


class OutcomeError(Exception):
    """An outcome cannot be read. The message names the file and says what is wrong."""


@cache
def adapter() -> TypeAdapter[WalkthroughOutcome]:
    """What reads and writes outcomes; the first call takes some tenths of a second."""
    from pydantic import TypeAdapter  # noqa: PLC0415 - reading a page and building a site do without

    return TypeAdapter(WalkthroughOutcome)


def dumps(outcome: WalkthroughOutcome) -> str:
    """The text of an outcome, as JSON."""
    return adapter().dump_json(outcome, indent=1).decode() + "\n"


def loads(text: str | bytes, name: str = "outcome") -> WalkthroughOutcome:
    """Read an outcome. Raises `OutcomeError`, with ``name`` in it."""
    from pydantic import ValidationError  # noqa: PLC0415

    try:
        return adapter().validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise OutcomeError(f"{name}: not the outcome of a run: {place}: {first['msg']}; run again") from None


def read(path: Path) -> WalkthroughOutcome:
    """Read the outcome that a run has left. Raises `OutcomeError`."""
    try:
        return loads(path.read_bytes(), str(path))
    except OSError as error:
        raise OutcomeError(f"{path}: cannot be read: {error.strerror}; run again") from None


def write(path: Path, outcome: WalkthroughOutcome) -> None:
    """Keep the outcome of a walkthrough, in one go."""
    write_if_changed(path, dumps(outcome).encode())
