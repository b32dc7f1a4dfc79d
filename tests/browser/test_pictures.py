"""The same page, drawn by a browser as on other machines: no alarm; with one thing changed: alarm."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from walkthrough import browser
from walkthrough.compare.pixels import Difference, difference

PAGE = """<!doctype html><html lang=en><title>Sign up</title><style>
body { margin: 0; font: 16px sans-serif; color: #14212b; background: #f2f5f7; display: grid;
  grid-template-columns: 42% 1fr; height: 100vh }
aside { background: radial-gradient(at 0 100%, #0d5a63, transparent 60%), linear-gradient(160deg, #0a4249, #062b30);
  color: #fff; padding: 32px }
aside p { font-size: 14px; color: #b9d4d7 } main { padding: 64px 80px } small { color: #4a5b66 } a { color: #0b6570 }
input { display: block; width: 100%; padding: 10px; font: inherit; border: 1px solid #5f7078; border-radius: 8px;
  margin: 6px 0 16px; box-sizing: border-box }
button { width: 100%; padding: 12px; border: 0; border-radius: 8px; background: #0b6570; color: #fff;
  font: 600 16px sans-serif }
</style><aside><svg width=36 height=36><rect width=36 height=36 rx=8 fill="#0b6570"/>
<rect x=8 y=9 width=5 height=18 rx=2 fill="#fff"/><rect x=15 y=11 width=5 height=16 rx=2 fill="#9cc"/>
<rect x=22 y=9 width=5 height=18 rx=2 transform="rotate(-12 24 18)" fill="#fff"/></svg>
<h2>Maternal and child health survey</h2><p>Confirm your e-mail address; this takes 15 minutes.</p></aside>
<main><h1>Create your account</h1><p id=lead>Have your invitation at hand: what you enter must be what it says.</p>
<label>User name<br><small>The part of your e-mail address before the @.</small><input value=jdoe></label>
<label>Password<input type=password value=abcdefghijkl></label><button>Sign up</button>
<p>Already signed up? <a href=#>Sign in</a></p></main>"""

GPU = ("--enable-gpu-rasterization", "--ignore-gpu-blocklist", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
HINTED = """<match target="font"><edit name="hinting" mode="assign"><bool>true</bool></edit>
<edit name="autohint" mode="assign"><bool>true</bool></edit>
<edit name="hintstyle" mode="assign"><const>hintfull</const></edit>
<edit name="rgba" mode="assign"><const>rgb</const></edit></match></fontconfig>"""
CHANGES = {
    "word": "document.querySelector('button').textContent = 'Sign on'",
    "letter": "document.querySelector('a').textContent = 'Sign it'",
    "number": "document.querySelector('aside p').textContent = 'Confirm your e-mail address; this takes 40 minutes.'",
    "length": "document.querySelector('[type=password]').value += 'm'",
    "icon": "document.querySelectorAll('rect')[3].remove()",
    "icon's colour": "document.querySelectorAll('rect')[2].setAttribute('fill', '#f80')",
    "link's colour": "document.querySelector('a').style.color = '#14212b'",
    "button's colour": "document.querySelector('button').style.background = '#0b5570'",
    "ground": "document.body.style.background = '#e4ecf2'",
    "place": "document.querySelector('button').style.marginTop = '12px'",
    "invisible": "document.querySelector('button').style.color = '#0b6570'",
}
UNSEEN = {
    "half a pixel": "document.querySelector('main').style.transform = 'translate(0.5px, 0.5px)'",
    "one pixel": "document.querySelector('main').style.transform = 'translate(1px, 1px)'",
    "a shade": "document.body.style.background = '#f4f6f8'",
}


def taken(chromium: Browser, script: str = "1", **options: Any) -> bytes:
    with chromium.new_context(**{**browser.context_options(), **options}) as context:
        page = context.new_page()
        page.set_content(PAGE)
        page.evaluate(script)
        page.evaluate("document.fonts.ready.then(() => 1)")
        return page.screenshot()


@pytest.fixture(scope="module")
def committed(chromium: Browser) -> bytes:
    return taken(chromium)


@pytest.mark.parametrize("scale", [1, 1.5, 3])
def test_another_device_scale_is_no_difference(chromium: Browser, committed: bytes, scale: float) -> None:
    """A screen with fewer or more pixels shows the same page."""
    assert difference(committed, taken(chromium, device_scale_factor=scale)) == Difference(0.0)


def test_hinting_and_coloured_edges_are_no_difference(chromium: Browser, committed: bytes, tmp_path: Path) -> None:
    """A machine that fits glyphs to its pixels and gives them coloured edges shows the same page."""
    ours = browser.FONTCONFIG_FILE
    fonts = ours.read_text("utf-8").replace('<dir prefix="relative">.</dir>', f"<dir>{ours.parent}</dir>")
    assert str(ours.parent) in fonts
    (tmp_path / "fonts.conf").write_text(fonts.replace("</fontconfig>", HINTED), "utf-8")
    unwanted = {"--font-render-hinting=none", "--disable-lcd-text"}
    picture = drawn_otherwise(chromium, unwanted, (), FONTCONFIG_FILE=str(tmp_path / "fonts.conf"))
    assert picture != committed
    assert difference(committed, picture) == Difference(0.0)


def test_drawing_by_a_graphics_cards_code_is_no_difference(chromium: Browser, committed: bytes) -> None:
    """What a graphics card, here in software, draws in place of the processor shows the same page."""
    picture = drawn_otherwise(chromium, {"--disable-gpu", "--disable-3d-apis", "--disable-skia-runtime-opts"}, GPU)
    assert picture != committed
    assert difference(committed, picture) == Difference(0.0)


def drawn_otherwise(chromium: Browser, without: set[str], more: Sequence[str], **environment: str) -> bytes:
    """The page as a browser draws it that is started in another way."""
    options = browser.launch_options()
    arguments = [each for each in options["args"] if each not in without] + list(more)
    environment = {**options["env"], **environment}
    other = chromium.browser_type.launch(**{**options, "args": arguments, "env": environment})
    try:
        return taken(other)
    finally:
        other.close()


@pytest.mark.parametrize("change", UNSEEN)
def test_what_rounding_does_is_no_difference(chromium: Browser, committed: bytes, change: str) -> None:
    """Glyphs that stand half a pixel or a whole one aside, and a shade of a ground, are no difference."""
    picture = taken(chromium, UNSEEN[change])
    assert picture != committed
    assert difference(committed, picture) == Difference(0.0)


@pytest.mark.parametrize("change", CHANGES)
def test_one_changed_thing_is_a_difference(chromium: Browser, committed: bytes, change: str) -> None:
    """One word, letter, number, icon, colour or place that changed is seen."""
    assert difference(committed, taken(chromium, CHANGES[change])).share > 0
