"""``python -m walkthrough`` is the command ``walkthrough``."""

import sys

from walkthrough.cli import main

if __name__ == "__main__":
    sys.exit(main())
