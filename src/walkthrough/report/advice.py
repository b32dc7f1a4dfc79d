"""What to do about a step: the commands that come next, and what is known of it beyond its reason."""

from __future__ import annotations

from walkthrough.outcome import CERTAIN, StepOutcome, Verdict, WalkthroughOutcome


def next_commands(walkthrough: WalkthroughOutcome, step: StepOutcome) -> tuple[str, ...]:
    """The commands that lead on from this step, the likeliest first; none where nothing is to be done."""
    watch = f"pytest {walkthrough.page} -k {walkthrough.name} --headed"
    accept = f"walkthrough accept {step.where}"
    match step.verdict:
        case Verdict.SAME | Verdict.UNREACHED:
            return ()
        case Verdict.COSMETIC | Verdict.UNVERIFIED | Verdict.LAYOUT:
            return (accept,)
        case Verdict.LABEL:
            return (accept,) if certain(step) else (watch, accept)
    trace = next((kept for kept in step.kept if kept.endswith(".zip")), None)
    return (watch, f"playwright show-trace {trace}") if trace else (watch,)


def certain(step: StepOutcome) -> bool:
    """Whether each changed name of the step has a new one that is sure enough to be written into the page."""
    names = [change for change in step.changes if change.verdict is Verdict.LABEL]
    return bool(names) and all(change.new and change.confidence >= CERTAIN for change in names)


def facts(walkthrough: WalkthroughOutcome, step: StepOutcome) -> tuple[tuple[str, str], ...]:
    """Name and text, in one line each, of what is known of a step beyond its reason."""
    named = (("expected", step.expected), ("found", step.found), ("try", step.hint))
    told = [(name, " ".join(text.split())) for name, text in named if text and text not in step.reason]
    told += [
        ("also", f"{each.where}: {each.verdict}: {each.message}")
        for each in step.changes
        if each.verdict.drifted and each.message != step.reason
    ]
    told += [("kept", path) for path in step.kept]
    told += [("next", command) for command in next_commands(walkthrough, step)]
    return tuple(told)
