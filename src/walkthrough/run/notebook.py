"""JupyterLab's notebooks: when a kernel has done its work, and which cell failed."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Error, Page

from walkthrough.run.picture import settle

REST: Final = 120
"""For how many milliseconds a notebook must not have changed or scrolled after its run."""

# JupyterLab adds the cells below the view when the browser is idle, which can be after the run; running all of them
# makes the last one the active cell, and scrolls to it once it is there, for which it waits up to so many seconds.
_DRAWN = """limit => new Promise(resolve => {
  const end = performance.now() + limit;
  const look = () => {
    const notebooks = [...document.querySelectorAll('.jp-Notebook')].filter(each => each.checkVisibility());
    const drawn = notebooks.every(each => each.querySelector('.jp-Cell.jp-mod-active'));
    if (drawn || performance.now() >= end) resolve(); else requestAnimationFrame(look);
  };
  look();
})"""
_DRAWS = 10

_WAITING = "[*]:"
_STATE = re.compile(r"^[^|]+ \| [A-Z]\w+$")

# What a person sees of each code cell: its number, and what it wrote in red. JupyterLab gives neither a role. Cells out
# of view are not drawn, so the text is taken as it stands in the document.
_CELLS = """() => [...document.querySelectorAll('.jp-CodeCell')].filter(cell => cell.checkVisibility()).map(cell => {
  const text = each => each ? each.textContent.trim() : '';
  return {
    prompt: text(cell.querySelector('.jp-InputPrompt')),
    source: cell.querySelector('.cm-content') ? text(cell.querySelector('.cm-content')) : null,
    red: [...cell.querySelectorAll('[data-mime-type="application/vnd.jupyter.stderr"]')].map(text).join('\\n'),
  };
})"""
# How the kernels of Python, R and do-files say what went wrong.
_ERROR = re.compile(
    r"^(?:Traceback \(most recent call last\)|Error\b|[\w.]*(?:Error|Exception): |r\(\d+\);)", re.MULTILINE
)
_ERROR_LINE = re.compile(r"^(?!Traceback)(?:\w.*Error.*|Error.*|r\(\d+\);.*)$", re.MULTILINE)


class NotIdle(Exception):
    """The kernel did not come to rest in time; the message says how it stands."""


class CellFailed(Exception):
    """A cell failed; the message names it, with what it says."""


@dataclass(frozen=True)
class Cell:
    """A code cell: its number as shown, its source (None where it is not drawn yet), and what it wrote in red."""

    prompt: str
    source: str | None
    red: str

    @property
    def number(self) -> int:
        """Its execution count; 0 where it has not run."""
        found = re.search(r"\d+", self.prompt)
        return int(found.group()) if found else 0


def await_idle(page: Page, kernel: str, timeout: float) -> None:
    """Wait until the kernel with this name is idle and no cell waits for it. Raises `NotIdle` and `CellFailed`."""
    deadline = time.monotonic() + timeout
    idle = page.get_by_text(f"{kernel} | Idle", exact=True).filter(visible=True)
    waiting = page.get_by_text(_WAITING, exact=True).filter(visible=True)
    try:
        while waiting.count() or not idle.count():
            left = max(1.0, (deadline - time.monotonic()) * 1000)
            waiting.first.wait_for(state="hidden", timeout=left)
            idle.first.wait_for(timeout=max(1.0, (deadline - time.monotonic()) * 1000))
    except Error:
        raise NotIdle(_standing(page)) from None
    page.evaluate(_DRAWN, min(timeout, _DRAWS) * 1000)
    settle(page, timeout, quiet=REST)
    if failed := failed_cell([Cell(**cell) for cell in page.evaluate(_CELLS)]):
        raise CellFailed(f"the cell {failed.prompt.rstrip(':')} failed: “{_reason(failed.red)}”")


def failed_cell(cells: list[Cell]) -> Cell | None:
    """The cell at which a run has stopped, if it has: it wrote in red, and says an error or those behind did not run.

    Warnings are red as well, and stop nothing.
    """
    ran = [cell for cell in cells if cell.number]
    for cell in ran:
        if cell.red and _ERROR.search(cell.red):
            return cell
    if not ran:
        return None
    last = max(ran, key=lambda cell: cell.number)
    behind = cells[cells.index(last) + 1 :]
    stopped = any(not cell.number and cell.source != "" for cell in behind)
    return last if last.red and stopped else None


def _reason(red: str) -> str:
    lines = [found.group().strip() for found in _ERROR_LINE.finditer(red)]
    return lines[-1] if lines else next(line for line in reversed(red.splitlines()) if line.strip())


def _standing(page: Page) -> str:
    try:
        states = page.get_by_text(_STATE).filter(visible=True).all_inner_texts()
        left = page.get_by_text(_WAITING, exact=True).filter(visible=True).count()
    except Error:
        return "no page: the browser's page is gone"
    if not states:
        return "no kernel's state in the status bar"
    cells = f", and {left} cell{'s' if left > 1 else ''} left to run" if left else ""
    return " and ".join(f"“{state}”" for state in dict.fromkeys(states)) + cells
