"""What is kept of a failed walkthrough: the picture of the moment, and a trace. Neither holds a secret."""

from __future__ import annotations

import json
import re
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page

from walkthrough.run import picture as pictures
from walkthrough.world import World

# Headers, form fields and query parameters with which whoever reads a trace could act as the person.
_HEADERS = frozenset({"cookie", "set-cookie", "authorization", "proxy-authorization", "x-xsrftoken", "x-csrftoken"})
_PARAMETERS = re.compile(
    r"(?P<name>\b(?:password\d?|code|code_verifier|state|nonce|token|access_token|refresh_token|id_token|"
    r"client_secret|_xsrf|csrfmiddlewaretoken|sessionid)=)[^&\s\"'<>\\;#]+"
)
_REMOVED = "removed"


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


def scrub_trace(raw: Path, clean: Path, world: World) -> None:
    """Copy a trace without the run's secrets, cookies and tokens.

    Playwright records what is typed, what is sent and what is shown; its files are JSON lines and the bodies of
    requests and responses.
    """
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = world.scrub(source.read(entry))
            if entry.filename.endswith((".trace", ".network", ".stacks")):
                content = b"\n".join(_scrub_line(line, world) for line in content.split(b"\n"))
            elif not entry.filename.endswith((".png", ".jpeg", ".woff2", ".ttf")):
                content = _scrub_text(content)
            target.writestr(entry.filename, content)


def _scrub_line(line: bytes, world: World) -> bytes:
    if not line.strip():
        return line
    try:
        return json.dumps(_scrub_json(json.loads(line), world), ensure_ascii=False).encode()
    except ValueError:
        return _scrub_text(line)


def _scrub_json(data: Any, world: World) -> Any:
    if isinstance(data, dict):
        name = str(data.get("name", "")).lower()
        if "value" in data and (name in _HEADERS or _PARAMETERS.match(f"{name}=x")):
            return {**data, "value": _REMOVED}
        if {"domain", "path", "value"} <= data.keys():  # a cookie
            return {**data, "value": _REMOVED}
        return {
            key: _REMOVED if key.lower() in _HEADERS and isinstance(value, str) else _scrub_json(value, world)
            for key, value in data.items()
        }
    if isinstance(data, list):
        return [_scrub_json(each, world) for each in data]
    if isinstance(data, str):
        return _PARAMETERS.sub(rf"\g<name>{_REMOVED}", world.exemplify(data))
    return data


def _scrub_text(content: bytes) -> bytes:
    try:
        return _PARAMETERS.sub(rf"\g<name>{_REMOVED}", content.decode()).encode()
    except UnicodeDecodeError:
        return content
