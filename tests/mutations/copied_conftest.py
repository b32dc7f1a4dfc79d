"""The ``conftest.py`` of a mutated copy: what a mutation breaks is not waited for as long as a slow machine needs.

Copied into each workspace, where it stands above the guide's own. ``MUTATION_PATIENCE`` is how many seconds is waited
for things on pages that are served at once; what only appears when a click has started a workspace keeps the page's own
patience, unless ``MUTATION_IN_ALL`` is set. ``MUTATION_PROXY`` is the address of the proxy between browser and hub.
With ``MUTATION_DOOR`` the walk stops before the workspace.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

import pytest

from walkthrough.model import Action, Step, Walkthrough
from walkthrough.roles import ROLES, Moment
from walkthrough.run.hands import Hands


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the walk stop after the last step's last click."""
    for item in items if os.environ.get("MUTATION_DOOR") else ():
        walkthrough: Walkthrough = item.walkthrough  # type: ignore[attr-defined]
        *others, last = walkthrough.steps
        leaves = [at for at, action in enumerate(last.actions, 1) if ROLES[action.role].moment is Moment.LEAVES]
        pictures = tuple(picture for picture in last.pictures if not picture.after)
        last = replace(last, actions=last.actions[: leaves[-1]], pictures=pictures)
        item.walkthrough = replace(walkthrough, steps=(*others, last))  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the patience of each action before it is done."""
    given = os.environ.get("MUTATION_PATIENCE")
    if not given:
        return
    patience, in_all = float(given), bool(os.environ.get("MUTATION_IN_ALL"))
    value = Hands.value

    def with_patience(hands: Hands, step: Step, action: Action, values: dict[str, str]) -> Any:
        hands.own_timeout = getattr(hands, "own_timeout", hands.timeout)  # type: ignore[attr-defined]
        arrives = not in_all and _arrives(step, action)
        hands.timeout = hands.own_timeout if arrives else min(patience, hands.own_timeout)  # type: ignore[attr-defined]
        return value(hands, step, action, values)

    monkeypatch.setattr(Hands, "value", with_patience)


def _arrives(step: Step, action: Action) -> bool:
    """Whether an action is the first to look for what the one before it has to bring."""
    before = [each for each in step.actions if each.where < action.where]
    leaves = bool(before) and ROLES[before[-1].role].moment in (Moment.LEAVES, Moment.ARRIVES)
    return leaves and ROLES[action.role].moment is Moment.ASSERTS


@pytest.fixture(scope="session")
def walkthrough_context_options(walkthrough_context_options: dict[str, Any]) -> dict[str, Any]:
    """Lead the browser through the proxy, to this machine's own addresses as well."""
    if server := os.environ.get("MUTATION_PROXY"):
        return {**walkthrough_context_options, "proxy": {"server": server, "bypass": "<-loopback>"}}
    return walkthrough_context_options
