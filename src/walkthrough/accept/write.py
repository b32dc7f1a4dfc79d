"""Reads pages and outcomes, asks git about uncommitted edits, and writes a page with all that belongs to it."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path, PurePosixPath

from walkthrough import parse
from walkthrough.accept.plan import Page, Plan, Refusal, digest
from walkthrough.evidence import EvidenceError, PageEvidence, dumps, evidence_path, load, picture_name
from walkthrough.model import GuideError, Location
from walkthrough.outcome import FILE, OutcomeError, WalkthroughOutcome, read, write
from walkthrough.settings import Settings


@dataclass(frozen=True)
class Found:
    """An outcome of the last run, and the file in which it stands."""

    file: Path
    outcome: WalkthroughOutcome


def gather(settings: Settings) -> list[Found]:
    """The outcomes that the last runs have left, in the pages' order; not those of walkthroughs that are gone, since no
    further run would replace them. Raises `OutcomeError` for one of no use, and where no run has left any.
    """
    files = sorted(settings.artifacts_folder.glob(f"*/{FILE}"))
    if not files:
        raise OutcomeError(f"{settings.artifacts_folder}: no run has left anything; walk first: walkthrough check")
    names = cache(partial(_walkthroughs, settings))
    found = []
    for file in files:
        try:
            outcome = read(file)
        except OutcomeError:
            page, name = _said(file)
            if not page or _is_there(name, names(page)):
                raise
        else:
            if _is_there(outcome.name, names(outcome.page)):
                found.append(Found(file, outcome))
    return sorted(found, key=lambda each: each.outcome.where)


def _is_there(name: str, names: frozenset[str] | None) -> bool:
    return names is None or name in names


def _walkthroughs(settings: Settings, page: str) -> frozenset[str] | None:
    """The names of a page's walkthroughs; None where it cannot be read as it stands."""
    if not (settings.root / page).exists():
        return frozenset()
    try:
        return frozenset(each.name for each in parse.read_page(settings.root, page, settings.other_roles).walkthroughs)
    except GuideError:
        return None


def _said(file: Path) -> tuple[str, str]:
    """The page and the walkthrough of an outcome that is of no use otherwise; empty where it does not say."""
    try:
        data = json.loads(file.read_bytes())
        return str(data["page"]), str(data["name"])
    except (OSError, ValueError, KeyError, TypeError):
        return "", ""


def read_page(settings: Settings, path: str, outcomes: Sequence[WalkthroughOutcome]) -> Page:
    """A page as it stands now. Raises `OSError` where it cannot be read."""
    page = settings.root / path
    # Line ends stay as they are: the page is written again.
    text = page.read_bytes().decode("utf-8")
    try:
        evidence = load(evidence_path(page))
    except EvidenceError:  # it is being taken anew, as its message asks for
        evidence = PageEvidence()
    return Page(path, text, evidence, tuple(outcomes), settings.other_roles)


def uncommitted(root: Path, path: str) -> str:
    """Why a page's present text could not be had back from git; empty where it is committed."""
    try:
        done = subprocess.run(
            ["git", "status", "--porcelain", "--ignored", "--untracked-files=all", "--", str((root / path).resolve())],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return "git cannot be asked whether it is committed"
    if done.returncode:
        return "it is in no git repository, so nothing keeps its present text"
    return "it has edits that are not committed" if done.stdout.strip() else ""


def unfit_pictures(root: Path, plan: Plan) -> list[Refusal]:
    """The pictures that the run took and that are not there any more, or not the ones that it took."""
    proven = {each.file: each.sha256 for one in plan.evidence.walkthroughs for s in one.steps for each in s.pictures}
    refusals = []
    for picture in plan.pictures:
        try:
            content = (root / picture.taken).read_bytes()
        except OSError:
            content = b""
        if hashlib.sha256(content).hexdigest() != proven.get(picture.file):
            reason = f"the picture {picture.taken}, which the run took of it, is not there as it was taken"
            refusals.append(Refusal(picture.where, reason, f"run again: walkthrough check {plan.page.path}"))
    return refusals


def carry_out(root: Path, plan: Plan, found: Sequence[Found]) -> list[Path]:
    """Write the page, its pictures and its evidence: all of them, or none. Returns what was written.

    Everything is written beside its place first, and then moved there in one go. Raises `OSError`.
    """
    page = root / plan.page.path
    contents = {
        picture_name(page, PurePosixPath(each.file)): (root / each.taken).read_bytes() for each in plan.pictures
    }
    if plan.evidence != plan.page.evidence:
        contents[evidence_path(page)] = dumps(plan.evidence).encode()
    if plan.text != plan.page.text:
        if digest(page.read_bytes().decode("utf-8")) != digest(plan.page.text):
            raise OSError(f"{plan.page.path} was edited meanwhile")
        contents[page] = plan.text.encode()
    _replace(contents)
    settled = {outcome.name: outcome for outcome in plan.outcomes}
    for each in found:
        if each.outcome.page == plan.page.path and each.outcome.name in settled:
            write(each.file, settled[each.outcome.name])
    return list(contents)


def _replace(contents: dict[Path, bytes]) -> None:
    """Put new contents into files, all or none; where one cannot be replaced, the others get theirs back.

    A link stays one, and the file that it leads to gets the content.
    """
    contents = {path.resolve(): content for path, content in contents.items()}
    fresh = {path: path.with_name(f".{path.name}.{os.getpid()}") for path in contents}
    before = {path: path.read_bytes() if path.is_file() else None for path in contents}
    replaced: list[Path] = []
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh[path].write_bytes(content)
            if before[path] is not None:
                fresh[path].chmod(path.stat().st_mode)
        for path in contents:
            fresh[path].replace(path)
            replaced.append(path)
    except OSError:
        for path in replaced:
            old = before[path]
            if old is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(old)
        raise
    finally:
        for each in fresh.values():
            each.unlink(missing_ok=True)


def unreadable(path: str, error: Exception) -> Refusal:
    """A page that cannot be read is refused."""
    return Refusal(Location(path, 1), f"the page cannot be read: {error}", "restore it, and run again")
