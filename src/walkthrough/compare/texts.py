"""Changes of words: names, texts, numbers and addresses that the page quotes, and those that it does not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Final

from walkthrough.compare.names import Likely
from walkthrough.compare.outline import BUTTONS, DIALOGS, FIELDS
from walkthrough.compare.pairing import Pair
from walkthrough.compare.quantities import Quantity, quantities
from walkthrough.compare.quoted import Counted, Kind, PageText, Quote, beginnings, sentence, word_pairs
from walkthrough.compare.structure import is_near, place_of, where_of
from walkthrough.compare.things import Sight, Thing, bounded, steady
from walkthrough.compare.wording import a_named, named, noun, short
from walkthrough.model import Action, Location, Step
from walkthrough.outcome import Change, Verdict

_LONGEST_PHRASE: Final = 8
"""In words; what is longer is prose, which an alternative text does not quote by chance."""
_ADDRESS: Final = re.compile(r"\w+://\S+")
_LONG_NUMBER: Final = re.compile(r"\d{3,}")
_WHOLE: Final = re.compile(r"(?<![\w.,])\d{2,}(?![\w]|[.,]\d)")
_NUMBER_ALONE: Final = re.compile(r"[^\w\s]*(?P<number>\d{2,})[^\w\s]*")
_FRACTION: Final = re.compile(r"(?<![\w.,])\d+\.\d{2,}(?![\w]|[.,]\d)")
_EDGE: Final = re.compile(
    r"(?P<address>address |link |URL )?(?:that |which )?(?:(?P<end>ends)|begins|starts) (?:in|with) "
    r"[“\"]?(?P<part>\w+(?:[^\w\s]+\w+)*)",
    re.IGNORECASE,
)
_NAME_PART: Final = re.compile(r"[^\W\d_]+|\d+")
_TELLING: Final = 2
"""Of how many words that say what it is about a text must consist to be told in other words, not by chance."""


def text_changes(pair: Pair, page: PageText) -> Iterator[Change]:
    """The changes of words between two views of one page."""
    told: set[str] = set()
    for change in _names(pair, page):
        if change.verdict is Verdict.LABEL:
            told.add(change.old)
        yield change
    yield from _phrases(pair, page, told)
    yield from _numbers(pair, page)
    yield from _described(pair, page, told)
    yield from _printed_addresses(pair, page)
    yield from _edges(pair, page)
    yield from _filled(pair, page)
    yield from _rows(pair)
    yield from _title_and_address(pair, page)


def mail_changes(pair: Pair, page: PageText) -> Iterator[Change]:
    """The changes of what the page quotes of an e-mail that no step opens: phrases and numbers."""
    yield from _phrases(pair, page, set())
    yield from _numbers(pair, page)


def value_changes(pair: Pair, entered: Mapping[str, Action]) -> Iterator[Change]:
    """Values that a later step enters, that could be read here, and that cannot be read any more.

    ``entered`` are examples, as views hold them, with the actions that enter them.
    """
    for example, action in entered.items():
        if pair.old.shows(example) and not pair.new.shows(example):
            message = f"what line {action.where.line} enters as **{action.label}** cannot be read here any more"
            yield Change(Verdict.LABEL, message, pair.step.where)


def _names(pair: Pair, page: PageText) -> Iterator[Change]:
    """Things with another name, things that are gone, things that are new."""
    for old, new, likely in pair.renamed:
        if old.flows and not _is_target(pair, old):
            yield _unnoticed(pair, f"a text in the page's content has changed: “{short(old.words)}”")
        else:
            yield _renamed(pair, page, old, new, likely)
    for thing in pair.gone:
        yield _gone(pair, page, thing)
    for thing in pair.fresh:
        if thing.kind not in DIALOGS | {"field", "button"}:  # those are told as changes of structure
            yield _unnoticed(pair, f"{a_named(thing)} is new on the page")
    yield from _disabled(pair, page)


def _renamed(pair: Pair, page: PageText, old: Thing, new: Thing, likely: Likely) -> Change:
    quotes = _quotes(pair, page, old)
    if quotes and not _still_there(pair, old):
        quote = quotes[0]
        what = noun(old.node.role)
        if old.kind == "text":
            message = f"where the page quotes “{short(quote.text)}”, it now says “{short(new.words)}”"
        else:
            message = f"the {what} that the page calls **{old.words}** is now called **{new.words}**"
        return Change(Verdict.LABEL, message, quote.where, quote.role, old.words, new.words, likely.confidence)
    if old.kind == "text":
        return _unnoticed(pair, f"a text that the page does not quote has changed: “{short(old.words)}”")
    told = "which this step does not name" if page.quoting(old.words) else "and the page does not mention it"
    return _unnoticed(pair, f"the {named(old)} is now called **{new.words}**, {told}")


def _gone(pair: Pair, page: PageText, thing: Thing) -> Change:
    where = pair.step.where
    gone = f"the {named(thing)} is not {place_of(pair, thing)} any more"
    if thing.kind == "field" and thing.main and not thing.flows and not thing.in_bar:
        quotes = _quotes(pair, page, thing) if thing.words else []
        if not quotes:
            return Change(Verdict.LAYOUT, gone, where)
    elif thing.flows or not thing.words:
        return _unnoticed(pair, f"the {named(thing)} is not in view any more")
    else:
        quotes = _quotes(pair, page, thing) if thing.main else []
    if quotes and not _still_there(pair, thing):
        message = f"the {named(thing)}, which the page mentions, is not there any more"
        return Change(Verdict.LABEL, message, quotes[0].where, quotes[0].role, thing.words)
    if thing.kind == "button" and is_near(pair, thing, old=True) and _is_before_the_last(pair, thing):
        return Change(Verdict.LAYOUT, gone, where)
    if thing.node.is_control and (spoken := _spoken_of(pair, page, thing.words)):
        return Change(Verdict.LABEL, f"the {named(thing)}, of which the page tells, is gone", spoken)
    told = "which this step does not name" if page.quoting(thing.words) else "and the page does not mention it"
    return _unnoticed(pair, f"the {named(thing)} is gone, {told}")


def _spoken_of(pair: Pair, page: PageText, name: str) -> Location | None:
    """Where a step speaks of something without quoting it: each word of its name is said, as of “project-50123”."""
    words = _NAME_PART.findall(name)
    if len(words) < _TELLING or page.quoting(name):
        return None
    places = [found[1] for word in words if (found := page.telling(pair.step, (word,)))]
    return places[0] if len(places) == len(words) else None


def _still_there(pair: Pair, old: Thing) -> bool:
    """Whether a name or a text can still be read: a name as a whole, a text within another one too."""
    return old.words in pair.new.names or (old.kind == "text" and pair.new.shows(old.words))


def _is_before_the_last(pair: Pair, thing: Thing) -> bool:
    things = pair.old.things
    index = next(number for number, each in enumerate(things) if each is thing)
    targets = [number for number, each in enumerate(things) if each.words in pair.targets and each.main]
    return bool(targets) and index < targets[-1]


def _disabled(pair: Pair, page: PageText) -> Iterator[Change]:
    """Controls that the page mentions and that cannot be used now."""
    usable = {node.words for node in pair.old.nodes if "disabled" not in node.states and node.role in BUTTONS | FIELDS}
    for thing in pair.new.things:
        if not thing.node.is_control or "disabled" not in thing.node.states or thing.words not in usable:
            continue
        quotes = _quotes(pair, page, thing) if thing.words and thing.main and not thing.flows else []
        if quotes:
            message = f"the {named(thing)}, which the page mentions, cannot be used now"
            yield Change(Verdict.LAYOUT, message, quotes[0].where)


def _quotes(pair: Pair, page: PageText, thing: Thing) -> list[Quote]:
    found = page.about(pair.step, page.quoting(thing.words))
    if thing.kind == "text" and len(thing.words.split()) > _LONGEST_PHRASE:
        found = [quote for quote in found if quote.kind is not Kind.ALT]
    if not thing.main:  # what stands beside the page's main part is meant only where a label says so
        found = [quote for quote in found if quote.kind in (Kind.ACTION, Kind.LABEL, Kind.BOLD)]
    return found


def _is_target(pair: Pair, thing: Thing) -> bool:
    return thing.words in pair.targets


def _phrases(pair: Pair, page: PageText, told: set[str]) -> Iterator[Change]:
    """Quoted phrases that stood within a longer text and are not there any more."""
    before = [thing.words for thing in pair.old.things if thing.main and not thing.flows]
    for quote in page.about(pair.step, page.quotes):
        phrase = quote.text
        if phrase in told or quote.kind in (Kind.ACTION, Kind.VALUE, Kind.ALT) or not _is_telling(quote):
            continue
        pattern = bounded(phrase)
        within = next((text for text in before if pattern.search(text)), None)
        if within is None or pair.new.shows(phrase):
            continue
        told.add(phrase)
        message = f"the page quotes “{short(phrase)}”, and the product does not say so any more"
        yield Change(Verdict.LABEL, message, quote.where, quote.role, phrase)


def _is_telling(quote: Quote) -> bool:
    """Whether a phrase is so much a quotation that it means something within a text: not a single stressed word."""
    if quote.kind is Kind.EMPHASIS:
        return False
    if quote.kind is Kind.BOLD:
        return " " in quote.text and quote.text[0].isupper()
    return len(quote.text) > 2


def _numbers(pair: Pair, page: PageText) -> Iterator[Change]:
    """Numbers with their nouns that the page tells and the product does not tell any more."""
    before, now = [*_counted(pair.old)], [*_counted(pair.new)]
    still = {quantity.same_as for quantity in quantities(steady(pair.new.text))}  # also where a part is in bold
    seen: set[tuple[str, str]] = set()
    for quantity, context, about in before:
        if quantity.same_as in still or quantity.same_as in seen:
            continue
        seen.add(quantity.same_as)
        others = [
            (each.value, _same_matter(about, words))
            for each, _, words in now
            if each.noun == quantity.noun and not any(each.same_as == old.same_as for old, _, _ in before)
        ]
        written: set[str] = set()
        for counted in _telling(page, pair.step, quantity, context):
            text = counted.quantity.text
            if text in written:
                continue
            written.add(text)
            yield _other_number(counted, others)


def _same_matter(about: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sentences share a word beside a number's noun, or have none."""
    return about == other or bool(about & other)


def _other_number(counted: Counted, others: Sequence[tuple[str, bool]]) -> Change:
    """``others`` are the new numbers, and whether each stands in a sentence about the same."""
    text = counted.quantity.text
    if others:
        value = max(others, key=itemgetter(1))[0]
        new = counted.quantity.with_value(value)
        message = f"where the page says “{text}”, the product now says “{new}”"
        confidence = 0.9 if {*others} == {(value, True)} else 0.6
        return Change(Verdict.LABEL, message, counted.where, "", text, new, confidence)
    message = f"the page says “{text}”, and the product does not say so any more"
    return Change(Verdict.LABEL, message, counted.where, "", text)


def _telling(page: PageText, step: Step, quantity: Quantity, context: frozenset[str]) -> list[Counted]:
    """Where the page tells the same number: in the step itself, or elsewhere in a sentence about the same."""
    own, outside = [], []
    for each in page.counted:
        if each.quantity.same_as != quantity.same_as:
            continue
        at = page.step_at(each.where)
        if at is not None and at.where == step.where:
            own.append(each)
        elif at is None and each.about & context - beginnings(quantity.text):
            outside.append(each)
    return sorted(own, key=lambda each: each.alt) + outside


def _described(pair: Pair, page: PageText, told: set[str]) -> Iterator[Change]:
    """What a picture's description tells in words of its own, and the page does not show any more.

    That is a text all of whose telling words the description has; two words beside each other, such as “user name”, of
    which neither can be read now; a number with a fraction, such as a notebook prints; or a number of several digits
    that was all of a text, such as stands beside a notebook's cell.
    """
    descriptions = page.descriptions(pair.step)
    if not descriptions:
        return
    shown, changed = (
        [thing for thing in things if thing.main and not thing.flows]
        for things in (pair.old.things, (*(old for old, _, _ in pair.renamed), *pair.gone))
    )
    pairs = {each for thing in shown if thing.words not in told for each in word_pairs(thing.words)}
    texts = [(short(thing.words), beginnings(thing.words)) for thing in changed if thing.kind == "text"]
    now = beginnings(pair.new.text)
    alone = _alone(pair.old) - _alone(pair.new)
    for text, where in descriptions:
        about = beginnings(text)
        lost = {words for words, telling in texts if len(telling) >= _TELLING and telling <= about and telling - now}
        lost |= {" ".join(two) for two in word_pairs(text) if two in pairs and not beginnings(" ".join(two)) & now}
        lost |= {each for each in _FRACTION.findall(text) if pair.old.shows(each) and not pair.new.shows(each)}
        lost |= alone & {*_WHOLE.findall(text)}
        for words in sorted(lost):
            message = f"the picture's description tells “{words}”, which cannot be read here any more"
            yield Change(Verdict.LABEL, message, where)


def _alone(sight: Sight) -> set[str]:
    """The numbers that are all of a text, apart from marks such as brackets."""
    found = (_NUMBER_ALONE.fullmatch(thing.words) for thing in sight.things if thing.kind == "text")
    return {each["number"] for each in found if each}


def _printed_addresses(pair: Pair, page: PageText) -> Iterator[Change]:
    """Addresses in the page that have lost a number which a picture's description says to be in them."""
    changed = {old.words: new.words for old, new, _ in pair.renamed} | {each.words: "" for each in pair.gone}
    for old, new in changed.items():
        lost = set(_LONG_NUMBER.findall(old)) - set(_LONG_NUMBER.findall(new)) if _ADDRESS.fullmatch(old) else set()
        for text, where in page.descriptions(pair.step):
            for number in sorted(lost & set(_LONG_NUMBER.findall(text))):
                message = (
                    f"the picture's description tells of {number}, which is no longer in the address “{short(old)}”"
                )
                yield Change(Verdict.LABEL, message, where)


def _edges(pair: Pair, page: PageText) -> Iterator[Change]:
    """How a picture's description says that a text ends or begins, and none does any more."""
    for text, where in page.descriptions(pair.step):
        for said in _EDGE.finditer(text):
            if _has_edge(pair.old, said) and not _has_edge(pair.new, said):
                message = f"the picture's description says “{said.group()}”, and nothing here does"
                yield Change(Verdict.LABEL, message, where)


def _has_edge(sight: Sight, said: re.Match[str]) -> bool:
    """Whether a text ends or begins as is said; a mark there, such as an address's last slash, does not count."""
    part = re.escape(said["part"])
    pattern = re.compile(rf"(?<!\w){part}\W*$" if said["end"] else rf"^\W*{part}(?!\w)")
    texts = (thing.words for thing in sight.things if thing.main)
    return any(pattern.search(text) for text in texts if not said["address"] or _ADDRESS.fullmatch(text))


def _filled(pair: Pair, page: PageText) -> Iterator[Change]:
    """Fields that the step says to be empty, that were so, and that hold something now.

    A sentence that names fields tells of these, and one that names none tells of all.
    """
    names = {node.name for node in (*pair.old.nodes, *pair.new.nodes) if node.is_field and node.name}
    empty = {node.name for node in pair.old.nodes if node.is_field and not node.text}
    filled = [node.name for node in pair.new.nodes if node.is_field and node.text and node.place == "main"]
    told: set[str] = set()
    for word, where, said in page.tellings(pair.step, ("empty", "blank")):
        meant = {name for name in names if bounded(name).search(said)} or names
        for name in filled:
            if name in empty & meant and name not in told:
                told.add(name)
                message = f"the field **{name}** holds something now, and the page says “{word}”"
                yield Change(Verdict.LABEL, message, where)


def _rows(pair: Pair) -> Iterator[Change]:
    """Values of tables that the step looks for, and that stand in a row of another name."""
    before, now = _row_names(pair.old), _row_names(pair.new)
    for label in sorted(pair.targets & before.keys() & now.keys()):
        if before[label] != now[label]:
            message = f"**{label}** stands in the row “{now[label]}” now, not in “{before[label]}”"
            yield Change(Verdict.LABEL, message, where_of(pair.step, label))


def _row_names(sight: Sight) -> dict[str, str]:
    """The names of the rows in which values stand that stand in one row only, by the values."""
    headers = {node.group: node.words for node in sight.nodes if node.role == "rowheader"}
    cells = [node for node in sight.nodes if node.role in ("cell", "gridcell") and node.group in headers]
    count = Counter(node.words for node in cells)
    return {node.words: headers[node.group] for node in cells if count[node.words] == 1}


def _counted(sight: Sight) -> Iterator[tuple[Quantity, frozenset[str], frozenset[str]]]:
    """The numbers with their nouns, and the beginnings of words: of their texts, and of their sentences beside them."""
    for thing in sight.things:
        if thing.main and not thing.flows:
            text = steady(thing.words)
            for each in quantities(text):
                yield each, beginnings(thing.words), beginnings(sentence(text, each.start)) - beginnings(each.text)


def _title_and_address(pair: Pair, page: PageText) -> Iterator[Change]:
    old, new = pair.old.view, pair.new.view
    if old.title != new.title:
        yield _unnoticed(pair, f"the page's title is now “{new.title}”, not “{old.title}”")
    if old.address == new.address:
        return
    for quote in page.about(pair.step, page.quotes):
        if (
            quote.kind is Kind.CODE
            and "/" in quote.text
            and quote.text in old.address
            and quote.text not in new.address
        ):
            message = f"the page quotes the address `{quote.text}`, and the page's address is {new.address} now"
            yield Change(Verdict.LABEL, message, quote.where, quote.role, quote.text)
            return
    yield _unnoticed(pair, f"the page's address is now {new.address}, not {old.address}")


def _unnoticed(pair: Pair, message: str) -> Change:
    return Change(Verdict.COSMETIC, message, pair.step.where)
