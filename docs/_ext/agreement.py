"""Compares the numbers that notebooks print, and makes a table of them.

A notebook prints lines of a name and a number in cells with the tag ``agreement``. The directive ``agreement``
describes the numbers; the setting ``compared_notebooks`` says who prints them. In each build, whatever it reads anew, a
number that differs, is missing or is not described is a warning of the type ``agreement`` with one of the subtypes in
`WARNINGS`, at the notebook's line.
"""

from __future__ import annotations

import itertools
import math
import re
import statistics
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final

from docutils import nodes
from docutils.parsers.rst import directives
from executed import ENGINE
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)

WARNINGS: Final = {
    "different": "A number differs from the other notebooks' by more than the tolerance.",
    "missing": "A notebook does not print a number that the comparison names.",
    "unnamed": "A notebook prints a number that the comparison does not describe.",
    "unexecuted": "A notebook of the comparison has not been executed, or is not there.",
    "syntax": "A printed line is not a name and a number, or a line of the directive is not a description.",
}
"""Subtype of the warning type ``agreement`` → what it says."""

TAG: Final = "agreement"
TOLERANCE: Final = 1e-6
_LINE: Final = re.compile(r"(?P<name>[A-Za-z]\w*)[ :=]+(?P<value>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_LEAST_DIGITS: Final = 9


@dataclass(frozen=True)
class Number:
    """A number as a notebook printed it: its text, the line of its cell in the page, the cell's number."""

    text: str
    line: int
    cell: int

    @property
    def value(self) -> float:
        """The number itself."""
        return float(self.text)


@dataclass(frozen=True)
class Comparison:
    """What a page compares: notebooks by title, and descriptions of the numbers by name."""

    notebooks: Mapping[str, str]
    names: Mapping[str, str]
    tolerance: float
    line: int


@dataclass
class Found:
    """What the build knows: numbers by page and name, and comparisons by page."""

    numbers: dict[str, dict[str, Number]] = field(default_factory=dict)
    comparisons: dict[str, Comparison] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, env: BuildEnvironment) -> Found:
        """What the environment holds."""
        if not hasattr(env, "agreement_found"):
            env.agreement_found = cls()  # type: ignore[attr-defined]
        found: Found = env.agreement_found  # type: ignore[attr-defined]
        return found


def difference(one: float, other: float) -> float:
    """Relative difference: ``|a - b| / max(|a|, |b|)``; 0 for two equal numbers, NaN where one is not a number."""
    if one == other:
        return 0.0
    return abs(one - other) / max(abs(one), abs(other))


def largest(values: Sequence[float]) -> float:
    """The largest relative difference between any two of the values."""
    return max(difference(one, other) for one, other in itertools.combinations(values, 2))


def numbers_in(cells: Iterable[nodes.Element], docname: str, first: int = 1) -> dict[str, Number]:
    """The numbers that cells of a page have printed; what is not a name and a number is a warning."""
    numbers: dict[str, Number] = {}
    for count, cell in enumerate(cells, first):
        if f"tag_{TAG}" not in cell["classes"]:
            continue
        line, printed = (cell.line or 2) - 1, _printed(cell)  # MyST-NB counts from the line above
        for text in printed:
            parsed = _LINE.fullmatch(text)
            if parsed is None:
                _warn(f"cell {count}: expected a name and a number, found “{text}”", "syntax", docname, line)
                continue
            name = parsed["name"]
            if name in numbers:
                _warn(f"cell {count}: {name} is printed twice", "syntax", docname, line)
            digits = len(re.sub(r"[eE].*|\D", "", parsed["value"]).lstrip("0"))
            number = Number(parsed["value"], line, count)
            if digits < _LEAST_DIGITS and not number.value.is_integer():
                _warn(
                    f"cell {count}: {name} has {digits} digits; {_LEAST_DIGITS} are compared", "syntax", docname, line
                )
            numbers[name] = number
    return numbers


def _printed(cell: nodes.Element) -> list[str]:
    outputs = (part for part in cell.children if isinstance(part, nodes.Element))
    blocks = (
        block
        for part in outputs
        if part.get("nb_element") == "cell_code_output"
        for block in part.findall(nodes.literal_block)
        if "stderr" not in block["classes"]
    )
    return [line.strip() for block in blocks for line in block.astext().splitlines() if line.strip()]


class Collector(EnvironmentCollector):
    """Keeps each page's numbers with the environment, for incremental and for parallel builds."""

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Take the numbers from a page that has been read."""
        docname = app.env.docname
        cells = [each for each in doctree.findall(nodes.container) if each.get("nb_element") == "cell_code"]
        if any(f"tag_{TAG}" in cell["classes"] for cell in cells):
            Found.of(app.env).numbers[docname] = numbers_in(cells, docname)

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page that is read anew, or gone."""
        found = Found.of(env)
        found.numbers.pop(docname, None)
        found.comparisons.pop(docname, None)

    def merge_other(self, app: Sphinx, env: BuildEnvironment, docnames: Set[str], other: BuildEnvironment) -> None:
        """Take over what another process has read."""
        mine, theirs = Found.of(env), Found.of(other)
        mine.numbers.update({name: value for name, value in theirs.numbers.items() if name in docnames})
        mine.comparisons.update({name: value for name, value in theirs.comparisons.items() if name in docnames})


class agreement_table(nodes.General, nodes.Element):
    """Stands where the table comes, once all pages have been read."""


class AgreementDirective(SphinxDirective):
    """``agreement``: the table; its content has a line ``name: description`` for each number."""

    has_content = True
    option_spec: ClassVar = {
        "tolerance": lambda text: directives.get_measure(text, [""]) and float(text),
    }

    def run(self) -> list[nodes.Node]:
        """Note what is to be compared, and keep its place."""
        docname, notebooks = self.env.docname, self.config.compared_notebooks
        names = {}
        for offset, line in enumerate(self.content):
            name, colon, text = line.partition(":")
            if line.strip() and not (colon and text.strip()):
                where = self.content_offset + offset + 1
                _warn(f"expected “name: description”, found “{line}”", "syntax", docname, where)
            elif line.strip():
                names[name.strip()] = text.strip()
        if len(notebooks) < 2 or not names:
            _warn("expected two compared_notebooks or more, and numbers", "syntax", docname, self.lineno)
            return []
        tolerance = self.options.get("tolerance", TOLERANCE)
        Found.of(self.env).comparisons[docname] = Comparison(notebooks, names, tolerance, self.lineno)
        return [agreement_table()]


def check(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Compare, in each build; the pages whose table has changed are to be written anew."""
    found = Found.of(env)
    for docname, comparison in sorted(found.comparisons.items()):
        _check(docname, comparison, found)
    shown = {
        page: repr([found.numbers.get(each) for each in one.notebooks.values()])
        for page, one in found.comparisons.items()
    }
    stale = [docname for docname, text in shown.items() if found.shown.get(docname) != text]
    found.shown = shown
    return stale


def _check(docname: str, comparison: Comparison, found: Found) -> None:
    pages = list(comparison.notebooks.values())
    for page in pages:
        if not found.numbers.get(page):
            _warn(f"{page} has not been executed: no number to compare", "unexecuted", docname, comparison.line)
    known = {page: numbers for page in pages if (numbers := found.numbers.get(page))}
    for page, numbers in known.items():
        last = max(numbers.values(), key=lambda number: number.line)
        for name in comparison.names.keys() - numbers.keys():
            _warn(f"cell {last.cell}: no cell up to this one prints {name}", "missing", page, last.line)
        for name in numbers.keys() - comparison.names.keys():
            number = numbers[name]
            _warn(f"cell {number.cell}: {docname} does not describe {name}", "unnamed", page, number.line)
    for name in comparison.names:
        printed = {page: numbers[name] for page, numbers in known.items() if name in numbers}
        if len(printed) < 2:
            continue
        middle = statistics.median_low(number.value for number in printed.values())
        for page, number in printed.items():
            apart = difference(number.value, middle)
            if not apart <= comparison.tolerance:
                others = ", ".join(f"{other.text} in {at}" for at, other in printed.items() if at != page)
                _warn(
                    f"cell {number.cell}: {name} is {number.text} here, and {others}; the relative difference "
                    f"{apart:.1e} is over {comparison.tolerance:.0e}",
                    "different",
                    page,
                    number.line,
                )


def fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the table where the directive stood."""
    found = Found.of(app.env)
    for place in list(doctree.findall(agreement_table)):
        comparison = found.comparisons[docname]
        rows = [_row(name, comparison, found) for name in comparison.names]
        banners = {title: _engine(app.env, page) for title, page in comparison.notebooks.items()}
        titles = ["Do-file" if banner else title for title, banner in banners.items()]
        notes = [f"Do-file: {banner}." for banner in banners.values() if banner]
        lines = [nodes.paragraph("", note, classes=["notebook-executed"]) for note in notes]
        place.replace_self([_table(["Number", *titles, "Largest relative difference"], rows), *lines])


def _engine(env: BuildEnvironment, page: str) -> str:
    """What the do-file engine says of itself, where it has executed a page: then its numbers are not the program's."""
    metadata = env.metadata.get(page, {})
    if (metadata.get("kernelspec") or {}).get("name") != ENGINE:
        return ""
    banner = str((metadata.get("language_info") or {}).get("banner", "")).strip().rstrip(".")
    return banner[:1].lower() + banner[1:]


def _row(name: str, comparison: Comparison, found: Found) -> list[str]:
    printed = [found.numbers.get(page, {}).get(name) for page in comparison.notebooks.values()]
    values = [number.value for number in printed if number]
    apart = largest(values) if len(values) > 1 else math.nan
    shown = ["" if number is None else _shown(number.value) for number in printed]
    return [comparison.names[name], *shown, "" if math.isnan(apart) else f"{apart:.0e}" if apart else "0"]


def _shown(value: float) -> str:
    """Nine significant digits, and whole numbers whole."""
    if value.is_integer() and abs(value) < 1e9:
        return f"{value:,.0f}"
    if not 1e-4 <= abs(value) < 1e9:
        return f"{value:.8e}"
    return f"{value:.{max(0, 8 - math.floor(math.log10(abs(value))))}f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> nodes.table:
    group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in head), cols=len(head))
    group += nodes.thead("", _cells(head))
    group += nodes.tbody("", *(_cells(row) for row in rows))
    return nodes.table("", group, classes=["agreement"])


def _cells(texts: Sequence[str]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", text)) for text in texts))


def _warn(message: str, subtype: str, docname: str, line: int) -> None:
    logger.warning("%s", message, type="agreement", subtype=subtype, location=(docname, line))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, the collection of numbers, the check and the table."""
    app.add_config_value("compared_notebooks", {}, "env", dict, "Title → page of each notebook.")
    app.add_node(agreement_table)
    app.add_directive("agreement", AgreementDirective)
    app.add_env_collector(Collector)
    app.connect("env-updated", check)
    app.connect("doctree-resolved", fill)
    return {"version": "0.1.0", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
