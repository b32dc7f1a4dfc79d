"""What a person sees differ between two pictures of the same page, taken on one machine or on two.

Both are brought to reading size: one pixel for each CSS pixel of a page that is about 1,000 of them wide. There a pixel
of one picture agrees with the other picture if its colour lies within the colours around that place: so edges may be
smoothed otherwise, glyphs may stand a pixel aside, and where there is contrast anyway, a little more or less of it goes
unnoticed. What does not agree is counted in blocks of a letter's size.

Colours are compared in sRGB as it is, whose steps are about equally visible from dark to bright.
"""

from __future__ import annotations

import io
import itertools
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from walkthrough.evidence import Box

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]  # height, width, channel

READING_WIDTH: Final = 1024
"""Pictures are compared at about this width, in pixels: finer detail is another machine's."""

NOISE: Final = 8
"""Steps of 255 in one channel that nobody sees between two areas: dithering, rounding of gradients, colour profiles.
Eight steps of grey are about three units of CIE L*, of which 2.3 are just noticeable (Mahy, Van Eycken and
Oosterlinck 1994, doi:10.1002/col.5080190207).
"""

MASKING: Final = 2
"""A colour may leave the colours around it by the contrast there, divided by this: a thin stroke that falls between two
pixels is up to half paler than one that meets a pixel, and browsers round lines to whole pixels of the device.
"""

CELL: Final = 4
"""Edge of the cells in which pixels are counted, at reading size. A block is two by two of them, about a letter; blocks
overlap, so that no letter falls between two.
"""

SPECKLES: Final = 9
"""Pixels of a block's 64 that may disagree. Measured with one page drawn in many ways: hinting, shifts by half a pixel
and other scales reach 9, one changed letter 13 and more. Two digits of small print that resemble each other stay below.
"""

BAND: Final = 64
"""Rows that are compared at a time: few enough to stay in the processor's cache. Bands that are equal cost nothing."""

SAME_SHAPE: Final = 0.01
"""By which part two ratios of width to height may differ and still be one, taken at two scales."""


@dataclass(frozen=True)
class Difference:
    """The part of the picture that differs, 0 to 1, and where: left, top, width and height as parts of the picture;
    None where nothing does.
    """

    share: float
    region: tuple[float, float, float, float] | None = None


NOTHING: Final = Difference(0.0)
EVERYTHING: Final = Difference(1.0, (0.0, 0.0, 1.0, 1.0))


def look(png: bytes) -> str:
    """A perceptual digest of a picture: 64 hexadecimal digits, which stay when only small noise differs.

    A dHash of 16 by 16 bits: each says whether the brightness rises, by more than noise, from one cell of a grid to the
    cell on its right (Neal Krawetz, “Kind of Like That”, 2013, hackerfactor.com).
    """
    from PIL import Image  # noqa: PLC0415

    cells = Image.fromarray(at_reading_size(png)).convert("L").resize((17, 16), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(0, len(cells), 17):
        for left, right in itertools.pairwise(cells[row : row + 17]):
            bits = bits << 1 | (right > left + 1)
    return f"{bits:064x}"


def difference(committed: bytes, taken: bytes) -> Difference:
    """What a person sees differ between two PNGs. Raises `OSError` for what is none, as Pillow does."""
    if committed == taken:
        return NOTHING
    a, b = at_reading_size(committed), at_reading_size(taken)
    if abs(a.shape[1] * b.shape[0] / (a.shape[0] * b.shape[1]) - 1) > SAME_SHAPE:
        return EVERYTHING
    if a.shape != b.shape:
        a, b = _same_size(a, b)
    cells = _seen_cells(_disagreeing(a, b))
    where = _bounds(cells)
    if where is None:
        return NOTHING
    height, width = a.shape[0] / CELL, a.shape[1] / CELL
    rows, columns = where
    left, top = columns.start / width, rows.start / height
    right, bottom = min(columns.stop / width, 1.0), min(rows.stop / height, 1.0)
    share = min(float(cells.sum()) / (width * height), 1.0)
    return Difference(round(share, 6), (round(left, 4), round(top, 4), round(right - left, 4), round(bottom - top, 4)))


def vanished(committed: bytes, taken: bytes, box: Box, now: Box | None = None) -> bool:
    """Whether there was something to see in a box of the committed picture, and a flat colour is there now.

    ``now`` is the box in the taken picture, where it is another. Its edge is left out: a button keeps its frame when
    its words turn as pale as its ground.
    """
    if committed == taken and now is None:
        return False
    return not _flat(at_reading_size(committed), box) and _flat(at_reading_size(taken), now or box)


def _flat(pixels: Pixels, box: Box) -> bool:
    """Whether the inside of a box has one colour, but for noise; an area too small to hold anything has not."""
    height, width = pixels.shape[:2]
    left, right = box.left * width, (box.left + box.width) * width
    top, bottom = box.top * height, (box.top + box.height) * height
    edge = min((right - left) / 8, (bottom - top) / 8)
    inside = pixels[max(round(top + edge), 0) : max(round(bottom - edge), 0),
                    max(round(left + edge), 0) : max(round(right - edge), 0)]  # fmt: skip
    if inside.size < 3 * 4:
        return False
    return int((inside.max(axis=(0, 1)) - inside.min(axis=(0, 1))).max()) <= NOISE


def same_pixels(one: bytes, other: bytes) -> bool:
    """Whether two PNGs show the same to the pixel. Raises `OSError` for what is none."""
    import numpy as np  # noqa: PLC0415

    return np.array_equal(decoded(one), decoded(other))


@lru_cache(maxsize=8)
def at_reading_size(png: bytes) -> Pixels:
    """A PNG as it is compared, in sRGB. Kept, since a picture is digested, compared, looked into and reported."""
    import numpy as np  # noqa: PLC0415 - pages without pictures, and a docs build, do without
    from PIL import Image  # noqa: PLC0415

    pixels = decoded(png)
    height, width = pixels.shape[:2]
    factor = max(width // READING_WIDTH, 1)
    if factor == 1:
        return pixels
    if factor == 2 and height % 2 == width % 2 == 0:  # the usual picture
        return _halved(pixels)
    return np.asarray(Image.fromarray(pixels).reduce(factor))


def _halved(pixels: Pixels) -> Pixels:
    """The means of two by two pixels: as Pillow reduces a picture, in a quarter of its time."""
    import numpy as np  # noqa: PLC0415
    from kornia_rs.imgproc import resize  # noqa: PLC0415

    return np.asarray(resize(pixels, (pixels.shape[0] // 2, pixels.shape[1] // 2), "bilinear"))


def decoded(png: bytes) -> Pixels:
    """A picture in RGB, decoded by kornia-rs where that can: in a quarter of Pillow's time."""
    import numpy as np  # noqa: PLC0415
    from kornia_rs.io import decode_image_png_u8  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    with Image.open(io.BytesIO(png), formats=["PNG"]) as image:  # reads the header only
        if image.mode == "RGB":
            with suppress(Exception):  # Pillow reads what this cannot, or says what is wrong
                pixels: Pixels = decode_image_png_u8(png, (image.height, image.width), "rgb")
                return pixels
        return np.asarray(image.convert("RGB"))


def _same_size(a: Pixels, b: Pixels) -> tuple[Pixels, Pixels]:
    """Both at the size of the smaller one."""
    import numpy as np  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    height, width = min(a.shape, b.shape)[:2]
    images = (Image.fromarray(each).resize((width, height), Image.Resampling.BOX) for each in (a, b))
    first, second = (np.asarray(each) for each in images)
    return first, second


def _disagreeing(a: Pixels, b: Pixels) -> NDArray[np.bool_]:
    """The pixels at which one of the two has a colour that the other has not nearby."""
    import numpy as np  # noqa: PLC0415

    differs = np.zeros(a.shape[:2], bool)
    for top in range(0, len(a), BAND):
        first = max(top - 1, 0)  # each band sees its neighbours' nearest rows
        band_a, band_b = (each[first : top + BAND + 1] for each in (a, b))
        if (columns := _apart(band_a, band_b)) is None:
            continue
        left = max(columns.start - 1, 0)
        around = slice(left, columns.stop + 1)
        found = _disagree(band_a[:, around], band_b[:, around])[top - first :][:BAND]
        differs[top : top + BAND, columns] = found[:, columns.start - left :][:, : columns.stop - columns.start]
    return differs


def _apart(a: Pixels, b: Pixels) -> slice | None:
    """The columns of two bands between which something differs by more than noise: elsewhere, all pixels agree."""
    import numpy as np  # noqa: PLC0415

    if np.array_equal(a, b):
        return None
    most = (np.maximum(a, b) - np.minimum(a, b)).max(axis=0)
    columns = np.flatnonzero((most > NOISE).any(axis=1))
    return slice(int(columns[0]), int(columns[-1]) + 1) if columns.size else None


def _disagree(a: Pixels, b: Pixels) -> NDArray[np.bool_]:
    """The same for one band."""
    low_a, high_a = _surroundings(a)
    low_b, high_b = _surroundings(b)
    mask = _outside(a, low_b, high_b) | _outside(b, low_a, high_a)
    # Ten times as fast as `any` along so short an axis.
    return mask[..., 0] | mask[..., 1] | mask[..., 2]


def _surroundings(pixels: Pixels) -> tuple[Pixels, Pixels]:
    """The least and the most of each channel among a pixel and its eight neighbours."""
    import numpy as np  # noqa: PLC0415

    results = []
    for most in (np.minimum, np.maximum):
        rows = pixels.copy()
        most(rows[1:], pixels[:-1], out=rows[1:])
        most(rows[:-1], pixels[1:], out=rows[:-1])
        both = rows.copy()
        most(both[:, 1:], rows[:, :-1], out=both[:, 1:])
        most(both[:, :-1], rows[:, 1:], out=both[:, :-1])
        results.append(both)
    return results[0], results[1]


def _outside(pixels: Pixels, low: Pixels, high: Pixels) -> NDArray[np.bool_]:
    import numpy as np  # noqa: PLC0415

    beyond = np.maximum(np.maximum(pixels, high) - high, low - np.minimum(pixels, low))
    allowed = (high - low) // np.uint8(MASKING) + np.uint8(NOISE)
    outside: NDArray[np.bool_] = beyond > allowed
    return outside


def _seen_cells(differs: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The cells of all blocks in which more than speckles differ; those at the right and lower edge can be smaller."""
    import numpy as np  # noqa: PLC0415

    height, width = differs.shape
    padded = np.pad(differs, ((0, -height % CELL), (0, -width % CELL)))
    rows, columns = padded.shape[0] // CELL, padded.shape[1] // CELL
    # Added up whole rows and columns at a time, which is several times as fast as sums along short axes.
    lines = padded.view(np.uint8).reshape(rows, CELL, columns * CELL).sum(axis=1, dtype=np.uint8)
    counts = np.add.reduce([lines[:, offset::CELL] for offset in range(CELL)], axis=0, dtype=np.uint8)
    pairs = counts[1:] + counts[:-1]
    blocks = pairs[:, 1:] + pairs[:, :-1] > SPECKLES
    cells = np.zeros((rows, columns), bool)
    for down in (0, 1):
        for right in (0, 1):
            cells[down : rows - 1 + down, right : columns - 1 + right] |= blocks
    seen: NDArray[np.bool_] = cells & (counts > 0)
    return seen


def _bounds(mask: NDArray[np.bool_]) -> tuple[slice, slice] | None:
    """Rows and columns that hold all that is true in a mask; None where nothing is."""
    import numpy as np  # noqa: PLC0415

    rows, columns = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
    if not rows.size:
        return None
    down, right = (slice(int(each[0]), int(each[-1]) + 1) for each in (rows, columns))
    return down, right
