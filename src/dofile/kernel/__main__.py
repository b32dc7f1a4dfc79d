"""Start the kernel; Jupyter does so, as ``python -m dofile.kernel -f CONNECTION_FILE``."""

from ipykernel.kernelapp import IPKernelApp

from dofile.kernel.kernel import DofileKernel

IPKernelApp.launch_instance(kernel_class=DofileKernel)
