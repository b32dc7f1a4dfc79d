"""The directive: a walkthrough as a reader sees it, and what is not proven of it."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from sphinx.util.i18n import format_date

from walkthrough.evidence import PictureEvidence, WalkthroughEvidence, picture_name
from walkthrough.model import Step, Walkthrough
from walkthrough.parse import OPTIONS
from walkthrough.sphinx_ext.page import PageState, page_state, warn
from walkthrough.sphinx_ext.picture import FACTS, PictureFacts, picture_facts
from walkthrough.sphinx_ext.settings import Settings


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
            if not state.broken:  # what is wrong with a broken page has been told
                warn(
                    f"no run finds the walkthrough “{name}”: it must stand in a Markdown page itself",
                    "syntax",
                    (self.env.docname, self.lineno),
                )
            return [container]
        container["ids"].append(nodes.make_id(f"walkthrough-{name}"))
        evidence = state.evidence.get(name)
        proven = self._check(walkthrough, evidence)
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
            container += self._verified(evidence, proven)
        return [container]

    def _check(self, walkthrough: Walkthrough, evidence: WalkthroughEvidence | None) -> bool:
        """Whether the last run walked exactly these steps; each that it did not is a warning."""
        if evidence is None:
            warn(
                f"no run has walked “{walkthrough.name}” yet", "unverified", (self.env.docname, walkthrough.where.line)
            )
            return False
        known = {step.number: step.digest for step in evidence.steps}
        edited = [step for step in walkthrough.steps if known.get(step.number) != step.digest]
        for step in edited:
            warn(
                f"step {step.number} of “{walkthrough.name}” has been edited since a run last walked it",
                "unverified",
                (self.env.docname, step.where.line),
            )
        gone = sorted(known.keys() - {step.number for step in walkthrough.steps})
        if gone:
            warn(
                f"“{walkthrough.name}” had a step {gone[0]} when a run last walked it",
                "unverified",
                (self.env.docname, walkthrough.where.line),
            )
        return not edited and not gone

    def _pictures(self, item: nodes.list_item, step: Step, seen: dict[str, PictureEvidence], state: PageState) -> None:
        """Note in the item what the run knows of its pictures, for `LiftPictures`."""
        facts: dict[str, PictureFacts | None] = {}
        for picture in step.pictures:
            image = next((each for each in item.findall(nodes.image) if each["uri"] == str(picture.path)), None)
            if image is None:
                continue
            if "\n" in picture.alt:  # MyST-Parser joins the lines of an alternative text without a space
                image["alt"] = " ".join(picture.alt.split())
            known = seen.get(str(picture.path))
            path = picture_name(state.path, picture.path)
            where = (self.env.docname, picture.where.line)
            if not path.is_file():
                warn(f"the picture {picture.path} is not there; a run takes it", "picture", where)
                self.env.note_dependency(str(path))
                facts[image["uri"]] = None
                continue
            if known and hashlib.sha256(path.read_bytes()).hexdigest() != known.sha256:
                warn(f"the picture {picture.path} is not the one that the run took", "picture", where)
                known = None
            facts[image["uri"]] = picture_facts(known)
        item[FACTS] = facts

    def _verified(self, evidence: WalkthroughEvidence | None, proven: bool) -> nodes.Element:
        if evidence is None:
            return nodes.paragraph("", "Not verified yet.", classes=["walkthrough-unverified"])
        day = date.fromisoformat(evidence.verified)
        month = format_date("%B %Y", date=day, language=self.config.language)  # type: ignore[arg-type]
        products = ", ".join(f"{name} {version}" for name, version in evidence.products.items())
        proof = f"{'with ' + products + ' ' if products else ''}on {day.day} {month}."
        if not proven:
            return nodes.paragraph("", f"Changed since it was verified {proof}", classes=["walkthrough-unverified"])
        return nodes.paragraph("", f"Verified {proof}", classes=["walkthrough-verified"])
