"""A do-file that a licensed user runs, and the log that comes of it: `python -m tests.dofile.capture FOLDER`.

The do-file runs every case of the collection and shows each stored result with 18 digits, by `display` alone, so that
the engine can run it too. In the log a result is a line `@ name`, followed by its value.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dofile.table import TABLE
from tests.dofile import datasets
from tests.dofile.cases import FOLDER, Case, Published, load

DO_FILE = FOLDER / "capture_golden.do"
LOGS = FOLDER / "logs"
MATRICES = {"b", "V", "C"}
HEADING = """\
* Written by `python -m tests.dofile.capture`; change what it reads, not this file.
* Run it in Stata 17 or newer, in the folder that holds the datasets:
*     stata -b do capture_golden.do
* Copy the log, capture_golden.log, to tests/dofile/golden/logs/ under a name of your choice.
version 17
set more off
capture noisily display "@version " c(stata_version)
capture noisily display "@date " c(current_date)
"""


def stored(case: Case) -> list[str]:
    """Name the results to show after a case: those that were published, and all that its commands leave."""
    names = [name for name in case.values if not re.fullmatch(r"[re]\(\w+\)\[.*\]", name)]
    for spec in TABLE:
        if any(check == spec.name or check.startswith(f"{spec.name},") for check in case.checks):
            for kind, results in (("r", spec.r), ("e", spec.e)):
                names += [f"{kind}({name})" for name in results if name.isidentifier() and name not in MATRICES]
    return list(dict.fromkeys(names))


def do_file(cases: Iterable[Case]) -> str:
    """Return the do-file for these cases."""
    lines = [HEADING]
    for case in cases:
        lines.append(f'display "@case {case.id}"')
        if case.data:
            lines.append(f'capture noisily use "{case.data}.dta", clear')
        # A block cannot stand behind a prefix in all releases; such lines run as they are.
        block = any(line.rstrip().endswith("{") or "\n" in line for line in case.lines)
        lines += [line if block else f"capture noisily {line}" for line in case.lines]
        for name in stored(case):
            lines += [f'display "@ {name}"', f"capture noisily display %24.17e {name}"]
        lines.append("")
    return "\n".join(lines)


@dataclass(frozen=True)
class Log:
    """What a licensed Stata gave: its version, the day, and each case's results, without the missing ones."""

    version: str
    date: str
    results: dict[str, dict[str, Published]]


def read(text: str) -> Log:
    """Read a log. Raises ValueError where it says no version, or names a case twice."""
    version, date = (re.search(rf"^@{word} +(.+?) *$", text, re.MULTILINE) for word in ("version", "date"))
    if not version or not date:
        raise ValueError("the log says no version and date: was it made by capture_golden.do, in Stata?")
    results: dict[str, dict[str, Published]] = {}
    for name, block in blocks(text):
        if name in results:
            raise ValueError(f"the log has case {name} twice")
        found = re.findall(r"^@ (.+?) *\n(?:\. .*\n|> .*\n|\n)*\s*(-?\d\.\d+e[-+]\d+)\s*$", block, re.MULTILINE)
        results[name] = {result: Published(value) for result, value in found}
    return Log(version[1], date[1], results)


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """Give each case's name, and the log from there to the next."""
    parts = re.split(r"^@case (\S+) *$", text, flags=re.MULTILINE)
    yield from zip(parts[1::2], parts[2::2], strict=True)


def main(arguments: list[str]) -> int:
    """Write the do-file, and the datasets beside it where a folder is named."""
    DO_FILE.write_text(do_file(load()), encoding="utf-8")
    if arguments:
        folder = Path(arguments[0])
        folder.mkdir(parents=True, exist_ok=True)
        datasets.make(folder)
        shutil.copy(DO_FILE, folder)
        print(f"Written to {folder}: capture_golden.do and the datasets.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
