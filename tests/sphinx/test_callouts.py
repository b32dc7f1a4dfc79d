"""What a reader does with a picture's boxes, in a browser."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.sphinx.test_build import Site


def test_a_label_lights_up_its_box(tmp_path: Path, chromium: Browser) -> None:
    """Pointing at a label, or tabbing to it, lights up its box; a label without a box stays as it is."""
    site = Site(tmp_path / "root")
    site.write()
    site.prove()
    site.build()
    page = chromium.new_page()
    try:
        page.goto((site.path / "build/html/index.html").as_uri())
        box = page.locator(".walkthrough-box")
        label, other = page.locator(".walkthrough-action").filter(has_text="Sign up"), page.get_by_text("User name")
        expect(box).not_to_have_class("walkthrough-box lit")
        label.hover()
        expect(box).to_have_class("walkthrough-box lit")
        other.hover()
        expect(box).to_have_class("walkthrough-box")
        label.focus()
        expect(box).to_have_class("walkthrough-box lit")
        expect(page.locator("[tabindex]")).to_have_count(1)
    finally:
        page.close()
