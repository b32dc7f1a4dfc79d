"""Pictures that two runs take alike: settled page, examples in place of what varies, nothing secret."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import ElementHandle, Page

from walkthrough.world import World

# Resolves once the document, its fonts and images are there, nothing is busy, and the page has not changed for a
# moment. Gives up silently after the limit: a page that never rests is pictured as it is.
_SETTLED = """([quiet, limit]) => new Promise(resolve => {
  const started = performance.now();
  let last = started;
  const observer = new MutationObserver(() => { last = performance.now(); });
  observer.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
  const busy = () => document.readyState !== 'complete' || document.fonts.status !== 'loaded'
    || [...document.images].some(image => !image.complete && image.loading !== 'lazy')
    || [...document.querySelectorAll('[aria-busy=true]')].some(each => each.checkVisibility());
  const look = () => {
    const now = performance.now();
    if (busy()) last = now;
    if (now - last >= quiet || now - started >= limit) { observer.disconnect(); resolve(now - started < limit); }
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""

# Puts the examples into text and fields, keeps how to undo it, and returns whether something secret still shows, and
# where the given elements stand then.
_SHOW_EXAMPLES = """([pairs, secrets, elements]) => {
  const undo = [];
  const shown = text => pairs.reduce((each, [actual, example]) => each.split(actual).join(example), text);
  const swap = (thing, key) => {
    const old = thing[key], fresh = shown(old);
    if (fresh !== old) { thing[key] = fresh; undo.push(() => { thing[key] = old; }); }
  };
  let left = '';
  const visit = root => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) {
        if (node.parentNode && !/^(SCRIPT|STYLE)$/.test(node.parentNode.nodeName)) swap(node, 'nodeValue');
        continue;
      }
      if (/^(INPUT|TEXTAREA)$/.test(node.nodeName) && node.type !== 'file') {
        swap(node, 'value');
        left += node.value + '\\n';
      }
      if (node.placeholder) swap(node, 'placeholder');
      if (node.shadowRoot) visit(node.shadowRoot);
    }
  };
  visit(document.documentElement);
  left += document.body ? document.body.innerText : '';
  const squeezed = left.replace(/\\s+/g, '');
  window.__walkthroughUndo = undo;
  const leaks = secrets.some(secret => left.includes(secret) || squeezed.includes(secret));
  return [leaks, elements.map(each => {
    const { x, y, width, height } = each.getBoundingClientRect();
    return each.isConnected ? [x, y, width, height] : null;
  })];
}"""

_UNDO = (
    "() => { for (const each of (window.__walkthroughUndo || []).reverse()) each(); delete window.__walkthroughUndo; }"
)

QUIET = 40
"""For how many milliseconds a page must not have changed before it is pictured."""


class SecretShown(Exception):
    """A secret would be readable in a picture."""


def settle(page: Page, timeout: float) -> None:
    """Wait until the page rests, at most ``timeout`` seconds."""
    page.evaluate(_SETTLED, [QUIET, timeout * 1000])


@contextmanager
def examples_shown(
    page: Page, world: World, elements: Sequence[ElementHandle] = ()
) -> Iterator[list[list[float] | None]]:
    """Show examples in place of what varies, in all frames, for as long as the block runs.

    Gives where the elements of the page stand then: left, top, width and height in CSS pixels, or None for one that
    is gone. Raises `SecretShown` where a secret can still be read.
    """
    frames = [frame for frame in page.frames if not frame.is_detached()]
    values: Any = [world.substitutions, world.secrets]
    try:
        seen = [
            frame.evaluate(_SHOW_EXAMPLES, [*values, list(elements) if frame is page.main_frame else []])
            for frame in frames
        ]
        if any(leaks for leaks, _ in seen):
            raise SecretShown
        yield next((places for frame, (_, places) in zip(frames, seen, strict=True) if frame is page.main_frame), [])
    finally:
        for frame in frames:
            if not frame.is_detached():
                frame.evaluate(_UNDO)


def take(page: Page, *, twice: bool, attempts: int = 20) -> bytes:
    """The page's viewport as PNG. ``twice`` takes it until two in a row are equal."""
    image = page.screenshot(animations="disabled", caret="hide", scale="device")
    for _ in range(attempts if twice else 0):
        again = page.screenshot(animations="disabled", caret="hide", scale="device")
        if again == image:
            break
        image = again
    return image


def png_size(image: bytes) -> tuple[int, int]:
    """Width and height of a PNG, in pixels, from its header."""
    width, height = struct.unpack(">II", image[16:24])
    return width, height
