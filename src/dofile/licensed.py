"""A licensed Stata, 17 or newer, where there is one: found, asked, and offered as the kernel `nbstata`.

    python -m dofile.licensed show       which one answers, or why none does
    python -m dofile.licensed install    the same, and put its kernel into the environment, or take it out

nbstata is a program of its own, under a licence of its own: it is only run here, as a process, with its own
configuration. Where no licensed one answers, the engine of this package runs the notebooks instead.
"""

from __future__ import annotations

import argparse
import configparser
import importlib.util
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from dofile import NAME

OLDEST = 17
KERNEL = "nbstata"
_MARK = "dofile-licensed:"
_SECONDS = 60.0
_PROGRAMS = {"mp": "stata-mp", "se": "stata-se", "be": "stata"}
# Set, it makes nbstata look for nothing.
_SWITCH = "CONTINUOUS_INTEGRATION"
_INSTALL = "import sys; from nbstata.install import install_kernel_spec as i; i(user=False, prefix=sys.argv[1])"


@dataclass(frozen=True)
class Licensed:
    """The one that answered: its version, its edition (be, se or mp), its folder, and nbstata's other settings."""

    version: str
    edition: str
    folder: str
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Absent:
    """None answered, and why."""

    reason: str


def aliases(prefix: Path | str = sys.prefix) -> dict[str, str]:
    """Return myst-nb's ``nb_kernel_rgx_aliases``: none where a licensed Stata answers, else `nbstata` is this engine.

    myst-nb matches a pattern with the whole name. The environment is left as `install` leaves it.
    """
    return {} if isinstance(install(prefix), Licensed) else {KERNEL: NAME}


def install(prefix: Path | str = sys.prefix) -> Licensed | Absent:
    """Put nbstata's kernelspec into the environment where one answers; else take out one that was put there before."""
    found = probe()
    folder = Path(prefix, "share", "jupyter", "kernels", KERNEL)
    if isinstance(found, Licensed):
        _offer(found, Path(prefix), folder)
    elif _is_ours(folder):
        shutil.rmtree(folder)
    return found


def probe(seconds: float = _SECONDS) -> Licensed | Absent:
    """Ask, in a process of its own, the Stata that nbstata is configured for or finds; wait so long at most."""
    if importlib.util.find_spec("nbstata") is None:
        return Absent("nbstata is not installed")
    environment = {name: value for name, value in os.environ.items() if name != _SWITCH}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "dofile.licensed", "answer"],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Absent(f"no answer within {seconds:g} seconds")
    told = [line.removeprefix(_MARK) for line in done.stdout.splitlines() if line.startswith(_MARK)]
    if not told:
        lines = (done.stderr or done.stdout).strip().splitlines()
        return Absent(f"the probe ended with status {done.returncode}: {''.join(lines[-1:]) or 'no output'}")
    answer = json.loads(told[-1])
    return Absent(**answer) if "reason" in answer else Licensed(**answer)


def _answer() -> Licensed | Absent:
    """Start it and have it compute; runs in the probe's own process."""
    try:
        folder, edition, settings = _configured()
        utilities = folder / "utilities"
        if not (utilities / "pystata").is_dir():
            return Absent(f"{utilities} has no pystata, which comes with version {OLDEST} and newer")
        # PyPI has an unrelated package of that name, which would be found first.
        sys.path.insert(0, str(utilities))
        from nbstata.config import launch_stata  # noqa: PLC0415
        from nbstata.stata import get_scalar, run_direct  # noqa: PLC0415

        launch_stata(str(folder), edition, splash=False)
        with redirect_stdout(io.StringIO()) as printed:
            run_direct("display 17 + 25")
        version = float(get_scalar("c(stata_version)"))
    except Exception as error:
        return Absent(" ".join(str(error).split()).rstrip(".") or type(error).__name__)
    if "42" not in printed.getvalue().split():
        return Absent(f"17 + 25 gave {printed.getvalue().strip()!r}")
    if version < OLDEST:
        return Absent(f"version {version:g} is older than {OLDEST}")
    return Licensed(f"{version:g}", edition, str(folder), settings)


def _configured() -> tuple[Path, str, dict[str, str]]:
    """Return the folder, the edition and the other settings, as nbstata has them. Raises OSError where none is found.

    Its own search is put right where it is known to fail: an empty folder in the configuration, which nbstata's install
    writes where it finds none, means that it is to be looked for; and programs that are links are followed.
    """
    from nbstata import config  # noqa: PLC0415

    settings = config.Config()
    settings.process_config_file()
    given: dict[str, Any] = settings.env
    folder, edition = given["stata_dir"], given["edition"]
    if not folder:
        programs = (shutil.which(name) for name in _PROGRAMS.values())
        program = next((os.path.realpath(found) for found in programs if found), None)
        folder, found_edition = config.find_dir_edition(program)
        edition = edition or found_edition
    folder = _followed(Path(folder))
    # Named without an edition, nbstata would take that of the program on PATH, which can be another one.
    edition = edition or next((short for short, name in _PROGRAMS.items() if (folder / name).exists()), None)
    kept = {name: value for name, value in given.items() if name not in ("stata_dir", "edition") and value is not None}
    return folder, edition or config.find_edition(str(folder)), kept


def _followed(folder: Path) -> Path:
    """Return the folder that the programs in a folder of links lead to; another one as it is."""
    if (folder / "utilities").is_dir():
        return folder
    links = (folder / name for name in _PROGRAMS.values() if (folder / name).is_symlink())
    return next((link.resolve().parent for link in links), folder)


def _offer(found: Licensed, prefix: Path, folder: Path) -> None:
    """Put the kernelspec into the environment, and nbstata's configuration, put right, beside it."""
    configuration = folder / "config" / "nbstata" / "nbstata.conf"
    spec = {
        "argv": [sys.executable, "-m", "nbstata", "-f", "{connection_file}"],
        "display_name": "Stata (nbstata)",
        "language": "stata",
        "env": {
            _SWITCH: "",
            "XDG_CONFIG_HOME": str(folder / "config"),
            # Jupyter puts in what the variable held before.
            "PYTHONPATH": os.pathsep.join([str(Path(found.folder, "utilities")), "${PYTHONPATH}"]),
        },
        "metadata": {NAME: asdict(found)},
    }
    text = json.dumps(spec, indent=1) + "\n"
    file = folder / "kernel.json"
    if file.exists() and configuration.exists() and file.read_text(encoding="utf-8") == text:
        return
    subprocess.run([sys.executable, "-c", _INSTALL, str(prefix)], capture_output=True, check=True)
    configuration.parent.mkdir(parents=True, exist_ok=True)
    parser = configparser.RawConfigParser()
    # Pages and notebooks show drawings sharp at any size.
    kept = {**found.settings, "graph_format": "svg"}
    parser["nbstata"] = {"stata_dir": found.folder, "edition": found.edition, **kept}
    with configuration.open("w", encoding="utf-8") as opened:
        parser.write(opened)
    file.write_text(text, encoding="utf-8")


def _is_ours(folder: Path) -> bool:
    try:
        return NAME in json.loads((folder / "kernel.json").read_text(encoding="utf-8"))["metadata"]
    except (OSError, ValueError, KeyError):
        return False


def main(arguments: Sequence[str] | None = None) -> int:
    """Say which one answers, or why none does; ``answer`` is the probe's own process."""
    parser = argparse.ArgumentParser(prog="python -m dofile.licensed", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("action", choices=("show", "install", "answer"))
    action = parser.parse_args(arguments).action
    if action == "answer":
        print(f"\n{_MARK}{json.dumps(asdict(_answer()))}")
        return 0
    found = install() if action == "install" else probe()
    if isinstance(found, Absent):
        print(f"No licensed Stata answers: {found.reason}. {NAME} runs the notebooks.")
    else:
        print(f"Stata {found.version} ({found.edition}) in {found.folder} answers; nbstata runs the notebooks.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
