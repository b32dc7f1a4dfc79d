"""Finding Chromium, starting it for pictures, and getting one."""

import json
import os
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from walkthrough import browser


def program(path: Path, text: str = "#!/bin/sh\necho Chromium 156.0.1.2\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture(autouse=True)
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH and a Playwright cache of the test's own, both empty."""
    monkeypatch.delenv(browser.ENVIRONMENT_VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))
    return tmp_path


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that an installation would have run; each one fails."""
    run: list[str] = []

    def failing(command: list[str], seconds: float, say: Any) -> bool:
        run.append(" ".join(command[-2:]))
        return False

    monkeypatch.setattr(browser, "_run", failing)
    return run


def playwrights_own(machine: Path, name: str, inside: str) -> Path:
    import playwright  # noqa: PLC0415

    listed = json.loads((Path(playwright.__file__).parent / "driver" / "package" / "browsers.json").read_text())
    revision = next(one["revision"] for one in listed["browsers"] if one["name"] == name)
    folder = machine / "playwright" / f"{name.replace('-', '_')}-{revision}"
    executable = program(folder / inside)
    (folder / "INSTALLATION_COMPLETE").touch()
    return executable


def test_the_environments_choice_wins(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment's Chromium is taken before any other."""
    program(bare_machine / "bin" / "chromium")
    chosen = program(bare_machine / "my chromium")
    monkeypatch.setenv(browser.ENVIRONMENT_VARIABLE, str(chosen))
    assert browser.find_chromium() == browser.Chromium(chosen, "environment")


def test_a_wrong_choice_is_refused_by_name(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A choice that cannot be run is an error, and no other browser is taken instead."""
    program(bare_machine / "bin" / "chromium")
    monkeypatch.setenv(browser.ENVIRONMENT_VARIABLE, "/no/such/program")
    with pytest.raises(browser.BrowserMissing, match="WALKTHROUGH_CHROMIUM is '/no/such/program'"):
        browser.find_chromium()


def test_playwrights_own_comes_before_the_systems(bare_machine: Path) -> None:
    """Playwright's installed headless shell is taken before a system Chromium."""
    program(bare_machine / "bin" / "chromium")
    own = playwrights_own(bare_machine, "chromium-headless-shell", "linux/chrome-headless-shell")
    assert browser.find_chromium() == browser.Chromium(own, "playwright")


def test_a_window_needs_the_whole_browser(bare_machine: Path) -> None:
    """A headed run passes over the headless shell, which cannot open a window."""
    playwrights_own(bare_machine, "chromium-headless-shell", "linux/chrome-headless-shell")
    whole = playwrights_own(bare_machine, "chromium", "linux/chrome")
    assert browser.find_chromium(headed=True).executable == whole


def test_the_systems_headless_shell_comes_before_its_whole_browser(bare_machine: Path) -> None:
    """Without Playwright's own, the system's headless shell is taken before its Chromium and Chrome."""
    for name in ("chromium", "google-chrome"):
        program(bare_machine / "bin" / name)
    shell = program(bare_machine / "bin" / "chromium-headless-shell")
    assert browser.find_chromium() == browser.Chromium(shell, "system")


def test_a_window_passes_over_the_systems_headless_shell(bare_machine: Path) -> None:
    """A headed run takes the system's whole browser, though the headless shell is there too."""
    program(bare_machine / "bin" / "chromium-headless-shell")
    whole = program(bare_machine / "bin" / "chromium")
    assert browser.find_chromium(headed=True).executable == whole


def test_a_window_asks_for_the_whole_browser(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only a headless shell is there, a headed run names the package that opens windows."""
    program(bare_machine / "bin" / "chromium-headless-shell")
    monkeypatch.setattr(browser.platform, "freedesktop_os_release", lambda: {"ID": "debian"})
    with pytest.raises(browser.BrowserMissing, match=r"opens a window .*`sudo apt-get install chromium`"):
        browser.find_chromium(headed=True)


def test_an_interrupted_download_is_passed_over(bare_machine: Path) -> None:
    """A browser folder without Playwright's mark of completion is not used."""
    own = playwrights_own(bare_machine, "chromium", "linux/chrome")
    (own.parents[1] / "INSTALLATION_COMPLETE").unlink()
    with pytest.raises(browser.BrowserMissing):
        browser.find_chromium()


def test_a_snap_is_passed_over(bare_machine: Path) -> None:
    """A script that leads to a snap is passed over for a browser that sees our typefaces."""
    program(bare_machine / "bin" / "chromium", "#!/bin/sh\nexec /snap/bin/chromium\n")
    chrome = program(bare_machine / "bin" / "google-chrome")
    assert browser.find_chromium().executable == chrome


def test_no_browser_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without any Chromium, `show` exits with 2 and the platform's exact instruction."""
    monkeypatch.setattr(browser.platform, "freedesktop_os_release", lambda: {"ID": "debian"})
    assert browser.main(["show"]) == 2
    assert "`sudo apt-get install chromium-headless-shell`" in capsys.readouterr().err


def test_another_version_is_said(bare_machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`show` says when the browser is not the one that took the committed pictures."""
    other = browser.STATED_CHROMIUM + 4
    program(bare_machine / "bin" / "chromium", f"#!/bin/sh\necho Chromium {other}.0.1.2 built on somewhere\n")
    assert browser.main(["show"]) == 0
    assert f"by Chromium {browser.STATED_CHROMIUM}, this is {other}" in capsys.readouterr().out


def test_install_leaves_a_machine_that_has_one_alone(bare_machine: Path, attempts: list[str]) -> None:
    """Nothing is downloaded or installed where a Chromium is found."""
    program(bare_machine / "bin" / "chromium")
    assert browser.install_chromium().source == "system"
    assert attempts == []


def test_install_falls_back_to_debians_packages(attempts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """As root on Debian a failed download is followed by the headless shell, then Chromium, each announced first."""
    monkeypatch.setattr(browser, "_is_root", lambda: True)
    monkeypatch.setattr(browser, "_is_debian", lambda: True)
    said: list[str] = []
    with pytest.raises(browser.BrowserMissing, match="Install one with"):
        browser.install_chromium(said.append)
    assert attempts == [
        "install chromium-headless-shell",
        "update -q",
        "--no-install-recommends chromium-headless-shell",
        "--no-install-recommends chromium",
    ]
    announced = [line.partition("apt-get install ")[2] for line in said if "apt-get install" in line]
    assert announced == ["chromium-headless-shell ...", "chromium ..."]


def test_install_stops_at_the_headless_shell(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Debian has the headless shell, it is used, and the whole browser is not installed too."""
    installed: list[str] = []

    def apt(command: list[str], seconds: float, say: Any) -> bool:
        if command[:2] != ["apt-get", "install"]:
            return False
        installed.append(command[-1])
        program(bare_machine / "bin" / command[-1])
        return True

    for condition in ("_is_root", "_is_debian"):
        monkeypatch.setattr(browser, condition, lambda: True)
    monkeypatch.setattr(browser, "_run", apt)
    assert browser.install_chromium().executable == bare_machine / "bin" / "chromium-headless-shell"
    assert installed == ["chromium-headless-shell"]


def test_install_never_asks_for_root(attempts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Other people than root get the instruction, and no package manager is started."""
    monkeypatch.setattr(browser, "_is_root", lambda: False)
    assert browser.main(["install"]) == 2
    assert attempts == ["install chromium-headless-shell"]


def test_an_attempt_is_bounded_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A download that hangs is ended, with all that it started, and said so."""
    monkeypatch.setenv("PATH", os.defpath)
    said: list[str] = []
    assert not browser._run(["/bin/sh", "-c", "sleep 60 & wait"], 0.1, said.append)
    assert said == ["  given up after 0 seconds"]


def test_a_failed_attempt_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """A failed command's own error line is passed on."""
    monkeypatch.setenv("PATH", os.defpath)
    said: list[str] = []
    assert not browser._run(["/bin/sh", "-c", "echo trying; echo Error: no route; exit 1"], 30, said.append)
    assert said == ["  failed: Error: no route"]


def test_the_typefaces_are_ours_alone(bare_machine: Path) -> None:
    """Pictures are drawn with this package's typefaces, whatever the machine has installed."""
    program(bare_machine / "bin" / "chromium")
    configuration = Path(browser.launch_options()["env"]["FONTCONFIG_FILE"])
    assert configuration.read_text().count("<dir") == 1
    assert {file.name.partition("-")[0] for file in configuration.parent.glob("*.ttf")} == {
        "Inter",
        "JetBrainsMono",
    }


def test_an_unwritable_cache_is_replaced(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the person's cache folder cannot be written, the font cache goes to the temporary folder."""
    program(bare_machine / "bin" / "chromium")
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nowhere")
    monkeypatch.setattr(browser.os, "access", lambda path, mode: mode == os.X_OK)
    assert "walkthrough-" in browser.launch_options()["env"]["XDG_CACHE_HOME"]


def test_a_browser_that_does_not_start_is_missing(bare_machine: Path) -> None:
    """A Chromium without its system libraries is reported with its own first line."""
    program(bare_machine / "bin" / "chromium", "#!/bin/sh\necho 'libnss3.so: cannot open' >&2\nexit 127\n")
    with pytest.raises(browser.BrowserMissing, match=r"does not start: libnss3\.so"):
        _ = browser.find_chromium().version


def test_finding_starts_nothing(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding the browser starts no program, so that it costs nothing in each run."""

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a program was started")

    program(bare_machine / "bin" / "chromium")
    monkeypatch.setattr(subprocess, "Popen", refused)
    assert browser.launch_options()["executable_path"] == bare_machine / "bin" / "chromium"
