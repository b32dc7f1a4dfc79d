"""What is kept of a failed walkthrough: the picture of the moment, and a trace. Neither holds a secret."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Page

from walkthrough.run import picture as pictures
from walkthrough.run.scrub import scrub_trace
from walkthrough.world import World


def keep_picture(page: Page, world: World, path: Path) -> bool:
    """Take the picture of the moment, with examples in place; False where none could be taken safely."""
    try:
        with pictures.examples_shown(page, world):
            image = page.screenshot(animations="disabled", scale="device")
    except (Error, pictures.SecretShown):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(image)
    return True


def start_trace(context: BrowserContext) -> None:
    """Start to record. No screenshots: what is in a pixel cannot be taken out again."""
    context.tracing.start(screenshots=False, snapshots=True, sources=False)


def stop_trace(context: BrowserContext, world: World, path: Path | None) -> bool:
    """Stop recording; with a ``path`` keep the trace there, free of secrets. False where there is none."""
    with suppress(Error):
        if path is None:
            context.tracing.stop()
            return False
        raw = path.with_name(f".{path.name}.raw")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            context.tracing.stop(path=raw)
            scrub_trace(raw, path, world)
        finally:
            raw.unlink(missing_ok=True)
        return True
    return False
