"""What a person sees differ between two pictures, shown with real ones from the guide and small changes of them."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from walkthrough.compare import pixels
from walkthrough.compare.pixels import Difference, difference, look, vanished
from walkthrough.evidence import Box

ROOT = Path(__file__).parents[2]
FONT = ROOT / "src/walkthrough/fonts/Inter-Regular.ttf"
NONE = Difference(0.0, None)
BUTTON = Box("click", "Sign up", 0.4976, 0.7158, 0.4209, 0.0586)
"""Where the sign-up page's button stands."""

Edit = Callable[[Image.Image], Image.Image | None]


@cache
def committed() -> bytes:
    return (ROOT / "docs/images/jup_createuser.png").read_bytes()


def edited(edit: Edit) -> bytes:
    with Image.open(io.BytesIO(committed())) as image:
        return png(edit(image) or image)


def png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=1)
    return file.getvalue()


def button(image: Image.Image) -> tuple[int, int, int, int]:
    left, top = BUTTON.left * image.width, BUTTON.top * image.height
    return round(left), round(top), round(left + BUTTON.width * image.width), round(top + BUTTON.height * image.height)


def noisy(image: Image.Image) -> Image.Image:
    noise = np.random.default_rng(7).integers(-2, 3, (image.height, image.width, 3))
    return Image.fromarray(np.clip(np.asarray(image).astype(int) + noise, 0, 255).astype(np.uint8))


def shifted(image: Image.Image) -> None:
    """Move all words of the form by one pixel of the page, as another rounding does."""
    form = image.crop((1000, 150, 1900, 400))
    image.paste(form, (1002, 152))


def repainted(old: tuple[int, int, int], new: tuple[int, int, int]) -> Edit:
    def paint(image: Image.Image) -> Image.Image:
        pixels = np.asarray(image).copy()
        pixels[(pixels == np.array(old)).all(axis=2)] = new
        return Image.fromarray(pixels)

    return paint


def relabelled(image: Image.Image) -> None:
    draw = ImageDraw.Draw(image)
    left, top, right, bottom = button(image)
    ground = image.getpixel((left + 100, (top + bottom) // 2))
    draw.rectangle((left + 300, top + 10, right - 300, bottom - 10), fill=ground)  # type: ignore[arg-type]
    draw.text(((left + right) / 2, (top + bottom) / 2), "Register", "white", ImageFont.truetype(FONT, 32), "mm")


def one_letter(image: Image.Image) -> None:
    ImageDraw.Draw(image).text((1135, 588), "r", "#14212b", ImageFont.truetype(FONT, 32), "mm")


def icon(image: Image.Image) -> None:
    left, top, right, bottom = 92, 70, 145, 130
    image.paste(image.crop((left, top, right, bottom)).transpose(Image.Transpose.FLIP_LEFT_RIGHT), (left, top))


def moved(image: Image.Image) -> None:
    left, top, right, bottom = button(image)
    image.paste(image.crop((left, top - 4, right, bottom + 4)), (left, top + 8))


TEAL = (10, 101, 112)


@pytest.mark.parametrize(
    "edit",
    [lambda image: image, noisy, shifted, repainted(TEAL, (14, 104, 116)),
     lambda image: image.resize((1024, 768), Image.Resampling.LANCZOS),
     lambda image: image.resize((1536, 1152), Image.Resampling.BICUBIC), lambda image: image.convert("RGBA")],
    ids=["written otherwise", "dithering", "shifted by a pixel", "a shade", "half the scale", "other scale", "alpha"],
)  # fmt: skip
def test_what_nobody_sees_is_no_difference(edit: Edit) -> None:
    """Another encoder, dithering, a shift by one pixel, a shade and another device scale are no difference."""
    assert difference(committed(), edited(edit)) == NONE


@pytest.mark.parametrize(
    ("edit", "at"),
    [(relabelled, (0.70, 0.74)), (one_letter, (0.555, 0.385)), (icon, (0.06, 0.06)), (moved, (0.6, 0.72)),
     (repainted(TEAL, (122, 63, 157)), (0.6, 0.74))],
    ids=["a word", "a letter", "an icon", "a place", "a colour"],
)  # fmt: skip
def test_what_a_person_sees_is_a_difference_and_where_it_is(edit: Edit, at: tuple[float, float]) -> None:
    """A changed word, letter, icon, place or colour is found, in a region that holds it and not the whole page."""
    found = difference(committed(), edited(edit))
    assert found.region is not None
    left, top, width, height = found.region
    assert left <= at[0] <= left + width, found
    assert top <= at[1] <= top + height, found
    assert 0 < found.share < 0.2, found


def test_pictures_of_another_shape_differ_as_a_whole() -> None:
    """A picture whose width to height is another has nothing that could be compared."""
    taller = edited(lambda image: image.crop((0, 0, 2048, 1200)))
    assert difference(committed(), taller) == Difference(1.0, (0.0, 0.0, 1.0, 1.0))


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_a_picture_is_read_as_pillow_reads_it(mode: str) -> None:
    """Whichever decoder reads a picture, of whatever colours: its pixels are those that Pillow reads."""
    written = edited(lambda image: image.crop((900, 100, 1403, 432)).convert(mode))
    with Image.open(io.BytesIO(written)) as image:
        assert np.array_equal(np.asarray(pixels.decoded(written)), np.asarray(image.convert("RGB")))


@pytest.mark.parametrize("size", [(2048, 1536), (2049, 1536), (2048, 1535), (3072, 600), (1024, 768), (1500, 901)])
def test_a_picture_is_reduced_as_pillow_reduces_it(size: tuple[int, int]) -> None:
    """Whichever library brings a picture to reading size, of whatever colours and edges: its pixels are Pillow's."""
    noise = np.random.default_rng(7).integers(0, 256, (size[1], size[0], 3), np.uint8)
    reduced = Image.fromarray(noise).reduce(max(size[0] // 1024, 1))
    assert np.array_equal(pixels.at_reading_size(png(Image.fromarray(noise))), np.asarray(reduced))


def lettered(seed: int, size: tuple[int, int], words: int, rim: bool = False) -> Image.Image:
    """A made picture with some words at chance places, and maybe something else along all its edges."""
    chance = np.random.default_rng(seed)
    image = Image.new("RGB", size, "#f4f6f8")
    draw = ImageDraw.Draw(image)
    for _ in range(words):
        at = tuple(int(each) for each in chance.integers(0, size))
        draw.text(at, "Another word", tuple(chance.integers(0, 255, 3).tolist()), ImageFont.truetype(FONT, 17))
    if rim:
        draw.rectangle((0, 0, size[0] - 1, size[1] - 1), outline="#a02020", width=3)
    return image


def plainly_disagreeing(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """What differs, pixel by pixel as the module's docstring says it: all at once and in whole numbers."""
    height, width = a.shape[:2]

    def leaves(one: np.ndarray, other: np.ndarray) -> np.ndarray:
        padded = np.pad(other.astype(int), ((1, 1), (1, 1), (0, 0)), "edge")
        near = np.stack([padded[y : y + height, x : x + width] for y in range(3) for x in range(3)])
        low, high = near.min(axis=0), near.max(axis=0)
        allowed = (high - low) // pixels.MASKING + pixels.NOISE
        return ((one > high + allowed) | (one < low - allowed)).any(axis=2)  # type: ignore[no-any-return]

    return leaves(a, b) | leaves(b, a)


@pytest.mark.parametrize("size", [(300, 200), (301, 64), (257, 65), (129, 63), (90, 193)])
@pytest.mark.parametrize(("words", "rim"), [(12, False), (12, True), (13, False), (13, True)])
@pytest.mark.parametrize("blur", [0, 0.6])
def test_band_by_band_the_same_differs_as_at_once(size: tuple[int, int], words: int, rim: bool, blur: float) -> None:
    """Pictures of any height, with changes inside, along the edges and everywhere, differ as a plain reckoning says."""
    first, second = lettered(1, size, 12), lettered(1, size, words, rim)
    a, b = np.asarray(first), np.asarray(second.filter(ImageFilter.GaussianBlur(blur)))
    expected = plainly_disagreeing(a, b)
    assert np.array_equal(pixels._disagreeing(a, b), expected)
    assert expected.any() == (rim or words > 12 or blur > 0)


def test_what_is_no_picture_is_told() -> None:
    """A file that is broken, or that is no picture, is told as Pillow tells it."""
    for broken in (b"no picture", committed()[:30_000]):
        with pytest.raises(OSError, match=r"identify|truncated"):
            difference(committed(), broken)


def test_equal_bytes_are_not_even_decoded() -> None:
    """Two equal files are equal, whatever is in them."""
    assert difference(b"no picture", b"no picture") == NONE


def test_the_digest_stays_with_noise_and_changes_with_the_page() -> None:
    """The perceptual digest has 256 bits; noise turns next to none of them, another page many."""
    mine = look(committed())
    assert len(mine) == 64
    assert distance(mine, look(edited(noisy))) <= 4
    assert distance(mine, look((ROOT / "docs/images/hub_view.png").read_bytes())) > 40


def distance(first: str, second: str) -> int:
    return (int(first, 16) ^ int(second, 16)).bit_count()


def test_words_as_pale_as_their_ground_have_vanished() -> None:
    """A button whose words nobody can tell from it is told; one with other words, or one that was empty, is not."""

    def pale(image: Image.Image) -> None:
        left, top, right, bottom = button(image)
        ground = image.getpixel((left + 100, (top + bottom) // 2))
        ImageDraw.Draw(image).rectangle((left + 20, top + 8, right - 20, bottom - 8), fill=ground)  # type: ignore[arg-type]

    assert vanished(committed(), edited(pale), BUTTON)
    assert not vanished(committed(), edited(relabelled), BUTTON)
    assert not vanished(committed(), committed(), BUTTON)
    assert not vanished(edited(pale), edited(pale), BUTTON)


def test_a_button_that_lets_everything_through_has_vanished() -> None:
    """Where a button stood and only the page's ground is now, it has vanished; where it moved to, it has not."""

    def gone(image: Image.Image) -> None:
        left, top, right, bottom = button(image)
        ground = image.getpixel((left - 60, top))
        ImageDraw.Draw(image).rectangle((left - 10, top - 10, right + 10, bottom + 10), fill=ground)  # type: ignore[arg-type]
        with Image.open(io.BytesIO(committed())) as old:
            image.paste(old.crop((left, top, right, bottom)), (left, top + 200))

    elsewhere = Box("click", "Sign up", BUTTON.left, BUTTON.top + 200 / 1536, BUTTON.width, BUTTON.height)
    assert vanished(committed(), edited(gone), BUTTON)
    assert not vanished(committed(), edited(gone), BUTTON, elsewhere)
