"""What a page says, as data: guides, walkthroughs, steps, actions and pictures.

Everything here is frozen and knows nothing of browsers, Sphinx or pytest.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import PurePosixPath


@dataclass(frozen=True, order=True)
class Location:
    """A place in a page: its path as the project writes it, and line and column, both counted from 1."""

    path: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True)
class Literal:
    """A value that the page itself holds: ``<"Health">``."""

    text: str

    def __str__(self) -> str:
        return f'"{self.text}"'


@dataclass(frozen=True)
class Reference:
    """A value that the run provides: ``<persona.username>``."""

    root: str
    path: tuple[str, ...]

    def __str__(self) -> str:
        return ".".join((self.root, *self.path))


Expression = Literal | Reference


@dataclass(frozen=True)
class Action:
    """One role in a step's sentence: something to do, or something to see.

    ``label`` is what the page shows its reader: the accessible name of a control, the subject of an e-mail,
    an address.
    """

    role: str
    label: str
    value: Expression | None
    where: Location = field(compare=False)

    @property
    def option(self) -> str:
        """The option of a list that the page itself names; empty for any other action, and for a value of the run."""
        return self.value.text if self.role == "choose" and isinstance(self.value, Literal) else ""


@dataclass(frozen=True)
class Picture:
    """An image in a step. ``path`` is relative to the page's folder; ``after`` asks for it after the last action."""

    path: PurePosixPath
    alt: str
    after: bool
    where: Location = field(compare=False)


@dataclass(frozen=True)
class Step:
    """One list item of a walkthrough, with the number that its reader sees."""

    number: int
    actions: tuple[Action, ...]
    pictures: tuple[Picture, ...]
    source: str
    where: Location = field(compare=False)

    @property
    def digest(self) -> str:
        """SHA-256 of the item's words, in hexadecimal; white space does not count."""
        return hashlib.sha256(" ".join(self.source.split()).encode()).hexdigest()


@dataclass(frozen=True)
class Walkthrough:
    """One ``walkthrough`` directive: who walks, what is given, and the steps. ``timeout`` is in seconds."""

    name: str
    steps: tuple[Step, ...]
    where: Location
    persona: str | None = None
    given: tuple[str, ...] = ()
    timeout: float | None = None

    @property
    def references(self) -> frozenset[str]:
        """The first names of all expressions: what the run has to provide."""
        values = (action.value for step in self.steps for action in step.actions)
        return frozenset(value.root for value in values if isinstance(value, Reference))


@dataclass(frozen=True)
class Guide:
    """One page with its walkthroughs, in the page's order."""

    path: str
    walkthroughs: tuple[Walkthrough, ...]


@dataclass(frozen=True)
class Problem:
    """Something wrong in a page, with what to try."""

    where: Location
    message: str
    hint: str = ""

    def __str__(self) -> str:
        text = f"{self.where}: {self.message}"
        return f"{text}\n    {self.hint}" if self.hint else text


class GuideError(Exception):
    """A page cannot be run as it is written. ``problems`` holds everything that was found, not only the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
