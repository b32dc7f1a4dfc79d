"""Every role does in a browser what the table of roles says."""

from __future__ import annotations

from tests.plugin.conftest import Project
from walkthrough.roles import ROLES

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
"""


def test_every_role_does_what_it_says(project: Project) -> None:
    """One page uses each role of the table, also a link that opens a tab of its own, and passes."""
    assert all(f"{{{name}}}" in PAGE for name in ROLES)
    project.write("site/controls.html", CONTROLS)
    project.write("docs/page.md", PAGE)
    project.change(
        "conftest.py", 'url=f"http', 'controls=f"http://127.0.0.1:{server.server_port}/controls.html", url=f"http'
    )
    result = project.run("docs")
    assert result.ret == 0, str(result.stdout)


def test_an_address_that_does_not_answer_is_told(project: Project) -> None:
    """Opening a page that is not there fails with its status."""
    project.write("docs/page.md", PAGE)
    project.change(
        "conftest.py", 'url=f"http', 'controls=f"http://127.0.0.1:{server.server_port}/none.html", url=f"http'
    )
    result = project.run("docs")
    result.stdout.fnmatch_lines(["*docs/page.md:4: step 1: expected the address *none.html to answer", "*status 404*"])
