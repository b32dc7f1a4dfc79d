"""What a page claims and what of it is proven: its labels, addresses, subjects and values, beside the evidence.

A role's action is *executed* by each run. What a page only quotes is *witnessed* where the committed evidence shows it,
and *unproven* where nothing does. The other way round, what the visited pages show and no guide mentions is listed too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from walkthrough.compare.quantities import quantities
from walkthrough.compare.quoted import Kind, PageText, Quote
from walkthrough.compare.things import Sight, bounded, steady
from walkthrough.compare.wording import noun
from walkthrough.evidence import PageEvidence, View, evidence_path, load
from walkthrough.model import Guide, Step
from walkthrough.parse import parse, read_text
from walkthrough.settings import Settings

EXECUTED: Final = "executed"
WITNESSED: Final = "witnessed"
UNPROVEN: Final = "unproven"

_MOST_WORDS: Final = 5
"""What is in bold and longer is a stressed sentence, no label."""


@dataclass(frozen=True)
class Claim:
    """Something that a page says of the product.

    ``kind`` is action, bold label, guilabel, quotation, code, address or value; ``proof`` is executed, witnessed or
    unproven; ``line`` is the page's, from 1.
    """

    kind: str
    text: str
    line: int
    proof: str


@dataclass(frozen=True)
class Control:
    """A control on a visited page, by its ARIA role and its name."""

    role: str
    name: str


@dataclass(frozen=True)
class Visited:
    """A page of the product that a walkthrough visits, by title and address, with controls on it."""

    title: str
    address: str
    controls: tuple[Control, ...]


@dataclass(frozen=True)
class Claims:
    """All claims of one page, in its order; what it visits; and every name that it mentions."""

    page: str
    claims: tuple[Claim, ...]
    visited: tuple[Visited, ...]
    mentioned: frozenset[str]

    def count(self, proof: str) -> int:
        """How many claims are proven in this way."""
        return sum(claim.proof == proof for claim in self.claims)

    @property
    def unproven(self) -> tuple[Claim, ...]:
        """The claims that nothing proves."""
        return tuple(claim for claim in self.claims if claim.proof == UNPROVEN)

    @property
    def ratio(self) -> float:
        """The part of the claims that are executed or witnessed, 0 to 1; 1.0 for a page that claims nothing."""
        return 1 - len(self.unproven) / len(self.claims) if self.claims else 1.0


def read_claims(root: Path, page: str, other_roles: Sequence[str] = ()) -> Claims:
    """The claims of a page by its path relative to ``root``. Raises `GuideError` and `EvidenceError`."""
    text = read_text(root / page, page)
    return claims(parse(text, page, other_roles), text, load(evidence_path(root / page)))


def claims(guide: Guide, text: str, evidence: PageEvidence) -> Claims:
    """The claims of one page, from its parsed walkthroughs, its text and its committed evidence."""
    page = PageText(text, guide.path, guide)
    views = [view for each in evidence.walkthroughs for step in each.steps for view in step.views]
    walked = {step.digest for each in evidence.walkthroughs for step in each.steps}
    values = {name for each in evidence.walkthroughs for step in each.steps for name in step.values}
    seen = _Seen(views)
    found = [
        Claim("action", f"{{{action.role}}}`{action.label}`", action.where.line, _executed(step, walked))
        for walkthrough in guide.walkthroughs
        for step in walkthrough.steps
        for action in step.actions
    ]
    for quote in page.quotes:
        if (kind := _kind(quote)) is not None:
            proven = quote.text in values if kind == "value" else seen.holds(quote.text, kind)
            found.append(Claim(kind, quote.text, quote.where.line, WITNESSED if proven else UNPROVEN))
    for counted in page.counted:
        if page.step_at(counted.where) is not None and not counted.alt:
            proven = seen.counts(counted.quantity.same_as)
            found.append(Claim("value", counted.quantity.text, counted.where.line, WITNESSED if proven else UNPROVEN))
    return Claims(
        page=guide.path,
        claims=tuple(sorted(found, key=lambda claim: claim.line)),
        visited=tuple(_visited(views)),
        mentioned=frozenset(_mentioned(page, views)),
    )


def unmentioned(pages: Iterable[Claims], elsewhere: str = "") -> tuple[Visited, ...]:
    """The controls on the visited pages that no guide mentions, each once: where it is seen first.

    ``elsewhere`` is the text of the project's other pages; what stands there in whatever way counts as mentioned.
    """
    pages = list(pages)
    known = frozenset[str]().union(*(each.mentioned for each in pages))
    if elsewhere:
        names = {control.name for page in pages for visited in page.visited for control in visited.controls}
        known |= {name for name in names - known if any(bounded(each).search(elsewhere) for each in _spelled(name))}
    listed: set[Control] = set()
    merged: dict[tuple[str, str], list[Control]] = {}
    for each in (visited for page in pages for visited in page.visited):
        fresh = [control for control in each.controls if control.name not in known and control not in listed]
        listed.update(fresh)
        if fresh:
            merged.setdefault((each.title, each.address), []).extend(fresh)
    return tuple(Visited(*key, tuple(controls)) for key, controls in merged.items())


def text_of_others(settings: Settings, pages: Collection[str]) -> str:
    """The text of the project's pages but these; of one that cannot be read, none."""
    texts = []
    for path in settings.page_files():
        if path.as_posix() not in pages:
            with suppress(OSError):
                texts.append((settings.root / path).read_text("utf-8", errors="replace"))
    return "\n\n".join(texts)


def render(pages: Sequence[Claims], elsewhere: str = "") -> str:
    """All of it as text for a terminal; ``elsewhere`` as for `unmentioned`."""
    lines: list[str] = []
    for page in pages:
        total = len(page.claims)
        proven = total - len(page.unproven)
        lines.append(
            f"{page.page}: {proven} of {total} claims proven ({page.ratio:.0%}): {page.count(EXECUTED)} executed, "
            f"{page.count(WITNESSED)} witnessed, {len(page.unproven)} unproven"
        )
        lines += [f"  {page.page}:{claim.line}: {claim.kind} “{claim.text}” is unproven" for claim in page.unproven]
    silent = unmentioned(pages, elsewhere)
    if silent:
        number = sum(len(each.controls) for each in silent)
        lines += ["", f"Controls on the visited pages that no guide mentions: {number}"]
    for each in silent:
        lines.append(f"  “{each.title}” at {each.address}")
        lines += [f"    {noun(control.role)} {control.name}" for control in each.controls]
    return "\n".join(lines) + "\n"


def _executed(step: Step, walked: set[str]) -> str:
    return EXECUTED if step.digest in walked else UNPROVEN


def _kind(quote: Quote) -> str | None:
    """How a quotation claims something; None for one that claims nothing, such as a stressed word."""
    text = quote.text
    if quote.kind is Kind.CODE:
        return "address" if "://" in text or text.startswith("/") else "code"
    if quote.kind is Kind.BOLD:
        short = len(text.split()) <= _MOST_WORDS and text[-1] not in ".!?:;,"
        return "bold label" if short and (text[0].isupper() or text[0].isdigit()) else None
    return {Kind.LABEL: "guilabel", Kind.QUOTATION: "quotation", Kind.VALUE: "value"}.get(quote.kind)


class _Seen:
    """Everything that can be read in views."""

    def __init__(self, views: Sequence[View]) -> None:
        words = {thing.words for view in views for thing in Sight.of(view).things}
        words |= {view.title for view in views}
        targets = {node.url for view in views for node in Sight.of(view).nodes if node.url}
        self._text = "\n".join(sorted(words))
        self._addresses = "\n".join(sorted(targets | {view.address for view in views}))
        self._numbers = {each.same_as for text in words for each in quantities(text)}

    def holds(self, text: str, kind: str) -> bool:
        """Whether a text can be read in a view, or an address in its links and addresses too."""
        if kind == "address" and text in self._addresses:
            return True
        return bounded(text).search(self._text) is not None

    def counts(self, quantity: tuple[str, str]) -> bool:
        """Whether a view has this number of this."""
        return quantity in self._numbers


def _visited(views: Sequence[View]) -> Iterator[Visited]:
    pages: dict[tuple[str, str], dict[Control, None]] = {}
    for view in views:
        found = pages.setdefault((view.title, view.address), {})
        for thing in Sight.of(view).things:
            name = thing.words
            if thing.node.is_control and any(sign.isalpha() for sign in name) and steady(name) == name:
                found[Control(thing.node.role, name)] = None
    for (title, address), controls in pages.items():
        yield Visited(title, address, tuple(controls))


def _mentioned(page: PageText, views: Sequence[View]) -> Iterator[str]:
    """The names of controls that the page mentions in some way."""
    names = {thing.words for view in views for thing in Sight.of(view).things if thing.node.is_control and thing.words}
    quoted = {quote.text for quote in page.quotes}
    for name in names:
        if _spelled(name) & quoted or any(map(page.quoting, _spelled(name))):
            yield name


def _spelled(name: str) -> set[str]:
    """A name as a page may call it: it can hold its words twice, once for its picture, or a shortcut behind them."""
    words = name.split()
    half = " ".join(words[: len(words) // 2])
    return {name, half if name == f"{half} {half}" else name.split(" (", maxsplit=1)[0] if name.endswith(")") else name}
