"""Numbers are shown as published output shows them."""

from __future__ import annotations

import pytest

from dofile.format import fmt
from dofile.values import MISSING

# Numbers as Stata's documentation and published logs show them (see golden/*.toml for where).
SHOWN = [
    (6165.256756756757, "%9.0g", "6165.257"),
    (2949.495884768919, "%9.0g", "2949.496"),
    (0.2972972972972973, "%9.0g", ".2972973"),
    (-0.0039067, "%9.0g", "-.0039067"),
    (9.52e-06, "%9.0g", "9.52e-06"),
    (15906.0, "%9.0g", "15906"),
    (13.70837, "%9.0g", "13.70837"),
    (-4.945804, "%9.0g", "-4.945804"),
    (41.6797, "%9.0g", "41.6797"),
    (8699525.974268788, "%9.0g", "8699526"),
    (10386.54, "%9.0g", "10386.54"),
    (16777216.0, "%9.0g", "1.68e+07"),
    (0.73105857863, "%10.0g", ".73105858"),
    (6165.256756756757, "%10.0g", "6165.2568"),
    (10372.0, "%8.0gc", "10,372"),
    (4099.0, "%8.0gc", "4,099"),
    (6165.256756756757, "%8.0gc", "6,165.3"),
    (4782.5, "%8.0gc", "4,782.5"),
    (19.826923076923077, "%8.0g", "19.8269"),
    (3.58, "%6.2f", "3.58"),
    (3.58, "%6.0f", "4"),
    (MISSING, "%9.0g", "."),
]


@pytest.mark.parametrize(("number", "form", "shown"), SHOWN)
def test_numbers_are_shown_as_published(number: float, form: str, shown: str) -> None:
    """A number in a display format is what published output shows."""
    assert fmt(number, form).strip() == shown
