"""What a page quotes, and where."""

from __future__ import annotations

import re

import pytest

from walkthrough.compare.quantities import quantities
from walkthrough.compare.quoted import Kind, PageText
from walkthrough.model import Location
from walkthrough.parse import parse

PAGE = """\
# A page

See **Sign up** and {guilabel}`Send a new code`, or
“Too many
tries”, "straight", \u2018single\u2019, `change-password` and
{menuselection}`File --> Save`. A [**Help** page](https://example.org/Sign) too. It isn't 'quoted' it's.

:::{walkthrough} one

1. Click {click}`Confirm Account` and {menu}`Run > Run All Cells`; enter {fill}`Code <"12">` within 15
   minutes.

   ![The page with a Confirm
   Account button, and “Next”.](images/a.png)

2. A code of six digits: {see}`Sign up`.
:::

:::{note}
- The code is *valid* for 15 minutes. Then {kbd}`Ctrl+S`.

  ```python
  print("Sign up")
  ```
:::
"""


@pytest.fixture(scope="module")
def page() -> PageText:
    return PageText(PAGE, "docs/page.md", parse(PAGE, "docs/page.md"))


@pytest.mark.parametrize(
    ("phrase", "lines"),
    [
        ("Sign up", [3, 16]),
        ("Send a new code", [3]),
        ("Too many tries", [4]),
        ("straight", [5]),
        ("single", [5]),
        ("quoted", [6]),
        ("change-password", [5]),
        ("File", [6]),
        ("Save", [6]),
        ("Help", [6]),
        ("Confirm Account", [10, 13]),
        ("Run All Cells", [10]),
        ("Code", [10]),
        ("Next", [14]),
        ("15 minutes", [10, 20]),
        ("six-digit", [16]),
        ("15 hours", []),
        ("Sign", []),
        ("valid", [20]),
        ("", []),
        ("the", []),
    ],
)
def test_a_name_is_found_where_it_is_quoted(page: PageText, phrase: str, lines: list[int]) -> None:
    """Roles, bold, quotation marks, code and alternative texts count, with line and column; plain prose does not."""
    found = page.mentions(phrase)
    assert [each.line for each in found] == lines
    for each in found:
        assert re.match(re.split(r"[ -]", phrase)[0], PAGE.splitlines()[each.line - 1][each.column - 1 :])


def test_each_quotation_knows_its_kind(page: PageText) -> None:
    """What a run executes is apart from what is only shown."""
    kinds = {quote.text: quote.kind for quote in page.quotes}
    assert kinds["Confirm Account"] is Kind.ACTION
    assert kinds["Send a new code"] is Kind.LABEL
    assert kinds["Help"] is Kind.BOLD
    assert kinds["Too many tries"] is Kind.QUOTATION
    assert kinds["change-password"] is Kind.CODE
    assert page.quoting("Next")[0].kind is Kind.ALT
    assert "12" not in kinds


def test_how_things_are_said_to_stand_is_read_between_their_names() -> None:
    """A short way from one name to the other, with a word for it, in a sentence of the step or its description."""
    text = (
        ":::{walkthrough} a\n:persona: p\n\n1. Above {fill}`Name <persona.username>` click\n   {click}`Send`.\n"
        "   ![A Help link and, below it,\n   Next. A field name above the Send button.](a.png)\n:::\n"
    )
    page = PageText(text, "a.md", parse(text, "a.md"))
    (step,) = page.guide.walkthroughs[0].steps
    words = {"above", "below"}
    assert [page.arranged(step, *names, words) for names in (("Help", "Next"), ("Next", "Help"))] == [
        Location("a.md", 6, 6),
        Location("a.md", 6, 6),
    ]
    assert page.arranged(step, "Name", "Send", words) == Location("a.md", 6, 6)
    assert page.arranged(step, "Name", "Send", {"beside"}) is None
    assert page.arranged(step, "Help", "Send", words) is None


def test_a_place_is_known_by_its_step(page: PageText) -> None:
    """Numbers and quotations belong to the step in whose item they stand."""
    first, second = page.guide.walkthroughs[0].steps
    minutes, digits, elsewhere = page.counted
    assert page.step_at(minutes.where) is first
    assert page.step_at(digits.where) is second
    assert page.step_at(elsewhere.where) is None
    assert "code" in elsewhere.context


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a code of six digits", [("6", "digit")]),
        ("a six-digit code", [("6", "digit")]),
        ("valid for 15\nminutes.", [("15", "minute")]),
        ("only after a week", [("1", "week")]),
        ("after two weeks, 1,000 people", [("2", "week"), ("1000", "people")]),
        ("three tries and four addresses", [("3", "try"), ("4", "address")]),
        ("one of them, a second e-mail, 3 or 4 of us", []),
        ("version 2.5 is out, jdoe-12 rows", []),
        ("project 50123 · Health", []),
    ],
)
def test_quantities_are_read_in_figures_and_in_words(text: str, found: list[tuple[str, str]]) -> None:
    """With their nouns in the singular; what counts nothing is left out."""
    assert [each.same_as for each in quantities(text)] == found


@pytest.mark.parametrize(
    ("text", "value", "written"),
    [
        ("six digits", "8", "eight digits"),
        ("six-digit", "8", "eight-digit"),
        ("15 minutes", "10", "10 minutes"),
        ("15 minutes", "1", "1 minute"),
        ("a week", "2", "two weeks"),
        ("Two tries", "3", "Three tries"),
        ("one try", "4", "four tries"),
        ("six digits", "64", "64 digits"),
    ],
)
def test_another_value_is_written_as_the_page_writes(text: str, value: str, written: str) -> None:
    """In words or figures, with a hyphen or a plural."""
    (quantity,) = quantities(text)
    assert quantity.with_value(value) == written
