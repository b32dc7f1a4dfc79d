"""The browser that takes the pictures: which Chromium, started how, and where to get one.

Pictures must come out the same on every machine, so the browser draws with this package's own typefaces,
without hinting, coloured edges or a graphics card, and speaks one language in one time zone.

    python -m walkthrough.browser show       which Chromium would be used
    python -m walkthrough.browser install    get one where there is none
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

#: The major version of the Chromium that took the committed pictures.
STATED_CHROMIUM = 156

#: Names this program, or the path, of the Chromium to use instead of any other.
ENVIRONMENT_VARIABLE = "WALKTHROUGH_CHROMIUM"

FONTCONFIG_FILE = Path(__file__).parent / "fonts" / "fonts.conf"

#: Debian's Chromium without windows: the same pictures to the byte, for a third less of the processor's time.
HEADLESS_SHELL = "chromium-headless-shell"

SYSTEM_NAMES = ("chromium", "google-chrome-stable", "google-chrome", "chromium-browser")

# Distributions put a shell script on PATH; the program behind it starts sooner, and without the script's flags.
PROGRAM_BEHIND = {
    HEADLESS_SHELL: Path("/usr/lib/chromium/chromium-headless-shell"),
    "chromium": Path("/usr/lib/chromium/chromium"),
    "google-chrome-stable": Path("/opt/google/chrome/chrome"),
    "google-chrome": Path("/opt/google/chrome/chrome"),
}

# Playwright itself already turns off updates, sync, first-run pages and background networking.
RENDERING_ARGUMENTS = (
    "--disable-3d-apis",
    "--disable-domain-reliability",
    "--disable-gpu",
    "--disable-lcd-text",
    "--disable-partial-raster",
    "--disable-skia-runtime-opts",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--lang=en-GB",
)

DOWNLOAD_SECONDS = 240
PACKAGE_SECONDS = 420

Source = Literal["environment", "playwright", "system"]


class BrowserMissing(RuntimeError):
    """No usable Chromium; the message says how to get one on this platform."""


@dataclass(frozen=True)
class Chromium:
    """A Chromium on this machine, and where it comes from."""

    executable: Path
    source: Source

    @cached_property
    def version(self) -> str:
        """Its version, such as ``156.0.8078.79``; asks the program, so read it only where it is shown."""
        try:
            answer = subprocess.run(
                [self.executable, "--version"],
                capture_output=True,
                text=True,
                timeout=30,
                check=True,
                env=_environment(),
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise BrowserMissing(f"{self.executable} does not start: {_reason(error)}\n{advice()}") from error
        found = re.search(r"\d+(\.\d+)+", answer.stdout)
        return found.group() if found else "0"

    @property
    def major(self) -> int:
        """The first number of its version."""
        return int(self.version.partition(".")[0])


def find_chromium(headed: bool = False) -> Chromium:
    """Return the Chromium to use: the environment's, else Playwright's own, else the system's.

    Of the system's, the headless shell comes first, unless a window is wanted, which it cannot open.
    Looks at files only and starts nothing. Raises `BrowserMissing` where there is none.
    """
    if named := os.environ.get(ENVIRONMENT_VARIABLE):
        if program := shutil.which(named):
            return Chromium(Path(program), "environment")
        raise BrowserMissing(f"{ENVIRONMENT_VARIABLE} is {named!r}, which is not a program that can be run.")
    for executable in _playwright_browsers(headed):
        return Chromium(executable, "playwright")
    for name in SYSTEM_NAMES if headed else (HEADLESS_SHELL, *SYSTEM_NAMES):
        if (program := shutil.which(name)) and not _is_snap(Path(program)):
            behind = PROGRAM_BEHIND.get(name)
            direct = behind and program == f"/usr/bin/{name}" and os.access(behind, os.X_OK)
            return Chromium(behind if behind and direct else Path(program), "system")
    missing = "No Chromium that opens a window was found." if headed else "No Chromium was found."
    raise BrowserMissing(f"{missing} {advice(headed)}")


def launch_options(headed: bool = False) -> dict[str, Any]:
    """Return the arguments for Playwright's ``chromium.launch``.

    Playwright's default of no sandbox stays: containers often refuse it, and a walkthrough opens its own
    project's pages only.
    """
    return {
        "executable_path": find_chromium(headed).executable,
        "headless": not headed,
        "args": list(RENDERING_ARGUMENTS),
        "env": _environment(),
    }


def context_options() -> dict[str, Any]:
    """Return the arguments for Playwright's ``browser.new_context``."""
    return {
        "viewport": {"width": 1024, "height": 768},
        "device_scale_factor": 2,
        "locale": "en-GB",
        "timezone_id": "UTC",
        "reduced_motion": "reduce",
        "color_scheme": "light",
    }


def advice(headed: bool = False) -> str:
    """Return the sentence that tells a person on this platform how to get a Chromium."""
    own = "python -m playwright install --with-deps chromium"
    if platform.system() != "Linux":
        ways = f"`{own.replace(' --with-deps', '')}`"
    elif _is_debian():
        package = "chromium" if headed else HEADLESS_SHELL
        ways = f"`sudo apt-get install {package}`, or `{own}`"
    else:
        ways = f"`{own}`"
    return f"Install one with {ways}, or set {ENVIRONMENT_VARIABLE} to the path of one."


def install_chromium(say: Callable[[str], None] = print) -> Chromium:
    """Return a Chromium that starts, getting one first where there is none.

    Tries Playwright's own, which goes into the person's cache folder; then, on Debian and as root, the
    distribution's packages: the headless shell, or the whole browser where a release has no such package.
    Each attempt is announced and bounded in time. Raises `BrowserMissing`.
    """
    try:
        return _started(find_chromium())
    except BrowserMissing as missing:
        if os.environ.get(ENVIRONMENT_VARIABLE):
            raise
        say(str(missing).partition("\n")[0].partition(" Install one")[0])

    playwright = [sys.executable, "-m", "playwright"]
    say("Downloading Playwright's headless Chromium into its cache folder ...")
    if _run([*playwright, "install", HEADLESS_SHELL], DOWNLOAD_SECONDS, say):
        try:
            return _started(find_chromium())
        except BrowserMissing:
            if not _is_root():
                needed = f"sudo python -m playwright install-deps {HEADLESS_SHELL}"
                raise BrowserMissing(f"Chromium needs system libraries: `{needed}`. {advice()}") from None
            say("Installing the system libraries that it needs, with the system's package manager ...")
            if _run([*playwright, "install-deps", HEADLESS_SHELL], PACKAGE_SECONDS, say):
                return _started(find_chromium())
    if _is_debian() and _is_root():
        say("Refreshing the list of the system's packages: apt-get update ...")
        _run(["apt-get", "update", "-q"], PACKAGE_SECONDS, say)
        for package in (HEADLESS_SHELL, "chromium"):
            say(f"Installing the system's package: apt-get install {package} ...")
            install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", package]
            if _run(install, PACKAGE_SECONDS, say):
                return _started(find_chromium())
    raise BrowserMissing(f"No Chromium could be installed. {advice()}")


def difference(chromium: Chromium) -> str:
    """Return a sentence where this is not the version that took the committed pictures, else ``""``."""
    if chromium.major == STATED_CHROMIUM:
        return ""
    return (
        f"The committed pictures were taken by Chromium {STATED_CHROMIUM}, this is {chromium.major}: "
        "pictures can differ in single pixels."
    )


def _started(chromium: Chromium) -> Chromium:
    """Return it once it has told its version, which it cannot where a system library is missing."""
    _ = chromium.version
    return chromium


def _environment() -> dict[str, str]:
    environment = {**os.environ, "FONTCONFIG_FILE": str(FONTCONFIG_FILE), "LANGUAGE": "en_GB", "TZ": "UTC"}
    cache = Path(environment.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    existing = next(folder for folder in (cache, *cache.parents) if folder.exists())
    if not os.access(existing, os.W_OK):
        environment["XDG_CACHE_HOME"] = str(Path(tempfile.gettempdir()) / f"walkthrough-{os.getuid()}")
    return environment


def _playwright_browsers(headed: bool) -> Iterator[Path]:
    """Yield Playwright's installed Chromiums; its own API tells the path only once its driver runs."""
    spec = importlib.util.find_spec("playwright")
    if spec is None or spec.origin is None:
        return
    package = Path(spec.origin).parent / "driver" / "package"
    listed = json.loads((package / "browsers.json").read_text(encoding="utf-8"))["browsers"]
    revisions = {browser["name"]: browser["revision"] for browser in listed}
    names = {"chromium-headless-shell": ("*/chrome-headless-shell", "*/headless_shell")}
    names["chromium"] = ("*/chrome", "*/*.app/Contents/MacOS/*")
    for name, patterns in names.items():
        folder = _playwright_registry(package) / f"{name.replace('-', '_')}-{revisions.get(name)}"
        if (headed and name != "chromium") or not (folder / "INSTALLATION_COMPLETE").exists():
            continue
        yield from (path for pattern in patterns for path in folder.glob(pattern) if os.access(path, os.X_OK))


def _playwright_registry(package: Path) -> Path:
    named = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if named == "0":
        return package / ".local-browsers"
    if named:
        return Path(named).absolute()
    if platform.system() == "Darwin":
        return Path("~/Library/Caches/ms-playwright").expanduser()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "ms-playwright"


def _is_snap(program: Path) -> bool:
    """Tell whether it runs in a snap, which sees neither these typefaces nor Playwright's temporary folder."""
    if program.resolve().name == "snap":
        return True
    with program.open("rb") as file:
        start = file.read(4096)
    return start.startswith(b"#!") and b"/snap/" in start


def _is_debian() -> bool:
    try:
        return platform.freedesktop_os_release().get("ID") in {"debian", "raspbian"}
    except OSError:
        return False


def _is_root() -> bool:
    return os.geteuid() == 0


def _run(command: Sequence[str], seconds: float, say: Callable[[str], None]) -> bool:
    """Run a command in a process group of its own; say why where it fails, or is not done in time."""
    with tempfile.TemporaryFile("w+", errors="replace") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            start_new_session=True,
        )
        try:
            if process.wait(seconds) == 0:
                return True
            output.seek(0)
            lines = [line.strip() for line in output if line.strip()]
            say("  failed: " + next((line for line in lines if "rror" in line), " ".join(lines[-1:]))[:300])
        except subprocess.TimeoutExpired:
            say(f"  given up after {seconds:.0f} seconds")
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait()
    return False


def _reason(error: Exception) -> str:
    printed = getattr(error, "stderr", None) or str(error)
    return str(printed).strip().splitlines()[0]


def main(arguments: Sequence[str] | None = None) -> int:
    """Show or install the browser; 0 when there is one, 2 when there is none."""
    parser = argparse.ArgumentParser(prog="python -m walkthrough.browser", description=__doc__.split("\n")[0])
    parser.add_argument("action", choices=("show", "install"))
    action = parser.parse_args(arguments).action
    try:
        chromium = install_chromium() if action == "install" else find_chromium()
        print(f"Chromium {chromium.version} ({chromium.source}: {chromium.executable})")
        if note := difference(chromium):
            print(note)
    except BrowserMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
