"""The kernel: a session of the engine behind Jupyter's messages."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING, Any

from ipykernel.iostream import OutStream
from ipykernel.kernelbase import Kernel

from dofile import BANNER, NAME, __version__
from dofile.errors import DoError
from dofile.kernel.code import indent
from dofile.kernel.complete import complete

if TYPE_CHECKING:
    from dofile.session import Session

_RED, _PLAIN = "\x1b[31m", "\x1b[0m"
_BREAK = 1
_PAUSE = 0.3


class DofileKernel(Kernel):
    """Runs cells one after another in one session.

    The engine, and with it numpy, is loaded with the first cell; pandas and the rest where a command needs them.
    """

    implementation = NAME
    implementation_version = __version__
    language = "stata"
    language_info = {  # noqa: RUF012 - as the base class has it
        "name": "stata",
        "version": "17",
        "mimetype": "text/x-stata",
        "file_extension": ".do",
        "codemirror_mode": "stata",
        "pygments_lexer": "stata",
    }
    banner = BANNER
    help_links = [  # noqa: RUF012 - as the base class has it
        {"text": "What computes the models: statsmodels", "url": "https://www.statsmodels.org/stable/"},
        {"text": "What holds the data: pandas", "url": "https://pandas.pydata.org/docs/"},
    ]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        self._session: Session | None = None
        self._silent = False

    def start(self) -> None:
        """Begin to answer; load the engine in the pause before the first cell, where there is one."""
        super().start()  # type: ignore[no-untyped-call]
        self.io_loop.call_later(_PAUSE, self._started)

    async def do_execute(
        self,
        code: str,
        silent: bool,
        store_history: bool = True,
        user_expressions: dict[str, Any] | None = None,
        allow_stdin: bool = False,
        **_: Any,
    ) -> dict[str, Any]:
        """Run a cell; its output goes out while it runs, an error ends it with its return code."""
        self._silent = silent
        for stream in (sys.stdout, sys.stderr):
            # Output belongs to the request that it answers; the base class leaves saying so to its heirs.
            if isinstance(stream, OutStream):
                stream.set_parent(self.get_parent("shell"))  # type: ignore[no-untyped-call]
        try:
            self._started().run(code)
        except DoError as error:
            return self._refused(error.code, error.message, code, error.where)
        except KeyboardInterrupt:
            return self._refused(_BREAK, "--Break--", code, 0)
        except Exception as error:
            return self._failed(type(error).__name__, str(error), traceback.format_exception(error))
        return {
            "status": "ok",
            "execution_count": self.execution_count,
            "payload": [],
            "user_expressions": {},
        }

    async def do_complete(self, code: str, cursor_pos: int) -> dict[str, Any]:
        """Tell what the word before the cursor can become."""
        variables = () if self._session is None else self._session.data.names
        start, matches = complete(code[:cursor_pos], variables)
        return {
            "status": "ok",
            "matches": matches,
            "cursor_start": start,
            "cursor_end": cursor_pos,
            "metadata": {},
        }

    async def do_is_complete(self, code: str) -> dict[str, Any]:
        """Tell a console whether more lines must come."""
        more = indent(code)
        return {"status": "complete"} if more is None else {"status": "incomplete", "indent": more}

    async def do_shutdown(self, restart: bool) -> dict[str, Any]:
        """Forget the session."""
        self._session = None
        return {"status": "ok", "restart": restart}

    def _started(self) -> Session:
        if self._session is None:
            from dofile.session import Session  # noqa: PLC0415 - numpy, and later pandas, cost the start too much

            self._session = Session(write=self._write, show=self._draw)
        return self._session

    def _write(self, text: str) -> None:
        # Jupyter's own stream gathers what comes within a fifth of a second: a loop of displays is no flood.
        if not self._silent:
            sys.stdout.write(text)

    def _draw(self, svg: str) -> None:
        if self._silent:
            return
        sys.stdout.flush()
        content = {"data": {"image/svg+xml": svg, "text/plain": "(graph)"}, "metadata": {}}
        self._publish("display_data", content)

    def _refused(self, code: int, message: str, cell: str, line: int) -> dict[str, Any]:
        """Show a return code, with its line in the cell, and return the reply that says so."""
        lines = cell.splitlines()
        shown = [f"{_RED}{message}{_PLAIN}"] if message else []
        shown.append(f"{_RED}r({code});{_PLAIN}")
        if 0 < line <= len(lines):
            shown.append(f"line {line} of the cell: {lines[line - 1].strip()}")
        return self._failed(f"r({code})", message, shown)

    def _failed(self, name: str, message: str, shown: list[str]) -> dict[str, Any]:
        content = {"ename": name, "evalue": message, "traceback": shown}
        if not self._silent:
            sys.stdout.flush()
            self._publish("error", content)
        return {"status": "error", "execution_count": self.execution_count, **content}

    def _publish(self, kind: str, content: dict[str, Any]) -> None:
        self.send_response(self.iopub_socket, kind, content)  # type: ignore[no-untyped-call]
