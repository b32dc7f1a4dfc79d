"""The command line: ``dofile run FILE`` runs a do-file and prints its log."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dofile import BANNER, NAME, __version__
from dofile.errors import DoError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status: 0, or 1 where the do-file was refused or stopped."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return 0
    return run(options.file, options.graphs)


def run(file: Path, graphs: Path | None = None) -> int:
    """Run a do-file; print its commands and their output, and keep its graphs as SVG where a folder is given.

    The first command that fails ends it: on standard error stand the place, the message and the return code.
    """
    from dofile.log import Log  # noqa: PLC0415 - the engine loads numpy, which `--version` does not need

    try:
        text = file.read_text(encoding="utf-8")
        if graphs is not None:
            graphs.mkdir(parents=True, exist_ok=True)
    except (OSError, UnicodeDecodeError) as error:
        return _refused(str(file), getattr(error, "strerror", None) or str(error), 601)
    print(f"{BANNER}\n")
    try:
        Log(sys.stdout.write, graphs, file.stem).run(text)
    except DoError as error:
        sys.stdout.flush()
        return _refused(f"{file}:{error.where}" if error.where else str(file), error.message, error.code)
    except KeyboardInterrupt:
        sys.stdout.flush()
        return _refused(str(file), "--Break--", 1)
    return 0


def _refused(place: str, message: str, code: int) -> int:
    print(f"{place}: {message}\nr({code});", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=NAME, description="Runs do-files: an independent engine, not Stata, for a documented subset."
    )
    parser.add_argument("--version", action="version", version=f"{NAME} {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    command = commands.add_parser("run", help="run a do-file and print its log")
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument("--graphs", type=Path, metavar="FOLDER", help="keep graphs there, as SVG")
    return parser


if __name__ == "__main__":
    sys.exit(main())
