"""A copy of the guide in a folder of its own, with one mutation made in it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Final

import projecthub
from tests.mutations.door import VARIABLE, shorten_evidence
from tests.mutations.model import Edit, Mutation, MutationError
from walkthrough.parse import parse

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGE: Final = Path(projecthub.__file__).resolve().parent
_CONFTEST: Final = Path(__file__).parent / "copied_conftest.py"
_NO_WORKSPACE: Final = Path(__file__).parent / "no_workspace.py"
_MARKER: Final = re.compile(r"\d+(?=[.)] )")


class Workspace:
    """A copy of the guide: its pages and fixtures, an overlay for templates, and a package where a file changes.

    ``environment`` holds the variables under which the copy's pages are walked. Without ``whole``, pictures and what
    Python has compiled are left out, as nothing shall be walked.
    """

    def __init__(self, path: Path, *, whole: bool = True) -> None:
        self.path = path
        self._ignored = shutil.ignore_patterns(*([] if whole else ["__pycache__", "*.pyc"]))
        self.overlay = path / "overlay"
        self.environment = {"PROJECTHUB_OVERLAY": str(self.overlay)}
        self.overlay.mkdir(parents=True)
        shutil.copytree(
            ROOT / "docs",
            path / "docs",
            ignore=shutil.ignore_patterns("_*", "__pycache__", *([] if whole else ["*.png"])),
        )
        (path / "notebooks").symlink_to(ROOT / "notebooks")
        shutil.copy(ROOT / "pyproject.toml", path)
        shutil.copy(_CONFTEST, path / "conftest.py")

    def mutate(self, mutation: Mutation) -> None:
        """Make all changes of a mutation that are changes of files. Raises `MutationError`."""
        if not (self.path / mutation.page).is_file():
            raise MutationError(f"{mutation.place}: page: expected a page of the guide; found “{mutation.page}”")
        for edit in mutation.edits:
            path = {"template": self._template, "file": self._file, "page": self._page}[edit.kind](edit, mutation.place)
            text = path.read_text("utf-8")
            path.write_text(changed(text, edit, mutation.place), "utf-8")

    def stop_at_the_door(self, page: str) -> None:
        """Let the walk of a page end before the workspace."""
        shorten_evidence(self.path / page, self.text(page), page)
        self.environment |= {VARIABLE: "1", "PROJECTHUB_HUB_CONFIG": str(_NO_WORKSPACE)}

    def text(self, page: str) -> str:
        """The text of a page as it is walked."""
        return (self.path / page).read_text("utf-8")

    def _page(self, edit: Edit, place: str) -> Path:
        return self.path / edit.path

    def _template(self, edit: Edit, place: str) -> Path:
        shipped = shipped_template(edit.path)
        if shipped is None:
            raise MutationError(
                f"{place}: template: expected a shipped one, such as accounts/confirm.html, mail/code_subject.txt, "
                f"hub/login.html or mailbox/message.html; found “{edit.path}”"
            )
        return _copied(shipped, self.overlay / edit.path)

    def _file(self, edit: Edit, place: str) -> Path:
        folder, _, rest = edit.path.partition("/")
        if folder == "notebooks" and rest:
            notebooks = self.path / "notebooks"
            if notebooks.is_symlink():
                notebooks.unlink()
                shutil.copytree(ROOT / "notebooks", notebooks, ignore=shutil.ignore_patterns("__pycache__"))
            return self._existing(notebooks / rest, edit, place)
        package = self.path / "src" / "projecthub"
        if not package.exists():
            # With what Python has compiled, whose times must stay those of the sources.
            shutil.copytree(PACKAGE, package, ignore=self._ignored)
            self.environment["PYTHONPATH"] = str(package.parent)
        return self._existing(package / edit.path, edit, place)

    def _existing(self, path: Path, edit: Edit, place: str) -> Path:
        if ".." in Path(edit.path).parts or not path.is_file():
            raise MutationError(
                f"{place}: file: expected a path in src/projecthub, such as theme/projecthub.css, or one that begins "
                f"with notebooks/; found “{edit.path}”"
            )
        return path


def shipped_template(name: str) -> Path | None:
    """The shipped template that one of this name in an overlay stands in place of."""
    folder, _, rest = name.partition("/")
    path = {
        "hub": PACKAGE / "hub/templates" / rest,
        "mailbox": PACKAGE / "mail/templates/mailbox" / rest,
    }.get(folder, PACKAGE / "accounts/templates" / name)
    return path if path.is_file() and ".." not in Path(name).parts else None


def _copied(shipped: Path, target: Path) -> Path:
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(shipped, target)
    return target


def changed(text: str, edit: Edit, place: str) -> str:
    """The text with a change made. Raises `MutationError` where it would not be the one that was meant."""
    if edit.swap:
        first, second = sorted(edit.swap)
        return _swapped(text, first, second, edit, place)
    if edit.drop:
        return _dropped(text, edit, place)
    if edit.append:
        return f"{text}\n{edit.append}\n"
    found = text.count(edit.old)
    if found != edit.count:
        raise MutationError(
            f"{place}: old: expected “{edit.old}” {_times(edit.count)} in {edit.path}; found it {_times(found)}"
            + ("; a longer piece is unique, or count tells how many are meant" if found > edit.count else "")
        )
    return text.replace(edit.old, edit.new)


def _times(number: int) -> str:
    return {0: "nowhere", 1: "once", 2: "twice"}.get(number, f"{number} times")


def _steps(text: str, edit: Edit, place: str) -> tuple[list[str], dict[int, slice]]:
    """The page's lines, and where in them the steps of its only, or first, walkthrough stand."""
    lines = text.splitlines(keepends=True)
    steps = parse(text, edit.path, ()).walkthroughs[0].steps
    starts = [step.where.line - 1 for step in steps]
    end = next(index for index in range(starts[-1], len(lines)) if lines[index].startswith(":::"))
    found = {step.number: slice(*pair) for step, *pair in zip(steps, starts, [*starts[1:], end], strict=True)}
    for number in edit.swap or (edit.drop,):
        if number not in found:
            raise MutationError(f"{place}: expected the number of a step, 1 to {len(steps)}; found {number}")
    return lines, found


def _numbered(lines: list[str], number: int) -> list[str]:
    return [_MARKER.sub(str(number), lines[0], count=1), *lines[1:]]


def _swapped(text: str, first: int, second: int, edit: Edit, place: str) -> str:
    lines, steps = _steps(text, edit, place)
    if first == second:
        raise MutationError(f"{place}: swap: expected two steps; found {first} twice")
    one, other = steps[first], steps[second]
    # The last step can stand without the empty line that parts it from a next one.
    upper = _numbered(_parted(lines[other]), first)
    lower = _numbered(_parted(lines[one]), second)
    return "".join([*lines[: one.start], *upper, *lines[one.stop : other.start], *lower, *lines[other.stop :]])


def _parted(lines: list[str]) -> list[str]:
    return lines if not lines[-1].strip() else [*lines, "\n"]


def _dropped(text: str, edit: Edit, place: str) -> str:
    lines, steps = _steps(text, edit, place)
    for number, where in steps.items():
        if number > edit.drop:
            lines[where] = _numbered(lines[where], number - 1)
    del lines[steps[edit.drop]]
    return "".join(lines)
