"""The kernels of a real workspace: what it offers, that each notebook of the project runs, and that nothing stays."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import nbformat
import pytest
import websocket
from playwright.sync_api import Browser, expect

from projecthub import ProjectHub
from walkthrough.run.notebook import await_idle
from walkthrough.run.watch import WATCH

from .conftest import Person, processes_in

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
FILES = [NOTEBOOKS / name for name in ("python.md", "r.md", "stata.md", "data", "results")]
KERNELS = {"python3": "Python 3 (ipykernel)", "ir": "R", "dofile": "Do-files (dofile)"}
WAIT = 60


class Workspace:
    """A workspace's Jupyter server, as a program speaks to it."""

    def __init__(self, url: str, token: str) -> None:
        self.url, self._headers = url, {"Authorization": f"token {token}"}

    def ask(self, path: str, data: Any = None, method: str | None = None) -> Any:
        """Return the answer of its REST interface."""
        body = None if data is None else json.dumps(data).encode()
        with urlopen(Request(self.url + path, body, self._headers, method=method), timeout=WAIT) as answer:
            return json.loads(answer.read() or b"null")

    def start(self, kernel: str, path: str) -> str:
        """Start a kernel in a file's folder; return its number."""
        return str(self.ask("api/kernels", {"name": kernel, "path": path})["id"])

    def run(self, kernel: str, *cells: str) -> list[dict[str, Any]]:
        """Run cells, one after another; return the messages that they cause."""
        address = f"{self.url.replace('http', 'ws', 1)}api/kernels/{kernel}/channels"
        channel = websocket.create_connection(address, timeout=WAIT, header=self._headers)
        messages: list[dict[str, Any]] = []
        try:
            for code in cells:
                number = uuid.uuid4().hex
                header = {"msg_id": number, "session": number, "username": "", "msg_type": "execute_request"}
                content = {"code": code, "silent": False, "allow_stdin": False, "stop_on_error": True}
                request = {"channel": "shell", "header": header, "content": content, "parent_header": {}}
                channel.send(json.dumps({**request, "metadata": {}}))
                waiting = {"execute_reply", "idle"}
                while waiting:
                    message = json.loads(channel.recv())
                    if message["parent_header"].get("msg_id") == number:
                        messages.append(message)
                        waiting -= {message["msg_type"], message["content"].get("execution_state")}
        finally:
            channel.close()
        return messages


def _printed(messages: list[dict[str, Any]]) -> str:
    return "".join(message["content"]["text"] for message in messages if message["msg_type"] == "stream")


def _connection(hub: ProjectHub, kernel: str) -> dict[str, Any]:
    """What the kernel was told about how to answer."""
    (file,) = hub.state.rglob(f"kernel-{kernel}.json")
    connection: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return connection


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectHub]:
    """A hub whose project begins with the notebooks of this repository."""
    with ProjectHub(state=tmp_path_factory.mktemp("stocked") / "state", files=FILES) as running:
        yield running


@pytest.fixture(scope="module")
def member(stocked: ProjectHub, chromium: Browser) -> Iterator[Person]:
    """A member of that project, in the workspace."""
    with chromium.new_context(viewport={"width": 1280, "height": 800}) as context:
        person = Person(stocked, context.new_page(), stocked.invite("jdoe@research.example"))
        person.sign_up()
        person.sign_in()
        yield person


@pytest.fixture(scope="module")
def workspace(member: Person) -> Workspace:
    """The member's workspace, opened to a program by a token that the member made."""
    page = member.page
    page.goto(f"{member.hub.url}hub/token")
    page.get_by_role("button", name="Make a token", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Your new token")
    token = page.get_by_role("status").get_by_role("paragraph").nth(1).inner_text()
    return Workspace(member.workspace.removesuffix("lab"), token)


def test_launcher_offers_each_kernel(member: Person) -> None:
    """The launcher shows Python, R and do-files, each with its icon, as notebook and as console."""
    page = member.page
    page.goto(member.workspace)
    for category in ("Notebook", "Console"):
        cards = page.get_by_role("main").locator(f".jp-LauncherCard[data-category={category}]")
        expect(cards).to_have_count(len(KERNELS), timeout=WAIT * 1000)  # JupyterLab starts, beside other tests
        for name in KERNELS.values():
            icon = cards.filter(has=page.get_by_text(name, exact=True)).locator("img")
            assert icon.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


@pytest.mark.parametrize(
    ("name", "kernel"), [("python", "Python 3 (ipykernel)"), ("r", "R"), ("stata", "Do-files (dofile)")]
)
def test_notebook_opens_without_a_question(member: Person, name: str, kernel: str) -> None:
    """Each notebook of the project opens with its kernel; none asks which one to take."""
    page = member.page
    page.goto(f"{member.workspace}/tree/project-50123/{name}.ipynb")
    expect(page.get_by_role("button", name=f"{kernel} | Idle", exact=True)).to_be_visible(timeout=WAIT * 1000)
    expect(page.get_by_role("dialog")).to_have_count(0)


# What a browser's page sees that is never idle: such work is done when its patience ends, here somewhat earlier.
NEVER_IDLE = """globalThis.requestIdleCallback = (work, { timeout = 3000 } = {}) =>
    setTimeout(() => work({ didTimeout: true, timeRemaining: () => 0 }), timeout / 2)"""


def test_a_notebook_has_scrolled_once_it_is_idle(member: Person) -> None:
    """A busy browser draws the last cells late, and JupyterLab scrolls there then: that is waited for."""
    page = member.page.context.new_page()
    page.add_init_script(WATCH)
    page.add_init_script(NEVER_IDLE)
    page.goto(f"{member.workspace}/tree/project-50123/stata.ipynb?reset")
    await_idle(page, KERNELS["dofile"], WAIT)
    for name in ("Run", "Run All Cells"):
        page.get_by_role("menuitem", name=name, exact=True).click()
    await_idle(page, KERNELS["dofile"], WAIT)
    active = page.locator(".jp-Notebook .jp-Cell.jp-mod-active")
    assert active.count() == 1  # which JupyterLab scrolls to in the moment in which it is drawn
    assert active.get_by_role("heading", name="What it says").count() == 1
    page.close()


@pytest.mark.parametrize("name", ["python", "r", "stata"])
def test_notebook_runs(workspace: Workspace, name: str) -> None:
    """Each notebook runs from its first cell to its last in the workspace, and draws its figures as SVG."""
    path = f"project-50123/{name}.ipynb"
    notebook = nbformat.from_dict(workspace.ask(f"api/contents/{path}")["content"])
    kernel = workspace.start(notebook.metadata.kernelspec.name, path)
    messages = workspace.run(kernel, *(cell.source for cell in notebook.cells if cell.cell_type == "code"))
    assert [message["content"] for message in messages if message["msg_type"] == "error"] == []
    shown = [message["content"]["data"] for message in messages if message["msg_type"] == "display_data"]
    assert any("image/svg+xml" in data for data in shown)
    results = workspace.ask("api/contents/project-50123/results")["content"]
    assert [item["name"] for item in results if item["name"].startswith(name) and item["name"].endswith(".csv")]
    workspace.ask(f"api/kernels/{kernel}", method="DELETE")


def test_kernels_keep_their_state_in_the_members_home(stocked: ProjectHub, workspace: Workspace) -> None:
    """A kernel's home, its profile and its runtime files are the member's own, whoever started the hub."""
    kernel = workspace.start("python3", "project-50123/python.ipynb")
    code = "import IPython, jupyter_core.paths as paths, pathlib\n"
    code += "print(pathlib.Path.home(), IPython.paths.get_ipython_dir(), paths.jupyter_runtime_dir(), sep='\\n')"
    folders = [Path(folder) for folder in _printed(workspace.run(kernel, code)).splitlines()]
    home = stocked.state / "homes" / "jdoe"
    assert folders[0] == home
    assert len(folders) == 3
    assert all(folder.is_relative_to(home) for folder in folders)


@pytest.mark.parametrize("name", KERNELS)
def test_a_kernel_opens_no_port(stocked: ProjectHub, workspace: Workspace, name: str) -> None:
    """No program can take a kernel's port, nor listen to it: it answers over files, also once it was started again."""
    kernel = workspace.start(name, "project-50123/python.ipynb")
    connection = _connection(stocked, kernel)
    assert connection["transport"] == "ipc"
    folder = Path(connection["ip"]).parent
    assert folder.stat().st_mode & 0o077 == 0
    workspace.ask(f"api/kernels/{kernel}/restart", {})
    replies = [each for each in workspace.run(kernel, "") if each["msg_type"] == "execute_reply"]
    assert [reply["content"]["status"] for reply in replies] == ["ok"]
    assert list(folder.iterdir())
    workspace.ask(f"api/kernels/{kernel}", method="DELETE")
    assert not folder.exists()


def test_no_kernel_outlives_the_hub(stocked: ProjectHub, workspace: Workspace) -> None:
    """Kernels that run when the hub stops are stopped with it."""
    kernels = [workspace.start(kernel, "project-50123/python.ipynb") for kernel in KERNELS]
    folders = [Path(_connection(stocked, kernel)["ip"]).parent for kernel in kernels]
    names = ("ipykernel_launcher", "IRkernel::main()", "dofile.kernel")
    assert all(any(name in command for command in processes_in(stocked.state)) for name in names)
    stocked.stop()
    assert processes_in(stocked.state) == []
    assert [folder for folder in folders if folder.exists()] == []
