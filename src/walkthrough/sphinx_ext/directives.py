"""The directives: a walkthrough, and tables that the site makes from the code."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import date
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective
from sphinx.util.i18n import format_date

from walkthrough.evidence import PictureEvidence, WalkthroughEvidence, picture_name
from walkthrough.model import Step, Walkthrough
from walkthrough.parse import OPTIONS
from walkthrough.roles import ROLES
from walkthrough.sphinx_ext.page import PageState, page_state, warn
from walkthrough.sphinx_ext.picture import walkthrough_picture
from walkthrough.sphinx_ext.settings import PREFIX, WARNINGS, Settings


class WalkthroughDirective(SphinxDirective):
    """A numbered list whose items are steps."""

    has_content = True
    optional_arguments = 1  # a missing name is told by the parser, in its own words
    final_argument_whitespace = True
    option_spec: ClassVar = dict.fromkeys(OPTIONS, directives.unchanged)

    def run(self) -> list[nodes.Node]:
        """The list, its pictures with their boxes, and a line that says with what it was verified."""
        name = self.arguments[0] if self.arguments else ""
        container = nodes.container(classes=["walkthrough"])
        self.set_source_info(container)
        self.state.nested_parse(self.content, self.content_offset, container)
        state = page_state(self.env)
        walkthrough = state.walkthroughs.get(name)
        if walkthrough is None:
            return [container]
        container["ids"].append(nodes.make_id(f"walkthrough-{name}"))
        evidence = state.evidence.get(name)
        self._check(walkthrough, evidence)
        items = [
            item
            for child in container.children
            if isinstance(child, nodes.enumerated_list)
            for item in child.children
            if isinstance(item, nodes.list_item)
        ]
        known = {step.number: step for step in evidence.steps} if evidence else {}
        for item, step in zip(items, walkthrough.steps, strict=False):
            item["ids"].append(nodes.make_id(f"{name}-{step.number}"))
            seen = {each.file: each for each in known[step.number].pictures} if step.number in known else {}
            self._pictures(item, step, seen, state)
        if Settings.of(self.config).verified_line:
            container += self._verified(evidence)
        return [container]

    def _check(self, walkthrough: Walkthrough, evidence: WalkthroughEvidence | None) -> None:
        if evidence is None:
            warn(
                f"no run has walked “{walkthrough.name}” yet", "unverified", (self.env.docname, walkthrough.where.line)
            )
            return
        known = {step.number: step.digest for step in evidence.steps}
        for step in walkthrough.steps:
            if known.get(step.number) != step.digest:
                warn(
                    f"step {step.number} of “{walkthrough.name}” has been edited since a run last walked it",
                    "unverified",
                    (self.env.docname, step.where.line),
                )

    def _pictures(self, item: nodes.list_item, step: Step, seen: dict[str, PictureEvidence], state: PageState) -> None:
        """Lift each picture out of its sentence into a block of its own, with what the run knows of it."""
        for picture in step.pictures:
            # Sphinx has not resolved the address yet: it is still as the page writes it.
            image = next((each for each in item.findall(nodes.image) if each["uri"] == str(picture.path)), None)
            if image is None:
                continue
            if "\n" in picture.alt:  # MyST-Parser joins the lines of an alternative text without a space
                image["alt"] = " ".join(picture.alt.split())
            known = seen.get(str(picture.path))
            path = picture_name(state.path, picture.path)
            if known and path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != known.sha256:
                warn(
                    f"the picture {picture.path} is not the one that the run took",
                    "picture",
                    (self.env.docname, picture.where.line),
                )
                known = None
            wrapped = walkthrough_picture(
                boxes=[asdict(box) for box in known.boxes if box.role != "see"] if known else [],
                width=known.width if known else 0,
                height=known.height if known else 0,
            )
            paragraph = image.parent
            while not isinstance(paragraph.parent, nodes.list_item | nodes.container):
                paragraph = paragraph.parent
            image.parent.remove(image)
            wrapped += image
            holder = paragraph.parent
            holder.insert(holder.index(paragraph) + 1, wrapped)
            if not paragraph.astext().strip() and not any(paragraph.findall(nodes.image)):
                holder.remove(paragraph)

    def _verified(self, evidence: WalkthroughEvidence | None) -> nodes.Element:
        if evidence is None:
            return nodes.paragraph("", "Not verified yet.", classes=["walkthrough-unverified"])
        day = date.fromisoformat(evidence.verified)
        month = format_date("%B %Y", date=day, language=self.config.language)  # type: ignore[arg-type]
        products = ", ".join(f"{name} {version}" for name, version in evidence.products.items())
        text = f"Verified{' with ' + products if products else ''} on {day.day} {month}."
        return nodes.paragraph(text, text, classes=["walkthrough-verified"])


class _Table(SphinxDirective):
    """A table that is made from the code."""

    head: ClassVar[Sequence[str]]

    def rows(self) -> Iterable[Sequence[str]]:
        """The rows, each cell in the page's own markup."""
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        """The table, through the page's own parser."""
        lines = [f"| {' | '.join(self.head)} |", "|" + " --- |" * len(self.head)]
        lines += [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in self.rows()]
        container = nodes.container()
        self.state.nested_parse(StringList(lines, self.get_source_info()[0]), self.content_offset, container)
        return container.children


class RolesTable(_Table):
    """``walkthrough-roles``: every role, what it does, and an example."""

    head = ("Role", "What it does", "As a writer types it")

    def rows(self) -> Iterable[Sequence[str]]:
        """One row for each role."""
        return [(f"`{role.name}`", role.help, f"`` {role.example} ``") for role in ROLES.values()]


class SettingsTable(_Table):
    """``walkthrough-settings``: every setting of the extension."""

    head = ("Setting", "Takes", "What it is for")

    def rows(self) -> Iterable[Sequence[str]]:
        """One row for each setting."""
        return [(f"`{PREFIX}{item.name}`", item.metadata["kind"], item.metadata["help"]) for item in fields(Settings)]


class WarningsTable(_Table):
    """``walkthrough-warnings``: every warning subtype."""

    head = ("Warning", "What it says")

    def rows(self) -> Iterable[Sequence[str]]:
        """One row for each subtype."""
        return [(f"`walkthrough.{name}`", text) for name, text in WARNINGS.items()]
