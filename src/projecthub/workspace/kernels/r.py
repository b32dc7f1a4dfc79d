"""R's kernel: the real R with IRkernel, found on this machine or installed, and its kernelspec in the environment."""

from __future__ import annotations

import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from projecthub.workspace.kernels import kernels_folder

#: What R must bring: its kernel, and what the notebooks and a first analysis use beside R itself.
PACKAGES = ("IRkernel", "haven", "lmtest", "sandwich")

NAME = "ir"
_DEBIAN_R = Path("/usr/bin/R")
_PROBE_SECONDS = 60
_PACKAGE_SECONDS = 900
# Neither what a session left in the folder is loaded, nor is anything left there: folders are shared.
_OPTIONS = ("--no-echo", "--no-save", "--no-restore")
_MARK = "projecthub-package:"
# The text is for terminals and diffs, the drawing for pages.
_SETUP = "options(jupyter.plot_mimetypes = c('text/plain', 'image/svg+xml'))"


class RMissing(RuntimeError):
    """No R with the needed packages; the message says how to get them on this platform."""


@dataclass(frozen=True)
class R:
    """An R on this machine, by absolute path, and the folders of its packages by name."""

    program: Path
    packages: Mapping[str, str]

    @property
    def missing(self) -> list[str]:
        """The needed packages that it has not."""
        return [name for name in PACKAGES if name not in self.packages]


def kept(folder: Path | None = None) -> R | None:
    """Return the R of the environment's kernelspec while all that it needs is still in place; starts nothing."""
    file = (folder or kernels_folder()) / NAME / "kernel.json"
    try:
        spec = json.loads(file.read_text(encoding="utf-8"))
        found = R(Path(spec["argv"][0]), spec["metadata"]["packages"])
        there = not found.missing and all(Path(package, "DESCRIPTION").exists() for package in found.packages.values())
    except (OSError, ValueError, LookupError, TypeError):
        return None
    current = there and os.access(found.program, os.X_OK) and spec == kernelspec(found)
    return found if current else None


def find() -> R:
    """Return the first R, in the order of PATH, that has all packages; raise `RMissing` where none has."""
    seen = []
    for program in _programs():
        seen.append(R(program, _packages(program)))
        if not seen[-1].missing:
            return seen[-1]
    if not seen:
        raise RMissing(f"R was not found. {advice()}")
    raise RMissing(f"{seen[0].program} has no {', '.join(seen[0].missing)}. {advice(seen[0])}")


def install(folder: Path | None = None, say: Callable[[str], None] = print) -> R:
    """Return an R whose kernelspec stands in the environment, getting what is missing first.

    That is done on Debian and as root alone, through the system's packages, announced and bounded in time;
    elsewhere, and where it fails, `RMissing` says what to do.
    """
    try:
        found = find()
    except RMissing as missing:
        if not (_is_debian() and _is_root()):
            raise
        say(str(missing).partition(". ")[0] + ".")
        say(f"Installing the system's packages: apt-get update && {shlex.join(_apt())} ...")
        _run(["apt-get", "update", "-q"], _PACKAGE_SECONDS, say)
        _run(_apt("-y", "-q"), _PACKAGE_SECONDS, say)
        found = find()
    _write(found, folder or kernels_folder())
    return found


def advice(found: R | None = None) -> str:
    """Return the sentence that tells a person on this platform how to get R, or what `found` lacks."""
    if _is_debian() and (found is None or found.program == _DEBIAN_R):
        return f"Install it with `sudo {shlex.join(_apt())}`, then run this again."
    names = ", ".join(f"'{name}'" for name in (found.missing if found else PACKAGES))
    packages = f"install.packages(c({names}), repos = 'https://cloud.r-project.org')"
    first = "" if found else "Install R from https://cran.r-project.org and put it on PATH. "
    return f'{first}Run `{found.program if found else "R"} --no-save -e "{packages}"`, then run this again.'


def kernelspec(found: R) -> dict[str, object]:
    """Return what ``kernel.json`` says for this R; `kept` reads it back."""
    # A library in the home of whoever installs is not in the home of a workspace.
    libraries = ", ".join(
        json.dumps(folder) for folder in sorted({str(Path(p).parent) for p in found.packages.values()})
    )
    code = f"{_SETUP}; .libPaths(c(.libPaths(), {libraries})); IRkernel::main()"
    return {
        "argv": [str(found.program), *_OPTIONS, "-e", code, "--args", "{connection_file}"],
        "display_name": "R",
        "language": "R",
        # One order of words and one way to write them, whatever the locale of who starts it.
        "env": {"LC_ALL": "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8", "LANGUAGE": "en"},
        "metadata": {"packages": dict(found.packages)},
    }


def _write(found: R, folder: Path) -> None:
    """Write the kernelspec with IRkernel's own icons, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{NAME}.", dir=folder) as draft:
        made = Path(draft, NAME)
        made.mkdir()
        (made / "kernel.json").write_text(json.dumps(kernelspec(found), indent=1) + "\n", encoding="utf-8")
        for icon in Path(found.packages["IRkernel"], "kernelspec").glob("logo-*"):
            shutil.copy(icon, made)
        shutil.rmtree(folder / NAME, ignore_errors=True)
        made.rename(folder / NAME)


def _programs() -> Iterator[Path]:
    """Yield each R once; Debian's stands last, where no PATH leads to it."""
    seen = set()
    folders = [Path(folder) for folder in os.environ.get("PATH", os.defpath).split(os.pathsep) if folder]
    for program in [*(folder.absolute() / "R" for folder in folders), *([_DEBIAN_R] if _is_debian() else [])]:
        if os.access(program, os.X_OK) and program.is_file() and program.resolve() not in seen:
            seen.add(program.resolve())
            yield program


def _packages(program: Path) -> dict[str, str]:
    """Ask an R where its packages are; those that it does not have, or an R that does not start, are left out."""
    names = ", ".join(f"'{name}'" for name in PACKAGES)
    code = f"for (name in c({names})) cat('\\n{_MARK}', name, ' ', system.file(package = name), '\\n', sep = '')"
    try:
        answer = subprocess.run(
            [program, *_OPTIONS, "-e", code],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_PROBE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return {}
    told = (line.removeprefix(_MARK).split(" ", 1) for line in answer.stdout.splitlines() if line.startswith(_MARK))
    return {name: folder for name, folder in told if folder}


def _apt(*options: str) -> list[str]:
    wanted = ("r-base-core", *(f"r-cran-{name.lower()}" for name in PACKAGES))
    return ["apt-get", "install", *options, "--no-install-recommends", *wanted]


def _is_debian() -> bool:
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return False
    return "debian" in {release.get("ID"), *release.get("ID_LIKE", "").split()}


def _is_root() -> bool:
    return os.geteuid() == 0


def _run(command: Sequence[str], seconds: float, say: Callable[[str], None]) -> None:
    """Run a command; say why where it fails, or is not done in time."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        say(f"  {command[0]} {command[1]}: given up after {seconds:.0f} seconds")
    except OSError as error:
        say(f"  {command[0]}: {error.strerror}")
    else:
        lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
        if done.returncode != 0:
            said = next((line for line in lines if line.startswith("E:")), " ".join(lines[-1:]))
            say(f"  {command[0]} {command[1]} ended with status {done.returncode}: {said[:300]}")
