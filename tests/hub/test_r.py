"""R for the workspace: found, described by a kernelspec of the environment, or asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from projecthub.workspace.kernels import kernel_for, r
from projecthub.workspace.kernels.__main__ import main


@pytest.fixture
def debian(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """A Debian without R, and root; the commands that would change it are kept instead."""
    asked: list[list[str]] = []
    monkeypatch.setattr(r, "_is_debian", lambda: True)
    monkeypatch.setattr(r, "_is_root", lambda: True)
    monkeypatch.setattr(r, "_DEBIAN_R", tmp_path / "usr" / "R")
    monkeypatch.setattr(r, "_run", lambda command, *_: asked.append(command))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return asked


def _fake(program: Path, library: Path, packages: tuple[str, ...] = r.PACKAGES) -> Path:
    """Make a program that answers like an R with these packages, where a package is a folder of the library."""
    for name in packages:
        (library / name).mkdir(parents=True, exist_ok=True)
        (library / name / "DESCRIPTION").touch()
    program.parent.mkdir(exist_ok=True)
    lines = "".join(f"echo '{r._MARK}{name} {library / name}'\n" for name in packages)
    program.write_text(f"#!/bin/sh\necho 'a greeting of .Rprofile'\n{lines}", "utf-8")
    program.chmod(0o700)
    return program


def test_kernelspec_names_the_r_that_was_found(tmp_path: Path) -> None:
    """The kernelspec starts R by its absolute path, draws SVG, and leaves and loads no session of a shared folder."""
    found = r.install(tmp_path)
    spec = json.loads((tmp_path / "ir" / "kernel.json").read_text("utf-8"))
    assert spec["display_name"] == "R"
    assert Path(spec["argv"][0]).is_absolute()
    assert spec["argv"][0] == str(found.program)
    assert {"--no-save", "--no-restore"} < set(spec["argv"])
    assert "image/svg+xml" in spec["argv"][spec["argv"].index("-e") + 1]
    assert (tmp_path / "ir" / "logo-64x64.png").exists()
    assert r.kept(tmp_path) == found


def test_what_is_in_place_starts_no_r(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time, files tell that all is there; when a package is gone, they tell that too."""
    monkeypatch.setenv("PATH", str(_fake(tmp_path / "bin" / "R", tmp_path / "library").parent))
    found = r.install(tmp_path / "kernels")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("a program was started"))
    assert r.kept(tmp_path / "kernels") == found
    (tmp_path / "library" / "haven" / "DESCRIPTION").unlink()
    assert r.kept(tmp_path / "kernels") is None


def test_first_r_with_all_packages_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An R without the packages, earlier on PATH, does not hide the one that has them."""
    bare = _fake(tmp_path / "first" / "R", tmp_path / "none", ())
    full = _fake(tmp_path / "second" / "R", tmp_path / "library")
    monkeypatch.setenv("PATH", f"{bare.parent}:{full.parent}")
    assert r.find().program == full


def test_missing_r_is_installed_on_debian(tmp_path: Path, debian: list[list[str]]) -> None:
    """As root on Debian, the lists are fetched first, then R comes with its packages and nothing recommended."""
    said: list[str] = []
    with pytest.raises(r.RMissing):
        r.install(tmp_path, say=said.append)
    update, install = debian
    assert update[:2] == ["apt-get", "update"]
    assert {"install", "--no-install-recommends", "r-base-core", "r-cran-irkernel", "r-cran-sandwich"} < set(install)
    assert said[0] == "R was not found."
    assert "apt-get update && apt-get install" in said[1]


def test_missing_r_is_explained_elsewhere(
    debian: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where it cannot be installed, the command ends with 2 and the instruction, and changes nothing."""
    monkeypatch.setattr(sys, "prefix", "/nowhere")
    monkeypatch.setattr(r, "_is_root", lambda: False)
    assert main(["install"]) == 2
    assert "R was not found. Install it with `sudo apt-get install" in capsys.readouterr().err
    monkeypatch.setattr(r, "_is_debian", lambda: False)
    assert main(["install"]) == 2
    told = capsys.readouterr().err
    assert "https://cran.r-project.org" in told
    assert "install.packages(c('IRkernel', 'haven', 'lmtest', 'sandwich')" in told
    assert debian == []


def test_missing_packages_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An R that lacks packages is named with them, and with the command that brings those alone."""
    program = _fake(tmp_path / "bin" / "R", tmp_path / "library", ("IRkernel", "haven", "lmtest"))
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setattr(r, "_is_debian", lambda: False)
    with pytest.raises(r.RMissing, match=r"bin/R has no sandwich\..*install\.packages\(c\('sandwich'\)"):
        r.find()


def test_kernel_for_a_notebook() -> None:
    """A notebook goes to the kernel of its name, else to one that declares that it runs such notebooks."""
    offered = {"python3": {}, "dofile": {"metadata": {"runs": ["nbstata"]}}}
    assert kernel_for("python3", offered) == "python3"
    assert kernel_for("nbstata", offered) == "dofile"
    assert kernel_for("nbstata", {**offered, "nbstata": {}}) == "nbstata"
    assert kernel_for("julia", offered) is None
