"""A picture is taken until the page has been drawn, and kept as a small file."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from PIL import Image

from walkthrough.run.camera import Camera, digest, packed


class Page:
    """A page that is drawn in two goes, with the session that pictures it."""

    viewport_size = None

    def __init__(self) -> None:
        self.taken = 0
        self.context = self

    def new_cdp_session(self, page: Page) -> Page:
        return page

    def send(self, method: str, options: dict[str, Any]) -> dict[str, str]:
        self.taken += 1
        return {"data": base64.b64encode(b"half" if self.taken == 1 else b"done").decode()}


@pytest.mark.parametrize(("known", "taken"), [("", 3), (digest(b"done"), 2), (digest(b"other"), 3)])
def test_a_picture_after_an_action_is_of_a_page_that_stays(known: str, taken: int) -> None:
    """Two in a row that agree tell it, or one that is as it was when everything had been drawn."""
    page: Any = Page()
    assert Camera({}).take_drawn(page, known) == b"done"
    assert page.taken == taken


def test_packing_keeps_each_pixel() -> None:
    """The file of a new picture is smaller than what the browser gave, and shows the same."""
    image = Image.linear_gradient("L").resize((640, 480)).convert("RGB")
    loose = io.BytesIO()
    image.save(loose, "PNG", compress_level=1)
    small = packed(loose.getvalue())
    assert len(small) < len(loose.getvalue())
    with Image.open(io.BytesIO(small)) as read:
        assert read.tobytes() == image.tobytes()
