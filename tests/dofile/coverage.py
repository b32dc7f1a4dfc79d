"""Which command and option of the engine's table is checked by what, so that none is forgotten.

`coverage.toml` says which of the engine's own tests look at those that no published result and no question to R
covers, and which are unchecked.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dofile.table import CONTROL, TABLE
from tests.dofile import against_r, cases
from tests.dofile.options import OPTIONS

FILE = Path(__file__).with_name("coverage.toml")


@dataclass(frozen=True)
class Entry:
    """A command, or an option of one: `other` names the engine's own tests, or says that it is unchecked."""

    command: str
    option: str = ""
    other: str = ""

    @property
    def check(self) -> str:
        """The name that cases and questions give it."""
        return f"{self.command}, {self.option}" if self.option else self.command


def tests() -> dict[str, str]:
    """Return the engine's own test of each command or option that has one."""
    return dict.fromkeys(OPTIONS, "dofile/test_options.py::test_option") | content()["tests"]


@cache
def content() -> dict[str, dict[str, str]]:
    """Read the file."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def names() -> Iterator[tuple[str, str]]:
    """Give each command of the table, each with its options, then prefixes and control."""
    for spec in TABLE:
        yield spec.name, ""
        for option in spec.options:
            yield spec.name, option.name
    for word in CONTROL:
        yield word, ""


@cache
def compared() -> frozenset[str]:
    """Return the checks that published results and R make."""
    published = {check for case in cases.load() for check in case.checks}
    return frozenset(published | {question.check for question in against_r.QUESTIONS})


def entries() -> Iterator[Entry]:
    """Give every command and option, and finer checks such as `regress, vce(cluster)` behind the option they are of."""
    own = tests()
    finer = sorted(check for check in compared() if check.endswith(")"))
    for command, option in names():
        entry = Entry(command, option)
        values = [check for check in finer if option and check.startswith(f"{command}, {option}(")]
        test = own.get(entry.check, "")
        if entry.check in compared() or not values:
            yield Entry(
                command, option, f"`{where(test)[0].stem}`" if test else "" if covered(entry.check) else "**unchecked**"
            )
        yield from (Entry(command, check.partition(", ")[2]) for check in values)


def covered(check: str) -> bool:
    """Whether published results or R look at it, or at one of its values."""
    return any(one == check or one.startswith(f"{check}(") for one in compared())


def where(test: str) -> tuple[Path, str]:
    """Return the file and the function of a test that coverage.toml names."""
    file, _, function = test.partition("::")
    return Path(__file__).parents[2] / "tests" / file, function
