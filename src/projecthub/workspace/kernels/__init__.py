"""Which kernels a workspace offers, and which of them runs a given notebook."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def kernels_folder() -> Path:
    """Return where the Python environment keeps its kernelspecs."""
    return Path(sys.prefix, "share", "jupyter", "kernels")


def offered() -> dict[str, Any]:
    """Return the kernelspecs of the Python environment by name, as their ``kernel.json`` have them."""
    found = {file.parent.name.lower(): file for file in sorted(kernels_folder().glob("*/kernel.json"))}
    return {name: json.loads(file.read_text(encoding="utf-8")) for name, file in found.items()}


def kernel_for(wanted: str, offered: dict[str, Any]) -> str | None:
    """Return the name of the kernel that runs a notebook of kernel `wanted`; None where no kernel does.

    That is the kernel of that name, else one whose metadata declare that it runs such notebooks:
    ``"metadata": {"runs": ["nbstata"]}``.
    """
    if wanted in offered:
        return wanted
    able = (name for name, spec in sorted(offered.items()) if wanted in spec.get("metadata", {}).get("runs", ()))
    return next(able, None)
