"""What a person reads in the terminal at a session's end: one screen, with the next command."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from walkthrough.outcome import StepOutcome, Verdict, WalkthroughOutcome
from walkthrough.report.advice import facts, plain
from walkthrough.report.run import RunOutcome, failing

SHOWN: Final = 5
"""How many failing steps are told with all that is known of them; further ones in a line."""

LISTED: Final = 12
"""How many steps are told one by one; the gallery has the others."""

_COLOURS: Final = {
    Verdict.SAME: "green",
    Verdict.COSMETIC: "cyan",
    Verdict.UNVERIFIED: "yellow",
    Verdict.LAYOUT: "yellow",
    Verdict.LABEL: "red",
    Verdict.BROKEN: "red",
    Verdict.UNREACHED: "red",
}


@dataclass(frozen=True)
class Line:
    """A line for the terminal: texts, each with the name of its colour or with none."""

    pieces: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, *pieces: str | tuple[str, str]) -> Line:
        """A line of plain texts, and of texts with their colour."""
        return cls(tuple((piece, "") if isinstance(piece, str) else piece for piece in pieces))

    def __str__(self) -> str:
        return "".join(text for text, _ in self.pieces)


def summary(run: RunOutcome, *, update: bool, gallery: str = "", width: int = 80) -> Iterator[Line]:
    """The lines of the summary, ``width`` characters wide where a text can be broken.

    ``gallery`` is the path of the gallery, if there is one.
    """
    for each in run.walkthroughs:
        yield from _walked(each, width)
    for missed in run.not_walked:
        yield Line.of(f"{missed.place}  {missed.name}: ", ("not walked", "red"), f": {_first(missed.reason)}")
    told = [(each, steps) for each in run.walkthroughs for steps in _worth_telling(each)]
    detailed = 0
    for each, steps in told[:LISTED]:
        fails = failing(each, steps[0])
        if fails and detailed < SHOWN:
            yield Line.of("")
        yield from _step(steps, width, " (taken on)" if each.updated else "")
        if fails and detailed < SHOWN:
            detailed += 1
            yield from _facts(each, steps[0], width)
    if len(told) > LISTED:
        yield Line.of(f"… and {len(told) - LISTED} more")
    written = [path for each in run.walkthroughs for path in each.written]
    yield from (Line.of(f"written: {path}") for path in written)
    if update and not written and not any(failing(each, steps[0]) for each, steps in told):
        yield Line.of("nothing has changed: no file was written")
    if gallery and told:
        yield from (Line.of(""), Line.of(f"look: {gallery}"))


def _walked(walkthrough: WalkthroughOutcome, width: int) -> Iterator[Line]:
    start = f"{walkthrough.where}  {walkthrough.name}: "
    if walkthrough.error:
        yield Line.of(start, (walkthrough.stopped, "red"), f": {_first(walkthrough.error)}")
    if not walkthrough.steps:
        return
    verdicts = [step.verdict for step in walkthrough.steps]
    pictures = sum(len(step.pictures) for step in walkthrough.steps)
    first = f"{start}{plural(len(verdicts), 'step')}, {plural(pictures, 'picture')}, {walkthrough.seconds:.1f} s: "
    found: list[str | tuple[str, str]] = []
    for verdict in Verdict:
        if verdict in verdicts:
            found += [*([", "] if found else []), (f"{verdicts.count(verdict)} {verdict}", _COLOURS[verdict])]
    whole = Line.of(first, *found)
    if len(str(whole)) <= width:
        yield whole
    else:
        yield from (Line.of(first.rstrip()), Line.of("    ", *found))


def _worth_telling(walkthrough: WalkthroughOutcome) -> Iterator[list[StepOutcome]]:
    """The steps to tell of, one by one; those behind a broken one together.

    An update of a page that was never verified would tell of each step.
    """
    for verdict, group in groupby(walkthrough.steps, key=lambda step: step.verdict):
        if verdict is Verdict.UNREACHED:
            yield [*group]
        elif verdict is not Verdict.SAME and not (verdict is Verdict.UNVERIFIED and walkthrough.updated):
            yield from ([step] for step in group)


def _step(steps: list[StepOutcome], width: int, remark: str) -> Iterator[Line]:
    first, last = steps[0], steps[-1]
    numbers = f"step {first.number}" if first is last else f"steps {first.number} to {last.number}"
    start, verdict = f"{first.where}  ", (f"{first.verdict}", _COLOURS[first.verdict])
    whole = f"{numbers}: {plain(first.reason)}{remark}"
    if len(start) + len(first.verdict) + 2 + len(whole) <= width:
        yield Line.of(start, verdict, f"  {whole}")
        return
    yield Line.of(start, verdict, f"  {numbers}:")
    yield from (Line.of(f"    {line}") for line in _wrapped(f"{plain(first.reason)}{remark}", width - 4))


def _facts(walkthrough: WalkthroughOutcome, step: StepOutcome, width: int) -> Iterator[Line]:
    for name, text in facts(walkthrough, step):
        if name in ("try", "kept"):  # pytest has told them with the failure
            continue
        start = f"    {name + ':':<10}"
        if name == "next":  # to be copied, so never broken
            yield Line.of(start, (text, "bold"))
            continue
        lines = _wrapped(text, width - len(start))
        yield from (Line.of(f"{start if number == 0 else ' ' * len(start)}{line}") for number, line in enumerate(lines))


def plural(number: int, noun: str) -> str:
    """A number and its noun: “1 step”, “2 steps”."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _first(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "no reason was given")


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), max(width, 40), break_on_hyphens=False, break_long_words=False)
