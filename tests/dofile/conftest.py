"""What the tests of the do-file engine share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from dofile import DoError, Session

Do = Callable[[str], str]

# Examples are counted, not timed: how long one takes says more of the machine than of the engine.
settings.register_profile("counted", deadline=None)
settings.load_profile("counted")


class Recorder(Session):
    """A session that runs in a folder of its own and returns what it prints."""

    def __init__(self, folder: Path) -> None:
        self.written: list[str] = []
        super().__init__(self.written.append, folder=folder)

    def __call__(self, text: str) -> str:
        """Run a do-file and return its output."""
        self.written.clear()
        self.run(text)
        return "".join(self.written)

    def refused(self, text: str) -> tuple[int, str]:
        """Run a do-file that fails, and return the code and message."""
        with pytest.raises(DoError) as error:
            self.run(text)
        return error.value.code, error.value.message


@pytest.fixture
def do(tmp_path: Path) -> Recorder:
    """Return a new session in the test's own folder."""
    return Recorder(tmp_path)
