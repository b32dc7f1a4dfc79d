"""Steps as test cases of JUnit files."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from tests.unit.report.runs import PAGE, drifted, run_of, step, walkthrough
from walkthrough.outcome import Verdict
from walkthrough.report.junit import junit, rewrite
from walkthrough.report.run import NotWalked, RunOutcome


def suites(run: RunOutcome) -> list[ElementTree.Element]:
    return ElementTree.fromstring(junit(run)).findall("testsuite")


def test_each_step_is_a_test_case_with_file_line_and_verdict() -> None:
    """CI reads seven steps, each at its line."""
    (suite,) = suites(drifted())
    cases = suite.findall("testcase")
    assert [case.get("name") for case in cases][:2] == ["step 1: Sentence of step 1.", "step 2: Sentence of step 2."]
    assert {case.get("file") for case in cases} == {PAGE}
    assert [case.get("line") for case in cases] == ["41", "42", "43", "44", "45", "46", "47"]
    verdicts = [case.find("properties/property[@name='verdict']") for case in cases]
    assert [each.get("value") for each in verdicts if each is not None] == [
        *("same", "cosmetic", "layout", "label", "broken", "unreached", "unreached"),
    ]


def test_nothing_that_was_not_tried_looks_like_a_pass() -> None:
    """A step that was not reached is an error, never skipped; the suite's numbers agree with its cases."""
    (suite,) = suites(drifted())
    assert suite.attrib.items() >= {"tests": "7", "failures": "3", "errors": "2", "skipped": "0"}.items()
    assert len(suite.findall("testcase/failure")) == 3
    assert len(suite.findall("testcase/error")) == 2
    assert suite.findall("testcase/skipped") == []


def test_a_failure_says_where_what_and_what_next() -> None:
    """The message is one line; what is known stands below it."""
    (suite,) = suites(drifted())
    failure = suite.find("testcase/failure[@type='label']")
    assert failure is not None
    assert str(failure.get("message")).startswith(f"{PAGE}:44: label: the button that the page calls")
    assert f"next: walkthrough accept {PAGE}:44" in str(failure.text)


def test_what_was_not_walked_is_an_error() -> None:
    """A fixture that failed and a walkthrough that was skipped are one test case each."""
    failed, missed = suites(
        run_of(walkthrough(error="no fixture “x”"), not_walked=(NotWalked("docs/x.md:3", "x", "no licence here"),))
    )
    for suite, message in ((failed, "no fixture “x”"), (missed, "no licence here")):
        assert suite.attrib.items() >= {"tests": "1", "failures": "0", "errors": "1"}.items()
        error = suite.find("testcase/error")
        assert error is not None
        assert error.get("message") == message


def test_what_xml_cannot_hold_is_replaced() -> None:
    """A control character in a page's text does not make the file unreadable."""
    (suite,) = suites(run_of(walkthrough(step(1, Verdict.LABEL, "a\x00b\x1b & <c> ]]>"))))
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert str(failure.get("message")).endswith("a�b� & <c> ]]>")


def test_steps_take_the_place_of_their_walkthrough_in_the_file_of_pytest(tmp_path: Path) -> None:
    """Other tests stay as they are, numbers are told anew, and what only `xunit1` allows is left out."""
    path = tmp_path / "pytest.xml"
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest" errors="0" '
        'failures="2" skipped="1" tests="4" time="9"><testcase classname="tests.a" name="first"/>'
        '<testcase classname="docs.login.md" name="sign-up"><properties><property name="walkthrough" '
        'value="docs/login.md:40"/></properties><failure message="one"/><failure message="two"/></testcase>'
        '<testcase classname="tests.a" name="last"><skipped message="x"/></testcase></testsuite></testsuites>'
    )
    (walked,) = drifted().walkthroughs
    rewrite(path, {"docs/login.md:40": walked}, "walkthrough", located=False)
    suite = ElementTree.parse(path).getroot()[0]
    cases = suite.findall("testcase")
    assert [case.get("name") for case in (cases[0], cases[-1])] == ["first", "last"]
    assert {case.get("classname") for case in cases[1:-1]} == {"docs.login.md.sign-up"}
    assert suite.attrib.items() >= {"tests": "9", "failures": "3", "errors": "2", "skipped": "1"}.items()
    assert [child.tag for case in cases for child in case] == [
        *("system-out", "failure", "failure", "failure", "error", "error", "skipped"),
    ]
    assert {name for case in cases for name in case.attrib} == {"classname", "name", "time"}


def test_a_walkthrough_that_was_not_walked_keeps_what_pytest_says(tmp_path: Path) -> None:
    """The error of a fixture stands in pytest's own test case."""
    path = tmp_path / "pytest.xml"
    path.write_text(
        '<testsuites><testsuite><testcase classname="docs.login.md" name="sign-up"><properties><property '
        'name="walkthrough" value="docs/login.md:40"/></properties><error message="no"/></testcase></testsuite>'
        "</testsuites>"
    )
    rewrite(path, {"docs/login.md:40": walkthrough(error="no")}, "walkthrough", located=True)
    (case,) = ElementTree.parse(path).getroot().iter("testcase")
    assert [child.tag for child in case] == ["error"]


def test_a_fixture_that_fails_behind_the_last_step_stays_an_error(tmp_path: Path) -> None:
    """Beside the steps, which passed, stands what pytest says of it."""
    path = tmp_path / "pytest.xml"
    path.write_text(
        '<testsuites><testsuite><testcase classname="docs.login.md" name="sign-up"><properties><property '
        'name="walkthrough" value="docs/login.md:40"/></properties><error message="failed on teardown">where</error>'
        "</testcase></testsuite></testsuites>"
    )
    walked = walkthrough(step(1, Verdict.SAME), error="a fixture failed")
    rewrite(path, {"docs/login.md:40": walked}, "walkthrough", located=True)
    (suite,) = ElementTree.parse(path).getroot()
    assert suite.attrib.items() >= {"tests": "2", "failures": "0", "errors": "1"}.items()
    error = suite.find("testcase[@name='sign-up']/error")
    assert error is not None
    assert (error.get("message"), error.text) == ("failed on teardown", "where")
