"""Start the accounts console: ``python -m projecthub.accounts``, with its settings in the environment."""

import sys

from projecthub.accounts.start import main

if __name__ == "__main__":
    sys.exit(main())
