"""From a page's text to its `Guide`, without Sphinx.

The Markdown is read by markdown-it-py with the plugins that MyST-Parser uses, so that a page means the same here
and on the built site. Tokens know their block's lines; a role's column is then found in the block's own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from markdown_it.token import Token

from walkthrough.markdown import DIRECTIVE, VERBATIM, Cursor, flatten, markdown, split_options
from walkthrough.model import Action, Guide, GuideError, Location, Picture, Problem, Step, Walkthrough
from walkthrough.roles import KNOWN_ELSEWHERE, ROLES, VALUE_ROLE, RoleSyntaxError, parse_expression, parse_text

OPTIONS = ("persona", "given", "timeout")
"""The options that a ``walkthrough`` directive takes."""

_NAME = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
_DURATION = re.compile(r"^(?P<number>\d+(\.\d+)?)\s*s?$")


def parse(text: str, path: str, other_roles: Sequence[str] = ()) -> Guide:
    """Read the walkthroughs of one page.

    ``path`` is the page's path as messages shall show it. ``other_roles`` are names of the site's own roles, which
    may stand in a step and do nothing in a run. Raises `GuideError` with every problem of the page.
    """
    page = _Page(path, text.split("\n"), frozenset(other_roles) | KNOWN_ELSEWHERE | {VALUE_ROLE})
    page.read(text, 0)
    page.check_whole()
    if page.problems:
        raise GuideError(tuple(sorted(page.problems, key=lambda problem: problem.where)))
    return Guide(path, tuple(page.walkthroughs))


def read_page(root: Path, page: str, other_roles: Sequence[str] = ()) -> Guide:
    """Read a page by its path relative to ``root``, as `parse` does. Raises `GuideError`."""
    return parse(read_text(root / page, page), page, other_roles)


def read_text(file: Path, page: str) -> str:
    """A page's text. ``page`` is its path as messages shall show it. Raises `GuideError` where it cannot be read."""
    try:
        return file.read_text("utf-8")
    except OSError as error:
        raise GuideError((Problem(Location(page, 1), f"cannot be read: {error.strerror}"),)) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        found = f"expected text in UTF-8; found the byte 0x{error.object[error.start]:02x}"
        raise GuideError((Problem(Location(page, line), found, "save the page as UTF-8"),)) from None


@dataclass
class _Page:
    path: str
    lines: Sequence[str]
    other_roles: frozenset[str]
    walkthroughs: list[Walkthrough] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, where: Location, message: str, hint: str = "") -> None:
        self.problems.append(Problem(where, message, hint))

    def read(self, text: str, offset: int) -> None:
        """Read Markdown that starts at line ``offset``, from 0; directives that hold Markdown are read into."""
        for token in markdown().parse(text):
            if token.type in ("fence", "colon_fence") and token.map:
                self._read_fence(token, offset + token.map[0])
            elif token.type == "inline" and token.map:
                for child, where in self._located(token, offset):
                    if child.type == "myst_role" and child.meta["name"] in ROLES:
                        self.problem(
                            where,
                            f"{{{child.meta['name']}}} stands outside a walkthrough, where nothing runs it",
                            "Use {guilabel} for a label that is only shown, or move it into a walkthrough's list.",
                        )

    def _read_fence(self, token: Token, line: int) -> None:
        directive = DIRECTIVE.match(token.info.strip())
        if directive is None or VERBATIM.match(directive["name"]):
            return
        options, body, skipped = split_options(token.content)
        if directive["name"] == "walkthrough":
            self.add_walkthrough(
                directive["argument"].strip(), options, body, line + 1 + skipped, Location(self.path, line + 1)
            )
        else:
            self.read(body, line + 1 + skipped)

    def add_walkthrough(self, name: str, options: dict[str, str], body: str, offset: int, where: Location) -> None:
        """Read one directive's options and list, and keep it with its problems."""
        if not _NAME.match(name):
            found = f"found “{name}”" if name else "found none"
            self.problem(
                where,
                f"a walkthrough needs a name of small letters, digits and hyphens; {found}",
                "Write :::{walkthrough} sign-up",
            )
        elif any(other.name == name for other in self.walkthroughs):
            self.problem(where, f"a second walkthrough is called “{name}”", "Names are unique in a page.")
        for option in options:
            if option not in OPTIONS:
                self.problem(
                    where,
                    f"unknown option :{option}: of the walkthrough “{name}”",
                    "The options are " + ", ".join(f":{known}:" for known in OPTIONS) + ".",
                )
        timeout = None
        if "timeout" in options:
            duration = _DURATION.match(options["timeout"])
            if duration is None:
                self.problem(where, f":timeout: takes seconds, such as 60; found “{options['timeout']}”")
            else:
                timeout = float(duration["number"])
        before = len(self.problems)
        steps = tuple(self._steps(body, offset, name))
        if not steps and len(self.problems) == before:
            self.problem(
                where, f"the walkthrough “{name}” has no step", "Its steps are the items of a numbered list in it."
            )
        given = tuple(options.get("given", "").replace(",", " ").split())
        self.walkthroughs.append(Walkthrough(name, steps, where, options.get("persona"), given, timeout))

    def _steps(self, body: str, offset: int, name: str) -> Iterator[Step]:
        tokens = markdown().parse(body)
        number, item, depth = 0, None, 0
        seen: set[int] = set()
        for index, token in enumerate(tokens):
            if token.type in ("fence", "colon_fence") and token.map and item is None:
                self._read_fence(token, offset + token.map[0])
            if token.type == "ordered_list_open":
                if depth == 0:
                    number = int(token.attrs.get("start", 1)) - 1
                depth += 1
            elif token.type == "ordered_list_close":
                depth -= 1
            elif token.type == "list_item_open" and token.level == 1 and depth == 1:
                number, item = number + 1, index
            elif token.type == "list_item_close" and token.level == 1 and depth == 1 and item is not None:
                step = self._step(number, tokens[item:index], offset)
                if number in seen:
                    self.problem(
                        step.where,
                        f"the walkthrough “{name}” has a second step {number}",
                        f"A list that goes on after an interruption starts with the next number: {max(seen) + 1}.",
                    )
                seen.add(number)
                item = None
                yield step
            elif token.type == "inline" and item is None and token.map:
                for child, where in self._located(token, offset):
                    if child.type == "myst_role" and child.meta["name"] in ROLES:
                        self.problem(
                            where,
                            f"{{{child.meta['name']}}} stands outside the numbered list, where nothing runs it",
                            "Each item of the walkthrough's numbered list is a step; put it into one.",
                        )

    def _step(self, number: int, tokens: Sequence[Token], offset: int) -> Step:
        start, end = tokens[0].map or (0, 0)
        where = Location(self.path, offset + start + 1)
        actions: list[Action] = []
        pictures: list[Picture] = []
        for token in tokens:
            if token.type != "inline" or not token.map:
                continue
            for child, place in self._located(token, offset):
                if child.type == "myst_role":
                    action = self._action(child, place)
                    if action is not None:
                        actions.append(action)
                elif child.type == "image":
                    self._picture(child, place, number, pictures)
        source = "\n".join(self.lines[offset + start : offset + end]).strip()
        if not actions and not any(problem.where.line >= where.line for problem in self.problems):
            self.problem(
                where,
                f"step {number} has no action",
                "Say what the reader does or sees with a role, such as {click}`Sign up` or {see}`Welcome`.",
            )
        return Step(number, tuple(actions), tuple(pictures), source, where)

    def _action(self, token: Token, where: Location) -> Action | None:
        name: str = token.meta["name"]
        role = ROLES.get(name)
        try:
            if role is not None:
                label, value = parse_text(role, token.content)
                return Action(name, label, value, where)
            if name == VALUE_ROLE:
                parse_expression(token.content)
        except RoleSyntaxError as error:
            self.problem(where, str(error))
            return None
        if name not in self.other_roles:
            from rapidfuzz import fuzz, process  # noqa: PLC0415 - a page without a mistake does without

            close = process.extractOne(name, list(ROLES), scorer=fuzz.ratio, score_cutoff=60)
            self.problem(
                where,
                f"unknown role {{{name}}}",
                (f"Did you mean {{{close[0]}}}? " if close else "")
                + "A role of the site's own is named in the setting walkthrough_other_roles.",
            )
        return None

    def _picture(self, token: Token, where: Location, number: int, pictures: list[Picture]) -> None:
        source = str(token.attrs.get("src", ""))
        picture = Picture(
            PurePosixPath(source), token.content, "after" in str(token.attrs.get("class", "")).split(), where
        )
        if "://" in source or source.startswith("/") or picture.path.suffix != ".png":
            self.problem(
                where,
                f"the picture of step {number} must be a .png file beside the page; found “{source}”",
                "The run takes it and writes it there.",
            )
        elif not token.content.strip():
            self.problem(where, f"the picture {source} has no alternative text", "Write ![What it shows.](…)")
        elif any(other.after == picture.after for other in pictures):
            self.problem(
                where,
                f"step {number} has two pictures of the same moment",
                "A step has one picture before its last action and, with {.after}, one behind it.",
            )
        else:
            pictures.append(picture)

    def _located(self, inline: Token, offset: int) -> Iterator[tuple[Token, Location]]:
        """The roles and images of an inline token, each with its place in the page."""
        assert inline.map is not None
        cursor = Cursor(self.lines, offset + inline.map[0], offset + inline.map[1])
        for child in flatten(inline.children or ()):
            if child.type == "myst_role":
                yield child, Location(self.path, *cursor.find(f"{{{child.meta['name']}}}`"))
            elif child.type == "image":
                yield child, Location(self.path, *cursor.find("!["))
            elif child.type == "code_inline":
                cursor.find(child.content.split("\n")[0])

    def check_whole(self) -> None:
        """Check what concerns the page as a whole: no picture is taken twice."""
        taken: dict[PurePosixPath, Location] = {}
        for walkthrough in self.walkthroughs:
            for step in walkthrough.steps:
                for picture in step.pictures:
                    if picture.path in taken:
                        self.problem(
                            picture.where,
                            f"the picture {picture.path} is taken twice; first in line {taken[picture.path].line}",
                            "Give each picture a file name of its own.",
                        )
                    taken.setdefault(picture.path, picture.where)
