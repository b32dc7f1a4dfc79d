"""The formats are published, current, and kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from tests.unit.report.runs import broken, drifted, renamed, step, walkthrough
from walkthrough import outcome
from walkthrough.evidence import StepEvidence
from walkthrough.outcome import Verdict
from walkthrough.report import schemas
from walkthrough.report.run import NotWalked, dumps

ROOT = Path(__file__).parents[3]
NAMES = ("report", "outcome", "evidence")


def valid(name: str, text: str) -> Any:
    data = json.loads(text)
    Draft202012Validator(schemas.load(name)).validate(data)
    return data


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_schema_is_current(name: str) -> None:
    """The files are what the dataclasses say; `python -m walkthrough.report.schemas` renews them."""
    assert schemas.dumps(schemas.load(name)) == schemas.dumps(schemas.generate()[name])


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_is_one(name: str) -> None:
    """Each is a schema of draft 2020-12, without a definition that nothing uses."""
    schema = schemas.load(name)
    Draft202012Validator.check_schema(schema)
    text = json.dumps(schema)
    assert [key for key in schema["$defs"] if f'"#/$defs/{key}"' not in text] == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("docs/images/*.evidence.json")), ids=lambda path: path.stem)
def test_committed_evidence_is_valid(path: Path) -> None:
    """What is committed beside the guide's pictures keeps to its schema."""
    assert valid("evidence", path.read_text("utf-8"))["walkthroughs"]


def test_a_report_is_valid() -> None:
    """A report with all that can stand in one keeps to its schema."""
    failed = walkthrough(error="no fixture “researcher”", name="other")
    data = valid("report", dumps(drifted(failed, not_walked=(NotWalked("docs/x.md:3", "x", "skipped"),))))
    assert len(data["walkthroughs"]) == 2


def test_an_outcome_is_valid() -> None:
    """So does the outcome of one walkthrough, with what its steps saw."""
    seen = step(1, Verdict.SAME, evidence=StepEvidence(1, "0" * 64))
    valid("outcome", outcome.dumps(walkthrough(seen, renamed(), broken())))


@pytest.mark.parametrize(("part", "value"), [("schema", 99), ("status", "fine"), ("more", 1), ("started", None)])
def test_what_is_no_report_is_refused(part: str, value: object) -> None:
    """Another version, another type, or a field that is not known does not pass."""
    data = {**json.loads(dumps(drifted())), part: value}
    with pytest.raises(ValidationError):
        Draft202012Validator(schemas.load("report")).validate(data)
