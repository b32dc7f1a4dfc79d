"""The kernels of a workspace's Jupyter server."""

from __future__ import annotations

from jupyter_client.kernelspec import KernelSpecManager

from projecthub.workspace.kernels import kernels_folder


class EnvironmentKernels(KernelSpecManager):
    """Offers the kernels of the Python environment alone: none of the machine's, none from somebody's home."""

    def _kernel_dirs_default(self) -> list[str]:
        return [str(kernels_folder())]
