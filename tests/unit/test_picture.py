"""A picture is taken until the page has been drawn."""

from __future__ import annotations

from typing import Any

import pytest

from walkthrough.run.picture import take


class Page:
    """A page that is drawn in two goes."""

    def __init__(self) -> None:
        self.taken = 0

    def screenshot(self, **options: Any) -> bytes:
        self.taken += 1
        return b"half" if self.taken == 1 else b"done"


@pytest.mark.parametrize(
    ("twice", "known", "image", "taken"),
    [(True, b"", b"done", 3), (True, b"done", b"done", 2), (True, b"other", b"done", 3), (False, b"", b"half", 1)],
)
def test_a_picture_after_an_action_is_of_a_page_that_stays(twice: bool, known: bytes, image: bytes, taken: int) -> None:
    """Two in a row that agree tell it, or one that is as it was when everything had been drawn."""
    page: Any = Page()
    assert take(page, twice=twice, known=known) == image
    assert page.taken == taken
