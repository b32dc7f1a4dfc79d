"""The engine under test, as the comparisons see it: a line in, its output out, and the value of an expression."""

from __future__ import annotations

import math
import re
from pathlib import Path

from dofile import DoError, Session, evaluate, expression
from dofile.values import MISSING

ELEMENT = re.compile(r"([re])\((\w+)\)\[(\d+),(\d+)\]")


class Dofile:
    """A session in a folder of datasets, with one of them loaded, that notes which commands and options run."""

    def __init__(self, folder: Path, data: str = "") -> None:
        self.output: list[str] = []
        self.session = Session(write=self.output.append, show=lambda _: None, folder=folder)
        if data:
            self.run(f"use {data}, clear")

    def run(self, line: str) -> str:
        """Run a line and return what it printed, an error's message and code included."""
        self.output.clear()
        try:
            self.session.run(line)
        except DoError as error:
            self.output.append(f"{error.message}\nr({error.code});\n")
        return "".join(self.output)

    def value(self, text: str) -> float:
        """Evaluate an expression; a missing value is NaN. Elements of r() and e() matrices are counted from 1."""
        if found := ELEMENT.fullmatch(text):
            kept = (self.session.r if found[1] == "r" else self.session.e).matrices.get(found[2])
            return math.nan if kept is None else float(kept.values[int(found[3]) - 1, int(found[4]) - 1])
        try:
            number = evaluate.scalar(expression.parse(text), self.session.frame())
        except DoError:
            return math.nan
        return math.nan if isinstance(number, str) or number >= MISSING else float(number)
