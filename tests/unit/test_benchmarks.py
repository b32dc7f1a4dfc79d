"""The benchmarks start: what they measure with is still there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.mark.parametrize(
    "script", [each.name for each in sorted(BENCHMARKS.glob("*.py")) if "argparse" in each.read_text("utf-8")]
)
def test_a_benchmark_says_what_it_takes(script: str) -> None:
    """A name that a change of the code has taken away would only be noticed the next time that somebody measures."""
    done = subprocess.run([sys.executable, BENCHMARKS / script, "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "usage:" in done.stdout
