"""Pictures that two runs take alike: settled page, examples in place of what varies, nothing secret."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import Page

from walkthrough.run.watch import Places
from walkthrough.world import World

# Takes what is out of view out of the accessibility tree, and labels of fields that are there for screen readers alone,
# which leaves the fields their names; writes values as a style shows them, such as in capitals, with examples in place,
# since no one would know them again. Gives the page's title, where elements and the words of their labels stand, which
# hide what is typed and which do not show the name that they are looked for by, words and places of what can be clicked
# and the source mentions, and where values stand first, by their examples. A second script brings back.
_LEAVE_OUT_OF_VIEW = """([targets, source, pairs]) => {
  const watch = globalThis.__walkthroughWatch;
  const undo = globalThis.__walkthroughSeen = [];
  const heard = new Set();
  for (const field of document.querySelectorAll('input, select, textarea, [role=textbox], [role=combobox]')) {
    const named = (field.getAttribute('aria-labelledby') || '').split(/\\s+/).map(id => document.getElementById(id));
    for (const label of [...field.labels || [], ...named]) {
      if (!label || label.contains(field) || getComputedStyle(label).display === 'contents') continue;
      const { width, height } = label.getBoundingClientRect();
      if (width <= 1 || height <= 1 || !label.checkVisibility({ opacityProperty: true })) heard.add(label);
    }
  }
  const inView = ({ left, top, right, bottom }) => right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  // What overflows a box that is out of view, such as one as high as the window in a page that is scrolled by more.
  const overflows = box => getComputedStyle(box).overflow === 'visible' && [...box.children].some(each => {
    const place = each.getBoundingClientRect();
    return place.width && place.height && inView(place) || overflows(each);
  });
  const visit = parent => {
    for (const each of parent.children) {
      const place = each.getBoundingClientRect();
      const seen = inView(place) || !place.width || !place.height || overflows(each);
      if (!heard.has(each) && seen) visit(each);
      else {
        const old = each.getAttribute('aria-hidden');
        const bring = () => old === null ? each.removeAttribute('aria-hidden') : each.setAttribute('aria-hidden', old);
        undo.push(bring);
        each.setAttribute('aria-hidden', 'true');
      }
    }
  };
  if (document.body) visit(document.body);
  const letters = {
    uppercase: text => text.toUpperCase(),
    lowercase: text => text.toLowerCase(),
    capitalize: text => text.replace(/(?<![\\p{L}\\p{N}])\\p{L}/gu, letter => letter.toUpperCase()),
  };
  const asShown = (node, text) => {
    const style = getComputedStyle(node.parentElement);
    if (style.webkitTextSecurity !== 'none') return '•'.repeat(text.length);
    for (let each = node.parentElement; each; each = each.parentElement) {
      const { unicodeBidi, direction } = getComputedStyle(each);
      if (/override/.test(unicodeBidi) && direction === 'rtl') return [...text].reverse().join('');
    }
    return (letters[style.textTransform] || String)(text);
  };
  const values = new Map();
  const examples = new Map(pairs.flatMap(([actual, example]) => [[actual, example], [example, example]]));
  const longest = [...examples.keys()].sort((one, other) => other.length - one.length);
  const any = new RegExp(longest.map(each => each.replace(/[^\\w\\s]/g, '\\\\$&')).join('|') || '$^', 'g');
  const texts = document.createTreeWalker(document.body || document, NodeFilter.SHOW_TEXT);
  for (let node; (node = texts.nextNode());) {
    const old = node.nodeValue, found = [...old.matchAll(any)];
    if (!found.length || !node.parentElement.checkVisibility()) continue;
    for (const each of found) {
      const range = new Range(), example = examples.get(each[0]);
      range.setStart(node, each.index);
      range.setEnd(node, each.index + each[0].length);
      const place = range.getBoundingClientRect();
      if (place.width && inView(place) && !values.has(example)) values.set(example, watch.place(range));
    }
    const plain = old.replace(any, each => examples.get(each));
    const shown = asShown(node, plain);
    if (shown === plain) continue;
    undo.push(() => { node.nodeValue = old; });
    node.nodeValue = shown;
  }
  // Not what has but the role of a button: an application gives it to names that come and go with what is selected.
  const clickable = 'a[href], button, input[type=submit], input[type=button]';
  const mentioned = [];
  for (const each of source ? document.querySelectorAll(clickable) : []) {
    const [x, y, width, height] = watch.place(each);
    const seen = width > 1 && height > 1 && x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
    const words = seen && each.checkVisibility() && (each.innerText || each.value || '').replace(/\\s+/g, ' ').trim();
    if (words && source.includes(words)) mentioned.push([words, [x, y, width, height]]);
  }
  const numbers = targets.map(([number]) => number);
  const held = numbers.map(number => watch.held.get(number));
  const labels = held.map(field => {
    const label = [...field?.labels || []].find(each => !each.contains(field));
    if (!label) return null;
    const words = new Range();
    words.selectNodeContents(label);
    return watch.place(words);
  });
  const masks = field => field.type === 'password' || getComputedStyle(field).webkitTextSecurity !== 'none';
  const masked = held.map(field => Boolean(field) && masks(field));
  const squeezed = text => text.replace(/\\s+/g, ' ').toLowerCase();
  // Words without a size leave room for others that a style shows.
  const tiny = each => {
    const inside = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
    let words = false;
    for (let node; (node = inside.nextNode());) {
      if (!node.nodeValue.trim()) continue;
      if (parseFloat(getComputedStyle(node.parentElement).fontSize) >= 4) return false;
      words = true;
    }
    return words;
  };
  const unwritten = held.map((each, index) => Boolean(each) && targets[index][1] !== ''
    && (tiny(each) || !squeezed(each.innerText || each.value || '').includes(squeezed(targets[index][1]))));
  return [document.title, watch.places(numbers), labels, masked, unwritten, mentioned, [...values]];
}"""
_BRING_BACK = """for (const each of globalThis.__walkthroughSeen || []) each();
  delete globalThis.__walkthroughSeen;"""

# Resolves once the document, its fonts and images are there, nothing is busy, and the page has not changed for a
# moment in which a frame was drawn and the page was idle: what an application does when something comes into view, or
# when there is time, can come later than the moment is long on a busy machine. Gives up silently after the limit: a
# page that never rests is pictured as it is. An element that is given is brought into view, and once more where the
# page has scrolled away by itself until it rests.
_SETTLED = """async ([quiet, limit, number, far]) => {
  const watch = globalThis.__walkthroughWatch;
  const end = performance.now() + limit;
  const busy = () => document.readyState !== 'complete' || document.fonts.status !== 'loaded'
    || [...document.images].some(image => !image.complete && image.loading !== 'lazy')
    || [...document.querySelectorAll('[aria-busy=true]')].some(each => each.checkVisibility());
  const passed = time => new Promise(resolve => setTimeout(resolve, time));
  const timeout = 4000;
  const idle = () => new Promise(resolve => requestAnimationFrame(() => requestIdleCallback(resolve, {timeout})));
  const rest = async () => {
    for (let last = watch.changed; ; last = watch.changed) {
      const now = performance.now();
      if (busy()) watch.changed = last = now;
      await Promise.all([passed(Math.min(last + quiet, end) - now), idle()]);
      if (performance.now() >= end || !busy() && watch.changed === last) break;
    }
  };
  const element = watch.held.get(number);
  await watch.show(element, far);
  await rest();
  if (await watch.show(element, far)) await rest();
  const drawn = [...document.images].filter(image => image.complete && image.naturalWidth);
  await Promise.all(drawn.map(image => image.decode().catch(() => {})));
}"""

# Puts the examples into text and fields, hides the caret and ends what moves, keeps how to undo it, and returns whether
# something secret still shows. A terminal draws its text on a canvas, where no example can take its place; and its
# cursor blinks for as long as it has the focus.
_SHOW_EXAMPLES = """async ([pairs, secrets]) => {
  const undo = [];
  let leaks = false;
  const focus = document.activeElement;
  if (focus && focus.closest('.xterm')) {
    focus.blur();
    undo.push(() => focus.focus());
    await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }
  for (const terminal of document.querySelectorAll('.xterm')) {
    if (!terminal.checkVisibility() || !terminal.querySelector('canvas')) continue;
    const rows = [...terminal.querySelectorAll('.xterm-accessibility-tree > *')];
    const text = rows.map(row => row.textContent).join('').replace(/\\s+/g, '');
    if (!rows.length && secrets.length) leaks = true;
    if (pairs.some(([actual]) => text.includes(actual.replace(/\\s+/g, '')))) leaks = true;
  }
  const shown = text => pairs.reduce((each, [actual, example]) => each.split(actual).join(example), text);
  const swap = (thing, key) => {
    const old = thing[key], fresh = shown(old);
    if (fresh !== old) { thing[key] = fresh; undo.push(() => { thing[key] = old; }); }
  };
  let left = '';
  const roots = [];
  const visit = root => {
    roots.push(root.getRootNode());
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
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  if (active?.style) {
    const { style } = active, styled = active.hasAttribute('style');
    const old = [style.getPropertyValue('caret-color'), style.getPropertyPriority('caret-color')];
    style.setProperty('caret-color', 'transparent', 'important');
    undo.push(() => {
      style.setProperty('caret-color', ...old);
      if (!styled && active.hasAttribute('style')) active.removeAttribute('style');
    });
  }
  const end = () => {
    for (const each of new Set(roots.flatMap(root => root.getAnimations()))) {
      if (!each.effect || !each.playbackRate) continue;
      if (Number.isFinite(each.effect.getComputedTiming().endTime)) each.finish();
      else { each.cancel(); undo.push(() => each.play()); }
    }
  };
  for (const root of roots) {
    for (const begins of ['animationstart', 'transitionrun']) {
      root.addEventListener(begins, end);
      undo.push(() => root.removeEventListener(begins, end));
    }
  }
  end();
  left += document.body ? document.body.innerText : '';
  const squeezed = left.replace(/\\s+/g, '');
  window.__walkthroughUndo = undo;
  return leaks || secrets.some(secret => left.includes(secret) || squeezed.includes(secret));
}"""

_UNDO = f"""() => {{
  {_BRING_BACK}
  for (const each of (window.__walkthroughUndo || []).reverse()) each();
  delete window.__walkthroughUndo;
}}"""

_RESTED = """quiet => document.readyState === 'complete'
  && performance.now() - globalThis.__walkthroughWatch.changed >= quiet"""

QUIET: Final = 40
"""For how many milliseconds a page must not have changed before it is pictured."""


class SecretShown(Exception):
    """A secret would be readable in a picture, or a terminal shows what differs in each run."""


def settle(page: Page, timeout: float, *, quiet: int = QUIET, into_view: int | None = None, far: bool = False) -> None:
    """Wait until the page has rested for ``quiet`` milliseconds, at most ``timeout`` seconds.

    ``into_view`` is the number of an element that shall be in view then, ``far`` with what follows it.
    """
    page.evaluate(_SETTLED, [quiet, timeout * 1000, into_view, far])


def rested(page: Page, seconds: float) -> bool:
    """Whether the page is loaded and has not changed for so long."""
    return bool(page.evaluate(_RESTED, seconds * 1000))


@contextmanager
def examples_shown(page: Page, world: World) -> Iterator[None]:
    """Show examples in place of what varies, no caret and nothing that moves, in all frames, for as long as the block
    runs.

    Raises `SecretShown` where a secret can still be read.
    """
    frames = [frame for frame in page.frames if not frame.is_detached()]
    values: Any = [world.substitutions, world.secrets]
    try:
        if any(frame.evaluate(_SHOW_EXAMPLES, values) for frame in frames):
            raise SecretShown
        yield
    finally:
        for frame in frames:
            if not frame.is_detached():
                frame.evaluate(_UNDO)


@dataclass(frozen=True)
class Snapshot:
    """A page's title, and the accessibility tree of what is in view, as Playwright writes it.

    Of the elements that were asked for, where they and the words of their labels stand, whether they hide what is
    typed, and whether the name that they are looked for by is written nowhere on them; words and places of what can be
    clicked and is mentioned; and where values stand, by their examples.
    """

    title: str
    tree: str
    places: Places
    labels: Places
    masked: Sequence[bool]
    unwritten: Sequence[bool]
    mentioned: Sequence[tuple[str, Sequence[float]]]
    values: Sequence[tuple[str, Sequence[float]]]


def snapshot(
    page: Page,
    timeout: float,
    targets: Sequence[tuple[int, str]] = (),
    *,
    source: str = "",
    examples: Sequence[tuple[str, str]] = (),
    restore: bool = True,
) -> Snapshot:
    """What is in view, and where elements stand, by their numbers and what is looked for on them, and what ``source``
    mentions.

    ``examples``, pairs of actual values and what stands in their place, are read in the letters that are shown, since a
    person copies them. The page is restored afterwards, unless `examples_shown` is about to do that.
    """
    try:
        title, *seen = page.evaluate(_LEAVE_OUT_OF_VIEW, [list(targets), source, list(examples)])
        return Snapshot(title, page.locator("body").aria_snapshot(timeout=timeout * 1000), *seen)
    finally:
        if restore:
            page.evaluate(_UNDO)


def png_size(image: bytes) -> tuple[int, int]:
    """Width and height of a PNG, in pixels, from its header."""
    width, height = struct.unpack(">II", image[16:24])
    return width, height
