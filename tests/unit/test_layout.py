"""The packages know nothing of each other."""

from __future__ import annotations

import ast
import itertools
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"


PACKAGES = ("walkthrough", "projecthub", "dofile")


@pytest.mark.parametrize(("package", "other"), list(itertools.permutations(PACKAGES, 2)))
def test_packages_do_not_import_each_other(package: str, other: str) -> None:
    """The pages' engine knows no hub, the hub knows no pages, and do-files know neither."""
    for path in (SOURCE / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not [name for name in names if name.split(".")[0] == other], path
