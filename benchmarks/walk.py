"""How long the guide's walk takes: from nothing, and against a hand-written Playwright script of the same steps.

    python benchmarks/walk.py [--rounds 5]

Both are timed as whole processes, in turn, against one running hub, each with a freshly invited person, so that a
slow moment of the machine meets both. Printed are the medians, in seconds, and the median of the rounds' ratios.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from projecthub import ProjectHub
from walkthrough.browser import find_chromium

ROOT = Path(__file__).resolve().parent.parent
CONFTEST = """
import os
import sys
from types import SimpleNamespace
import pytest
from projecthub.accounts.passwords import example_password
from projecthub.mail.client import MailboxClient
from walkthrough.world import Persona, Secret
sys.path.insert(0, {docs!r})
from guide_conftest import Mailbox

@pytest.fixture
def researcher():
    name = os.environ["WALK_USERNAME"]
    email = name + "@research.example"
    mailbox = Mailbox(MailboxClient(os.environ["WALK_MAILBOX"]), email)
    return Persona(name, email, Secret(os.environ["WALK_PASSWORD"], example_password()), mailbox)

@pytest.fixture
def invited():
    pass

@pytest.fixture(scope="session")
def project():
    return SimpleNamespace(number="50123")
"""


def timed(command: list[str], env: dict[str, str], cwd: Path) -> float:
    """Wall-clock seconds of a whole process, which must succeed."""
    start = time.perf_counter()
    done = subprocess.run(command, env={**os.environ, **env}, cwd=cwd, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")
    return seconds


def prepare(folder: Path) -> None:
    """Lay out a project with a copy of the guide's page."""
    (folder / "docs").mkdir(parents=True)
    shutil.copy(ROOT / "docs/login.md", folder / "docs/login.md")
    (folder / "notebooks").symlink_to(ROOT / "notebooks")
    (folder / "pytest.ini").write_text("[pytest]\nwalkthrough_pages = docs/*.md\n", "utf-8")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    walk = [sys.executable, "-m", "pytest", "docs", "-q", "--walkthrough-update"]
    engine, script = [], []
    with tempfile.TemporaryDirectory() as name:
        alone = Path(name, "alone")
        prepare(alone)
        shutil.copy(ROOT / "docs/conftest.py", alone / "docs/conftest.py")
        whole = [timed(walk, {}, alone) for _ in range(min(rounds, 3))]
        print(
            f"from no running process, hub up, guide walked, pictures taken: {statistics.median(whole):.1f} s",
            flush=True,
        )
    with tempfile.TemporaryDirectory() as name, ProjectHub() as hub:
        folder = Path(name)
        prepare(folder)
        shutil.copy(ROOT / "docs/conftest.py", folder / "guide_conftest.py")
        (folder / "conftest.py").write_text(CONFTEST.format(docs=str(folder)), "utf-8")
        (folder / "pictures").mkdir()
        for number in range(rounds + 1):
            times = []
            for kind in ("engine", "script"):
                invitation = hub.invite(f"{kind}{number}@research.example")
                env = {
                    "WALK_USERNAME": invitation.username,
                    "WALK_PASSWORD": invitation.password,
                    "WALK_MAILBOX": hub.mailbox_url,
                    "WALK_PICTURES": str(folder / "pictures"),
                    "WALK_CHROMIUM": str(find_chromium().executable or ""),
                }
                command = {
                    "engine": walk,
                    "script": [sys.executable, str(ROOT / "benchmarks/handwritten.py")],
                }[kind]
                times.append(timed(command, env, folder))
            if number:  # the first round warms caches
                engine.append(times[0])
                script.append(times[1])
                print(f"round {number}: engine {times[0]:.2f} s, script {times[1]:.2f} s", flush=True)
    ratios = [a / b for a, b in zip(engine, script, strict=True)]
    print(
        f"walk: engine {statistics.median(engine):.2f} s, hand-written script {statistics.median(script):.2f} s, "
        f"ratio {statistics.median(ratios):.2f} (from {min(ratios):.2f} to {max(ratios):.2f})"
    )


if __name__ == "__main__":
    main()
