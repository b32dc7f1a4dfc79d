"""What the extension knows of the page that is being read: its guide and its evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from walkthrough.evidence import EvidenceError, PageEvidence, evidence_path, load
from walkthrough.model import GuideError, Walkthrough
from walkthrough.parse import parse
from walkthrough.sphinx_ext.settings import Settings

logger = logging.getLogger(__name__)

_KEY = "walkthrough_page"


@dataclass
class PageState:
    """The page's file, its walkthroughs by name, none where the page is broken, and what runs have seen of it."""

    path: Path
    walkthroughs: dict[str, Walkthrough] = field(default_factory=dict)
    broken: bool = False
    evidence: PageEvidence = field(default_factory=PageEvidence)

    @property
    def values(self) -> dict[str, str]:
        """The examples that runs have recorded, by expression."""
        steps = (step for each in self.evidence.walkthroughs for step in each.steps)
        return {name: value for step in steps for name, value in step.values.items()}


def warn(message: str, subtype: str, location: tuple[str, int]) -> None:
    """Log a warning of the type ``walkthrough``."""
    logger.warning("%s", message, type="walkthrough", subtype=subtype, location=location)


def page_state(env: BuildEnvironment) -> PageState:
    """Read the current page once; its problems become warnings at their lines."""
    known: PageState | None = env.temp_data.get(_KEY)
    if known is not None:
        return known
    state = PageState(Path(env.doc2path(env.docname)))
    env.temp_data[_KEY] = state
    shown = state.path.relative_to(env.srcdir).as_posix()
    try:
        guide = parse(state.path.read_text("utf-8"), shown, Settings.of(env.config).other_roles)
        state.walkthroughs = {each.name: each for each in guide.walkthroughs}
    except GuideError as error:
        state.broken = True
        for problem in error.problems:
            hint = f" {problem.hint}" if problem.hint else ""
            warn(f"{problem.message}.{hint}", "syntax", (env.docname, problem.where.line))
    where = evidence_path(state.path)
    env.note_dependency(str(where))
    try:
        state.evidence = load(where)
    except EvidenceError as error:
        warn(str(error), "evidence", (env.docname, 1))
    return state
