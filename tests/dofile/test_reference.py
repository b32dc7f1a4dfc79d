"""The table of what is allowed, and the reference that is made from it."""

from __future__ import annotations

import re

import pytest

from dofile.commands import COMMANDS, implementation
from dofile.errors import DoError
from dofile.functions import FUNCTIONS
from dofile.reference import FAMILIES, PARTS, commands
from dofile.table import TABLE, Spec, find

from .conftest import Recorder


def test_every_command_of_the_table_is_there_and_no_other() -> None:
    """What is allowed can be run, and what can be run is allowed."""
    assert sorted(spec.name for spec in TABLE) == sorted(COMMANDS)
    for spec in TABLE:
        assert callable(implementation(spec.name))


def test_abbreviations_are_clear() -> None:
    """Each shortest form of a command and of an option means one thing."""
    for spec in TABLE:
        assert find(spec.name[: spec.letters]) is spec
        for option in spec.options:
            assert spec.option(option.name[: option.letters]) is option


@pytest.mark.parametrize("word", ["gener8", "e", "mer", "tab1", "xtreg", "program"])
def test_other_words_are_no_commands(word: str) -> None:
    """A word that is too short, or unknown, is refused."""
    with pytest.raises(DoError) as error:
        find(word)
    assert (error.value.code, error.value.message) == (199, f"command {word} is unrecognized")


# Of these, the rest of the line is a text.
WHOLE = ("display", "local", "global")


@pytest.mark.parametrize("spec", [spec for spec in TABLE if spec.name not in WHOLE], ids=lambda spec: str(spec.name))
def test_no_command_takes_an_unknown_option(spec: Spec, do: Recorder) -> None:
    """An option that is not in the table is refused, whatever the command."""
    needs = {"generate": " y = 1", "replace": " x = 1", "egen": " y = mean(x)", "scalar": " s = 1"}
    rest = needs.get(spec.name, " using a" if spec.using == "required" else " x")
    do("set obs 3\ngenerate x = _n")
    assert do.refused(f"{spec.name}{rest}, unheardof") == (198, "option unheardof not allowed")


def test_reference_has_all_of_it() -> None:
    """Each command, option and function is in the reference, in tables whose rows are whole."""
    sections = [*map(commands, FAMILIES), *(PARTS[part]("") for part in PARTS if part != "commands")]
    text = "\n\n".join(sections) + "\n"
    for spec in TABLE:
        assert f"### {spec.name}\n" in text
    for name in FUNCTIONS:
        assert f"| `{name}()` |" in text
    assert {spec.family for spec in TABLE} == set(FAMILIES)
    assert "| `separator()` | `sep` |" in commands("data")
    assert "| r(199) | `command … is unrecognized` |" in PARTS["codes"]("")
    for table in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1, table
