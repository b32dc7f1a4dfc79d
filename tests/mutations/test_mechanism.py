"""The mechanism that makes mutations: what it refuses, what it changes, what its proxy does, and two real runs."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.mutations.__main__ import chosen, main
from tests.mutations.door import may_stop
from tests.mutations.model import Edit, Mutation, MutationError, Rule, read
from tests.mutations.proxy import Proxy
from tests.mutations.report import markdown, publish
from tests.mutations.run import Runner
from tests.mutations.score import Result, score
from tests.mutations.soak import append, row, tally
from tests.mutations.workspace import PACKAGE, ROOT, Workspace, changed
from walkthrough.model import Location
from walkthrough.outcome import Change, StepOutcome, Verdict, WalkthroughOutcome

GOOD = 'family = "rename", template = "accounts/confirm.html", old = "Confirm Account", new = "Verify"'
HARMFUL = f'verdict = "label", at = "{{click}}`Confirm Account`", {GOOD}'


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[harmful", "expected TOML"),
        ("", "expected at least one mutation"),
        (f"[evil]\nx = {{ {HARMFUL} }}", "expected the tables harmful, harmless or page; found [evil]"),
        ('[harmful]\nx = "y"', "x: expected a mutation in { }; found 'y'"),
        (f"[harmful]\nx = {{ {HARMFUL} }}\n[page]\nx = {{ {GOOD} }}", "x: expected a name of its own"),
        (f"[harmful]\nx = {{ {HARMFUL}, colour = 1 }}", "found 'colour'"),
        (f"[harmful]\nx = {{ {GOOD}, at = 'Enter' }}", "verdict: expected, of harmful mutations, broken"),
        (f"[harmful]\nx = {{ {GOOD}, at = 'Enter', verdict = 'cosmetic' }}", "found 'cosmetic'"),
        (f"[harmless]\nx = {{ {GOOD}, verdict = 'label' }}", "of harmless mutations, cosmetic or same; found 'label'"),
        (f"[harmful]\nx = {{ {GOOD}, verdict = 'label' }}", "expected one of at, step and line"),
        (f"[harmless]\nx = {{ {GOOD}, step = 3 }}", "noticed nowhere; found step"),
        (f"[harmful]\nx = {{ {HARMFUL}, file = 'cli.py' }}", "found template or file"),
        ("[page]\nx = { family = 'f', swap = [1] }", "swap: expected the numbers of two steps"),
        ("[page]\nx = { family = 'f', old = 'a', new = 'a' }", "old: expected a text that changes"),
        ("[page]\nx = { family = 'f', old = 'a' }", "page: expected old and new, or append; found old"),
        ("[page]\nx = { old = 'a', new = 'b' }", "family: expected the kind of change"),
        ("[harmless]\nx = { family = 'f', proxy = '/a' }", "proxy: expected delay, status, redirect, serve, or old"),
        ("[harmless]\nx = { family = 'f', proxy = 'a', delay = 1 }", "proxy: expected a path"),
        ("[harmless]\nx = { family = 'f', proxy = '/a', delay = 'long' }", "delay: expected a number above 0"),
        ("[harmless]\nx = { family = 'f', proxy = '/a', status = 99 }", "status: expected 200 to 599; found 99"),
        (f"[harmless]\nx = {{ {GOOD}, also = [{{ new = 'y' }}] }}", "found none"),
    ],
)
def test_a_bad_file_is_refused_before_anything_runs(tmp_path: Path, text: str, told: str) -> None:
    """The message names the file, and says what was expected and what was found."""
    path = written(tmp_path / "set.toml", text)
    with pytest.raises(MutationError) as error:
        read(path)
    assert str(error.value).startswith(str(path))
    assert told in str(error.value)


def test_a_bad_file_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is started for it, and nothing for a name that no mutation has."""
    assert main(["--mutations", str(tmp_path / "none.toml")]) == 2
    assert main(["-k", "no-such-mutation"]) == 2
    assert "none.toml: expected a file of mutations" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        ('template = "accounts/nothing.html", old = "a", new = "b"', "found “accounts/nothing.html”"),
        ('template = "accounts/confirm.html", old = "Confirm Acount", new = "b"', "found it nowhere"),
        (
            'template = "accounts/confirm.html", old = "button", new = "b", count = 3',
            "3 times in accounts/confirm.html",
        ),
        ('file = "theme/nothing.css", append = "a"', "found “theme/nothing.css”"),
        ('file = "../dofile/cli.py", append = "a"', "expected a path in src/projecthub"),
        ('file = "notebooks/nothing.md", append = "a"', "found “notebooks/nothing.md”"),
        ('page = "docs/nothing.md", file = "cli.py", append = "a"', "expected a page of the guide"),
    ],
)
def test_a_change_that_would_change_nothing_is_refused(tmp_path: Path, edit: str, told: str) -> None:
    """An unknown file, and a text that is not there as often as was said."""
    (mutation,) = read(written(tmp_path / "set.toml", f'[harmless]\nx = {{ family = "f", {edit} }}'))
    with pytest.raises(MutationError, match=r"set\.toml: x: ") as error:
        Workspace(tmp_path / "w").mutate(mutation)
    assert told in str(error.value)


def test_each_mutation_of_the_sets_can_be_made(tmp_path: Path) -> None:
    """Each changes what it names, and expects a line that is there; there are as many as are aimed at."""
    mutations = chosen([], [])
    for mutation in mutations:
        workspace = Workspace(tmp_path / mutation.name, whole=False)
        workspace.mutate(mutation)
        mutation.lines(workspace.text(mutation.page))
    tables = [mutation.table for mutation in mutations]
    assert tables.count("harmful") >= 60
    assert tables.count("harmless") >= 30
    assert tables.count("page") >= 8


def test_a_step_s_number_stands_for_all_of_its_lines(tmp_path: Path) -> None:
    """A piece within a step is one line, and the step's beginning all that is in it."""
    page = "Before\n\n1. One\n   more\n\n   ![A](b.png)\n\n2. Two\n   more\n:::\nAfter\n"
    text = """[harmful]
    first = { family = "f", template = "x", old = "a", new = "b", verdict = "label", at = "1. One" }
    last = { family = "f", template = "x", old = "a", new = "b", verdict = "label", at = "2. Two" }
    line = { family = "f", template = "x", old = "a", new = "b", verdict = "label", at = "One" }"""
    found = {each.name: each.lines(page) for each in read(written(tmp_path / "set.toml", text))}
    assert found == {"first": (3, 4, 5, 6, 7), "last": (8, 9), "line": (3,)}


def test_only_what_shows_before_the_workspace_stops_at_its_door() -> None:
    """What concerns JupyterLab, or the end of the last step, is walked to the end."""
    text = (ROOT / "docs/login.md").read_text("utf-8")
    stops = {mutation.name: may_stop(mutation, text) for mutation in chosen([], [])}
    assert all(
        stops[name] for name in ("confirm-renamed", "accent-colour", "signup-page-slow", "signin-button-renamed")
    )
    for name in ("hub-at-another-path", "workspace-later", "launcher-removed", "steps-swapped", "share-rounded"):
        assert not stops[name], name


def test_a_change_is_made_in_a_copy(tmp_path: Path) -> None:
    """A template goes into the overlay, a file into a package that wins, a notebook into the project's files."""
    text = """[harmless]
    x = { family = "f", template = "hub/login.html", old = "Sign up</a>", new = "Join</a>", also = [
      { template = "hub/login.html", old = "Join</a>", new = "Register</a>" },
      { file = "theme/projecthub.css", append = ".mine {}" },
      { file = "notebooks/python.md", old = "## Collapse", new = "## Other" }] }"""
    (mutation,) = read(written(tmp_path / "set.toml", text))
    workspace = Workspace(tmp_path / "w")
    workspace.mutate(mutation)
    assert "Register</a>" in (workspace.overlay / "hub/login.html").read_text("utf-8")
    package = Path(workspace.environment["PYTHONPATH"], "projecthub")
    assert (package / "theme/projecthub.css").read_text("utf-8").endswith(".mine {}\n")
    assert "## Other" in (tmp_path / "w/notebooks/python.md").read_text("utf-8")
    assert ".mine {}" not in (PACKAGE / "theme/projecthub.css").read_text("utf-8")
    assert "## Collapse" in (ROOT / "notebooks/python.md").read_text("utf-8")


PAGE = ":::{walkthrough} w\n\n1. Click {click}`A`.\n\n2. Click {click}`B`.\n\n   More.\n\n3. Click {click}`C`.\n:::\n"


def test_steps_are_exchanged_and_dropped() -> None:
    """Steps keep what belongs to them, and are numbered as a reader counts them."""
    swapped = changed(PAGE, Edit("page", "p.md", swap=(1, 3)), "here")
    begin = ":::{walkthrough} w\n\n1. Click {click}"
    assert swapped == f"{begin}`C`.\n\n2. Click {{click}}`B`.\n\n   More.\n\n3. Click {{click}}`A`.\n\n:::\n"
    dropped = changed(PAGE, Edit("page", "p.md", drop=2), "here")
    assert dropped == f"{begin}`A`.\n\n2. Click {{click}}`C`.\n:::\n"
    with pytest.raises(MutationError, match="here: expected the number of a step, 1 to 3; found 4"):
        changed(PAGE, Edit("page", "p.md", drop=4), "here")


# The proxy


class Upstream(BaseHTTPRequestHandler):
    """Says its path, and streams where it is asked to."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        content = f"{self.command} {self.path}".encode()
        if self.path.startswith("/stream"):
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"%x\r\n%b\r\n0\r\n\r\n" % (len(content), content))
            return
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def upstream() -> Iterator[str]:
    """The address of a small server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Upstream) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def asked(proxy: Proxy, address: str, method: str = "GET") -> tuple[int, str, str]:
    """Status, body and target of a redirect, through a proxy."""
    connection = http.client.HTTPConnection(urlsplit(proxy.address).netloc, timeout=10)
    connection.request(method, address)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body, answer.getheader("Location", "")


def test_the_proxy_changes_what_its_rules_match_and_nothing_else(upstream: str) -> None:
    """Status, redirect, another page and another text; by path and method; and it counts what it changed."""
    rules = [
        Rule("/gone/", status=404),
        Rule("/away", redirect="/there?x=1"),
        Rule("/form/", method="POST", serve="/other"),
        Rule("/text*", old="GET", new="GOT"),
        Rule("/text-not", old="nothing of this", new="?"),
        Rule("/late", delay=0.2),
    ]
    with Proxy(rules) as proxy:
        assert asked(proxy, f"{upstream}/plain?a=b") == (200, "GET /plain?a=b", "")
        assert asked(proxy, f"{upstream}/stream") == (200, "GET /stream", "")
        assert asked(proxy, f"{upstream}/gone/")[:2] == (404, "<!doctype html><html lang=en><title>Not Found</title>"
                                                             "<h1>Not Found</h1></html>")  # fmt: skip
        assert asked(proxy, f"{upstream}/away") == (302, "", "/there?x=1")
        assert asked(proxy, f"{upstream}/form/") == (200, "GET /form/", "")
        assert asked(proxy, f"{upstream}/form/", "POST") == (200, "POST /other", "")
        assert asked(proxy, f"{upstream}/text?GET") == (200, "GOT /text?GOT", "")
        assert asked(proxy, f"{upstream}/late") == (200, "GET /late", "")
        assert proxy.used == [1, 1, 1, 1, 0, 1]


def test_the_proxy_opens_tunnels(upstream: str) -> None:
    """A browser's websockets go through a tunnel."""
    target = urlsplit(upstream)
    with Proxy([]) as proxy:
        connection = http.client.HTTPConnection(urlsplit(proxy.address).netloc, timeout=10)
        connection.set_tunnel(target.hostname or "", target.port)
        connection.request("GET", "/inside")
        assert connection.getresponse().read() == b"GET /inside"
        connection.close()


# The score


def mutation(table: str = "harmful", **others: object) -> Mutation:
    values = {"verdicts": frozenset({"label"}), "at": ("{click}`B`",), **others}
    return Mutation("x", table, "f", "set.toml: x", (), **values)  # type: ignore[arg-type]


def outcome(*steps: tuple[Verdict, int]) -> list[WalkthroughOutcome]:
    """A walkthrough whose steps have these verdicts, each with a change at a line."""
    found = []
    for number, (verdict, line) in enumerate(steps, 1):
        changes = (Change(verdict, "said", Location("docs/login.md", line)),) if verdict.drifted else ()
        found.append(StepOutcome(number, Location("docs/login.md", line), "", verdict, "why", changes))
    return [WalkthroughOutcome("docs/login.md", "w", Location("docs/login.md", 1), "", tuple(found))]


def test_a_harmful_mutation_must_be_told_with_the_right_verdict_at_the_right_line() -> None:
    """Another verdict, another line, a further alarm and a passing check are all misses."""
    same, label, layout, line = Verdict.SAME, Verdict.LABEL, Verdict.LAYOUT, 5
    right = score(mutation(), PAGE, 1, "", outcome((same, 0), (label, line)))
    assert right.passed, right
    assert right.expected == "label at line 5"
    assert right.found == "label in step 2 at line 5: why"
    assert not score(mutation(), PAGE, 1, "", outcome((same, 0), (layout, line))).passed
    assert not score(mutation(), PAGE, 1, "", outcome((same, 0), (label, 6))).passed
    assert not score(mutation(), PAGE, 1, "", outcome((layout, 3), (label, line))).passed
    assert not score(mutation(), PAGE, 1, "", outcome((same, 0), (same, 0))).passed
    assert not score(mutation(), PAGE, 0, "", outcome((same, 0), (label, line))).passed
    assert not score(mutation(), PAGE, 2, "", []).passed
    assert score(mutation(at=(), step=2), PAGE, 1, "", outcome((same, 0), (label, 9))).passed


def test_a_harmless_mutation_must_pass() -> None:
    """A drifted step, a failing check and a check of nothing are false alarms."""
    harmless = mutation("harmless", verdicts=frozenset({"same", "cosmetic"}), at=())
    assert score(harmless, PAGE, 0, "", outcome((Verdict.SAME, 0), (Verdict.COSMETIC, 0))).passed
    assert not score(harmless, PAGE, 1, "", outcome((Verdict.SAME, 0), (Verdict.LAYOUT, 3))).passed
    assert not score(harmless, PAGE, 1, "", outcome((Verdict.SAME, 0))).passed
    assert not score(harmless, PAGE, 0, "", []).passed


def test_a_refused_page_is_an_error_at_its_line() -> None:
    """What cannot be walked at all is told at a line of the page."""
    refused = mutation("page", verdicts=frozenset({"error"}))
    assert score(refused, PAGE, 2, "E docs/login.md:5: no such role", []).passed
    assert not score(refused, PAGE, 2, "E docs/login.md:6: no such role", []).passed


def test_the_score_is_published_between_its_marks(tmp_path: Path) -> None:
    """The rest of the page stays; a second run replaces the first."""
    page = written(tmp_path / "mutations.md", (ROOT / "docs/mutations.md").read_text("utf-8"))
    results = [Result(mutation(), True, "", ""), Result(mutation("harmless"), False, "", "")]
    publish(results, 60, page)
    publish(results, 60, page)
    text = page.read_text("utf-8")
    assert text.count(markdown(results, 60)) == 1
    assert "1 of 1 harmful" in text
    assert "0 of 1 harmless" in text
    assert text.endswith((ROOT / "docs/mutations.md").read_text("utf-8").rpartition("## Run them")[2])


def test_a_soak_adds_a_line_to_the_ledger(tmp_path: Path) -> None:
    """Failures, and runs in which a step was not the same, are counted apart."""
    fine = Result(mutation("harmless"), True, "", "", 10, steps=({"verdict": "same"},))
    differs = Result(mutation("harmless"), False, "", "", 12, steps=({"verdict": "cosmetic"},))
    fails = Result(mutation("harmless"), False, "", "", 14, steps=({"verdict": "broken"},))
    ledger = written(tmp_path / "soak.md", "| Day |\n| --- |\n")
    append(
        row(tally([fine, differs, fails, Result(mutation(), False, "", "", problem="no")]), "docs/x.md", "none", "156"),
        ledger,
    )
    assert "| [](x.md) | 4 | none | 2 | 2 | 11.0 | 156 |" in ledger.read_text("utf-8").splitlines()[-1]


def test_one_of_each_kind_is_really_run() -> None:
    """A renamed button is told at its line; a changed colour passes."""
    mutations = [each for each in chosen([], []) if each.name in ("confirm-renamed", "accent-colour")]
    results = list(Runner(jobs=2).results(mutations))
    assert [each.problem or each.found for each in results if not each.passed] == []
    assert len(results) == 2
