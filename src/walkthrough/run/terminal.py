"""The terminal of a page, an xterm.js as in JupyterLab: typing into it, and waiting for its prompt."""

from __future__ import annotations

import re
from typing import Final

from playwright.sync_api import Error, Page
from playwright.sync_api import TimeoutError as Timeout

from walkthrough.run.watch import Found

INPUT: Final = "Terminal input"
"""The name that xterm.js gives the field into which a terminal's user types."""

# The rows as assistive technology reads them, or as text is drawn; null where there are neither, since a canvas holds
# no text.
_TEXT = """const text = number => {
  const terminal = globalThis.__walkthroughWatch.held.get(number)?.closest('.xterm');
  const rows = name => [...(terminal ? terminal.querySelectorAll(name) : [])];
  const read = rows('.xterm-accessibility-tree > *');
  const lines = read.length ? read : rows('.xterm-rows > *');
  if (!lines.length) return null;
  return lines.map(line => line.textContent.replace(/\\u00a0/g, ' ').trimEnd()).join('\\n').trimEnd();
};"""
_READ = f"number => {{ {_TEXT} return text(number); }}"
_AWAIT = f"""([number, kind, expected, before]) => {{
  {_TEXT}
  const now = text(number);
  if (now === null || now === before) return false;
  const last = now.slice(now.lastIndexOf('\\n') + 1);
  if (kind === 'prompt') return new RegExp(expected).test(last);
  if (kind === 'question') return last === expected;
  if (kind === 'change') return true;
  return now.replace(/\\s/g, '').endsWith(expected.replace(/\\s/g, ''));
}}"""
_PROMPT = r"^\S.*[$%#>]$"
"""What counts as a prompt before any is known."""


class TerminalError(Exception):
    """The terminal did not do what was expected; holds (expected, found)."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(expected, found)
        self.expected, self.found = expected, found


class Terminal:
    """A terminal that is in front. ``field`` is its input; ``timeout`` is in seconds."""

    def __init__(self, page: Page, field: Found, timeout: float) -> None:
        self._page, self._field, self._ms = page, field, timeout * 1000

    def run(self, command: str, *, asks: bool) -> None:
        """Type a command. Return when the prompt is back, or at once where the command asks something first."""
        if self._text() is None:
            try:
                self._page.wait_for_function(f"number => {{ {_TEXT} return text(number) !== null; }}",
                                             arg=self._field.number, timeout=self._ms)  # fmt: skip
            except Timeout:
                raise TerminalError(
                    "a terminal whose text can be read",
                    "one that only draws it; switch on its setting for screen readers",
                ) from None
        self._await("prompt", _PROMPT, None, "its prompt, a line that ends in $, %, # or >")
        prompt = (self._text() or "").splitlines()[-1]
        self._type(command)
        self._await("echo", command, None, f"to show “{command}”, which was typed")
        echo = self._text()
        self._page.keyboard.press("Enter")
        if not asks:
            self._await_prompt(prompt, echo, command)

    def answer(self, question: str, value: str, *, secret: bool, more: bool) -> None:
        """Answer a question that a command asks. Return when a prompt is back, or at once where ``more`` are asked.

        Raises `TerminalError` where the terminal shows a secret.
        """
        self._await("question", question.rstrip(), None, f"to ask “{question}”")
        asked = self._text()
        self._type(value)
        self._page.keyboard.press("Enter")
        if more:
            self._await("change", "", asked, f"to go on after the answer to “{question}”")
        else:
            self._await("prompt", _PROMPT, asked, f"its prompt after the answer to “{question}”")
        if secret and value in (self._text() or "").replace("\n", ""):
            raise TerminalError(
                f"the answer to “{question}” to stay hidden", "it in the terminal: it was no secret there"
            )

    def _type(self, text: str) -> None:
        self._field.locator.focus()
        self._page.keyboard.type(text)

    def _await_prompt(self, prompt: str, echo: str | None, command: str) -> None:
        # The folder in a prompt can change; how it begins and its last sign stay.
        start = re.match(r"\W*\w*", prompt)
        same = rf"^{re.escape(start.group() if start else '')}.*{re.escape(prompt[-1])}$"
        self._await("prompt", same, echo, f"its prompt “{prompt}” again after “{command}”")

    def _await(self, kind: str, expected: str, before: str | None, said: str) -> None:
        try:
            self._page.wait_for_function(_AWAIT, arg=[self._field.number, kind, expected, before], timeout=self._ms)
        except Timeout:
            last = (self._text() or "").rstrip().splitlines()[-1:]
            found = f"the last line “{last[0]}”" if last else "an empty terminal"
            raise TerminalError(f"the terminal {said}" if said.startswith("to ") else f"the terminal to show {said}",
                                found) from None  # fmt: skip

    def _text(self) -> str | None:
        try:
            text: str | None = self._page.evaluate(_READ, self._field.number)
        except Error:
            return None
        return text
