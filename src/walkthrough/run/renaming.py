"""New names: which of a step's names are gone, and under which new ones it goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from walkthrough.compare.names import Likely, Renamed, old_name
from walkthrough.compare.things import Sight
from walkthrough.evidence import View
from walkthrough.model import Action
from walkthrough.outcome import CERTAIN, Change, Verdict
from walkthrough.roles import PATH_SEPARATOR

WORTH_TELLING: Final = 0.55
"""How likely a name must be to be told with a failure."""


class Renaming:
    """What one step knows of the pages on which its names stood, and of the names that have changed."""

    def __init__(self, known: Sequence[View] = ()) -> None:
        self.known = known
        self.renamed: list[Renamed] = []
        self._names: dict[Action, str] = {}
        self._candidates: tuple[Action | None, Sequence[Likely]] = None, ()

    def known_words(self) -> frozenset[str]:
        """The words of everything that stood on those pages."""
        return frozenset(thing.words for view in self.known for thing in Sight.of(view).things)

    def current(self, action: Action) -> Action:
        """The action with the name that its thing has now."""
        return replace(action, label=self._names[action]) if action in self._names else action

    def accept(self, action: Action, likely: Sequence[Likely], *, part: Action | None = None) -> Likely | None:
        """The new name under which to go on, if one is certain enough; else the candidates are kept for a failure.

        ``part`` is the one menu of the action's path that has the name.
        """
        new = self._certain(action, likely)
        if new is None:
            return None
        self._names[part or action] = new.name
        before = next((each for each in self.renamed if each.action == action), None)
        if part is not None and part != action:
            path = (before.new.name if before else action.label).split(PATH_SEPARATOR)
            path = [new.name if name == part.label else name for name in path]
            confidence = min(new.confidence, before.new.confidence if before else 1.0)
            new = replace(new, name=PATH_SEPARATOR.join(path), confidence=confidence)
        if before:
            self.renamed.remove(before)
        self.renamed.append(Renamed(action, new))
        return likely[0]

    def accept_option(self, action: Action, likely: Sequence[Likely]) -> Likely | None:
        """The same for the option that an action chooses in a list; its label can have a new name besides."""
        new = self._certain(action, likely)
        if new is not None:
            self.renamed.append(Renamed(action, new))
        return new

    def _certain(self, action: Action, likely: Sequence[Likely]) -> Likely | None:
        """The best name if it is certain enough; else all are kept, to be told if the action fails."""
        certain = likely[0] if likely and likely[0].confidence >= CERTAIN else None
        self._candidates = action, () if certain else likely
        return certain

    def withdraw(self, action: Action, part: Action) -> None:
        """Forget a new name that led nowhere."""
        self._names.pop(part, None)
        self.renamed = [each for each in self.renamed if each.action != action]

    def changes(self, action: Action | None) -> Iterator[Change]:
        """The new names under which the step went on before it broke at an action, and what may be the one there."""
        for each in self.renamed:
            done, new = each.action, each.new
            message = f"what the page calls **{each.old}** is now called **{new.name}**"
            yield Change(Verdict.LABEL, message, done.where, done.role, each.old, new.name, new.confidence)
        of, candidates = self._candidates
        if action is not None and of == action and candidates and candidates[0].confidence >= WORTH_TELLING:
            best = candidates[0]
            old = old_name(action, best)
            message = f"what the page calls **{old}** may be **{best.name}** now: {best.why}"
            yield Change(Verdict.BROKEN, message, action.where, action.role, old, best.name, best.confidence)
