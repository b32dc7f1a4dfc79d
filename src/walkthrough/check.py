"""The command ``walkthrough check``: walk what may have become untrue, and say so where nothing can have."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from walkthrough.affected import AffectedStep, find_affected
from walkthrough.settings import Settings, named_pages
from walkthrough.verified import State, Verified, read_ledger

_TRUE, _DRIFTED, _ERROR = 0, 1, 2


@dataclass(frozen=True)
class Wanted:
    """What pytest shall walk, as it names it, and where walkthroughs end before their last step."""

    items: tuple[str, ...]
    until: tuple[str, ...] = ()


def check(settings: Settings, options: argparse.Namespace) -> int:
    """Walk what is to be walked, in a process of its own; 0 all true, 1 drift, 2 an error.

    With ``--dry-run`` it is only told; 1 then says that there is something.

    Raises `SettingsError`, and for ``--since`` what `find_affected` raises.
    """
    pages = named_pages(settings, options.pages)
    if options.since is not None:
        affected = find_affected(settings, options.since)
        steps = [each for each in affected.steps if each.page in pages]
        if affected.note:
            print(affected.note, file=sys.stderr)
        if not steps:
            print(f"No step of {_count(len(pages), 'page')} is affected by what has changed since {options.since}.")
            return _TRUE
        _tell_affected(steps, options.since)
        return _walk(settings, _parts(steps), options)
    changed = pages if options.all else _changed(settings, pages)
    if not changed:
        print("Nothing was walked, since nothing has changed. To walk all the same: walkthrough check --all")
        return _TRUE
    return _walk(settings, Wanted(tuple(changed)), options)


def _changed(settings: Settings, pages: Sequence[str]) -> list[str]:
    """The pages that are not as they were when they were verified; the others are told."""
    if not settings.product:
        told = "walkthrough_product names no files, so nothing tells whether the product has changed"
        print(f"{settings.file}: {told}", file=sys.stderr)
        return list(pages)
    ledger = read_ledger(settings)
    if ledger.note:
        print(ledger.note, file=sys.stderr)
    if not any(page in ledger.pages for page in pages):
        return list(pages)
    state, changed = State(settings), []
    for page in pages:
        known = ledger.pages.get(page)
        if known is None or known.digest != state.of(page):
            changed.append(page)
        else:
            print(f"{page}: unchanged since it was verified on {known.moment}: {_what(known)}")
    return changed


def _what(known: Verified) -> str:
    parts = [_count(known.walkthroughs, "walkthrough"), _count(known.steps, "step")]
    products = [f"{name} {version}" for name, version in known.products.items()]
    return ", ".join(parts) + (f", with {' and '.join(products)}" if products else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _parts(steps: Sequence[AffectedStep]) -> Wanted:
    """The walkthroughs that hold affected steps, each until the last of these."""
    last: dict[tuple[str, str], int] = {}
    for each in steps:
        last[each.page, each.walkthrough] = max(each.number, last.get((each.page, each.walkthrough), 0))
    items = tuple(f"{page}::{name}" for page, name in last)
    return Wanted(items, tuple(f"{page}:{name}:{number}" for (page, name), number in last.items()))


def _tell_affected(steps: Sequence[AffectedStep], revision: str) -> None:
    files = sorted({file for each in steps for file in each.because})
    shown = ", ".join(files[:3]) + (f" and {len(files) - 3} more" if len(files) > 3 else "")
    print(f"{_count(len(steps), 'step')} affected by what has changed since {revision}: {shown}", flush=True)


def _walk(settings: Settings, wanted: Wanted, options: argparse.Namespace) -> int:
    if options.dry_run:
        print("\n".join(f"to be walked: {item}" for item in wanted.items))
        return _DRIFTED
    command = [sys.executable, "-m", "pytest", *(str(settings.root / item) for item in wanted.items)]
    command += [f"--walkthrough-until={each}" for each in wanted.until]
    command += [f"--numprocesses={options.numprocesses}"] if options.numprocesses else []
    status = subprocess.run([*command, *options.pytest], cwd=settings.root, check=False).returncode
    return status if status in (_TRUE, _DRIFTED) else _ERROR
