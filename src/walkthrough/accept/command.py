"""The command ``walkthrough accept``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from walkthrough.accept import show, write
from walkthrough.accept.plan import Page, Plan, Refusal, plan
from walkthrough.accept.target import TargetError, chosen, read_target
from walkthrough.compare.quoted import PageText
from walkthrough.model import Guide, GuideError, Location
from walkthrough.outcome import WalkthroughOutcome
from walkthrough.parse import parse, read_text
from walkthrough.settings import Settings

Ask = Callable[[str], bool]
"""Asks a person a question that yes or no answers."""


def accept(settings: Settings, options: argparse.Namespace, ask: Ask | None = None) -> int:
    """Accept what the last run found of the targets. Returns the exit status: 0, or 1 where something was refused.

    ``ask`` is how a person is asked; None asks at the terminal, if there is one. Raises `TargetError`, `OutcomeError`
    and `OSError`.
    """
    found = write.gather(settings)
    pages, refusals = _pages(settings, [each.outcome for each in found])
    targets = [read_target(_relative(settings.root, each)) for each in options.targets]
    steps = chosen(targets, [each.outcome for each in found], _guides(pages.values()))
    wanted = {target.page for target in targets}
    plans = [plan(page, steps) for page in pages.values() if not wanted or page.path in wanted]
    refusals = [each for each in refusals if not wanted or each.where.path in wanted]
    plans = [_with_fit_pictures(settings.root, each) for each in plans]
    refusals += [refusal for each in plans for refusal in each.refusals]
    done = [each for each in plans if each.does_something or each.accepted]
    for each in done:
        print(show.diff(settings.root, each), end="")
    if pictures := [line for each in done for line in show.pictures(settings.root, each)]:
        print("\n".join(["Pictures:", *(f"  {line}" for line in pictures)]))
    for each in done:
        if not options.dry_run:
            refusals += _carried_out(settings.root, each, found, options.yes, ask or _at_terminal)
    for each in done:
        for change in each.moved:
            print(f"{change.where}: read the sentence again: {change.message}")
        told = {(unclear.where.line, unclear.old): unclear for unclear in each.unclear}
        for unclear in told.values():
            print(f"{unclear.where}: look at “{unclear.old}”: {unclear.why}; if the new control is meant, write "
                  f"“{unclear.new}”")  # fmt: skip
    for line in _on_other_pages(settings, done):
        print(line)
    for refusal in refusals:
        print(refusal, file=sys.stderr)
    if not done and not refusals:
        print("There is nothing to accept.")
    elif options.dry_run:
        print("Nothing was written: this was a dry run.")
    return 1 if refusals else 0


def _on_other_pages(settings: Settings, plans: Sequence[Plan]) -> Iterator[str]:
    """Where other pages mention what has a new name now; they are somebody else's to mend."""
    for each in plans:
        for page in settings.found_pages():
            name = page.as_posix()
            if name == each.page.path or not each.renamed:
                continue
            try:
                text = read_text(settings.root / page, name)
                quoted = PageText(text, name, parse(text, name, settings.other_roles))
            except GuideError:
                continue
            for old, new in each.renamed:
                for where in quoted.mentions(old):
                    yield f"{where}: look at “{old}”, which {each.page.path} now calls “{new}”"


def _relative(root: Path, target: str) -> str:
    """A target as seen from the root, wherever the person stands."""
    page, colon, rest = target.partition(":")
    try:
        return f"{Path(page).absolute().resolve().relative_to(root.resolve()).as_posix()}{colon}{rest}"
    except ValueError:
        raise TargetError(f"{target}: expected a page in {root}") from None


def _pages(settings: Settings, outcomes: Sequence[WalkthroughOutcome]) -> tuple[dict[str, Page], list[Refusal]]:
    pages, refusals = {}, []
    for path in dict.fromkeys(each.page for each in outcomes):
        mine = [each for each in outcomes if each.page == path]
        try:
            pages[path] = write.read_page(settings, path, mine)
        except FileNotFoundError:
            continue  # of a page that is gone there is nothing to accept
        except (OSError, UnicodeDecodeError) as error:
            refusals.append(write.unreadable(path, error))
    return pages, refusals


def _guides(pages: Iterable[Page]) -> dict[str, Guide]:
    guides = {}
    for page in pages:
        try:
            guides[page.path] = parse(page.text, page.path, page.other_roles)
        except GuideError:
            continue  # it has been edited since, so nothing of it is accepted
    return guides


def _with_fit_pictures(root: Path, planned: Plan) -> Plan:
    """The plan, or one that does nothing where a picture is missing."""
    if unfit := write.unfit_pictures(root, planned):
        return Plan(planned.page, planned.page.text, planned.page.evidence, refusals=(*planned.refusals, *unfit))
    return planned


def _carried_out(root: Path, planned: Plan, found: Sequence[write.Found], yes: bool, ask: Ask) -> list[Refusal]:
    page = planned.page.path
    if planned.text != planned.page.text and not yes:
        reason = write.uncommitted(root, page)
        if reason and not ask(f"{page}: {reason}. Mend it all the same?"):
            return [Refusal(Location(page, 1), reason, "commit the page first, or say --yes")]
    for path in write.carry_out(root, planned, found):
        print(f"written: {path.relative_to(root).as_posix()}")
    return []


def _at_terminal(question: str) -> bool:
    if not sys.stdin.isatty():
        return False
    try:
        return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:  # Ctrl+D: no answer is no consent
        print()
        return False
