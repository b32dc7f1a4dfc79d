"""The camera takes what Playwright's own screenshot takes, to the pixel, and the page notices nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from walkthrough.browser import context_options
from walkthrough.compare.pixels import same_pixels
from walkthrough.run.camera import Camera
from walkthrough.run.picture import examples_shown, settle
from walkthrough.run.watch import WATCH
from walkthrough.world import World

PAGE = """<!doctype html><meta name=viewport content="width=device-width"><title>Sign up</title><style>
@keyframes turn { to { transform: rotate(1turn) } } @keyframes come { from { opacity: 0 } }
i { display: block; width: 40px; height: 20px; background: #b40 } .turns { animation: turn 3s linear infinite }
.comes { animation: come 20s both } input { transition: caret-color 5s } body { height: 3000px; font: 16px sans-serif }
</style><h1>Sign up</h1><p><label>Name <input value=jdoe></label><div id=host></div>
<i class=turns></i><i class=comes></i><script>
const root = document.querySelector('#host').attachShadow({mode: 'open'});
root.innerHTML = '<style>@keyframes go { to { translate: 200px } } b { display: block; width: 9px; height: 9px;'
  + 'background: #06c; animation: go 2s infinite alternate }</style><b></b>';
const told = globalThis.told = [];
const say = word => () => told.push(word);
addEventListener('resize', say('resize'));
visualViewport.addEventListener('resize', say('viewport'));
matchMedia('(min-resolution: 1.5dppx)').addEventListener('change', say('resolution'));
screen.orientation.addEventListener('change', say('orientation'));
</script>"""
METRICS = """[innerWidth, innerHeight, outerWidth, screen.width, screen.height, devicePixelRatio, scrollY,
screen.orientation.type]"""
KINDS: Mapping[str, Mapping[str, Any]] = {
    "the guide's": {},
    "screen of its own": {"screen": {"width": 1600, "height": 900}},
    "telephone": {"viewport": {"width": 390, "height": 800}, "device_scale_factor": 3, "is_mobile": True},
    "telephone on its side": {"viewport": {"width": 800, "height": 390}, "device_scale_factor": 2, "is_mobile": True},
    "the window's size": {"no_viewport": True, "viewport": None, "device_scale_factor": None},
}


def taken(page: Page, camera: Camera) -> bytes:
    with examples_shown(page, World({})):
        return camera.take(page)


@pytest.mark.parametrize("kind", KINDS)
def test_pictures_are_playwrights_own(chromium: Browser, kind: str) -> None:
    """At any size and scale, scrolled, with a caret and things that move; what the page can measure stays as it was."""
    options = {**context_options(), **KINDS[kind]}
    camera = Camera(options)
    with chromium.new_context(**options) as context:
        context.add_init_script(WATCH)
        page = context.new_page()
        page.set_content(PAGE)
        page.get_by_label("Name").focus()
        page.evaluate("scrollTo(0, 30)")
        settle(page, 5.0)  # a telephone's view gets its size while the page loads
        before = page.evaluate("told.length = 0, " + METRICS)
        images = [taken(page, camera), taken(page, camera)]
        assert page.evaluate(METRICS) == before
        assert page.evaluate("told") == []
        assert same_pixels(images[0], page.screenshot(animations="disabled", caret="hide", scale="device"))
        assert images[0] == images[1]


def test_each_tab_and_each_size_is_pictured_as_it_is(chromium: Browser) -> None:
    """A tab that another one opens, and one that gets another size, are pictured as they are then."""
    options = context_options()
    camera = Camera(options)
    with chromium.new_context(**options) as context:
        page = context.new_page()
        page.set_content(PAGE)
        first = taken(page, camera)
        page.set_viewport_size({"width": 600, "height": 500})
        assert same_pixels(taken(page, camera), page.screenshot(animations="disabled", scale="device"))
        page.set_viewport_size(options["viewport"])
        assert taken(page, camera) == first
        with context.expect_page() as opened:
            page.evaluate("open('about:blank', '', 'width=300,height=200').document.body.append('Here')")
        assert same_pixels(taken(opened.value, camera), opened.value.screenshot(animations="disabled", scale="device"))


def test_caret_and_animations_come_back(chromium: Browser) -> None:
    """What is hidden or held for a picture is as it was afterwards, to the attribute."""
    with chromium.new_context(**context_options()) as context:
        page = context.new_page()
        page.set_content(PAGE)
        page.get_by_label("Name").focus()
        source = page.evaluate("document.documentElement.outerHTML")
        with examples_shown(page, World({})):
            assert page.evaluate("getComputedStyle(document.activeElement).caretColor") == "rgba(0, 0, 0, 0)"
            running = "document.getAnimations().filter(each => each.playState === 'running').length"
            assert page.evaluate(running) == 0
        assert page.evaluate("document.documentElement.outerHTML") == source
        assert page.evaluate("document.querySelector('.turns').getAnimations()[0].playState") == "running"
