"""Pictures as data URIs, for a report that is one file: what changed as it is, the rest small."""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image

from walkthrough.compare.pixels import at_reading_size

SMALL_WIDTH: Final = 640
"""Width in pixels to which a picture without a visible change is reduced; a narrower one stays as wide as it is."""

FULL_BYTES: Final = 48 * 2**20
"""How many bytes of changed pictures are embedded as they are; behind that they are packed with a little loss."""

SMALL_COUNT: Final = 120
"""How many reduced pictures are embedded; each takes about 50 ms and 20 kB. Further ones are only named."""

_SMALL_QUALITY: Final = 72
_PACKED_QUALITY: Final = 85


@dataclass(frozen=True)
class Embedded:
    """A picture in the report. ``width`` and ``height`` are those of the file, in pixels; ``problem`` says why there is
    no ``uri``, else it is empty.
    """

    uri: str = ""
    width: int = 0
    height: int = 0
    problem: str = ""


_Version = tuple[Path, int, int]
# Reduced pictures by path, time and size.
_known: dict[_Version, Embedded] = {}


def ahead(root: Path, small: Sequence[str]) -> None:
    """Reduce pictures that a report will likely need, while there is time."""
    for path in small[:SMALL_COUNT]:
        if version := _version(root / path):
            _known[version] = _read(root, path, packed=True, reduced=True)


def _version(path: Path) -> _Version | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return path, stat.st_mtime_ns, stat.st_size


def embed(root: Path, full: Sequence[str], small: Sequence[str]) -> dict[str, Embedded]:
    """Read pictures by their paths relative to ``root``: ``full`` ones as they are, ``small`` ones reduced.

    What cannot be read is an `Embedded` with a ``problem``; a report is needed most where something is wrong. Of very
    many small ones, the last are not in the result.
    """
    whole = dict.fromkeys(path for path in full if path)
    reduced = [path for path in dict.fromkeys(small) if path and path not in whole]
    packed = set(_beyond(root, whole))
    jobs = [(path, path in packed, False) for path in whole] + [(path, True, True) for path in reduced[:SMALL_COUNT]]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(pool.map(lambda job: (job[0], _read(root, *job)), jobs))


def _beyond(root: Path, paths: Iterable[str]) -> Iterable[str]:
    total = 0
    for path in paths:
        file = root / path
        total += file.stat().st_size if file.is_file() else 0
        if total > FULL_BYTES:
            yield path


def _read(root: Path, path: str, packed: bool, reduced: bool) -> Embedded:
    if reduced and (version := _version(root / path)) in _known:
        return _known[version]
    try:
        content = (root / path).read_bytes()
        with Image.open(io.BytesIO(content)) as image:
            width, height = image.size
            kind = image.get_format_mimetype() or "image/png"
            if packed:
                content, kind = _webp(_small(content, image) if reduced else image, reduced), "image/webp"
    except FileNotFoundError:
        return Embedded(problem=f"{path} is not there any more")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):  # Pillow's words for a broken file
        return Embedded(problem=f"{path} cannot be read as a picture")
    return Embedded(f"data:{kind};base64,{base64.b64encode(content).decode()}", width, height)


def _small(content: bytes, image: Image.Image) -> Image.Image:
    """A picture reduced; those that were compared are decoded already."""
    if image.width <= SMALL_WIDTH:
        return image
    size = (SMALL_WIDTH, max(1, round(image.height * SMALL_WIDTH / image.width)))
    if image.mode == "RGB" and image.format == "PNG":
        image = Image.fromarray(at_reading_size(content))
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=1.5)


def _webp(image: Image.Image, reduced: bool) -> bytes:
    picture = image.convert("RGBA" if image.has_transparency_data else "RGB")
    packed = io.BytesIO()
    picture.save(packed, "WEBP", quality=_SMALL_QUALITY if reduced else _PACKED_QUALITY, method=2)
    return packed.getvalue()
