"""The engine gives what Stata gave, wherever others published it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from dofile import Session, control
from dofile.syntax import Call
from dofile.table import CONTROL
from tests.dofile import against_r, capture, cases, compare, coverage, datasets, published
from tests.dofile.engine import Dofile

CASES = cases.load()
LOGS = sorted(capture.LOGS.glob("*.log"))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all datasets."""
    folder = tmp_path_factory.mktemp("datasets")
    datasets.make(folder)
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """A folder of the test's own with all datasets, since do-files save there."""
    for path in prepared.glob("*.dta"):
        shutil.copyfile(path, tmp_path / path.name)
    return tmp_path


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_engine_gives_what_was_published(case: cases.Case, folder: Path) -> None:
    """Each published number and each printed line of a case is what the engine gives."""
    outcome = compare.run(case, Dofile(folder, case.data))
    report = "\n\n".join(str(failure) for failure in outcome.failures)
    if case.differs:
        assert outcome.failures, f"{case.id} agrees now: take out its `differs`"
    else:
        assert not outcome.failures, report


def test_engine_agrees_with_r(folder: Path) -> None:
    """Each of the questions to R has the same answer from the engine, to 1e-6."""
    answers = against_r.ask(folder, against_r.QUESTIONS)
    wrong = []
    for question, answer in zip(against_r.QUESTIONS, answers, strict=True):
        engine = Dofile(folder, question.data)
        output = [engine.run(line) for line in question.do.split("\n")]
        for name, expected in answer.items():
            found = engine.value(name)
            if not against_r.agrees(expected, found):
                wrong.append(f"{question.do!r}: {name}: R {expected!r}, engine {found!r}\n{output[-1][-300:]}")
    assert not wrong, "\n".join(wrong)


def test_without_r_the_instruction_is_given(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without Rscript fails with what to install."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RuntimeError, match="install Debian's r-base-core"):
        against_r.ask(folder)


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in LOGS] or [None])
def test_engine_gives_what_a_licensed_user_captured(path: Path | None, folder: Path) -> None:
    """Each number of each captured log is what the engine gives; where there is no log, there is no number."""
    if path is None:
        assert not LOGS
        return
    log = capture.read(path.read_text(encoding="utf-8"))
    wrong = []
    for case in CASES:
        engine = Dofile(folder, case.data)
        engine.run("\n".join(case.lines))
        for name, value in log.results.get(case.id, {}).items():
            if not value.agrees(engine.value(name)):
                wrong.append(
                    f"{case.id}: {name}: Stata {log.version} gives {value.text}, engine {engine.value(name)!r}"
                )
    assert not wrong, "\n".join(wrong)


def test_page_says_what_the_checks_give() -> None:
    """The committed page is the one that the comparisons write, and claims no smaller difference than they find."""
    bound = re.compile(r"≤ 1e([+-]\d\d)")
    committed, found = published.PAGE.read_text(encoding="utf-8"), published.render(published.measure())
    again = "run `python -m tests.dofile.published`"
    assert bound.sub("≤", committed) == bound.sub("≤", found), again
    for claimed, measured in zip(bound.findall(committed), bound.findall(found), strict=True):
        assert int(measured) <= int(claimed), again


def test_published_differences_are_small() -> None:
    """No stored result differs by more than a millionth."""
    report = published.measure()
    assert not report.failures, "\n".join(report.failures)
    assert max(report.total.largest.values()) <= 1e-6
    assert report.total.stored + report.total.printed >= 150


def test_every_command_and_option_is_accounted_for() -> None:
    """Each of the table's commands and options is compared, or has a test of its own, or is said to be unchecked."""
    own, unchecked = coverage.tests(), coverage.content()["unchecked"]
    for entry in coverage.entries():
        if not coverage.covered(entry.check) and entry.check not in own:
            assert entry.check in unchecked, f"{entry.check}: nothing checks it, and coverage.toml does not say so"


def test_coverage_names_what_exists() -> None:
    """coverage.toml speaks of commands, options and tests that there are, and of none as unchecked that is checked."""
    known = {entry.check for entry in coverage.entries()}
    assert not set(coverage.tests()) - known
    assert not set(coverage.content()["unchecked"]) - known
    for check, test in coverage.tests().items():
        file, function = coverage.where(test)
        assert file.exists(), f"{check}: no file {test}"
        assert f"def {function}(" in file.read_text(encoding="utf-8"), f"{check}: no test {test}"
    for check in coverage.content()["unchecked"]:
        checked = coverage.covered(check) or check in coverage.tests()
        assert not checked, f"{check} is checked: take it out of `unchecked`"


def test_checks_are_what_a_case_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A case claims to check only commands, options and prefixes that it runs."""
    ran: set[str] = set()

    def recorded(name: str) -> Any:
        def run(session: Session, call: Call) -> None:
            ran.update([name, *(f"{name}, {option}" for option in call.options)])
            # `vce(robust)` is another way to write `robust`; what stands in vce() is named on its own.
            ran.update(
                f"{name}, {form.format(str(value).split()[0])}" for value in vce(call) for form in ("{}", "vce({})")
            )
            known(name)(session, call)

        return run

    def vce(call: Call) -> list[str]:
        return [str(call.options["vce"])] if "vce" in call.options else []

    known, wrong = control.implementation, []
    monkeypatch.setattr(control, "implementation", recorded)
    for case in CASES:
        ran.clear()
        text = "\n".join(case.lines)
        Dofile(folder, case.data).run(text)
        ran.update(word for word in CONTROL if re.search(rf"\b{word}\b|\b{word[:3]}\w*\b", text))
        wrong += [f"{case.id} does not run {check}" for check in case.checks if check not in ran]
    assert not wrong, "\n".join(wrong)


def test_published_numbers_are_compared_with_their_digits() -> None:
    """A printed .431 is met by .4314 and not by .4316; a stored result to a millionth; a whole number exactly."""
    assert cases.Published(".431").agrees(0.4314)
    assert not cases.Published(".431").agrees(0.4316)
    assert cases.Published("6165.256756756757").agrees(6165.2567)
    assert not cases.Published("6165.256756756757").agrees(6165.27)
    assert not cases.Published("74").agrees(74.001)
    assert not cases.Published("1.5").agrees(float("nan"))


def test_printed_output_is_compared_line_by_line() -> None:
    """A digit or a column that differs is found; trailing blanks, old headings and open places are not differences."""
    case = CASES[0]
    table = "         mpg |      Coef.   Std. Err.      t\n-----+---\n  x  |   1.25"
    same = "         mpg | Coefficient  Std. err.      t  \n-----+---\n  x  |   1.25\n"
    assert compare.Printed(case, "x", table, same).agrees
    assert not compare.Printed(case, "x", table, same.replace("1.25", "1.26")).agrees
    assert not compare.Printed(case, "x", table, same.replace("  x", " x")).agrees
    assert compare.Printed(case, "x", "a [...] c\n[...]\nend", "a b c\n1\n2\nend").agrees
    assert compare.Printed(case, "x", "  1,234   .5  -2.5e-06 x2", "").numbers == 3
