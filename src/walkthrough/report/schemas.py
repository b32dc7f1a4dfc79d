"""The JSON Schemas of what a run writes, from the dataclasses that are written.

`python -m walkthrough.report.schemas` renews the files in ``walkthrough/schemas``; a test fails where they are stale.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Final

from walkthrough.evidence import SCHEMA as EVIDENCE_SCHEMA
from walkthrough.evidence import WalkthroughEvidence
from walkthrough.outcome import WalkthroughOutcome
from walkthrough.report.run import SCHEMA as REPORT_SCHEMA
from walkthrough.report.run import RunOutcome

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_TITLES: Final = {
    "report": "What a session's walkthroughs found: report.json",
    "outcome": "What one walkthrough found: outcome.json",
    "evidence": "What a page's walkthroughs saw, as it is committed beside the pictures",
}


@dataclass(frozen=True)
class EvidenceFile:
    """All walkthroughs of one page, as the file beside its pictures holds them."""

    about: str
    schema: int
    walkthroughs: tuple[WalkthroughEvidence, ...]


def generate() -> dict[str, dict[str, Any]]:
    """All schemas by name: ``report``, ``outcome`` and ``evidence``."""
    schemas = {
        "report": _schema("report", RunOutcome),
        "outcome": _schema("outcome", WalkthroughOutcome),
        "evidence": _schema("evidence", EvidenceFile),
    }
    for name, version in (("report", REPORT_SCHEMA), ("evidence", EVIDENCE_SCHEMA)):
        schemas[name]["properties"]["schema"] = {"const": version, "description": "Version of the format."}
    definitions = schemas["report"]["$defs"]
    step = definitions["StepOutcome"]
    del step["properties"]["evidence"]  # see `walkthrough.report.run.dumps`
    step["required"].remove("evidence")
    for unused in ("StepEvidence", "PictureEvidence", "View", "Box"):
        del definitions[unused]
    return schemas


def load(name: str) -> dict[str, Any]:
    """The schema of this name, as it is shipped."""
    text = resources.files("walkthrough").joinpath("schemas", f"{name}.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def dumps(schema: Mapping[str, Any]) -> str:
    """The text of a schema's file."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _schema(name: str, of: type) -> dict[str, Any]:
    from pydantic import TypeAdapter  # noqa: PLC0415 - as in `walkthrough.outcome`

    schema = TypeAdapter(of).json_schema(mode="serialization")
    for part in (schema, *schema.get("$defs", {}).values()):
        if part.get("type") == "object":
            # Whatever is written has every field, also those that have a default; nothing else stands in it.
            part["required"] = list(part["properties"])
            part["additionalProperties"] = False
        if "description" in part:
            part["description"] = " ".join(inspect.cleandoc(part["description"]).split())
    return {"$schema": DIALECT, **schema, "title": _TITLES[name]}


def main() -> None:
    """Write the files."""
    folder = Path(str(resources.files("walkthrough"))) / "schemas"
    folder.mkdir(exist_ok=True)
    for name, schema in generate().items():
        (folder / f"{name}.json").write_text(dumps(schema), "utf-8")


if __name__ == "__main__":
    main()
