"""Which program runs a Stata notebook; a stand-in takes the place of a licensed Stata, so that all of it is run."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from dofile import licensed
from dofile.licensed import Absent, Licensed, aliases, probe

_PYSTATA = """
__version__ = "0.1.1"
from . import config, stata
"""
_CONFIG = """
import os
def init(edition, splash=True):
    folder = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))
    if not os.path.exists(os.path.join(folder, "stata" + ("" if edition == "be" else "-" + edition))):
        raise FileNotFoundError(edition)
def set_graph_format(name):
    print("graphs:", name)
def set_graph_size(width, height):
    pass
"""
_STATA = """
def run(cmd, quietly=False, echo=None, inline=None):
    for line in cmd.splitlines():
        if line.startswith("display "):
            print(eval(line.removeprefix("display ")))
"""
_SFI = """
class Scalar:
    getValue = staticmethod(lambda name: VERSION)
class Macro:
    getLocal = setLocal = getGlobal = staticmethod(lambda *_: "")
class SFIToolkit:
    stata = staticmethod(lambda *_: None)
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without any configuration, and a PATH without any Stata."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / ".config"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.delenv("CONTINUOUS_INTEGRATION", raising=False)
    return tmp_path


@pytest.fixture
def stata(home: Path) -> Callable[..., Path]:
    """Make a stand-in: the folder of an installation, with its programs and its pystata."""

    def make(edition: str = "mp", version: str = "18.5", program: str = "stata-mp") -> Path:
        folder = home / "stata18"
        files = {"__init__": _PYSTATA, "config": _CONFIG, "stata": _STATA}
        (folder / "utilities" / "pystata").mkdir(parents=True)
        for name, text in files.items():
            (folder / "utilities" / "pystata" / f"{name}.py").write_text(text, "utf-8")
        (folder / "utilities" / "sfi.py").write_text(f"VERSION = {version}{_SFI}", "utf-8")
        (folder / program).write_text("#!/bin/sh\n", "utf-8")
        (folder / program).chmod(0o700)
        return folder

    return make


def _configure(home: Path, text: str) -> None:
    (home / ".config" / "nbstata").mkdir(parents=True)
    (home / ".config" / "nbstata" / "nbstata.conf").write_text(f"[nbstata]\n{text}", "utf-8")


def _found(answer: Licensed | Absent) -> tuple[str, str, str]:
    assert isinstance(answer, Licensed), answer
    return answer.version, answer.edition, answer.folder


def _reason(answer: Licensed | Absent) -> str:
    assert isinstance(answer, Absent), answer
    return answer.reason


def test_none_is_found() -> None:
    """Without one, the notebooks go to this engine, under exactly that name."""
    assert _reason(probe()) == "Stata path not found"
    assert aliases() == {"nbstata": "dofile"}
    assert not re.fullmatch(*aliases(), "nbstata2")


def test_program_on_path(stata: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """One whose folder is on PATH answers, with its version and edition."""
    folder = stata()
    monkeypatch.setenv("PATH", str(folder))
    assert _found(probe()) == ("18.5", "mp", str(folder))


def test_program_that_is_a_link(home: Path, stata: Callable[..., Path]) -> None:
    """A link on PATH is followed, for the folder and for the edition."""
    folder = stata(program="stata-se")
    (home / "bin" / "stata").symlink_to(folder / "stata-se")
    assert _found(probe()) == ("18.5", "se", str(folder))


def test_configured_folder_of_links(home: Path, stata: Callable[..., Path]) -> None:
    """A configuration that names the folder of the link, as nbstata's install writes it, is followed too."""
    folder = stata()
    (home / "bin" / "stata-mp").symlink_to(folder / "stata-mp")
    _configure(home, f"stata_dir = {home / 'bin'}\nedition = mp\n")
    assert _found(probe()) == ("18.5", "mp", str(folder))


def test_empty_folder_in_the_configuration(
    home: Path, stata: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A configuration that was written where there was none yet does not hide one that came later."""
    _configure(home, "stata_dir = \nedition = \nsplash = False\n")
    assert _reason(probe()) == "Stata path not found"
    folder = stata()
    monkeypatch.setenv("PATH", str(folder))
    assert _found(probe()) == ("18.5", "mp", str(folder))


def test_configured_folder_without_an_edition(home: Path, stata: Callable[..., Path]) -> None:
    """The edition is that of the folder's program."""
    folder = stata(program="stata")
    _configure(home, f"stata_dir = {folder}\n")
    assert _found(probe()) == ("18.5", "be", str(folder))


def test_continuous_integration(stata: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable that many build services set does not keep it from being found."""
    monkeypatch.setenv("PATH", str(stata()))
    monkeypatch.setenv("CONTINUOUS_INTEGRATION", "true")
    assert isinstance(probe(), Licensed)


def test_unrelated_pystata(home: Path, stata: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """PyPI's package of that name is neither taken for it, nor in its way."""
    unrelated = home / "site"
    (unrelated / "pystata").mkdir(parents=True)
    (unrelated / "pystata" / "__init__.py").write_text("__version__ = '0.0.1'\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(unrelated))
    assert _reason(probe()) == "Stata path not found"
    folder = stata()
    monkeypatch.setenv("PATH", str(folder))
    assert isinstance(probe(), Licensed)
    (folder / "utilities" / "pystata").rename(folder / "utilities" / "other")
    assert _reason(probe()) == f"{folder / 'utilities'} has no pystata, which comes with version 17 and newer"


def test_one_that_is_too_old(stata: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """One older than 17 is not used, and the reason says so."""
    monkeypatch.setenv("PATH", str(stata(version="16.1")))
    assert _reason(probe()) == "version 16.1 is older than 17"


def test_one_that_does_not_start(stata: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """What it says, or that it crashes or says nothing in time, is the reason."""
    folder = stata()
    monkeypatch.setenv("PATH", str(folder))
    config = folder / "utilities" / "pystata" / "config.py"
    config.write_text("def init(*_, **__): raise SystemError('The license has expired.')\n", "utf-8")
    assert _reason(probe()) == "The license has expired"
    config.write_text("import os\ndef init(*_, **__): os._exit(3)\n", "utf-8")
    assert _reason(probe()).startswith("the probe ended with status 3")
    config.write_text("import signal\ndef init(*_, **__): signal.pause()\n", "utf-8")
    assert _reason(probe(seconds=2)) == "no answer within 2 seconds"


@pytest.fixture
def prefix(home: Path) -> Iterator[Path]:
    """An environment without the kernel."""
    return home / "environment"


def test_notebook_runs_in_nbstata_where_one_answers(
    home: Path, prefix: Path, stata: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its kernel is put into the environment and runs a cell, past each of the traps; without it, it is taken out."""
    folder = stata()
    (home / "bin" / "stata-mp").symlink_to(folder / "stata-mp")
    _configure(home, "stata_dir = \nedition = \nmissing = NA\n")
    monkeypatch.setenv("CONTINUOUS_INTEGRATION", "true")
    assert aliases(prefix) == {}
    assert (prefix / "share" / "jupyter" / "kernels" / "nbstata" / "logo-64x64.png").exists()

    cell = nbformat.v4.new_code_cell("display 6 * 7")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    monkeypatch.setenv("JUPYTER_PATH", str(prefix / "share" / "jupyter"))
    NotebookClient(notebook, kernel_name="nbstata", timeout=60).execute()
    printed = "".join(output.get("text", "") for output in notebook.cells[0].outputs)
    assert printed == "graphs: svg\n42\n"

    (home / "bin" / "stata-mp").unlink()
    assert aliases(prefix) == {"nbstata": "dofile"}
    assert not list((prefix / "share" / "jupyter" / "kernels").iterdir())


def test_kernel_of_somebody_else_is_left_alone(prefix: Path) -> None:
    """A kernelspec that this package did not write stays."""
    folder = prefix / "share" / "jupyter" / "kernels" / "nbstata"
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text(json.dumps({"argv": [], "metadata": {}}), "utf-8")
    assert aliases(prefix) == {"nbstata": "dofile"}
    assert (folder / "kernel.json").exists()


def test_command_says_who_runs_the_notebooks(
    stata: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Asked by a person, it tells who answers, or why nobody does."""
    assert licensed.main(["show"]) == 0
    assert capsys.readouterr().out == ("No licensed Stata answers: Stata path not found. dofile runs the notebooks.\n")
    folder = stata()
    monkeypatch.setenv("PATH", os.pathsep.join([str(folder), os.environ["PATH"]]))
    assert licensed.main(["show"]) == 0
    assert capsys.readouterr().out == f"Stata 18.5 (mp) in {folder} answers; nbstata runs the notebooks.\n"
