"""Small sites, really built: what each builder writes, what is a warning, and when a page is built again."""

from __future__ import annotations

import dataclasses
import hashlib
import re
import struct
import zlib
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from walkthrough.evidence import Box, PageEvidence, PictureEvidence, StepEvidence, WalkthroughEvidence, save
from walkthrough.parse import parse

PAGE = """\
# Sign up

:::{walkthrough} sign-up
:persona: reader

1. Open {mail}`Your invitation`, enter {fill}`User name <persona.username>` and click {click}`Sign up`.

   ![The form,
   filled in.](images/form.png)
2. Press {press}`Enter`; {see}`Welcome` appears at {address}`/done`. You are {value}`persona.username`.
:::
"""
CONF = (
    'extensions = ["myst_parser", "walkthrough.sphinx_ext"]\nmyst_enable_extensions = ["colon_fence", "attrs_inline"]\n'
)


def png(shade: int) -> bytes:
    """A grey picture of 8 by 4 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([shade]) * 8 for _ in range(4))
    head = struct.pack(">IIBBBBB", 8, 4, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@dataclasses.dataclass
class Site:
    """A root with one page, its picture and its evidence."""

    path: Path

    def write(self, page: str = PAGE, conf: str = CONF) -> None:
        self.path.mkdir(exist_ok=True)
        (self.path / "conf.py").write_text(conf, "utf-8")
        (self.path / "index.md").write_text(page, "utf-8")

    def prove(self, shade: int = 200, day: str = "2026-01-12") -> None:
        """Keep a picture and evidence as a passing run of the page would."""
        image = png(shade)
        (self.path / "images").mkdir(exist_ok=True)
        (self.path / "images/form.png").write_bytes(image)
        (walkthrough,) = parse((self.path / "index.md").read_text("utf-8"), "index.md").walkthroughs
        box = Box("click", "Sign up", 0.25, 0.5, 0.1, 0.2)
        picture = PictureEvidence("images/form.png", 8, 4, hashlib.sha256(image).hexdigest(), boxes=(box,))
        first, second = walkthrough.steps
        steps = (
            StepEvidence(1, first.digest, {"persona.username": "jdoe"}, (picture,)),
            StepEvidence(2, second.digest),
        )
        evidence = WalkthroughEvidence("sign-up", day, {"JupyterHub": "6.1.1"}, steps)
        save(self.path / "images/index.evidence.json", PageEvidence((evidence,)))

    def build(
        self, builder: str = "html", parallel: int = 1, fresh: bool = False, language: str = "en"
    ) -> tuple[str, list[str], str]:
        """The page's output, the warnings, and what Sphinx said."""
        said, warnings = StringIO(), StringIO()
        out = self.path / "build" / builder
        with patch_docutils(), docutils_namespace():
            app = Sphinx(
                self.path, self.path, out, self.path / "build/doctrees", builder,
                freshenv=fresh, status=said, warning=warnings, parallel=parallel,
                confoverrides={"language": language, "show_warning_types": True},
            )  # fmt: skip
            app.build()
        made = {
            "html": "index.html", "dirhtml": "index.html", "singlehtml": "index.html", "text": "index.txt",
            "latex": "projectnamenotset.tex", "gettext": "index.pot", "man": "projectnamenotset.1",
            "epub": "index.xhtml", "linkcheck": "output.txt",
        }  # fmt: skip
        found = warnings.getvalue().splitlines()
        return (
            (out / made[builder]).read_text("utf-8"),
            [re.sub(r"\x1b\[[0-9;]*m", "", w) for w in found],
            said.getvalue(),
        )


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path / "a root")
    made.write()
    made.prove()
    return made


def test_html_shows_labels_pictures_and_what_was_verified(site: Site) -> None:
    """Labels have their look, values never show, and the picture has its size, its text and its boxes."""
    html, warnings, _ = site.build()
    assert warnings == []
    assert '<span class="walkthrough-action"><span class="guilabel">Sign up</span></span>' in html
    assert '<kbd class="kbd' in html
    assert "&lt;persona" not in html
    assert 'width="4" height="2"' in html
    assert 'alt="The form, filled in."' in html
    assert 'data-label="Sign up" style="left:25.00%;top:50.00%;width:10.00%;height:20.00%"' in html
    assert "Verified with JupyterHub 6.1.1 on 12 January 2026." in html
    assert ">jdoe</span>" in html
    assert 'id="sign-up-2"' in html


@pytest.mark.parametrize(
    ("builder", "piece"),
    [
        ("dirhtml", '<span class="guilabel">Sign up</span>'),
        ("singlehtml", '<span class="guilabel">Sign up</span>'),
        ("epub", '<span class="guilabel">Sign up</span>'),
        ("text", "1. Open *Your invitation*, enter User name and click Sign up."),
        ("latex", r"\sphinxguilabel{Sign up}"),
        ("man", "Sign up"),
        ("gettext", "{click}`Sign up`"),
        ("linkcheck", ""),
    ],
)
def test_any_builder_renders_a_walkthrough(site: Site, builder: str, piece: str) -> None:
    """Every builder writes the list with its labels, and warns of nothing of ours."""
    text, warnings, _ = site.build(builder)
    assert piece in " ".join(text.split())
    assert not [warning for warning in warnings if "walkthrough" in warning or "unknown node" in warning]


def test_an_e_book_is_well_formed(site: Site) -> None:
    """An e-book's page with a picture is XML that a reader can open."""
    page, _, _ = site.build("epub")
    ElementTree.fromstring(page.split("?>", 1)[-1])


def test_a_translated_sentence_shows_its_picture_once(site: Site) -> None:
    """A translation brings its sentence's picture along, with its boxes and its translated text."""
    together = PAGE.replace("`Sign up`.\n\n   ![The form,\n   filled in.]", "`Sign up`.\n   ![The form.]")
    site.write(together, CONF + 'locale_dirs = ["locales"]\n')
    site.prove()
    pot, _, _ = site.build("gettext")
    catalog = Catalog(locale="de")
    for message in read_po(StringIO(pot)):
        if isinstance(message.id, str) and message.id:
            catalog.add(message.id, message.id.replace("Open", "Öffne").replace("The form", "Das Formular"))
    folder = site.path / "locales/de/LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "index.mo").open("wb") as file:
        write_mo(file, catalog)
    html, warnings, _ = site.build(fresh=True, language="de")
    assert warnings == []
    assert html.count("<img ") == 1
    assert "Öffne" in html
    assert 'alt="Das Formular."' in html
    assert html.count('class="walkthrough-box"') == 1
    assert "12 Januar 2026" in html


def test_the_pictures_of_a_sentence_keep_their_order(site: Site) -> None:
    """Two pictures in one sentence stand behind it as the page has them."""
    both = PAGE.replace("(images/form.png)", "(images/form.png)\n   ![Then.](images/then.png){.after}")
    site.write(both)
    site.prove()
    (site.path / "images/then.png").write_bytes(png(30))
    html, warnings, _ = site.build()
    assert warnings == []
    assert html.index('alt="The form, filled in."') < html.index('alt="Then."')
    assert html.count('<div class="walkthrough-picture"') == 2


def test_two_processes_read_what_one_does(site: Site) -> None:
    """A parallel build writes the same page."""
    for number in range(8):
        (site.path / f"other{number}.md").write_text(f"---\norphan: true\n---\n# {number}\n", "utf-8")
    alone, _, _ = site.build(fresh=True)
    together, warnings, _ = site.build(parallel=2, fresh=True)
    assert (together, warnings) == (alone, [])


@pytest.mark.parametrize(
    "change",
    [lambda site: site.prove(day="2026-03-01"), lambda site: site.prove(shade=90)],
    ids=["evidence", "picture"],
)
def test_new_evidence_builds_the_page_again(site: Site, change: Callable[[Site], None]) -> None:
    """An incremental build reads a page again when its evidence or picture changed, and not otherwise."""
    site.build()
    assert "0 added, 0 changed, 0 removed" in site.build()[2]
    change(site)
    assert "0 added, 1 changed, 0 removed" in site.build()[2]


@pytest.mark.parametrize(
    ("old", "new", "warning"),
    [
        ("Press", "Now press", "index.md:10: WARNING: step 2 of “sign-up” has been edited since a run last walked it"),
        ("{click}", "{clik}", "index.md:6: WARNING: unknown role {clik}"),
        ("<persona.username>", "", "index.md:6: WARNING: {fill} “User name” needs a value"),
        ("{value}`persona.username`", "{value}`persona.title`", "index.md:10: WARNING: {value}`persona.title` has no"),
        ("{walkthrough} sign-up", "{walkthrough} join", "index.md:3: WARNING: no run has walked “join” yet"),
        ("2. Press", "   Press", "index.md:3: WARNING: “sign-up” had a step 2 when a run last walked it"),
        (PAGE, "# A\n\nDo {click}`Go`.\n", "index.md:3: WARNING: {click} stands outside a walkthrough"),
    ],
)
def test_what_is_not_proven_is_a_warning_at_its_line(site: Site, old: str, new: str, warning: str) -> None:
    """Edited steps, mistakes and unknown values are told with page and line."""
    site.write(PAGE.replace(old, new))
    _, warnings, _ = site.build()
    assert any(warning in each for each in warnings), warnings


def test_a_replaced_picture_is_a_warning(site: Site) -> None:
    """A picture that no run took is told, and its boxes are not drawn."""
    (site.path / "images/form.png").write_bytes(png(10))
    html, warnings, _ = site.build()
    assert any("not the one that the run took [walkthrough.picture]" in each for each in warnings)
    assert "walkthrough-box" not in html


def test_an_edited_walkthrough_does_not_pass_for_verified(site: Site) -> None:
    """The line below says that the words have changed since."""
    site.write(PAGE.replace("Press", "Now press"))
    html, _, _ = site.build()
    assert "Changed since it was verified with JupyterHub 6.1.1 on 12 January 2026." in html
    assert "walkthrough-verified" not in html


def test_a_missing_picture_is_a_warning_until_it_is_there(site: Site) -> None:
    """A picture that no run has taken yet is told at its line, and shown once it is there."""
    picture = site.path / "images/form.png"
    kept = picture.read_bytes()
    picture.unlink()
    html, warnings, _ = site.build()
    assert len(warnings) == 1
    assert "index.md:8: WARNING: the picture images/form.png is not there" in warnings[0]
    assert "[Not taken yet: The form, filled in.]" in html
    picture.write_bytes(kept)
    html, warnings, _ = site.build()
    assert warnings == []
    assert '<div class="walkthrough-picture"' in html


def test_a_walkthrough_that_no_run_finds_is_a_warning(site: Site) -> None:
    """A walkthrough in another markup than Markdown is shown, and told at its line."""
    rst = ":orphan:\n\nA\n=\n\n.. walkthrough:: join\n\n   1. Choose :click:`Sign up`.\n"
    (site.path / "other.rst").write_text(rst, "utf-8")
    _, warnings, _ = site.build()
    assert len(warnings) == 1
    assert "other.rst:6: WARNING: no run finds the walkthrough “join”" in warnings[0]
    assert ">Sign up</span>" in (site.path / "build/html/other.html").read_text("utf-8")


def test_evidence_of_no_day_is_a_warning(site: Site) -> None:
    """Evidence whose day is none is told as damaged."""
    site.prove(day="someday")
    _, warnings, _ = site.build()
    assert any("“verified” is no day" in each for each in warnings)


def test_damaged_evidence_is_a_warning(site: Site) -> None:
    """Evidence that cannot be read is named; the page is built all the same."""
    (site.path / "images/index.evidence.json").write_text("{", "utf-8")
    html, warnings, _ = site.build()
    assert any("[walkthrough.evidence]" in each for each in warnings)
    assert "Not verified yet." in html


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("walkthrough_values = ['x']", "walkthrough_values: expected a dictionary of texts"),
        ("walkthrough_other_roles = 'x'", "walkthrough_other_roles: expected a list of texts"),
        ("walkthrough_verified_line = 1", "walkthrough_verified_line: expected True or False"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(site: Site, setting: str, message: str) -> None:
    """A build with a wrong setting ends at its start, with what is allowed."""
    site.write(conf=CONF + setting)
    with pytest.raises(Exception, match=message):
        site.build()


def test_tables_are_made_from_the_code(site: Site) -> None:
    """The reference tables list every role, setting and warning."""
    tables = "".join(f"```{{walkthrough-{name}}}\n```\n\n" for name in ("roles", "settings", "warnings"))
    site.write(PAGE + "\n" + tables)
    html, warnings, _ = site.build()
    assert warnings == []
    for piece in (">not-see<", ">walkthrough_values<", ">walkthrough.unverified<"):
        assert piece in html
