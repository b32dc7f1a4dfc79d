"""What a script of ours keeps in each page: when it last changed, and what was found in it.

A handle to an element would bring Playwright's own script into the page's world, beside the copy in the isolated world
with which Playwright finds things: a large script, once more in each document. So a locator is followed in the isolated
world alone, where a selector engine of ours tells the page's world by an event which element it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from playwright.sync_api import Locator, Playwright

WATCH: Final = """(() => {
  const watch = {changed: performance.now(), held: new Map()};
  Object.defineProperty(globalThis, '__walkthroughWatch', {value: watch});
  const note = () => { watch.changed = performance.now(); };
  new MutationObserver(note)
    .observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
  watch.place = thing => {
    const { x, y, width, height } = thing.getBoundingClientRect();
    return [x, y, width, height];
  };
  watch.places = numbers => numbers.map(number => {
    const each = watch.held.get(number);
    return each?.isConnected ? watch.place(each) : null;
  });
  watch.show = (element, far) => new Promise(resolve => {
    if (!element) return resolve(false);
    const place = () => String(watch.place(element));
    const before = place();
    if (far) element.scrollIntoViewIfNeeded(true);
    else element.scrollIntoView({block: 'nearest', inline: 'nearest'});
    if (!far || place() === before) return resolve(place() !== before);
    for (const each of document.querySelectorAll('*')) {
      if (getComputedStyle(each).contentVisibility === 'auto') each.style.contentVisibility = 'visible';
    }
    const margin = element.style.scrollMarginBottom;
    let last = null, same = 0, frames = 0;
    const look = () => {
      element.style.scrollMarginBottom = innerHeight * 0.2 + 'px';
      element.scrollIntoView({block: 'end', inline: 'nearest'});
      element.style.scrollMarginBottom = margin;
      const now = place();
      same = now === last ? same + 1 : 0;
      last = now;
      if (same >= 3 || ++frames > 120) resolve(true); else requestAnimationFrame(look);
    };
    look();
  });
  const hold = event => {
    watch.held.set(Number(event.detail), event.composedPath()[0]);
    event.stopImmediatePropagation();
  };
  watch.listen = () => {
    addEventListener('scroll', note, {capture: true, passive: true});
    addEventListener('contentvisibilityautostatechange', note, {capture: true, passive: true});
    addEventListener('walkthrough-found', hold, {capture: true});
  };
  watch.listen();
})()"""
"""A script for each page's start.

``changed`` is when the page last changed or scrolled, or the browser last began to draw a part of it or left off, so
that one which rests is known at once; ``held`` are the elements that were found, by their numbers; ``places`` are where
such elements stand, see `Places`, and ``place`` where one stands, or a range of text.

``show`` scrolls to an element that is out of view, and resolves to whether the page was scrolled. With ``far`` it goes
so far that something of what follows the element is seen as well, and waits until that stays: what comes into view can
still get its size. What the browser draws only when it comes near the view has an estimated height until then, and
places would depend on the way taken; so all of it is drawn.
"""

Places = Sequence[Sequence[float] | None]
"""Left, top, width and height of elements, in CSS pixels; None for one that is gone."""

_ENGINE: Final = "walkthrough-found"
# The number goes with the event as text: of an object, the page's world would see nothing.
_SELECTOR_ENGINE: Final = """{
  queryAll(root, number) {
    root.dispatchEvent(new CustomEvent('walkthrough-found', {bubbles: true, composed: true, detail: number}));
    return [root];
  },
  query(root, number) { return this.queryAll(root, number)[0]; },
}"""
_numbers = count(1)


@dataclass(frozen=True)
class Found:
    """The one element that a locator led to, which the page holds under a number."""

    locator: Locator
    number: int

    def hold(self, timeout: float) -> None:
        """Have the page hold the element to which the locator leads now, within ``timeout`` milliseconds.

        Raises Playwright's errors, such as for more than one element.
        """
        self.locator.locator(f"{_ENGINE}={self.number}").wait_for(state="attached", timeout=timeout)

    def hold_again(self, timeout: float) -> None:
        """The same in a page that has taken its listeners away, as one does that writes its document anew."""
        self.locator.page.evaluate("globalThis.__walkthroughWatch.listen()")
        self.hold(timeout)


def register(playwright: Playwright) -> None:
    """Make the selector engine known, once, before the browser has a page."""
    playwright.selectors.register(_ENGINE, script=_SELECTOR_ENGINE, content_script=True)


def await_one(locator: Locator, timeout: float) -> Found:
    """Wait up to ``timeout`` milliseconds for exactly one element. Raises Playwright's errors."""
    found = Found(locator, next(_numbers))
    found.hold(timeout)
    return found
