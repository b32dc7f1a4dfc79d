"""One test case for each step, as CI servers read it.

Source of the format: https://llg.cubic.org/docs/junit/, with the attributes ``file`` and ``line`` that GitLab,
CircleCI and others read as well.
"""

from __future__ import annotations

from xml.etree import ElementTree

from walkthrough.outcome import StepOutcome, Verdict, WalkthroughOutcome
from walkthrough.report.run import RunOutcome, failing


def junit(run: RunOutcome) -> bytes:
    """The run as JUnit XML. Nothing is marked as skipped: what was not tried is an error."""
    root = ElementTree.Element("testsuites", name="walkthroughs")
    for each in run.walkthroughs:
        _suite(root, each, run.started)
    for missed in run.not_walked:
        suite = ElementTree.SubElement(root, "testsuite", name=missed.name, tests="1", failures="0", errors="1")
        case = ElementTree.SubElement(suite, "testcase", classname=missed.place, name=missed.name, time="0")
        ElementTree.SubElement(case, "error", type="not walked", message=missed.reason)
    ElementTree.indent(root, " ")
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _suite(root: ElementTree.Element, walkthrough: WalkthroughOutcome, started: str) -> None:
    failures = [step for step in walkthrough.steps if failing(walkthrough, step)]
    errors = sum(step.verdict is Verdict.UNREACHED for step in failures) + bool(walkthrough.error)
    suite = ElementTree.SubElement(
        root,
        "testsuite",
        name=f"{walkthrough.page}: {walkthrough.name}",
        timestamp=started.partition("+")[0],
        tests=str(len(walkthrough.steps) or 1),
        failures=str(len(failures) - sum(step.verdict is Verdict.UNREACHED for step in failures)),
        errors=str(errors),
        time=str(walkthrough.seconds),
    )
    if walkthrough.error:
        case = _case(suite, walkthrough, walkthrough.name, walkthrough.where.line, 0.0)
        ElementTree.SubElement(case, "error", type="error", message=walkthrough.error)
    for step in walkthrough.steps:
        case = _case(suite, walkthrough, f"step {step.number}: {step.sentence}", step.where.line, step.seconds)
        properties = ElementTree.SubElement(case, "properties")
        ElementTree.SubElement(properties, "property", name="verdict", value=str(step.verdict))
        if step in failures:
            kind = "error" if step.verdict is Verdict.UNREACHED else "failure"
            told = ElementTree.SubElement(case, kind, type=str(step.verdict), message=f"{step.where}: {step.reason}")
            told.text = _text(step)


def _case(
    suite: ElementTree.Element, walkthrough: WalkthroughOutcome, name: str, line: int, seconds: float
) -> ElementTree.Element:
    classname = f"{walkthrough.page}.{walkthrough.name}"
    return ElementTree.SubElement(
        *(suite, "testcase"), classname=classname, name=name, file=walkthrough.page, line=str(line), time=str(seconds)
    )


def _text(step: StepOutcome) -> str:
    lines = [f"{each.where}: {each.verdict}: {each.message}" for each in step.changes]
    lines += [f"expected {step.expected}", f"found {step.found}"] if step.expected else []
    return "\n".join(lines)
