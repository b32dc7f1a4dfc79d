"""The page that shows how to use the engine elsewhere: its files make a project, and its commands do what it says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from walkthrough import pytest_plugin

ADOPT = Path(__file__).parents[2] / "docs/adopt.md"
_FILE = re.compile(r"^```\{code-block\} \w+\n:caption: (?P<name>\S+)\n\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def run(folder: Path, *command: str) -> tuple[int, str]:
    """Exit status and output of a program of the environment."""
    done = subprocess.run([sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_the_example_is_a_whole_project(tmp_path: Path) -> None:
    """Its five files are walked, checked, built without a warning, and a renamed button is told and mended."""
    files = {each["name"]: each["text"] for each in _FILE.finditer(ADOPT.read_text("utf-8"))}
    assert len(files) == 5
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    status, text = run(tmp_path, "pytest", "docs", "--walkthrough-update")
    assert status == 0, text
    assert (tmp_path / "docs/images/borrow.png").stat().st_size > 1000
    assert "127.0.0.1" not in (tmp_path / "docs/images/borrow.evidence.json").read_text("utf-8")
    status, text = run(tmp_path, "sphinx", "--fail-on-warning", ".", "build/site")
    assert status == 0, text
    status, text = run(tmp_path, "walkthrough", "check")
    assert (status, "unchanged" in text) == (0, True), text
    product = tmp_path / "product/index.html"
    product.write_text(product.read_text("utf-8").replace(">Borrow<", ">Take home<"), "utf-8")
    status, text = run(tmp_path, "walkthrough", "check")
    assert status == 1, text
    line = next(number for number, each in enumerate(files["docs/borrow.md"].splitlines(), 1) if "{click}" in each)
    assert re.search(rf"docs/borrow\.md:{line}.*“?Borrow”?.*Take home", text), text
    status, text = run(tmp_path, "walkthrough", "accept", "--yes")
    assert status == 0, text
    assert "{click}`Take home`" in (tmp_path / "docs/borrow.md").read_text("utf-8")


def test_each_fixture_that_it_lists_is_the_plugins() -> None:
    """A project overrides what the plugin has under this name; the browser alone is not for overriding."""
    listed = re.findall(r"^\| `(walkthrough_\w+)` \|", ADOPT.read_text("utf-8"), re.MULTILINE)
    there = {name for name in vars(pytest_plugin) if name.startswith("walkthrough_")}
    assert {*listed, "walkthrough_browser"} == there
