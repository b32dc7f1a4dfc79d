"""A small site of its own for each test of the plugin, served from files, walked by a pytest of its own."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import PLAIN

CONFTEST = """
import functools, http.server, threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from walkthrough.world import Persona, Secret, Varying

PASSWORD = Secret("Kx7-actual-secret", "Ab1-stable-sample")
CODE = Secret("731946", "482913")


class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass

    do_POST = http.server.SimpleHTTPRequestHandler.do_GET


class Mailbox:
    def __init__(self, url):
        self.url = url

    def find(self, *, subject, having, timeout):
        if subject not in (None, "Your invitation"):
            raise LookupError(f"no such e-mail came within {timeout:g} s; the mailbox holds “Your invitation”")
        values = {"code": CODE, "day": Varying("24 Nov", "12 Jan")}
        return SimpleNamespace(text=f"Code: {CODE.actual}", url=self.url + "mail.html", values=values)


@pytest.fixture(scope="session")
def site():
    handler = functools.partial(Handler, directory=Path(__file__).parent / "site")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever).start()
    yield SimpleNamespace(url=f"http://127.0.0.1:{server.server_port}/")
    server.shutdown()
    server.server_close()


@pytest.fixture
def reader(site):
    return Persona("jdoe", "jdoe@research.example", PASSWORD, Mailbox(site.url))


@pytest.fixture
def walkthrough_examples(site):
    return [Varying(site.url, "https://site.research.example/")]


@pytest.fixture
def invited(reader):
    pass
"""

START = """<!doctype html><html lang=en><title>Start</title><main><h1>Welcome</h1>
<p>You are at __URL__</p>
<nav><a href=form.html>Sign up</a></nav></main>
<script>document.querySelector('p').textContent = 'You are at ' + location.origin + '/'</script>"""

FORM = """<!doctype html><html lang=en><title>Form</title><main><h1>Create user</h1><form action=done.html method=post>
<label for=u>User name</label><input id=u name=username>
<label for=p>Password</label><input id=p name=password type=password>
<label for=c>Code</label><input id=c name=code>
<label for=k>Unit</label><select id=k><option>Health<option>International</select>
<label><input type=checkbox id=a> I agree</label>
<button>Sign up</button></form></main>"""

DONE = """<!doctype html><html lang=en><title>Done</title><main><h1>Account ready</h1></main>"""

MAIL = """<!doctype html><html lang=en><title>Mail</title><main><h1>Your invitation</h1><p>Sent 24 Nov</p>
<p>Your password is <code>Kx7-actual-secret</code>, the code is <b>731946</b>.</p>
<a href=index.html>The site</a></main>"""

PAGE = """\
# Sign up

:::{walkthrough} sign-up
:persona: reader
:given: invited

1. Open the e-mail {mail}`Your invitation` and follow {click}`The site`.
   ![The e-mail](images/mail.png)
2. Click {click}`Sign up`.
   ![The start page](images/start.png)
3. Enter {fill}`User name <persona.username>`, {fill}`Password <persona.password>` and
   {fill}`Code <mail.code>`, choose {choose}`Unit <"International">`, tick {check}`I agree` and
   {click}`Sign up`.
   ![The form](images/form.png)
4. {see}`Account ready` appears, at {address}`/done.html`.
   ![Done](images/done.png)
:::
"""


class Project:
    """A project that opted in, with a site, a page and a conftest."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        self.pytester = pytester
        self.path = pytester.path
        self.settings("walkthrough_pages = docs/*.md", "walkthrough_timeout = 2", "walkthrough_trace = on")
        pytester.makeconftest(CONFTEST)
        for name, text in {"index": START, "form": FORM, "done": DONE, "mail": MAIL}.items():
            self.write(f"site/{name}.html", text)
        self.write("docs/page.md", PAGE)

    def settings(self, *lines: str) -> None:
        self.pytester.makeini("\n".join(["[pytest]", "addopts = " + " ".join(PLAIN), *lines]))

    def write(self, name: str, text: str) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), "utf-8")
        return path

    def change(self, name: str, old: str, new: str) -> None:
        path = self.path / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def run(self, *args: str) -> pytest.RunResult:
        # What is written passes first, so it may take its time; what drifts is waited for in vain.
        patient = ["-o", "walkthrough_timeout=20"] if "--walkthrough-update" in args else []
        return self.pytester.runpytest_subprocess(*args, *patient)

    def line(self, piece: str, name: str = "docs/page.md") -> int:
        lines = (self.path / name).read_text("utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if piece in line)


@pytest.fixture
def project(pytester: pytest.Pytester) -> Project:
    return Project(pytester)


@pytest.fixture
def changed(project: Project) -> Callable[..., str]:
    """Run the project after a change of its site or page, expect a failure, and give what it printed."""

    def run(name: str, old: str, new: str) -> str:
        project.change(name, old, new)
        result = project.run("docs")
        assert result.ret == 1, str(result.stdout)
        return str(result.stdout)

    return run
