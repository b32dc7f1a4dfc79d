"""One test case for each step, as CI servers read it.

pytest's own file has one test case for each test: the failures of all its subtests stand in it, and those that passed
are left out. `rewrite` puts the steps into that file; `junit` is a file of the walkthroughs alone.

Source of the format: https://llg.cubic.org/docs/junit/, with the attributes ``file`` and ``line`` that GitLab,
CircleCI and others read as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from walkthrough.outcome import StepOutcome, Verdict, WalkthroughOutcome
from walkthrough.report.advice import facts, plain
from walkthrough.report.run import RunOutcome, failing

# What XML 1.0 cannot write.
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(run: RunOutcome) -> bytes:
    """The run as JUnit XML. Nothing is marked as skipped: what was not tried is an error."""
    root = ElementTree.Element("testsuites", name="walkthroughs")
    for each in run.walkthroughs:
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=_clean(f"{each.page}: {each.name}"),
            timestamp=run.started.partition("+")[0],
            time=str(each.seconds),
        )
        suite.extend(_cases(each, f"{each.page}.{each.name}", located=True))
        _count(suite)
    for missed in run.not_walked:
        suite = ElementTree.SubElement(root, "testsuite", name=_clean(missed.name))
        suite.append(_case(missed.place, missed.name, 0.0))
        ElementTree.SubElement(suite[0], "error", type="not walked", message=_clean(missed.reason))
        _count(suite)
    ElementTree.indent(root, " ")
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def rewrite(path: Path, walkthroughs: Mapping[str, WalkthroughOutcome], marker: str, *, located: bool) -> None:
    """Put the steps into the file that pytest has written, each in place of its walkthrough's test case.

    ``walkthroughs`` are by the value of the property ``marker`` that their test cases carry. ``located`` adds file,
    line and verdict as attributes and a property, which pytest's family ``xunit1`` allows and its ``xunit2`` does not.
    """
    tree = ElementTree.parse(path)
    for suite in tree.iter("testsuite"):
        for case in suite.findall("testcase"):
            properties = case.find("properties")
            if properties is None:
                continue
            place = next((each.get("value", "") for each in properties if each.get("name") == marker), None)
            if place is None:
                continue
            case.remove(properties)
            walkthrough = walkthroughs.get(place)
            if walkthrough is None or not walkthrough.steps:
                continue  # pytest has told why nothing was walked
            at = [*suite].index(case)
            classname = f"{case.get('classname')}.{walkthrough.name}"
            cases = [*_cases(replace(walkthrough, error=""), classname, located=located)]
            if errors := case.findall("error"):  # a fixture failed behind the last step; pytest says where
                whole = _whole(walkthrough, classname, located=located)
                whole.extend(errors)
                cases.append(whole)
            suite[at : at + 1] = cases
        _count(suite)
    tree.write(path, encoding="utf-8", xml_declaration=True)


def _whole(walkthrough: WalkthroughOutcome, classname: str, *, located: bool) -> ElementTree.Element:
    """A test case for what concerns no step alone."""
    case = _case(classname, walkthrough.name, 0.0)
    if located:
        case.attrib.update(file=_clean(walkthrough.page), line=str(walkthrough.where.line))
    return case


def _cases(walkthrough: WalkthroughOutcome, classname: str, *, located: bool) -> Iterator[ElementTree.Element]:
    if walkthrough.error:
        case = _whole(walkthrough, classname, located=located)
        ElementTree.SubElement(case, "error", type="error", message=_clean(walkthrough.error))
        yield case
    for step in walkthrough.steps:
        case = _case(classname, f"step {step.number}: {' '.join(step.sentence.split())}", step.seconds)
        if located:
            case.attrib.update(file=_clean(walkthrough.page), line=str(step.where.line))
            properties = ElementTree.SubElement(case, "properties")
            ElementTree.SubElement(properties, "property", name="verdict", value=str(step.verdict))
        message = _clean(f"{step.where}: {step.verdict}: {plain(step.reason)}")
        if failing(walkthrough, step):
            kind = "error" if step.verdict is Verdict.UNREACHED else "failure"
            told = ElementTree.SubElement(case, kind, type=str(step.verdict), message=message)
            told.text = _text(walkthrough, step, message)
        elif step.verdict is not Verdict.SAME:
            ElementTree.SubElement(case, "system-out").text = message
        yield case


def _case(classname: str, name: str, seconds: float) -> ElementTree.Element:
    return ElementTree.Element("testcase", classname=_clean(classname), name=_clean(name), time=str(seconds))


def _text(walkthrough: WalkthroughOutcome, step: StepOutcome, message: str) -> str:
    lines = (f"{name}: {text}" for name, text in facts(walkthrough, step))
    return _clean("\n".join([message, *lines]))


def _count(suite: ElementTree.Element) -> None:
    cases = suite.findall("testcase")
    suite.set("tests", str(len(cases)))
    for name, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(sum(case.find(element) is not None for case in cases)))


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
