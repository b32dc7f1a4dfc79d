"""The page of the first notebook against the real hub: three kernels run in it; what does not is told at its line."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests import PLAIN

ROOT = Path(__file__).resolve().parents[2]

LAB = '''

@pytest.fixture
def lab(members_session, hub):
    """An address at which the workspace begins anew: nothing that was open before is."""
    from types import SimpleNamespace
    return SimpleNamespace(fresh=f"{hub.url}user/researcher/lab?reset")
'''

DRIFT = {
    "menu": """\
:::{walkthrough} renamed-menu-item
:persona: member
:timeout: 45

1. Open {open}`the workspace <lab.fresh>`, double-click {double-click}`project-50123` and then
   {double-click}`python.ipynb`. Wait for {idle}`Python 3 (ipykernel)`.
2. Choose
   {menu}`Run > Run Everything`.
3. {see}`Never reached`
:::
""",
    "kernels": """\
:::{walkthrough} missing-kernel
:persona: member
:timeout: 45

1. Open {open}`the workspace <lab.fresh>`, double-click {double-click}`project-50123`, {double-click}`data` and then
   {double-click}`gone.ipynb`.
2. Wait for
   {idle}`Gone`.
:::

:::{walkthrough} failing-cell
:persona: member
:timeout: 60

1. Open {open}`the workspace <lab.fresh>`, double-click {double-click}`project-50123`, {double-click}`data` and then
   {double-click}`fails.ipynb`.
2. Wait for {idle}`Python 3 (ipykernel)`, and choose {menu}`Run > Run All Cells`.
3. Wait for
   {idle}`Python 3 (ipykernel)`.
:::
""",
}


def copy_of_guide(path: Path) -> Path:
    """A project with the guide's fixtures and files, without its pages."""
    (path / "docs").mkdir(parents=True)
    shutil.copy(ROOT / "docs/conftest.py", path / "docs/conftest.py")
    shutil.copytree(ROOT / "notebooks", path / "notebooks", ignore=shutil.ignore_patterns("__pycache__"))
    (path / "pytest.ini").write_text("[pytest]\nwalkthrough_pages = docs/*.md\n", "utf-8")
    return path


def start(path: Path, *args: str) -> subprocess.Popen[str]:
    """A pytest of its own on the pages of a project."""
    command = [sys.executable, "-m", "pytest", "docs", *PLAIN, *args]
    return subprocess.Popen(command, cwd=path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def notebook(kernel: str, display_name: str, *sources: str) -> str:
    """The text of a notebook with these code cells."""
    cells: list[dict[str, Any]] = [
        {
            "cell_type": "code",
            "id": f"cell{n}",
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": source,
        }
        for n, source in enumerate(sources)
    ]
    spec = {"name": kernel, "display_name": display_name, "language": "python"}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": spec}, "cells": cells})


def test_the_page_is_true_and_its_pictures_are_the_same_in_each_run(tmp_path: Path) -> None:
    """Two runs side by side, each with a hub of its own, see all three kernels' results and write the same bytes."""
    paths = [copy_of_guide(tmp_path / name) for name in ("one", "two")]
    for path in paths:
        shutil.copy(ROOT / "docs/first-notebook.md", path / "docs/first-notebook.md")
    runs = [start(path, "--walkthrough-update") for path in paths]
    for run in runs:
        text, _ = run.communicate()
        assert run.returncode == 0, text
    first, second = ({each.name: each.read_bytes() for each in (path / "docs/images").iterdir()} for path in paths)
    assert len(first) == 9
    name = "first-notebook.evidence.json"
    assert first[name].decode().splitlines() == second[name].decode().splitlines()  # says which lines differ
    assert {name for name in first if first[name] != second[name]} == set()


def test_what_does_not_hold_is_told_at_its_line(tmp_path: Path) -> None:
    """A menu item of another name; a kernel that is not there, and a cell that fails: in two hubs side by side."""
    runs = {}
    for name, page in DRIFT.items():  # side by side, since most of it is a wait in vain
        path = copy_of_guide(tmp_path / name)
        conftest = path / "docs/conftest.py"
        conftest.write_text(conftest.read_text("utf-8") + LAB, "utf-8")
        (path / "docs/drift.md").write_text(page, "utf-8")
        (path / "notebooks/data/gone.ipynb").write_text(notebook("gone", "Gone", "1"), "utf-8")
        cells = ("print('fine')", "import warnings\nwarnings.warn('only that')", "unknown_name", "print('behind')")
        (path / "notebooks/data/fails.ipynb").write_text(notebook("python3", "Python 3 (ipykernel)", *cells), "utf-8")
        runs[name] = start(path)
    texts = {name: run.communicate()[0] for name, run in runs.items()}
    assert {name: run.returncode for name, run in runs.items()} == dict.fromkeys(runs, 1), texts
    menu, gone, failed = line("menu", "Run > Run Everything"), line("kernels", "Gone"), line("kernels", "Python 3 (ip")
    assert f"docs/drift.md:{menu}: step 2: expected a menu item “Run Everything”" in texts["menu"]
    assert "“Run All Cells”" in texts["menu"]
    assert "not reached: step 3, since step 2 failed" in texts["menu"]
    assert f"docs/drift.md:{gone}: step 2: expected the kernel “Gone” to be idle" in texts["kernels"]
    assert f"docs/drift.md:{failed}: step 3: expected each cell to run without an error" in texts["kernels"]
    assert "the cell [3] failed: “NameError: name 'unknown_name' is not defined”" in texts["kernels"]


def line(page: str, label: str) -> int:
    """The number of a page's last line that begins with a role of this label."""
    pattern = re.compile(rf"\s+\{{\w+\}}`{re.escape(label)}")
    return max(number for number, each in enumerate(DRIFT[page].splitlines(), 1) if pattern.match(each))
