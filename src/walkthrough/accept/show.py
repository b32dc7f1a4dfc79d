"""Tells a person what accepting does: one diff of the text files, and a list of the pictures."""

from __future__ import annotations

import difflib
import struct
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from walkthrough.accept.plan import Plan
from walkthrough.evidence import PageEvidence, dumps, evidence_path, picture_name
from walkthrough.markdown import split_lines
from walkthrough.outcome import PictureOutcome


def diff(root: Path, plan: Plan) -> str:
    """The changes of the page and of its evidence, as `git apply` reads them."""
    page = Path(plan.page.path)
    text = _diff(page.as_posix(), plan.page.text, plan.text)
    if plan.evidence == plan.page.evidence:
        return text
    path = evidence_path(page)
    before = dumps(plan.page.evidence) if plan.page.evidence != PageEvidence() else ""
    if (root / path).is_file():
        before = (root / path).read_text("utf-8")
    return text + _diff(path.as_posix(), before, dumps(plan.evidence))


def pictures(root: Path, plan: Plan) -> Iterator[str]:
    """One line for each picture: the file, its sizes, how much of it differs."""
    for each in plan.pictures:
        path = picture_name(root / plan.page.path, PurePosixPath(each.file))
        new = _size(root / each.taken)
        shown = path.relative_to(root).as_posix()
        yield f"{shown}  {f'{_size(path)} -> {new}, {_share(each)}' if path.is_file() else f'new, {new}'}"


def _share(picture: PictureOutcome) -> str:
    if not picture.difference:
        return "no difference that can be seen"
    return f"{max(picture.difference, 0.0001):.2%} of it differs"


def _size(path: Path) -> str:
    try:
        with path.open("rb") as file:
            width, height = struct.unpack(">II", file.read(24)[16:24])
    except (OSError, struct.error):
        return "no picture"
    return f"{width}\N{MULTIPLICATION SIGN}{height}"


def _diff(path: str, before: str, after: str) -> str:
    lines = difflib.unified_diff(
        split_lines(before),
        split_lines(after),
        f"a/{path}" if before else "/dev/null",
        f"b/{path}",
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
