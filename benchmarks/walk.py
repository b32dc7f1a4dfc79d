"""How long the guide's walk takes: from nothing, and against a hand-written Playwright script of the same steps.

    python benchmarks/walk.py [--rounds 3]

Both are timed as whole processes, in turn, against one running hub, each with a freshly invited person, so that a
slow moment of the machine meets both. The engine walks an unchanged product, as it does nearly always: what it sees is
held against the first round's evidence. Printed are the medians, in seconds of wall-clock time and of the machine's
processors (with the hub's and the workspace's, which both sides need), and the median of the rounds' ratios.

The engine runs as a project runs it that has no other plugin of pytest's; and as it runs in this environment, where the
plugin of Hypothesis imports all of Hypothesis at the end of each run, whether anything has used it or not. The first
records no trace, as is the default; ``--traced`` adds a walk that does.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from machine import timed

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
    parser.add_argument("--traced", action="store_true")
    given = parser.parse_args()
    rounds: int = given.rounds
    walk = [sys.executable, "-m", "pytest", "docs", "-q", "--walkthrough-update"]
    alone = [*walk, "-p", "walkthrough.pytest_plugin"]
    kinds = {"engine": alone, "engine among all plugins": walk}
    if given.traced:
        kinds["engine with a trace"] = [*alone, "-o", "walkthrough_trace=on"]
    kinds["hand-written script"] = [sys.executable, str(ROOT / "benchmarks/handwritten.py")]
    times: dict[str, list[tuple[float, float]]] = {kind: [] for kind in kinds}
    with tempfile.TemporaryDirectory() as name:
        fresh = Path(name, "fresh")
        prepare(fresh)
        shutil.copy(ROOT / "docs/conftest.py", fresh / "docs/conftest.py")
        whole, _, _ = timed(walk, fresh)
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
                if "walkthrough.pytest_plugin" in command:
                    env["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
                seconds, busy, _ = timed(command, folder, env)
                if number:  # the first round warms caches and takes the evidence
                    times[kind].append((seconds, busy))
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
