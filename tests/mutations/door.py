"""Which runs may stop at the workspace's door: right after the click that would start JupyterLab.

Its start takes longer than everything before. Where a mutation can show only before it, the last step of the page is
walked up to its last click, and held against the evidence up to there.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Final

from tests.mutations.model import LOGIN, Mutation
from walkthrough.evidence import evidence_path
from walkthrough.model import Step
from walkthrough.parse import parse
from walkthrough.roles import ROLES, Moment

_BEFORE: Final = ("accounts/", "mail/", "theme/")
VARIABLE: Final = "MUTATION_DOOR"


def may_stop(mutation: Mutation, text: str) -> bool:
    """Whether a mutation concerns only what comes before the workspace; ``text`` is its page, as it is walked."""
    if mutation.page != LOGIN or mutation.table == "page" or mutation.whole or mutation.patience:
        return False
    if any(edit.kind == "file" and not edit.path.startswith(_BEFORE) for edit in mutation.edits):
        return False
    if any(rule.path.startswith("*/user") or "/user/" in rule.path or rule.path == "*" for rule in mutation.rules):
        return False
    last = parse(text, mutation.page, ()).walkthroughs[-1].steps[-1]
    return all(line <= up_to_the_door(last).actions[-1].where.line for line in mutation.lines(text))


def up_to_the_door(step: Step) -> Step:
    """A step without what comes behind its last click."""
    leaves = [number for number, action in enumerate(step.actions, 1) if ROLES[action.role].moment is Moment.LEAVES]
    pictures = tuple(picture for picture in step.pictures if not picture.after)
    return replace(step, actions=step.actions[: leaves[-1]], pictures=pictures)


def shorten_evidence(page: Path, text: str, name: str) -> None:
    """Take out of a page's evidence what its last step saw behind the last click."""
    last = parse(text, name, ()).walkthroughs[-1].steps[-1]
    door = up_to_the_door(last)
    path = evidence_path(page)
    data = json.loads(path.read_text("utf-8"))
    known = data["walkthroughs"][-1]["steps"][-1]
    files = {str(picture.path) for picture in door.pictures}
    known["views"] = [view for view in known["views"] if view["action"] < len(door.actions)]
    known["pictures"] = [picture for picture in known["pictures"] if picture["file"] in files]
    path.write_text(json.dumps(data), "utf-8")
