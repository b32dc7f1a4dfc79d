"""The kernel as Jupyter uses it: a process that is started by its kernelspec."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

from dofile import BANNER

WAIT = 60


@dataclass
class Ran:
    """A reply, and what came before it."""

    reply: dict[str, Any]
    messages: list[dict[str, Any]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The output as one text."""
        return "".join(message["content"]["text"] for message in self.messages if message["msg_type"] == "stream")

    def of(self, kind: str) -> list[dict[str, Any]]:
        """The contents of messages of a kind."""
        return [message["content"] for message in self.messages if message["msg_type"] == kind]


@dataclass
class Kernel:
    """A running kernel."""

    manager: KernelManager
    client: BlockingKernelClient

    def run(self, code: str, interrupt_at: str | None = None) -> Ran:
        """Run a cell; interrupt it once this text has come out."""
        messages: list[dict[str, Any]] = []

        def keep(message: dict[str, Any]) -> None:
            before = Ran({}, messages).text
            messages.append(message)
            if interrupt_at is not None and interrupt_at not in before and interrupt_at in Ran({}, messages).text:
                self.manager.interrupt_kernel()

        reply = self.client.execute_interactive(code, output_hook=keep, timeout=WAIT)
        return Ran(reply["content"], messages)


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    """The kernel of the environment's kernelspec, in a folder of its own."""
    specs = KernelSpecManager(kernel_dirs=[str(Path(sys.prefix, "share", "jupyter", "kernels"))])
    folder = tmp_path_factory.mktemp("kernel")
    # Over sockets of its own: of the ports that are free now, another test could be given one before the kernel is.
    manager = KernelManager(kernel_name="dofile", kernel_spec_manager=specs, transport="ipc", ip=str(folder / "socket"))
    manager.start_kernel(cwd=str(folder))
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=WAIT)
        yield Kernel(manager, client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel()
        assert not manager.is_alive()


def test_kernelspec_is_installed_with_the_package() -> None:
    """The environment has the kernelspec with its icons, and says that it runs the notebooks of another kernel."""
    folder = Path(sys.prefix, "share", "jupyter", "kernels", "dofile")
    spec = json.loads((folder / "kernel.json").read_text("utf-8"))
    assert spec["display_name"] == "Do-files (dofile)"
    assert spec["metadata"] == {"runs": ["nbstata"]}
    assert {file.name for file in folder.iterdir()} == {"kernel.json", "logo-64x64.png", "logo-svg.svg"}


def test_kernel_says_who_it_is(kernel: Kernel) -> None:
    """It names its language for editors, and in its banner that it is another engine."""
    info = kernel.client.kernel_info(reply=True, timeout=WAIT)["content"]
    assert info["implementation"] == "dofile"
    assert info["banner"] == BANNER
    assert info["language_info"]["mimetype"] == "text/x-stata"
    assert info["language_info"]["file_extension"] == ".do"
    assert info["help_links"]


def test_cells_share_a_session(kernel: Kernel) -> None:
    """What one cell sets, the next one sees."""
    assert kernel.run("local greeting hello").reply["status"] == "ok"
    assert kernel.run('display "`greeting\'"').text == "hello\n"


def test_error_names_its_line(kernel: Kernel) -> None:
    """A refused command is an error with its return code, after the output of those before it."""
    ran = kernel.run("display 1\n\nfoo bar\ndisplay 2")
    assert ran.text == "1\n"
    assert (ran.reply["status"], ran.reply["ename"], ran.reply["evalue"]) == (
        *("error", "r(199)"),
        "command foo is unrecognized",
    )
    (shown,) = ran.of("error")
    assert shown["traceback"][-1] == "line 3 of the cell: foo bar"


def test_output_comes_while_a_cell_runs_and_a_break_leaves_the_session(kernel: Kernel) -> None:
    """A long loop shows its output, is stopped by an interrupt, and the session goes on as it was."""
    kernel.run("local kept 7")
    ran = kernel.run("display 0\nforvalues i = 1/1000000 {\n  local j = 1\n}", interrupt_at="0")
    assert (ran.reply["ename"], ran.reply["evalue"]) == ("r(1)", "--Break--")
    assert kernel.run("display `kept'").text == "7\n"


def test_graph_is_drawn_in_place(kernel: Kernel) -> None:
    """A graph comes as SVG, with a text for those that show none, between the outputs around it."""
    ran = kernel.run("clear\nset obs 20\ngenerate x = _n\ndisplay 1\nscatter x x\ndisplay 2")
    kinds = [message["msg_type"] for message in ran.messages]
    assert kinds[-4:] == ["stream", "display_data", "stream", "status"]
    (shown,) = ran.of("display_data")
    assert "<svg" in shown["data"]["image/svg+xml"]
    assert shown["data"]["text/plain"] == "(graph)"


def test_completion_knows_the_session(kernel: Kernel) -> None:
    """A variable that a cell made is completed; a console is told that a block is open."""
    kernel.run("clear\nset obs 1\ngenerate wages = 1")
    completed = kernel.client.complete("summarize wa", reply=True, timeout=WAIT)["content"]
    assert (completed["matches"], completed["cursor_start"], completed["cursor_end"]) == (["wages"], 10, 12)
    asked = kernel.client.is_complete("foreach x in a {")
    more = kernel.client.get_shell_msg(timeout=WAIT)
    assert more["parent_header"]["msg_id"] == asked
    assert more["content"] == {"status": "incomplete", "indent": "    "}
