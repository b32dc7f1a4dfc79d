"""The command line: a do-file's log, its graphs, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dofile import BANNER, __version__
from dofile.cli import main


@pytest.fixture
def do_file(tmp_path: Path) -> Callable[[str], Path]:
    """Write a do-file."""

    def write(text: str) -> Path:
        (tmp_path / "a.do").write_text(text, "utf-8")
        return tmp_path / "a.do"

    return write


def test_log_shows_commands_and_output(do_file: Callable[[str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    """The log has each command as it was written, comments too, its output below, and who ran it above."""
    file = do_file('* Sums\ndisplay 1 + ///\n  2\nforeach x in a b {\n  display "`x\'"\n}\n\n// The end\n')
    assert main(["run", str(file)]) == 0
    assert capsys.readouterr().out == (
        f"{BANNER}\n\n"
        ". * Sums\n. display 1 + ///\n>   2\n3\n\n"
        '. foreach x in a b {\n  2.   display "`x\'"\n  3. }\na\nb\n\n'
        ".\n. // The end\n"
    )


def test_refusal_ends_the_run(do_file: Callable[[str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    """The first command that fails ends it with 1; its place, message and return code are on standard error."""
    file = do_file("display 1\n\nfoo bar\ndisplay 2\n")
    assert main(["run", str(file)]) == 1
    told = capsys.readouterr()
    assert told.err == f"{file}:3: command foo is unrecognized\nr(199);\n"
    assert told.out.endswith(". display 1\n1\n\n.\n. foo bar\n")


def test_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there is named."""
    assert main(["run", str(tmp_path / "none.do")]) == 1
    assert capsys.readouterr().err == f"{tmp_path / 'none.do'}: No such file or directory\nr(601);\n"


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` prints name and version."""
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out == f"dofile {__version__}\n"


def test_alone_it_helps(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a command, it prints what it can do."""
    assert main([]) == 0
    assert "run a do-file and print its log" in capsys.readouterr().out
