"""Small sites of notebooks, really executed: what fails a build, where it says so, and when it is done again."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from ast import literal_eval
from collections.abc import Sequence
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

ROOT = Path(__file__).parents[2]

CONF = """\
import sys

sys.path.insert(0, "{root}/docs/_ext")
extensions = ["executed", "provenance", "agreement", "steps", "sphinx_design"]
exclude_patterns = ["build"]
source_suffix = {{".md": "myst-nb"}}  # Sphinx keeps what another test's site has set in this process
myst_enable_extensions = ["colon_fence"]
nb_execution_mode = "cache"
nb_output_stderr = "warn"
nb_kernel_rgx_aliases = {{"nbstata": "dofile"}}
notebook_inputs = ["notebooks/*.txt"]
compared_notebooks = {{"One": "notebooks/one", "Two": "notebooks/two"}}
suppress_warnings = ["toc.not_included"]
"""
COMPARISON = """\
# Comparison

:::{agreement}
total: The total
share: The share
:::
"""


def notebook(*cells: str, kernel: str = "python3", language: str = "python", title: str = "A notebook") -> str:
    """A notebook of cells, each of them below a line of text; a cell that begins with `:tags:` keeps its tags."""
    text = f"---\nfile_format: mystnb\nkernelspec:\n  name: {kernel}\n  language: {language}\n---\n\n# {title}\n"
    return text + "".join(f"\nText.\n\n```{{code-cell}}\n{cell}\n```\n" for cell in cells)


def numbers(total: str, share: str) -> str:
    """A notebook that prints two numbers for the comparison."""
    return notebook("pass", f":tags: [agreement]\n\nprint('total {total}')\nprint('share {share}')")


class Site:
    """A root with an index and the notebooks that a test writes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.write("conf.py", CONF.format(root=ROOT))
        self.write("index.md", "# Index\n")

    def write(self, name: str, text: str) -> None:
        (self.path / name).parent.mkdir(parents=True, exist_ok=True)
        (self.path / name).write_text(text, "utf-8")

    def build(self, parallel: int = 1) -> list[str]:
        """The warnings of a build, each with its place from the root."""
        warnings, out = StringIO(), self.path / "build"
        with patch_docutils(), docutils_namespace():
            app = Sphinx(
                self.path, self.path, out / "html", out / "doctrees", "html",
                status=None, warning=warnings, parallel=parallel, confoverrides={"show_warning_types": True},
            )  # fmt: skip
            app.build()
        text = re.sub(r"\x1b\[[0-9;]*m", "", warnings.getvalue())
        return [line.removeprefix(f"{self.path}/") for line in text.splitlines() if line.strip()]

    def html(self, page: str) -> str:
        return (self.path / "build/html" / f"{page}.html").read_text("utf-8")

    def line(self, page: str, text: str) -> int:
        """The number of the first line of a page that holds a text."""
        lines = (self.path / page).read_text("utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if text in line)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "root")


def test_an_error_in_a_cell_fails_each_build_at_its_line(site: Site) -> None:
    """The warning names page, line, cell and error; an unchanged page fails again, a mended one no more."""
    site.write("notebooks/one.md", notebook("x = 1", "x = undefined", "print('never')"))
    line = site.line("notebooks/one.md", "x = 1") + 6
    expected = [f"notebooks/one.md:{line}: WARNING: cell 2: NameError: name 'undefined' is not defined [notebook.cell]"]
    assert site.build() == expected
    assert "Not executed." in site.html("notebooks/one")
    assert site.build() == expected
    site.write("notebooks/one.md", notebook("x = 1", "x = 2", "print('done')"))
    assert site.build() == []
    assert "Executed by Python" in site.html("notebooks/one")


def test_what_the_do_file_engine_refuses_fails_the_build_with_its_return_code(site: Site) -> None:
    """An unsupported option, an unknown command, an unknown variable: return code, page, line and cell."""
    refused = {
        "tabulate x, plot": "r(198): option plot not allowed",
        "winsorize x": "r(199): command winsorize is unrecognized",
        "summarize z": "r(111): variable z not found",
    }
    expected = []
    for number, (line, error) in enumerate(refused.items()):
        page = f"notebooks/refused{number}.md"
        site.write(page, notebook("set obs 3\ngenerate x = _n", f"count\n{line}", kernel="nbstata"))
        expected.append(f"{page}:{site.line(page, line)}: WARNING: cell 2: {error} [notebook.cell]")
    site.write("notebooks/one.md", notebook("display 17 + 25", kernel="nbstata", language="stata"))
    assert site.build() == expected
    html = site.html("notebooks/one")
    assert "42" in html
    assert re.search(r"Executed by dofile [\d.]+, an independent engine, not Stata; checked against", html)


def test_a_do_file_that_a_licensed_program_executed_says_its_version(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the kernel nbstata is offered, the page names the version that its description tells."""
    argv = [sys.executable, "-m", "dofile.kernel", "-f", "{connection_file}"]  # stands in for the licensed one
    spec = {"argv": argv, "display_name": "Stata", "language": "stata", "metadata": {"dofile": {"version": "18.5"}}}
    site.write("jupyter/kernels/nbstata/kernel.json", json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(site.path / "jupyter"))
    conf = (site.path / "conf.py").read_text("utf-8")
    site.write("conf.py", conf.replace('nb_kernel_rgx_aliases = {"nbstata": "dofile"}', ""))
    site.write("notebooks/one.md", notebook("display 17 + 25", kernel="nbstata", language="stata"))
    assert site.build() == []
    assert "Executed by Stata 18.5 through nbstata. " in site.html("notebooks/one")


def test_a_missing_kernel_is_named_with_those_that_are_there(site: Site) -> None:
    """A notebook whose kernel is not installed is a warning that lists the kernels."""
    site.write("notebooks/one.md", notebook("x = 1", kernel="cobol"))
    (warning,) = site.build()
    assert warning.startswith("notebooks/one.md:1: WARNING: the kernel cobol is not installed; installed: ")
    assert "python3" in warning
    assert warning.endswith("[notebook.kernel]")


def test_a_kernel_opens_no_port(site: Site) -> None:
    """Builds side by side cannot take each other's ports: a kernel is spoken with over files, which go with it."""
    cell = "import json; from ipykernel import get_connection_file as told; print(json.load(open(told())))"
    site.write("notebooks/one.md", notebook(cell))
    assert site.build() == []
    (told,) = re.findall(r"\{.*\}", unescape(re.sub("<[^>]+>", "", site.html("notebooks/one"))))
    connection = literal_eval(told)
    assert connection["transport"] == "ipc"
    assert not Path(connection["ip"]).parent.exists()


def test_a_kernel_starts_where_paths_are_long(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder for temporary files whose path leaves no room for a socket's is not used for one."""
    long = site.path / ("deep" * 20)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    site.write("notebooks/one.md", notebook("print(6 * 7)"))
    assert site.build() == []
    assert "42" in site.html("notebooks/one")


def test_a_kernel_that_dies_is_told_at_its_cell(site: Site) -> None:
    """A cell that ends its kernel is named, and no build waits for it."""
    site.write("notebooks/one.md", notebook("import os", "os._exit(3)"))
    (warning,) = site.build()
    assert warning.startswith(f"notebooks/one.md:{site.line('notebooks/one.md', '_exit')}: WARNING: cell 2: the kernel")
    assert "[notebook.kernel]" in warning


def test_outcomes_are_kept_until_what_they_depend_on_changes(site: Site) -> None:
    """A second build executes nothing; one after a change of the data executes anew, in a copy of the folder."""
    site.write("notebooks/data.txt", "first")
    cells = ("from pathlib import Path", "print(Path('data.txt').read_text()); Path('made.txt').write_text('x');")
    site.write("notebooks/one.md", notebook(*cells))
    assert site.build() == []
    assert "first" in site.html("notebooks/one")
    assert not (site.path / "notebooks/made.txt").exists()
    kept = {path: path.stat().st_mtime_ns for path in site.path.rglob("base.ipynb")}
    assert len(kept) == 1
    assert site.build() == []
    assert kept == {path: path.stat().st_mtime_ns for path in site.path.rglob("base.ipynb")}
    site.write("notebooks/data.txt", "second")
    assert site.build() == []
    assert "second" in site.html("notebooks/one")


@pytest.mark.parametrize("parallel", [1, 2])
def test_numbers_that_disagree_fail_each_build_at_page_and_cell(site: Site, parallel: int) -> None:
    """Whether pages are read side by side or one by one, a number apart is told each time, and shown."""
    site.write("compare.md", COMPARISON)
    for name in "abcd":  # enough pages for Sphinx to read them side by side
        site.write(f"{name}.md", f"# {name}\n")
    site.write("notebooks/one.md", numbers("12", "0.500000001"))
    site.write("notebooks/two.md", numbers("12", ".500000002"))
    assert site.build(parallel) == []
    assert "2e-09" in site.html("compare")
    site.write("notebooks/two.md", numbers("12", "0.500100001"))
    line = site.line("notebooks/two.md", ":tags:")
    expected = [
        f"notebooks/two.md:{line}: WARNING: cell 2: share is 0.500100001 here, and 0.500000001 in notebooks/one; "
        "the relative difference 2.0e-04 is over 1e-06 [agreement.different]"
    ]
    assert site.build(parallel) == expected
    assert "2e-04" in site.html("compare")
    assert site.build(parallel) == expected


def test_a_number_that_is_missing_or_not_described_is_told(site: Site) -> None:
    """Each notebook prints each number of the comparison, and no other."""
    site.write("compare.md", COMPARISON)
    site.write("notebooks/one.md", numbers("12", "0.5"))
    site.write("notebooks/two.md", notebook(":tags: [agreement]\n\nprint('total 12\\nrate 3\\nshare none')"))
    two = f"notebooks/two.md:{site.line('notebooks/two.md', ':tags:')}: WARNING: cell 1"
    other = site.line("notebooks/one.md", ":tags:")
    assert sorted(site.build()) == [
        f"notebooks/one.md:{other}: WARNING: cell 2: share has 1 digits; 9 are compared [agreement.syntax]",
        f"{two}: compare does not describe rate [agreement.unnamed]",
        f"{two}: expected a name and a number, found “share none” [agreement.syntax]",
        f"{two}: no cell up to this one prints share [agreement.missing]",
    ]


def test_a_comparison_with_a_notebook_that_failed_is_no_agreement(site: Site) -> None:
    """What was not executed is told at the comparison, beside the cell's own error."""
    site.write("compare.md", COMPARISON)
    site.write("notebooks/one.md", numbers("12", "0.500000001"))
    site.write("notebooks/two.md", notebook("1 / 0", ":tags: [agreement]\n\nprint('total 12')"))
    line = site.line("compare.md", "{agreement}")
    warnings = site.build()
    assert [warning.rpartition("[")[2] for warning in warnings] == ["notebook.cell]", "agreement.unexecuted]"]
    assert warnings[1].startswith(f"compare.md:{line}: WARNING: notebooks/two has not been executed")


def test_what_is_printed_in_pieces_is_shown_in_one(site: Site) -> None:
    """Pieces that a kernel sends one by one become one block; its empty lines and a figure between stay in place."""
    pieces = "print('a', flush=True)\nprint(flush=True)\nprint('b', flush=True)"
    site.write("notebooks/one.md", notebook(f"{pieces}\ndisplay('figure')\n{pieces}"))
    assert site.build() == []
    shown = re.findall(r"<pre>(?:<span></span>)?(.*?)</pre>", site.html("notebooks/one"), re.DOTALL)[1:]
    assert [re.sub("<.*?>", "", text) for text in shown] == ["a\n\nb\n", "'figure'\n", "a\n\nb\n"]


def test_stderr_of_a_cell_is_a_warning(site: Site) -> None:
    """What a library complains about in a cell is told, and fails a strict build."""
    site.write("notebooks/one.md", notebook("import sys; print('old', file=sys.stderr)"))
    (warning,) = site.build()
    assert "notebooks/one.md" in warning
    assert warning.endswith("[mystnb.stderr]")


def steps(headings: Sequence[str]) -> str:
    """A notebook with a heading and a cell for each name."""
    cells = "".join(f"\n## {name}\n\n```{{code-cell}}\n{name.lower()} = 1\n```\n" for name in headings)
    return notebook() + cells


def test_steps_are_shown_from_the_notebooks_and_have_the_same_order(site: Site) -> None:
    """A step becomes a tab for each notebook; a heading out of order, or not there, is a warning at the directive."""
    site.write("conf.py", (site.path / "conf.py").read_text("utf-8").replace('"cache"', '"off"'))
    site.write("compare.md", "# Steps\n\n:::{code-of} Merge\n:::\n")
    site.write("notebooks/one.md", steps(["Load", "Merge"]))
    site.write("notebooks/two.md", steps(["Load", "Merge"]))
    assert site.build() == []
    assert site.html("compare").count("merge") >= 2
    site.write("notebooks/two.md", steps(["Merge", "Load"]))
    assert site.build() == [
        "compare.md:3: WARNING: notebooks/two does not have the headings of notebooks/one, in their order [step.order]"
    ]
    site.write("notebooks/two.md", steps(["Load"]))
    assert "compare.md:3: WARNING: notebooks/two has no code below the heading “Merge” [step.missing]" in site.build()


@pytest.mark.filterwarnings("ignore:.*MystReferenceResolver.app:PendingDeprecationWarning")
def test_the_site_is_built_and_its_numbers_agree(tmp_path: Path) -> None:
    """The guide's own site builds without a warning, with outcomes in three languages that agree to a millionth."""
    warnings = StringIO()
    with patch_docutils(), docutils_namespace():
        Sphinx(ROOT, ROOT, tmp_path / "site", tmp_path / "doctrees", "html", status=None, warning=warnings).build()
    assert warnings.getvalue() == ""
    page = (tmp_path / "site/notebooks/compare.html").read_text("utf-8")
    table = re.search(r'<table[^>]*class="[^"]*agreement.*?</table>', page, re.DOTALL)
    assert table is not None
    rows = [re.findall(r"<p>(.*?)</p>", row) for row in re.findall(r"<tr.*?</tr>", table[0], re.DOTALL)]
    assert rows[0] == ["Number", "Python", "R", "Do-file", "Largest relative difference"]
    assert len(rows) > 30
    for name, *values, apart in rows[1:]:
        numbers = [float(value.replace(",", "")) for value in values]
        assert len(numbers) == 3, name
        assert max(numbers) - min(numbers) <= 1e-6 * max(map(abs, numbers)), name
        assert float(apart) <= 1e-6, name
    login = (tmp_path / "site/docs/login.html").read_text("utf-8")
    assert 'class="walkthrough-picture"' in login
