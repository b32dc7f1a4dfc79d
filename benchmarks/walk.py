"""How long the guide's walk takes: from nothing, and against a hand-written Playwright script of the same steps.

    python benchmarks/walk.py [--rounds 3]

Both are timed as whole processes, in turn, against one running hub, each with a freshly invited person, so that a
slow moment of the machine meets both. The engine walks an unchanged product, as it does nearly always: what it sees is
held against the first round's evidence. Printed are the medians, in seconds of wall-clock time and of the processor's
(all of a side's processes, its browser's too; not the hub's), and the median of the rounds' ratios.
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
from walkthrough.world import Persona, Secret, Varying
sys.path.insert(0, {docs!r})
from guide_conftest import Mailbox

@pytest.fixture
def researcher():
    name = os.environ["WALK_USERNAME"]
    email = name + "@research.example"
    mailbox = Mailbox(MailboxClient(os.environ["WALK_MAILBOX"]), email)
    password = Secret(os.environ["WALK_PASSWORD"], example_password())
    return Persona(Varying(name, "jdoe"), Varying(email, "jdoe@research.example"), password, mailbox)

@pytest.fixture
def invited():
    pass

@pytest.fixture(scope="session")
def project():
    return SimpleNamespace(number="50123")
"""


def timed(command: list[str], env: dict[str, str], cwd: Path) -> tuple[float, float]:
    """Seconds of wall-clock time and of the processor's, of a whole process, which must succeed."""
    with tempfile.TemporaryFile("w+") as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, env={**os.environ, **env}, cwd=cwd, stdout=output, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            sys.exit(f"{' '.join(command)} failed:\n{output.read()}")
    return seconds, used.ru_utime + used.ru_stime


def prepare(folder: Path) -> None:
    """Lay out a project with a copy of the guide's page."""
    (folder / "docs").mkdir(parents=True)
    shutil.copy(ROOT / "docs/login.md", folder / "docs/login.md")
    (folder / "notebooks").symlink_to(ROOT / "notebooks")
    (folder / "pytest.ini").write_text("[pytest]\nwalkthrough_pages = docs/*.md\n", "utf-8")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    walk = [sys.executable, "-m", "pytest", "docs", "-q", "--walkthrough-update"]
    traced = [*walk, "-o", "walkthrough_trace=on"]
    script = [sys.executable, str(ROOT / "benchmarks/handwritten.py")]
    kinds = {"engine": walk, "engine with a trace": traced, "hand-written script": script}
    times: dict[str, list[tuple[float, float]]] = {kind: [] for kind in kinds}
    with tempfile.TemporaryDirectory() as name:
        alone = Path(name, "alone")
        prepare(alone)
        shutil.copy(ROOT / "docs/conftest.py", alone / "docs/conftest.py")
        whole, _ = timed(walk, {}, alone)
        print(f"from no running process, hub up, guide walked, pictures taken: {whole:.1f} s", flush=True)
    with tempfile.TemporaryDirectory() as name, ProjectHub() as hub:
        folder = Path(name)
        prepare(folder)
        shutil.copy(ROOT / "docs/conftest.py", folder / "guide_conftest.py")
        (folder / "conftest.py").write_text(CONFTEST.format(docs=str(folder)), "utf-8")
        (folder / "pictures").mkdir()
        for number in range(rounds + 1):
            for index, (kind, command) in enumerate(kinds.items()):
                invitation = hub.invite(f"p{index}{number}@research.example")
                env = {
                    "WALK_USERNAME": invitation.username,
                    "WALK_PASSWORD": invitation.password,
                    "WALK_MAILBOX": hub.mailbox_url,
                    "WALK_PICTURES": str(folder / "pictures"),
                    "WALK_CHROMIUM": str(find_chromium().executable or ""),
                }
                taken = timed(command, env, folder)
                if number:  # the first round warms caches and takes the evidence
                    times[kind].append(taken)
            if number:
                said = ", ".join(f"{kind} {each[-1][0]:.2f} s ({each[-1][1]:.2f})" for kind, each in times.items())
                print(f"round {number}: {said}", flush=True)
    for kind, each in times.items():
        wall, processor = (statistics.median(pair[column] for pair in each) for column in (0, 1))
        ratios = [
            [one[column] / other[column] for one, other in zip(each, times["hand-written script"], strict=True)]
            for column in (0, 1)
        ]
        print(
            f"walk, {kind}: {wall:.2f} s, ratio {statistics.median(ratios[0]):.2f} "
            f"(from {min(ratios[0]):.2f} to {max(ratios[0]):.2f}); "
            f"{processor:.2f} s of processor, ratio {statistics.median(ratios[1]):.2f}"
        )


if __name__ == "__main__":
    main()
