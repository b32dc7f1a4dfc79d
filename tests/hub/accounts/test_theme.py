"""The shared style sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import projecthub

THEME = Path(projecthub.__file__).parent / "theme"
CSS = (THEME / "projecthub.css").read_text(encoding="utf-8")
TEXT_ON = [
    ("text", "page"), ("text", "surface"), ("text", "surface-sunken"), ("muted", "page"), ("muted", "surface"),
    ("link", "page"), ("link", "surface"), ("on-accent", "accent"), ("on-accent", "accent-strong"),
    ("danger", "page"), ("danger", "danger-surface"), ("success", "success-surface"), ("notice", "notice-surface"),
    ("aside-text", "aside"), ("aside-muted", "aside"), ("aside-muted", "aside-deep"),
]  # fmt: skip
EDGE_ON = [("line-strong", "page"), ("line-strong", "surface"), ("focus", "page"), ("danger", "surface")]


def colours(scheme: str) -> dict[str, str]:
    """The colours of a scheme; the dark one changes some of the light one."""
    light, dark = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    found = dict(re.findall(r"--ph-([a-z-]+): (#[0-9a-f]{6});", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--ph-([a-z-]+): (#[0-9a-f]{6});", dark))
    return found


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(scheme: str):
    """Text has a contrast of 4.5 and edges of fields one of 3, in both schemes (WCAG 2 AA)."""
    colour = colours(scheme)
    ratios = {(a, b): (contrast(colour[a], colour[b]), 4.5) for a, b in TEXT_ON}
    ratios |= {(a, b): (contrast(colour[a], colour[b]), 3.0) for a, b in EDGE_ON}
    assert {pair: ratio for pair, (ratio, least) in ratios.items() if ratio < least} == {}


def test_nothing_from_outside():
    """The theme loads its own files only, and they are there, with the fonts' licence."""
    addresses = re.findall(r'url\("([^"]+)"\)', CSS)
    assert addresses
    assert all((THEME / address).is_file() for address in addresses)
    assert "SIL Open Font License" in (THEME / "fonts/OFL.txt").read_text(encoding="utf-8")
