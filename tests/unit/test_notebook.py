"""Which cell of a notebook has failed, told from what a person sees of it."""

from __future__ import annotations

import pytest

from walkthrough.run.notebook import Cell, failed_cell

WARNING = "<stdin>:2: UserWarning: only that"


@pytest.mark.parametrize(
    "red",
    [
        "----\nNameError                 Traceback (most recent call last)\nNameError: name 'x' is not defined",
        "Error in eval(expr, envir): object 'x' not found\nTraceback:\n",
        "Error: object 'x' not found",
        "variable x not found\nr(111);",
    ],
)
def test_an_error_is_told_in_each_language(red: str) -> None:
    """Python, R and the do-file engine say it each in its own way; the last cell's error counts as well."""
    cells = [Cell("[1]:", "1", ""), Cell("[2]:", "x", red)]
    assert failed_cell(cells) == cells[1]


def test_a_warning_fails_nothing() -> None:
    """What is written in red and goes on is no failure, nor is an empty cell at the end."""
    assert failed_cell([Cell("[1]:", "warn()", WARNING), Cell("[2]:", "2", ""), Cell("[ ]:", "", "")]) is None
    assert failed_cell([Cell("[1]:", "warn()", WARNING), Cell("[ ]:", "", "")]) is None


def test_a_run_that_stopped_is_a_failure() -> None:
    """Where the cells behind one with red text did not run, it has failed, whatever it says."""
    cells = [Cell("[1]:", "1", ""), Cell("[2]:", "stop", "halted"), Cell("[ ]:", None, "")]
    assert failed_cell(cells) == cells[1]


def test_cells_that_nobody_has_run_are_no_failure() -> None:
    """A notebook that has just been opened, or of which one cell was run, is at rest."""
    assert failed_cell([]) is None
    assert failed_cell([Cell("[ ]:", "1", ""), Cell("[ ]:", "2", "")]) is None
    assert failed_cell([Cell("[1]:", "1", ""), Cell("[ ]:", "2", "")]) is None
