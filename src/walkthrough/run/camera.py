"""Takes a tab's viewport as a PNG, through the browser's DevTools.

Playwright's own screenshot has the browser make each file small, which can take longer than drawing the page. Here the
browser packs loosely: nearly always a picture is the committed one, and is thrown away; `packed` makes a small file of
one that is new. What else Playwright's does, `walkthrough.run.picture.examples_shown` does: no caret, nothing moves.
"""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Mapping
from typing import Any, Final

from playwright.sync_api import CDPSession, Page

_ATTEMPTS: Final = 20
"""How often a page is pictured at most until it has been drawn."""


class Camera:
    """For the tabs of one browser context, which was made with Playwright's ``options``."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._options = options
        self._sessions: dict[Page, tuple[CDPSession, dict[str, Any] | None]] = {}

    def take(self, page: Page) -> bytes:
        """The viewport as it is now, at the device's scale, losslessly."""
        answer = self._session(page).send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
        return base64.b64decode(answer["data"])

    def take_drawn(self, page: Page, known: str = "") -> bytes:
        """The viewport once two pictures in a row are equal, or one has the SHA-256 of a ``known`` picture, which was
        taken when everything had been drawn.
        """
        image = self.take(page)
        for _ in range(_ATTEMPTS):
            if digest(image) == known:
                break
            again = self.take(page)
            if again == image:
                break
            image = again
        return image

    def _session(self, page: Page) -> CDPSession:
        """A session to take pictures with, which sees the tab as Playwright has set it up.

        Sessions know nothing of each other's emulation, and one that knew of none would take a picture in the screen's
        real scale; the same metrics once more change nothing for the page. It is never detached, which would end the
        emulation for Playwright as well.
        """
        session, told = self._sessions.get(page) or (page.context.new_cdp_session(page), None)
        metrics = self._metrics(page)
        if metrics is not None and metrics != told:
            session.send("Emulation.setDeviceMetricsOverride", metrics)
        self._sessions[page] = session, metrics
        return session

    def _metrics(self, page: Page) -> dict[str, Any] | None:
        """What Playwright tells the browser of the tab's size; None where it has that of its window."""
        viewport = page.viewport_size
        if viewport is None:
            return None
        screen = self._options.get("screen") or viewport
        mobile = bool(self._options.get("is_mobile"))
        upright = mobile and screen["width"] <= screen["height"]
        return {
            "mobile": mobile,
            "width": viewport["width"],
            "height": viewport["height"],
            "screenWidth": screen["width"],
            "screenHeight": screen["height"],
            "deviceScaleFactor": self._options.get("device_scale_factor") or 1,
            "screenOrientation": {
                "type": "portraitPrimary" if upright else "landscapePrimary",
                "angle": 90 if mobile and not upright else 0,
            },
        }


def digest(image: bytes) -> str:
    """SHA-256 of a picture as the browser gave it."""
    return hashlib.sha256(image).hexdigest()


def packed(image: bytes) -> bytes:
    """The same picture in a smaller PNG. Raises `OSError` for what is none, as Pillow does.

    At zlib's usual level: its highest takes four times as long and saves a twentieth, and a run on another machine
    packs each picture, since the shots differ there.
    """
    from PIL import Image  # noqa: PLC0415 - a run that sees what is committed does without

    with Image.open(io.BytesIO(image), formats=["PNG"]) as read:
        small = io.BytesIO()
        read.save(small, "PNG")
    return small.getvalue()
