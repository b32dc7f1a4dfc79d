"""What to do about a step: the commands that come next, and what is known of it beyond its reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from shlex import quote
from typing import Final

from walkthrough.outcome import CERTAIN, StepOutcome, Verdict, WalkthroughOutcome

LISTED: Final = 4
"""How many further changes of a step are told one by one."""

_STRONG: Final = re.compile(r"\*\*(.+?)\*\*")


def next_commands(walkthrough: WalkthroughOutcome, step: StepOutcome) -> tuple[str, ...]:
    """The commands that lead on from this step, the likeliest first; none where nothing is to be done."""
    watch = f"pytest {quote(walkthrough.page)} -k {walkthrough.name} --headed"
    accept = f"walkthrough accept {quote(str(step.where))}"
    match step.verdict:
        case Verdict.SAME | Verdict.UNREACHED:
            return ()
        case Verdict.COSMETIC | Verdict.UNVERIFIED | Verdict.LAYOUT:
            return (accept,)
        case Verdict.LABEL:
            return (accept,) if certain(step) else (watch, accept)
    trace = next((kept for kept in step.kept if kept.endswith(".zip")), None)
    return (watch, f"playwright show-trace {quote(trace)}") if trace else (watch,)


def certain(step: StepOutcome) -> bool:
    """Whether each changed name of the step has a new one that is sure enough to be written into the page."""
    names = [change for change in step.changes if change.verdict is Verdict.LABEL]
    return bool(names) and all(change.new and change.confidence >= CERTAIN for change in names)


def facts(walkthrough: WalkthroughOutcome, step: StepOutcome) -> tuple[tuple[str, str], ...]:
    """Name and text, in one line each, of what is known of a step beyond its reason."""
    named = (("expected", step.expected), ("found", step.found), ("try", step.hint))
    told = [(name, plain(text)) for name, text in named if text and text not in step.reason]
    told += [("also", text) for text in _further(step)]
    told += [("kept", path) for path in step.kept]
    told += [("next", command) for command in next_commands(walkthrough, step)]
    return tuple(told)


def _further(step: StepOutcome) -> Iterator[str]:
    """The changes beside the one that is the step's reason: those as bad as it one by one, the others counted."""
    further = [each for each in step.changes if each.verdict.drifted and each.message != step.reason]
    as_bad = [each for each in further if each.verdict is step.verdict]
    yield from (f"{each.where}: {plain(each.message)}" for each in as_bad[:LISTED])
    if len(as_bad) > LISTED:
        yield f"{len(as_bad) - LISTED} more of {step.verdict}"
    others = Counter(each.verdict for each in further if each.verdict is not step.verdict)
    for verdict, number in others.items():
        lines = sorted({each.where.line for each in further if each.verdict is verdict})
        yield f"{number} of {verdict}, at line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines))}"


def plain(text: str) -> str:
    """A message in one line without Markdown's signs, for what does not show them: names stand in quotation marks."""
    return _STRONG.sub(r"“\1”", " ".join(text.split()))
