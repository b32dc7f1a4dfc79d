"""Options do what the command reference says."""

from __future__ import annotations

import pytest

from tests.dofile import datasets
from tests.dofile.conftest import Recorder
from tests.dofile.options import OPTIONS, Option


@pytest.mark.parametrize("option", OPTIONS.values(), ids=OPTIONS)
def test_option(do: Recorder, option: Option) -> None:
    """The do-file's assertions hold, and its last command shows what it should."""
    datasets.make(do.folder, {"auto"})
    shown: list[str] = []
    do._show = shown.append
    *before, last = option.do.rsplit("\n", 1)
    do("".join(before))
    output = do(last) + "".join(shown)
    assert option.shows in output
    assert not option.hides or option.hides not in output
