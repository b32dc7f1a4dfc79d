"""The gallery in a browser, from a file: filters, the way through what drifted, comparing pictures, theme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, FloatRect, Locator, Page, Request, expect

from walkthrough.claims import Claim, Claims
from walkthrough.model import Location
from walkthrough.outcome import Change, PictureOutcome, StepOutcome, Verdict, WalkthroughOutcome
from walkthrough.report.gallery import write_gallery

PAGE = "docs/login.md"
KEPT = ".walkthrough/docs+login+sign-up"
SIZE = (320, 240)
REGION = (0.5, 0.5, 0.25, 0.25)
CHANGED = (160, 120, 239, 179)

# Relative luminance and contrast as in WCAG 2.2; a canvas turns any colour into one of sRGB, on what lies behind it.
LOW_CONTRAST = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const ground = (element) => getComputedStyle(element).backgroundColor;
  const grounds = (element) => element ? [...grounds(element.parentElement), ground(element)] : [];
  const drawn = (colours) => {
    canvas.fillStyle = "white"; canvas.fillRect(0, 0, 1, 1);
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(
      (part) => part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const worded = [...document.body.querySelectorAll(":not(script)")].filter((element) => element.checkVisibility() &&
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()));
  return worded.map((element) => {
    const [behind, text] = [drawn(grounds(element)), drawn([...grounds(element), getComputedStyle(element).color])];
    const contrast = (Math.max(behind, text) + 0.05) / (Math.min(behind, text) + 0.05);
    return [contrast, `${element.textContent.trim().slice(0, 40)}: ${contrast.toFixed(2)}`];
  }).filter(([contrast]) => contrast < 4.5).map(([, text]) => text);
}"""


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gallery with each verdict, one compared picture, and one that is as it was."""
    root = tmp_path_factory.mktemp("gallery")
    before = Image.new("RGB", SIZE, "#ffffff")
    after = before.copy()
    ImageDraw.Draw(after).rectangle(CHANGED, fill="#0000ff")
    for path, image in (("docs/images/code.png", before), (f"{KEPT}/code.png", after)):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        image.save(root / path)
    where = Location(PAGE, 58)
    same = PictureOutcome("images/code.png", "The code", where, "docs/images/code.png")
    changed = PictureOutcome(same.file, same.alt, where, same.committed, f"{KEPT}/code.png", 0.06, REGION)
    reason = "the button that the page calls “Confirm Account” is now called “Verify account”"
    rename = Change(Verdict.LABEL, reason, where, "click", "Confirm Account", "Verify account", 0.92)
    steps = (
        step(1, Verdict.SAME, pictures=(same,)),
        step(2, Verdict.COSMETIC),
        step(3, Verdict.LABEL, reason=reason, changes=(rename,), pictures=(changed,)),
        step(4, Verdict.LAYOUT),
        step(5, Verdict.UNVERIFIED),
        step(6, Verdict.BROKEN, expected="a button “Sign in”", found="“Log in”", hint="write {click}`Log in`"),
        step(7, Verdict.UNREACHED),
    )
    run = (
        WalkthroughOutcome(PAGE, "sign-up", Location(PAGE, 40), "0" * 64, steps, seconds=1.5, day="2026-01-31"),
        WalkthroughOutcome(PAGE, "sign-in", Location(PAGE, 90), "0" * 64, error="the fixture failed"),
    )
    claims = Claims(PAGE, (Claim("guilabel", "Terminal", 72, "unproven"),), (), frozenset())
    path = root / ".walkthrough" / "report.html"
    write_gallery(path, run, root, claims=[claims])
    return path


def step(number: int, verdict: Verdict, **more: object) -> StepOutcome:
    known = {"sentence": f"Click “Name {number}”.", "reason": "something about it"}
    return StepOutcome(number, Location(PAGE, 50 + number), verdict=verdict, **{**known, **more})  # type: ignore[arg-type]


@pytest.fixture
def page(chromium: Browser, gallery: Path) -> Iterator[Page]:
    """The gallery as a person opens it; it may ask for nothing, and its script may not fail."""
    with chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce") as context:
        page = context.new_page()
        wrong: list[str] = []

        def asked(request: Request) -> None:
            if not request.url.startswith(("file:", "data:")):
                wrong.append(request.url)

        page.on("request", asked)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text))
        page.goto(gallery.as_uri())
        yield page
        assert wrong == []


def item(page: Page, number: int) -> Locator:
    return page.locator(f"#docs_login__sign-up__{number}")


def bounds(part: Locator) -> FloatRect:
    box = part.bounding_box()
    assert box is not None
    return box


def shown(page: Page) -> list[str]:
    return page.locator(".step").evaluate_all("all => all.filter(e => e.checkVisibility()).map(e => e.dataset.verdict)")


def colours(page: Page) -> dict[str, tuple[int, ...]]:
    """The colours of the comparison in the changed region, and left and right of it."""
    stage = page.locator(".stage").first
    image = Image.open(BytesIO(stage.screenshot(scale="css"))).convert("RGB")
    points = {"changed": 0.62, "left": 0.3, "right": 0.9}
    return {name: image.getpixel((int(part * image.width), int(0.62 * image.height))) for name, part in points.items()}  # type: ignore[misc]


def test_filters_show_the_chosen_verdicts(page: Page) -> None:
    """A verdict's button shows its steps alone, several show theirs together, and All shows everything again."""
    group = page.get_by_role("group", name="Show steps by verdict")
    assert len(shown(page)) == 8
    group.get_by_role("button", name="label 1").click()
    expect(group.get_by_role("button", name="label 1")).to_have_attribute("aria-pressed", "true")
    assert shown(page) == ["label"]
    expect(page.get_by_role("heading", name="sign-in")).to_be_hidden()
    group.get_by_role("button", name="cosmetic 1").click()
    assert shown(page) == ["cosmetic", "label"]
    group.get_by_role("button", name="All 7").click()
    assert len(shown(page)) == 8
    page.keyboard.press("1")
    assert shown(page) == ["broken", "broken"]
    page.keyboard.press("1")
    assert len(shown(page)) == 8
    page.keyboard.press("7")
    assert shown(page) == ["same"]
    page.keyboard.press("0")
    assert len(shown(page)) == 8


def test_keys_lead_through_what_drifted(page: Page) -> None:
    """`j` and `k` go from one drifted step to the next and back, past those that hold, and round at the ends."""
    expect(page.get_by_role("status")).to_have_text("6 to look at")
    page.keyboard.press("j")
    expect(item(page, 3)).to_be_focused()
    page.keyboard.press("j")
    expect(item(page, 4)).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("2 of 6")
    page.keyboard.press("k")
    expect(item(page, 3)).to_be_focused()
    expect(item(page, 3)).to_be_in_viewport()
    page.keyboard.press("k")
    expect(page.locator(".error")).to_be_focused()
    page.get_by_role("button", name="Next drifted step").click()
    expect(item(page, 3)).to_be_focused()
    page.keyboard.press("6")
    page.keyboard.press("j")
    expect(item(page, 2)).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("1 of 1")


def test_pictures_are_compared_in_four_ways(page: Page) -> None:
    """Side by side, under a slider, one over the other, and as their difference, in which black is equal."""
    white, blue, black = (255, 255, 255), (0, 0, 255), (0, 0, 0)
    modes = item(page, 3).get_by_role("group", name="How to compare")
    before, now = page.get_by_role("img", name="Before: The code"), page.get_by_role("img", name="Now: The code")
    page.keyboard.press("j")
    left, right = bounds(before), bounds(now)
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] < right["x"]

    modes.get_by_role("button", name="Wipe").click()
    slider = page.get_by_role("slider", name="From the picture before to the one of now: images/code.png")
    slider.fill("0")
    assert colours(page)["changed"] == blue
    slider.fill("100")
    assert colours(page)["changed"] == white
    box = bounds(slider)
    page.mouse.click(box["x"] + 0.1 * box["width"], box["y"] + 0.1 * box["height"])
    assert colours(page)["changed"] == blue
    expect(slider).to_have_value("10")
    slider.press("ArrowRight")
    expect(slider).to_have_value("11")

    page.keyboard.press("o")
    expect(modes.get_by_role("button", name="Overlay")).to_have_attribute("aria-pressed", "true")
    slider.fill("100")
    page.keyboard.press("m")
    assert colours(page)["changed"] == blue
    page.keyboard.press("d")
    assert colours(page) == {"changed": (255, 255, 0), "left": black, "right": black}
    page.keyboard.press("z")
    assert colours(page) == {"changed": (255, 255, 0), "left": (255, 255, 0), "right": black}
    page.keyboard.press("s")
    expect(modes.get_by_role("button", name="Side by side")).to_have_attribute("aria-pressed", "true")


def test_changed_region_is_marked_where_it_is(page: Page) -> None:
    """The mark stands around the region, in both pictures; `m` takes it away."""
    marks = item(page, 3).locator(".region")
    expect(marks).to_have_count(2)
    picture, mark = bounds(page.get_by_role("img", name="Now: The code")), bounds(marks.last)
    assert abs(mark["x"] + 5 - (picture["x"] + REGION[0] * picture["width"])) < 1
    assert abs(mark["height"] - 10 - REGION[3] * picture["height"]) < 1
    page.keyboard.press("m")
    expect(marks.first).to_be_hidden()


def test_an_unchanged_picture_is_small_until_it_is_opened(page: Page) -> None:
    """A picture that is as it was takes little room, and shows itself on request."""
    small = item(page, 1).get_by_role("img", name="The code")
    assert bounds(small)["width"] == 128
    small.click()
    assert bounds(small)["width"] == 640


def test_theme_goes_round_and_is_kept(page: Page) -> None:
    """The theme is the system's at first, then light, then dark, and stays so when the file is opened again."""
    ground = "getComputedStyle(document.body).backgroundColor"
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) == "rgb(15, 24, 28)"
    page.keyboard.press("t")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.emulate_media(color_scheme="light")
    page.get_by_role("button", name="Theme: Light").click()
    assert page.evaluate(ground) == "rgb(15, 24, 28)"
    page.reload()
    expect(page.get_by_role("button", name="Theme: Dark")).to_be_visible()
    assert page.evaluate(ground) == "rgb(15, 24, 28)"


def test_help_lists_the_keys(page: Page) -> None:
    """`?` opens the list of keys and verdicts; keys do nothing else while it is open; Escape closes it."""
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("next, previous step that has drifted")
    page.keyboard.press("w")
    assert page.evaluate("document.documentElement.dataset.mode") == "side"
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_every_text_has_contrast(page: Page) -> None:
    """All text has at least 4.5:1 against its ground, which is level AA, in both themes."""
    for theme in ("Light", "Dark"):
        page.keyboard.press("t")
        expect(page.get_by_role("button", name=f"Theme: {theme}")).to_be_visible()
        assert page.evaluate(LOW_CONTRAST) == []
        page.keyboard.press("2")
        page.keyboard.press("?")
        assert page.evaluate(LOW_CONTRAST) == []
        page.keyboard.press("Escape")
        page.keyboard.press("0")


def test_fits_a_phone(page: Page) -> None:
    """At 390 pixels nothing stands out at the side, in any way to compare."""
    page.set_viewport_size({"width": 390, "height": 844})
    out = "all => all.filter(e => e.checkVisibility() && e.getBoundingClientRect().right > 390).map(e => e.outerHTML)"
    for mode in "swod":
        page.keyboard.press(mode)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert page.locator("body *").evaluate_all(out) == []


def test_buttons_have_names(page: Page) -> None:
    """Whoever does not see the gallery can use all of it."""
    for control in page.get_by_role("button").or_(page.get_by_role("slider")).all():
        expect(control).to_have_accessible_name(re.compile(r"\w"))
