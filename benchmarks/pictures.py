"""How long it takes to compare one picture of a guide with the committed one.

    python benchmarks/pictures.py [--rounds 5]

The guide's own pictures are held against copies of them: equal, with one word changed, with edges
smoothed as by another machine, and at half the scale. Each pair is decoded anew. Printed are the medians over all
pictures, in milliseconds of wall-clock time and of the processor's.
"""

from __future__ import annotations

import argparse
import io
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

from walkthrough.compare import pixels

ROOT = Path(__file__).resolve().parent.parent


def word(image: Image.Image) -> Image.Image:
    """The picture with other words somewhere."""
    ImageDraw.Draw(image).text((1100, 700), "Another word", "#c02020", font_size=32)
    return image


def smoothed(image: Image.Image) -> Image.Image:
    """The picture with softer edges, so that all glyphs differ in their pixels."""
    return image.filter(ImageFilter.GaussianBlur(0.4))


KINDS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "one word changed": word,
    "edges smoothed otherwise": smoothed,
    "half the scale": lambda image: image.resize((image.width // 2, image.height // 2), Image.Resampling.BOX),
}


def changed(png: bytes, change: Callable[[Image.Image], Image.Image]) -> bytes:
    """A copy of a picture, with one change."""
    with Image.open(io.BytesIO(png)) as image:
        file = io.BytesIO()
        change(image.convert("RGB")).save(file, "PNG")
    return file.getvalue()


def measured(pairs: list[tuple[bytes, bytes]], rounds: int) -> str:
    """Medians over all pairs and rounds."""
    wall, processor = [], []
    for committed, taken in pairs * rounds:
        pixels.at_reading_size.cache_clear()
        started, used = time.perf_counter(), time.process_time()
        pixels.difference(committed, taken)
        wall.append(time.perf_counter() - started)
        processor.append(time.process_time() - used)
    return f"{statistics.median(wall) * 1000:.1f} ms ({statistics.median(processor) * 1000:.1f} ms of processor)"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    committed = [path.read_bytes() for path in sorted((ROOT / "docs/images").glob("*.png"))]
    pairs = {"equal bytes": [(png, bytes(bytearray(png))) for png in committed]}
    pairs |= {kind: [(png, changed(png, change)) for png in committed] for kind, change in KINDS.items()}
    for kind, each in pairs.items():
        print(f"one picture compared, {kind}: {measured(each, rounds)}", flush=True)


if __name__ == "__main__":
    main()
