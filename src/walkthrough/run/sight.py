"""Looking for something as a reader does: where it is not in view, the page is scrolled to it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import ElementHandle, Error, Locator, Page

# Scrolls to an element that is out of view, so far that something of what follows it is seen as well, and waits until
# it stays: what comes into view can still get its size. What the browser draws only when it comes near the view has an
# estimated height until then, and places would depend on the way taken; so all of it is drawn.
_BRING_INTO_VIEW = """element => new Promise(resolve => {
  const top = () => element.getBoundingClientRect().top;
  const before = top();
  element.scrollIntoViewIfNeeded(true);
  if (top() === before) return resolve();
  for (const each of document.querySelectorAll('*')) {
    if (getComputedStyle(each).contentVisibility === 'auto') each.style.contentVisibility = 'visible';
  }
  const margin = element.style.scrollMarginBottom;
  let last = null, same = 0, frames = 0;
  const look = () => {
    element.style.scrollMarginBottom = innerHeight * 0.2 + 'px';
    element.scrollIntoView({block: 'end', inline: 'nearest'});
    element.style.scrollMarginBottom = margin;
    same = top() === last ? same + 1 : 0;
    last = top();
    if (same >= 3 || ++frames > 120) resolve(); else requestAnimationFrame(look);
  };
  look();
})"""

# The largest part of the page that scrolls down, if any does.
_SCROLLER = """() => {
  const scrolls = each => each.scrollHeight > each.clientHeight + 1 && each.clientHeight > 0
    && (each === document.scrollingElement || /auto|scroll/.test(getComputedStyle(each).overflowY));
  const area = each => each.clientHeight * each.clientWidth;
  return [...document.querySelectorAll('*')].filter(scrolls).sort((a, b) => area(b) - area(a))[0] || null;
}"""

# Scrolls to a place; gives, some frames later, where that is and whether it is the end.
_SCROLL = """(element, top) => new Promise(resolve => {
  element.scrollTop = top;
  let frames = 0;
  const look = () => {
    if (++frames < 4) requestAnimationFrame(look);
    else resolve([element.scrollTop, element.scrollTop + element.clientHeight >= element.scrollHeight - 1]);
  };
  requestAnimationFrame(look);
})"""
# Why nobody could see an element that browsers call visible, or an empty text; waits for one that is fading in.
_UNSEEN = """([element, covers, limit]) => new Promise(resolve => {
  const started = performance.now();
  const scrolls = each => /auto|scroll/.test(getComputedStyle(each).overflow);
  const reachable = ({ right, bottom }) => {
    for (let each = element.parentElement; each && each !== document.body; each = each.parentElement)
      if (scrolls(each)) return true;
    return right + scrollX > 0 && bottom + scrollY > 0;
  };
  const covered = ({ x, y, width, height }) => {
    const [left, top] = [x + width / 2, y + height / 2];
    if (!covers || left < 0 || top < 0 || left >= innerWidth || top >= innerHeight) return false;
    const found = document.elementFromPoint(left, top);
    return found && !element.contains(found) && !found.contains(element) && ![...element.labels || []].includes(found);
  };
  const why = () => {
    const rect = element.getBoundingClientRect();
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return 'is transparent';
    if (rect.width <= 1 && rect.height <= 1) return 'is too small to see';
    if (!reachable(rect)) return 'is beyond the edge of the page';
    return covered(rect) ? 'is covered' : '';
  };
  const look = () => {
    const found = element.isConnected ? why() : '';
    if (!found || performance.now() - started >= limit) resolve(found); else requestAnimationFrame(look);
  };
  look();
})"""
# Of these, an application often hides the browser's own control and draws another in its place.
_STAND_INS = frozenset({"check", "upload"})
# A browser looks whether something covers what it clicks, but not what it types into.
_TYPED_IN = frozenset({"fill", "choose"})
_STEP, _STEPS = 0.8, 100
"""How far it is scrolled at once, in heights of the view; and how often, since some lists grow for ever."""


def unseen(element: ElementHandle, role: str, timeout: float) -> str:
    """Why no reader could see an element that a role of this name is about to use, or an empty text.

    Waits up to ``timeout`` seconds for one that is coming into sight.
    """
    if role in _STAND_INS:
        return ""
    limit = max(timeout, 0) * 1000
    return str(element.evaluate(f"(element, rest) => ({_UNSEEN})([element, ...rest])", [role in _TYPED_IN, limit]))


def bring_into_view(element: ElementHandle) -> None:
    """Scroll to an element, unless it is in view already."""
    element.evaluate(_BRING_INTO_VIEW)


def scroll_to(page: Page, locate: Callable[[Page], Locator]) -> ElementHandle | None:
    """Look for what a page shows only once it is scrolled there; None where nothing is found down to the end.

    The way is the same in each run, whenever the thing has come: what can be seen without scrolling is taken there.
    """
    try:
        scroller = page.evaluate_handle(_SCROLLER).as_element()
        if scroller is None:
            return None
        start, height = scroller.evaluate("element => [element.scrollTop, element.clientHeight]")
        top, met = start, False
        for _ in range(_STEPS):
            top, end = scroller.evaluate(_SCROLL, top + height * _STEP)
            met = bool(locate(page).element_handles())
            if met or end:
                break
        for place in [start, top] if met else [start]:
            scroller.evaluate(_SCROLL, place)
            if found := locate(page).element_handles():
                return found[0]
        return None
    except Error:
        return None
