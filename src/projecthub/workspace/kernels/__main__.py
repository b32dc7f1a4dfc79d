"""See to the kernels that the Python environment does not bring by itself: R's.

    python -m projecthub.workspace.kernels show       where R and its packages are
    python -m projecthub.workspace.kernels install    get what is missing, and write the kernelspec

The exit status is 0 when R's kernel is ready, 2 when it is not, with what to do.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from projecthub.workspace.kernels.r import RMissing, find, install, kept


def main(arguments: Sequence[str] | None = None) -> int:
    """Show or install; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m projecthub.workspace.kernels", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("action", choices=("show", "install"))
    action = parser.parse_args(arguments).action
    try:
        found = kept() or (install() if action == "install" else find())
    except RMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    print(f"R kernel: {found.program}, with {', '.join(found.packages)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
