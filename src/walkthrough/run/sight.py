"""Looking for something as a reader does: where it is not in view, the page is scrolled to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Error, Locator, Page

from walkthrough.run.watch import Found

_SHOW = "number => globalThis.__walkthroughWatch.show(globalThis.__walkthroughWatch.held.get(number), true)"

# Keeps the largest part of the page that scrolls down, if any does; gives where it stands, and its height.
_SCROLLER = """() => {
  const scrolls = each => each.scrollHeight > each.clientHeight + 1 && each.clientHeight > 0
    && (each === document.scrollingElement || /auto|scroll/.test(getComputedStyle(each).overflowY));
  const area = each => each.clientHeight * each.clientWidth;
  const scroller = [...document.querySelectorAll('*')].filter(scrolls).sort((a, b) => area(b) - area(a))[0];
  globalThis.__walkthroughWatch.scroller = scroller;
  return scroller ? [scroller.scrollTop, scroller.clientHeight] : null;
}"""

# Scrolls to a place; gives, some frames later, where that is and whether it is the end.
_SCROLL = """top => new Promise(resolve => {
  const element = globalThis.__walkthroughWatch.scroller;
  element.scrollTop = top;
  let frames = 0;
  const look = () => {
    if (++frames < 4) requestAnimationFrame(look);
    else resolve([element.scrollTop, element.scrollTop + element.clientHeight >= element.scrollHeight - 1]);
  };
  requestAnimationFrame(look);
})"""
# Why nobody could see an element that browsers call visible, or an empty text; waits for one that is fading in. And its
# tag, the limit of what is typed into it, which is negative where there is none, and whether the same label can be read
# twice for it; null where it is not held.
_LOOK = """([number, standsIn, covers, limit]) => new Promise(resolve => {
  const element = globalThis.__walkthroughWatch.held.get(number);
  if (!element) return resolve(null);
  const started = performance.now();
  const scrolls = each => /auto|scroll/.test(getComputedStyle(each).overflow);
  const reachable = ({ right, bottom }) => {
    for (let each = element.parentElement; each && each !== document.body; each = each.parentElement)
      if (scrolls(each)) return true;
    return right + scrollX > 0 && bottom + scrollY > 0;
  };
  // What is beyond the edge of something that cuts off and does not scroll; what is placed out of that is not in it.
  const cutOff = ({ left, top, right, bottom }) => {
    let inner = getComputedStyle(element).position;
    for (let each = element.parentElement; each && each !== document.body; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (inner === 'fixed') return false;
      if (inner === 'absolute' && style.position === 'static' && style.transform === 'none') continue;
      inner = style.position;
      if (scrolls(each)) return false;
      if (!/hidden|clip/.test(style.overflow)) continue;
      const box = each.getBoundingClientRect();
      if (right <= box.left || left >= box.right || bottom <= box.top || top >= box.bottom) return true;
    }
    return false;
  };
  const covered = ({ x, y, width, height }) => {
    const [left, top] = [x + width / 2, y + height / 2];
    if (!covers || left < 0 || top < 0 || left >= innerWidth || top >= innerHeight) return false;
    const found = document.elementFromPoint(left, top);
    return found && !element.contains(found) && !found.contains(element) && ![...element.labels || []].includes(found);
  };
  const blurred = () => {
    for (let each = element; each; each = each.parentElement)
      if (/blur\\((?!0px|1px|0?\\.)/.test(getComputedStyle(each).filter)) return true;
    return false;
  };
  const why = () => {
    const rect = element.getBoundingClientRect();
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return 'is transparent';
    if (rect.width <= 1 && rect.height <= 1) return 'is too small to see';
    if (!reachable(rect)) return 'is beyond the edge of the page';
    if (cutOff(rect)) return 'is cut off by what is around it';
    if (blurred()) return 'is blurred';
    return covered(rect) ? 'is covered' : '';
  };
  // Two fields of one id share all their labels, so that browsers know of one field, where a person sees two.
  const twice = () => {
    const labels = [...element.labels || []].filter(each => each.checkVisibility() && each.offsetWidth > 1);
    const read = labels.map(each => each.innerText.trim()).filter(Boolean);
    return new Set(read).size < read.length;
  };
  const look = () => {
    const found = element.isConnected && !standsIn ? why() : '';
    if (found && performance.now() - started < limit) requestAnimationFrame(look);
    else resolve([found, element.tagName, element.maxLength ?? -1, twice()]);
  };
  look();
})"""
# Of these, an application often hides the browser's own control and draws another in its place.
_STAND_INS = frozenset({"check", "upload"})
# A browser looks whether something covers what it clicks, but not what it types into.
_TYPED_IN = frozenset({"fill", "choose"})
_STEP, _STEPS = 0.8, 100
"""How far it is scrolled at once, in heights of the view; and how often, since some lists grow for ever."""


@dataclass(frozen=True)
class Looked(Found):
    """What was found, seen closer: why no reader could see it, if so; its tag; how much can be typed in, if limited;
    and whether its label stands there twice.
    """

    hidden: str
    tag: str
    limit: int | None
    twice: bool


def look_at(found: Found, role: str, timeout: float) -> Looked | None:
    """Look at what a role of this name is about to use; None where the page does not hold it.

    Waits up to ``timeout`` seconds for what is coming into sight.
    """
    limit = max(timeout, 0) * 1000
    told = found.locator.page.evaluate(_LOOK, [found.number, role in _STAND_INS, role in _TYPED_IN, limit])
    if told is None:
        return None
    hidden, tag, longest, twice = told
    return Looked(found.locator, found.number, hidden, tag, longest if longest >= 0 else None, twice)


def bring_into_view(found: Found) -> None:
    """Scroll to an element, unless it is in view already, or gone."""
    found.locator.page.evaluate(_SHOW, found.number)


def scroll_to(page: Page, locate: Callable[[Page], Locator]) -> bool:
    """Look for what a page shows only once it is scrolled there; whether it was found before the end.

    The way is the same in each run, whenever the thing has come: what can be seen without scrolling is taken there.
    """
    try:
        place = page.evaluate(_SCROLLER)
        if place is None:
            return False
        start, height = place
        top, met = start, False
        for _ in range(_STEPS):
            top, end = page.evaluate(_SCROLL, top + height * _STEP)
            met = locate(page).count() > 0
            if met or end:
                break
        for place in [start, top] if met else [start]:
            page.evaluate(_SCROLL, place)
            if locate(page).count():
                return True
        return False
    except Error:
        return False
