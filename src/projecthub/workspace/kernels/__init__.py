"""Which kernels a workspace offers, and which of them runs a given notebook."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager


def kernels_folder() -> Path:
    """Return where the Python environment keeps its kernelspecs."""
    return Path(sys.prefix, "share", "jupyter", "kernels")


class EnvironmentKernels(KernelSpecManager):
    """Offers the kernels of the Python environment alone: none of the machine's, none from somebody's home."""

    def _kernel_dirs_default(self) -> list[str]:
        return [str(kernels_folder())]


def kernel_for(wanted: str, offered: dict[str, Any]) -> str | None:
    """Return the name of the kernel that runs a notebook of kernel `wanted`; None where no kernel does.

    `offered` holds kernelspecs by name, as ``kernel.json`` has them. That is the kernel of that name, else one whose
    metadata declare that it runs such notebooks: ``"metadata": {"runs": ["nbstata"]}``.
    """
    if wanted in offered:
        return wanted
    able = (name for name, spec in sorted(offered.items()) if wanted in spec.get("metadata", {}).get("runs", ()))
    return next(able, None)
