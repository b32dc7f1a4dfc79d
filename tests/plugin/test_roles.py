"""Every role does in a browser what the table of roles says."""

from __future__ import annotations

import json

import pytest

from tests.plugin.conftest import Project
from tests.plugin.lab import lab
from tests.plugin.test_secrets import kept_with_secrets
from walkthrough.roles import PATH_SEPARATOR, ROLES

CONTROLS = """<!doctype html><html lang=en><title>Controls</title><main>
<p id=said>Nothing yet</p><a href="index.html">Home</a><button onclick="say('button')">Home</button>
<div role=tablist><button role=tab onclick="say('tab')">Files</button></div>
<ul role=menu><li role=menuitem tabindex=0 onclick="say('menu item')">Log Out</li></ul>
<label>Search <input onkeydown="if (event.key === 'Enter') say('key')"></label>
<label>Unit <select onchange="say(this.value)"><option>Health<option>International</select></label>
<label><input type=checkbox onchange="say('check')"> I agree</label>
<a href="form.html" target=_blank>New window</a></main>
<script>function say(what) { document.querySelector('#said').textContent = 'It was a ' + what; }</script>"""

PAGE = """\
:::{walkthrough} controls
:persona: reader

1. Open {open}`the controls <site.controls>`. {see}`Nothing yet`, {not-see}`It was a tab`
2. {button}`Home` {see}`It was a button`
3. {tab}`Files` {see}`It was a tab` {not-see}`It was a button`
4. {menuitem}`Log Out` {see}`It was a menu item`
5. {fill}`Search <"words">` {press}`Enter` {see}`It was a key`
6. {choose}`Unit <"International">` {see}`It was a International`
7. {check}`I agree` {see}`It was a check`
8. {click}`New window` {see}`Create user` {address}`form.html`
9. {mail}`Your invitation` {link}`The site` {see}`Welcome` {address}`the site <site.url>`
:::

:::{walkthrough} lab
:persona: reader

1. Open {open}`the lab <site.lab>`. {double-click}`python.ipynb` {see}`Opened python.ipynb`
2. {upload}`Upload Files <"survey.csv">` {see}`Read a,b`
3. {upload}`Survey <"more/survey.csv">` {see}`Read c,d`
4. {idle}`Python 3` {menu}`Run > More > Run All Cells` {idle}`Python 3` {see}`0 | .3398` {see}`Estimate 0.447`
5. {terminal}`ls` {see}`ends in $` {terminal}`cd data` {see}`jdoe:~/data$`
   ![The terminal](images/terminal.png)
6. {terminal}`clear` {terminal}`passwd` {terminal}`Password: <persona.password>` {terminal}`Again: <persona.password>`
   {see}`changed`
   ![The terminal](images/changed.png)
:::
"""


def give(project: Project, page: str, **options: bool) -> Project:
    """Put the pages of the site and the walkthroughs in place."""
    project.write("site/controls.html", CONTROLS)
    project.write("site/lab.html", lab(**options))
    project.write("docs/survey.csv", "a,b")
    project.write("docs/more/survey.csv", "c,d")
    project.write("docs/page.md", page)
    address = 'f"http://127.0.0.1:{server.server_port}/'
    project.change("conftest.py", "url=f", f'controls={address}controls.html", lab={address}lab.html", url=f')
    return project


def walked(project: Project, site: str, steps: str, options: str = "") -> pytest.RunResult:
    """Run a walkthrough that opens a page of this content and goes on with these steps."""
    opened = "1. Open {open}`the page <site.controls>`."
    give(project, f":::{{walkthrough}} page\n:persona: reader\n{options}\n{opened}\n{steps}:::\n")
    project.write("site/controls.html", site)
    return project.run("docs", "--walkthrough-update")


def test_every_role_does_what_it_says(project: Project) -> None:
    """One page uses each role of the table, also a link that opens a tab of its own, and passes."""
    assert all(f"{{{name}}}" in PAGE for name in ROLES)
    result = give(project, PAGE).run("docs", "--walkthrough-update")
    assert result.ret == 0, str(result.stdout)


LISTS = """<!doctype html><html lang=en><title>Lists</title><main><h1>Lists</h1>
<label>Unit <select onchange="say(this.value)"><option>Health</select></label>
<button role=combobox aria-label=Colour aria-haspopup=listbox onclick="colours.hidden = false">None</button>
<ul id=colours role=listbox hidden><li role=option onclick="say('Blue')">Blue<li role=option>Green</ul>
<p id=said>Nothing yet</p></main><script>
function say(what) { document.querySelector('#said').textContent = 'It was ' + what; }
setTimeout(() => {
  const list = document.querySelector('select').cloneNode(true);
  list.add(new Option('Late'));
  document.querySelector('select').replaceWith(list);
}, 900);
</script>"""


def test_options_are_waited_for_and_those_on_offer_are_named(project: Project) -> None:
    """An option that a script brings with another list is chosen; one that is not there is told with those that are."""
    steps = '   {choose}`Unit <"Late">` {see}`It was Late`\n2. {choose}`Colour <"Blue">` {see}`It was Blue`\n'
    result = walked(project, LISTS, steps + '3. {choose}`Colour <"Gren">`\n', ":timeout: 2\n")
    assert result.ret == 1
    result.stdout.fnmatch_lines(
        ["docs/page.md:8: step 3: expected the option “Gren” in “Colour”", "*found: the options “Blue”, “Green”"]
    )


ANEW = """<!doctype html><html lang=en><title>Old</title><main><button onclick="anew()">Begin</button></main><script>
function anew() {
  document.open();
  document.write('<!doctype html><title>New</title><main><label>Name <input maxlength=4></label>'
    + '<button onclick="document.title = document.querySelector(\\'input\\').value">Save</button><p>Written</main>');
  document.close();
}</script>"""


def test_a_page_that_writes_its_document_anew_is_walked_on(project: Project) -> None:
    """With its document a page throws away what listens in it; what is found later is used and framed all the same."""
    steps = '2. {click}`Begin` {see}`Written`\n3. {fill}`Name <"abcd">` {click}`Save`\n   ![It](images/it.png)\n'
    result = walked(project, ANEW, steps)
    assert result.ret == 0, str(result.stdout)
    saved = json.loads((project.path / "docs/images/page.evidence.json").read_text("utf-8"))
    pictured = saved["walkthroughs"][0]["steps"][2]["pictures"][0]
    assert [box["label"] for box in pictured["boxes"]] == ["Name", "Save"]


BUSY = """<!doctype html><html lang=en><title>Busy</title><main><button onclick="menu.hidden = false">Run</button>
<ul role=menu id=menu hidden><li role=menuitem tabindex=0 onclick="work()">Run All</li></ul><p>Not yet</p></main>
<script>
let times = 0;
function work() {
  menu.hidden = true;
  for (const end = performance.now() + 1900; performance.now() < end;);
  document.querySelector('p').textContent = `Done ${++times}`;
}</script>"""


def test_an_item_that_keeps_the_page_busy_is_clicked_once(project: Project) -> None:
    """A click whose work takes long, in a menu that is closed by then, is not taken for one that was not done."""
    result = walked(project, BUSY, "2. {menu}`Run > Run All` {see}`Done 1`\n3. {menu}`Run > Run All` {see}`Done 2`\n")
    assert result.ret == 0, str(result.stdout)


def test_an_address_that_does_not_answer_is_told(project: Project) -> None:
    """Opening a page that is not there fails with its status."""
    give(project, PAGE)
    (project.path / "site/controls.html").unlink()
    result = project.run("docs", "-k", "controls")
    result.stdout.fnmatch_lines(
        ["*docs/page.md:4: step 1: expected the address *controls.html to answer", "*status 404*"]
    )


FAILURES = {
    "{double-click}`r.ipynb`": ["a list item “r.ipynb”", "listitem “python.ipynb”"],
    "{menu}`Run > Restart`": ["a menu item “Restart”", "offer “Run”, “Run Selected”, “More”, “Render All” (disabled)"],
    "{menu}`Run > Render All`": [
        f"a menu item “Run{PATH_SEPARATOR}Render All” that can be used",
        "“Render All” (disabled)",
    ],
    "{menu}`File > Open`": ["a menu item “File”", "offer “Run”"],
    '{upload}`Nothing happens <"survey.csv">`': ["“Nothing happens” to ask for a file", "that it does not"],
    "{idle}`R`": ["the kernel “R” to be idle", "“Python 3 | Idle” on the page “Lab”"],
    "{terminal}`hang`": ["the terminal to show its prompt “jdoe:~$” again after “hang”", "the last line “working ...”"],
    "{terminal}`ls` {terminal}`Password: <persona.password>`": ["the terminal to ask “Password:”", "jdoe:~$"],
    "{see}`Estimate 0.448`": ["a text or control “Estimate 0.448”", ""],
}


def test_what_cannot_be_done_is_told_in_words_of_the_page(project: Project) -> None:
    """Each failure says what was expected, and what there is instead."""
    page = "".join(
        f":::{{walkthrough}} case-{n}\n:persona: reader\n\n1. Open {{open}}`the lab <site.lab>`.\n2. {text}\n:::\n\n"
        for n, text in enumerate(FAILURES)
    )
    result = give(project, page).run("docs")
    text = str(result.stdout)
    for number, (expected, found) in enumerate(FAILURES.values()):
        line = page[: page.index(f"case-{number}\n")].count("\n") + 5
        place = f"docs/page.md:{line}: step 2: expected {expected}"
        assert place in text, text
        assert found in text[text.index(place) :].split("kept:", maxsplit=1)[0], text


def test_a_page_without_a_terminal_is_told(project: Project) -> None:
    """A command needs a terminal."""
    page = ":::{walkthrough} lab\n:persona: reader\n\n1. Open {open}`the lab <site.lab>`, {terminal}`ls`.\n:::\n"
    result = give(project, page, shell=False).run("docs")
    result.stdout.fnmatch_lines(["docs/page.md:4: step 1: expected a terminal, and in it “ls”"])


def test_a_cell_that_fails_is_told_with_its_error(project: Project) -> None:
    """The kernel is idle after a failure as well; but then the step fails."""
    page = ":::{walkthrough} lab\n:persona: reader\n\n1. Open {open}`the lab <site.lab>`, choose\n"
    page += "   {menu}`Run > More > Run All Cells`.\n2. Wait for {idle}`Python 3`.\n:::\n"
    result = give(project, page, fails=True).run("docs")
    result.stdout.fnmatch_lines(["docs/page.md:6: step 2: expected each cell to run without an error",
                                 "*found: the cell [[]1] failed: “KeyError: 7”"])  # fmt: skip


def test_a_terminal_that_shows_a_secret_is_told_and_never_pictured(project: Project) -> None:
    """Where the answer can be read in the terminal, the step fails, and nothing that is left behind holds it."""
    page = ":::{walkthrough} lab\n:persona: reader\n\n1. Open {open}`the lab <site.lab>`, {terminal}`passwd`\n"
    page += "   {terminal}`Password: <persona.password>` {terminal}`Again: <persona.password>`\n:::\n"
    result = give(project, page, echo=True).run("docs", "--walkthrough-update")
    result.stdout.fnmatch_lines(["docs/page.md:5: step 1: expected the answer to “Password:” to stay hidden"])
    assert "Kx7-actual-secret" not in str(result.stdout)
    assert kept_with_secrets(project) == []


def test_a_file_that_is_missing_is_told_before_anything_runs(project: Project) -> None:
    """A path that leads to no file beside the page is an error of the page."""
    page = ":::{walkthrough} lab\n:persona: reader\n\n1. Open {open}`the lab <site.lab>`,\n"
    page += '   {upload}`Survey <"none.csv">`\n:::\n'
    result = give(project, page).run("docs")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*docs/page.md:5: {upload} “Survey”: there is no file “none.csv” beside the page*"])
