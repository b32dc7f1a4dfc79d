"""Which kernels a workspace offers."""

from __future__ import annotations

import sys
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager


class EnvironmentKernels(KernelSpecManager):
    """Offers the kernels of the Python environment alone: none of the machine's, none from somebody's home."""

    def _kernel_dirs_default(self) -> list[str]:
        return [str(Path(sys.prefix, "share", "jupyter", "kernels"))]
