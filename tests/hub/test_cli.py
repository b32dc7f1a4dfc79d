"""The command line says what is wrong with what it was given."""

from __future__ import annotations

from pathlib import Path

import pytest

from projecthub.cli import main


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["serve", "--project", "abc"], "--project: expected digits only, such as 50123; found 'abc'"),
        (["serve", "--port", "99999"], "--port: expected a port, 0 to 65535; found '99999'"),
        (
            ["serve", "--invite", "nobody"],
            "--invite: expected an address such as jdoe@research.example; found 'nobody'",
        ),
        (["serve", "--overlay", "/nowhere"], "--overlay: expected a folder that exists; found '/nowhere'"),
        (["serve", "--files", "/nowhere"], "--files: expected a file or folder that exists; found '/nowhere'"),
        (["invite", "nobody", "--state", "x"], "EMAIL: expected an address such as jdoe@research.example"),
        (["invite", "jdoe@research.example"], "--state"),
        ([], "COMMAND"),
    ],
)
def test_wrong_options_are_named(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong option is refused with its name, what was expected, and what was found."""
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


def test_invite_needs_a_running_hub(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Inviting to a folder without a running hub fails with a message and a status."""
    assert main(["invite", "jdoe@research.example", "--state", str(tmp_path)]) == 1
    assert f"projecthub: state: expected a running hub's folder; found {tmp_path}" in capsys.readouterr().err
