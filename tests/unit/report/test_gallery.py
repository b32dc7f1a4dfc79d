"""The gallery as a file: what is in it, what can do no harm, and what it weighs."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image

from walkthrough.claims import Claim, Claims, Control, Visited
from walkthrough.model import Location
from walkthrough.outcome import Change, PictureOutcome, StepOutcome, Verdict, WalkthroughOutcome
from walkthrough.report import embedded
from walkthrough.report.gallery import Closer, closer, write_gallery
from walkthrough.report.run import NotWalked

PAGE = "docs/login.md"
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> “<b>&amp;\" onclick='x'”"


class Read(HTMLParser):
    """What a browser would make of a gallery: its elements, its attributes and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.scripts: list[str] = []
        self.text = ""
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            self.scripts.append(data)
        elif self._inside != "style":
            self.text += f"{data} "

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def values(self, tag: str, name: str) -> list[str]:
        """The values of one attribute of the elements with this tag."""
        return [value for element, attribute, value in self.attributes if (element, attribute) == (tag, name)]


def step(number: int, verdict: Verdict, **more: object) -> StepOutcome:
    known = {"sentence": f"Click “Sign up {number}”.", "reason": "the reason"}
    return StepOutcome(number, Location(PAGE, 50 + number), verdict=verdict, **{**known, **more})  # type: ignore[arg-type]


def walk(*steps: StepOutcome, **more: object) -> WalkthroughOutcome:
    return WalkthroughOutcome(PAGE, "sign-up", Location(PAGE, 40), "0" * 64, steps, **more)  # type: ignore[arg-type]


def picture(root: Path, path: str, colour: str, size: tuple[int, int] = (1280, 960)) -> bytes:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    image = Image.effect_noise(size, 20).convert("RGB")
    image.paste(colour, (0, 0, size[0], size[1] * 3 // 4))
    image.save(root / path, compress_level=1)
    return (root / path).read_bytes()


def gallery(root: Path, *run: WalkthroughOutcome, **more: object) -> str:
    path = root / ".walkthrough" / "report.html"
    write_gallery(path, run, root, **more)  # type: ignore[arg-type]
    return path.read_text("utf-8")


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    """Whatever a page, a product or a fixture says is shown, and never run."""
    where = Location(f"docs/{HOSTILE}.md", 3)
    change = Change(Verdict.LABEL, HOSTILE, where, "click", HOSTILE, HOSTILE, 0.8)
    shot = PictureOutcome(HOSTILE, HOSTILE, where, committed=HOSTILE, taken=HOSTILE, difference=0.5)
    hostile = StepOutcome(
        *(1, where, HOSTILE, Verdict.BROKEN, HOSTILE, (change,), (shot,), HOSTILE, HOSTILE, HOSTILE, (HOSTILE,))
    )
    run = WalkthroughOutcome(where.path, HOSTILE, where, "0", (hostile,), products={HOSTILE: HOSTILE}, day=HOSTILE)
    claims = Claims(HOSTILE, (Claim("code", HOSTILE, 1, "unproven"),), (), frozenset())
    html = gallery(tmp_path, run, replace(run, steps=(), error=HOSTILE), claims=[claims])
    read = Read(html)
    assert read.tags.count("script") == 1
    assert not [name for _, name, _ in read.attributes if name.startswith("on")]
    assert "x" not in read.values("img", "src")
    assert "alert(1)" not in "".join(read.scripts)
    assert read.text.count("alert(1)") > 10


def test_is_one_file_that_asks_no_network(tmp_path: Path) -> None:
    """All that a browser loads is in the file, and the file forbids it to load more or to run another script."""
    picture(tmp_path, "docs/images/a.png", "#fff")
    shot = PictureOutcome("images/a.png", "A form", Location(PAGE, 52), committed="docs/images/a.png")
    html = gallery(tmp_path, walk(step(1, Verdict.SAME, pictures=(shot,)), step(2, Verdict.LABEL)))
    read = Read(html)
    assert not re.search(r"https?:|//[a-z]|@import|url\(", re.sub(r"data:[\w/]+;base64,[\w+/=]+|//\s.*", "", html))
    assert all(source.startswith("data:image/") for source in read.values("img", "src"))
    assert set(read.values("link", "href")) == {"data:,"}
    (policy,) = (value for value in read.values("meta", "content") if "default-src" in value)
    digest = base64.b64encode(hashlib.sha256("".join(read.scripts).encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert f"script-src 'sha256-{digest}'" in policy


def test_changed_pictures_are_whole_and_others_small(tmp_path: Path) -> None:
    """A changed picture is in the file byte by byte, before and after; one that looks the same is reduced."""
    before = picture(tmp_path, "docs/images/a.png", "#fff")
    after = picture(tmp_path, ".walkthrough/docs+login+sign-up/a.png", "#eee")
    kept = picture(tmp_path, "docs/images/b.png", "#ddd")
    where = Location(PAGE, 52)
    changed = PictureOutcome(
        *("images/a.png", "A", where, "docs/images/a.png", ".walkthrough/docs+login+sign-up/a.png"),
        difference=0.02,
        region=(0.1, 0.2, 0.3, 0.4),
    )
    same = PictureOutcome("images/b.png", "B", where, "docs/images/b.png")
    bytes_only = replace(same, taken=".walkthrough/docs+login+sign-up/a.png")
    html = gallery(tmp_path, walk(step(1, Verdict.COSMETIC, pictures=(changed, same, bytes_only))))
    sources = Read(html).values("img", "src")
    assert [base64.b64decode(source.partition(",")[2]) for source in sources[:2]] == [before, after]
    assert sources[2].startswith("data:image/webp")
    assert sources[2] == sources[3]
    assert len(sources[2]) < len(kept) / 10
    assert "left:10.0%;top:20.0%;width:30.0%;height:40.0%" in html
    assert "2.0 % differs" in html


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        (None, None),
        ((0.0, 0.0, 1.0, 0.1), None),
        ((0.4, 0.4, 0.2, 0.2), Closer(2.5, -75.0, -75.0)),
        ((0.0, 0.0, 0.3, 0.1), Closer(2.5, 0.0, 0.0)),
        ((0.8, 0.9, 0.2, 0.1), Closer(2.5, -150.0, -150.0)),
    ],
)
def test_zoom_shows_the_changed_region(
    region: tuple[float, float, float, float] | None, expected: Closer | None
) -> None:
    """A small region is brought to the middle, without a margin beyond the picture; a wide one needs no zoom."""
    assert closer(region) == expected


def test_very_many_changed_pictures_are_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a redesign changes hundreds of pictures, the file stays one that a browser opens."""
    paths = [f"{number}.png" for number in range(3)]
    sizes = [len(picture(tmp_path, path, "#fff")) for path in paths]
    monkeypatch.setattr(embedded, "FULL_BYTES", sizes[0] + 1)
    found = embedded.embed(tmp_path, paths, [])
    assert [image.uri.partition(";")[0] for image in found.values()] == [
        *("data:image/png", "data:image/webp", "data:image/webp")
    ]
    assert {(image.width, image.height) for image in found.values()} == {(1280, 960)}


def test_very_many_unchanged_pictures_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where hundreds of pictures are as they were, the last of them are links, and those of changed steps are not."""
    shots = [PictureOutcome(f"{name}.png", "A", Location(PAGE, 52), f"docs/{name}.png") for name in "abc"]
    for shot in shots:
        picture(tmp_path, shot.committed, "#fff")
    monkeypatch.setattr(embedded, "SMALL_COUNT", 2)
    steps = [step(number, Verdict.SAME, pictures=(shot,)) for number, shot in enumerate(shots[:2], 1)]
    read = Read(gallery(tmp_path, walk(*steps, step(3, Verdict.LABEL, pictures=(shots[2],)))))
    assert len(read.values("img", "src")) == 2
    assert [link for link in read.values("a", "href") if link.endswith(".png")] == ["../docs/b.png"]


def test_a_picture_that_was_reduced_ahead_is_not_shown_once_it_has_changed(tmp_path: Path) -> None:
    """What was prepared while the page was walked is used, unless the file is another one by the end."""
    for name, colour in {"same.png": "#fff", "other.png": "#fff"}.items():
        picture(tmp_path, name, colour)
    names = ["same.png", "other.png", "gone.png"]
    embedded.ahead(tmp_path, names)
    before = embedded.embed(tmp_path, [], names[:2])
    picture(tmp_path, "other.png", "#000")
    after = embedded.embed(tmp_path, [], names[:2])
    assert after["same.png"] is before["same.png"]
    assert after["other.png"].uri != before["other.png"].uri


def test_a_file_that_is_no_picture_is_told_of(tmp_path: Path) -> None:
    """A picture that is gone or damaged does not cost the report."""
    whole = picture(tmp_path, "docs/images/cut.png", "#fff")
    (tmp_path / "docs/images/cut.png").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "docs/images/text.png").write_text("no picture")
    shots = tuple(
        PictureOutcome(f"images/{name}", "A", Location(PAGE, 52), f"docs/images/{name}")
        for name in ("gone.png", "cut.png", "text.png")
    )
    text = Read(gallery(tmp_path, walk(step(1, Verdict.SAME, pictures=shots)))).text
    assert "docs/images/gone.png is not there any more" in text
    assert "docs/images/cut.png cannot be read as a picture" in text
    assert "docs/images/text.png cannot be read as a picture" in text


def test_links_lead_to_the_line(tmp_path: Path) -> None:
    """A place is written page:line; it leads to the page's file, or to that line on the code host."""
    kept = ".walkthrough/docs+login+sign-up/trace.zip"
    run = walk(step(1, Verdict.BROKEN, kept=(kept,)))
    assert '<a class="place" href="../docs/login.md">docs/login.md:51</a>' in gallery(tmp_path, run)
    assert 'href="docs%2Blogin%2Bsign-up/trace.zip"' in gallery(tmp_path, run)
    host = gallery(tmp_path, run, source_link=lambda where: f"https://code.research.example/{where.path}#L{where.line}")
    assert 'href="https://code.research.example/docs/login.md#L51"' in host


def test_each_walkthrough_and_step_has_a_name_of_its_own(tmp_path: Path) -> None:
    """A link leads to one place, however pages and walkthroughs are called."""
    called = [("docs/login.md", "sign-up"), ("docs/login.md", "sign-up-2"), ("docs/login-sign.md", "up")]
    called += [("docs/login/sign.md", "up"), ("docs/login.md", "sign-up-2-3")]
    two = walk(step(2, Verdict.SAME), step(3, Verdict.SAME))
    run = [replace(two, page=page, name=name) for page, name in called]
    ids = re.findall(r' id="([^"]+)"', gallery(tmp_path, *run))
    assert len(set(ids)) == len(ids)
    assert "docs_login__sign-up__2" in ids


def test_a_rename_shows_both_names_and_how_certain(tmp_path: Path) -> None:
    """Old name, new name and confidence stand together, and what is too uncertain for `accept` says so."""
    where = Location(PAGE, 52)
    sure = Change(Verdict.LABEL, "the reason", where, "click", "Confirm Account", "Verify account", 0.92)
    unsure = Change(Verdict.LABEL, "another name", where, "", "15 minutes", "10 minutes", 0.61)
    text = " ".join(Read(gallery(tmp_path, walk(step(1, Verdict.LABEL, changes=(unsure, sure))))).text.split())
    assert "The reason the page says Confirm Account now Verify account 92 % certain Another name" in text
    assert "61 % certain, too little to be written for you" in text
    assert text.count("The reason") == 1


def test_names_are_set_apart(tmp_path: Path) -> None:
    """Names in quotation marks, and those that stand out in Markdown, look the same in all messages."""
    html = gallery(tmp_path, walk(step(1, Verdict.LAYOUT, reason="the field **Password** comes before “E-mail”")))
    assert 'The field <b class="name">“Password”</b> comes before <b class="name">“E-mail”</b>' in html


def test_a_changed_picture_speaks_for_itself(tmp_path: Path) -> None:
    """That a picture looks different needs no line where the picture stands."""
    picture(tmp_path, "docs/a.png", "#fff")
    where = Location(PAGE, 60)
    shot = PictureOutcome("a.png", "A", where, "docs/a.png", "docs/a.png", 0.2)
    changes = (
        Change(Verdict.COSMETIC, "the picture a.png looks different", where),
        Change(Verdict.COSMETIC, "the footer is new", Location(PAGE, 51)),
    )
    text = Read(gallery(tmp_path, walk(step(1, Verdict.LAYOUT, changes=changes, pictures=(shot,))))).text
    assert "The footer is new" in text
    assert "looks different" not in text.replace("it looks different", "")


@pytest.mark.parametrize(
    ("run", "headline"),
    [
        ((), "Nothing was walked"),
        ((walk(error="the fixture “researcher” failed"),), "Nothing was walked"),
        ((walk(step(1, Verdict.SAME)),), "The step holds"),
        ((walk(step(1, Verdict.SAME), step(2, Verdict.COSMETIC)),), "All 2 steps hold"),
        ((walk(step(1, Verdict.BROKEN), step(2, Verdict.UNREACHED)),), "1 of 2 steps has drifted, 1 not reached"),
        ((walk(step(1, Verdict.SAME), step(2, Verdict.UNREACHED)),), "1 of 2 steps not reached"),
        ((walk(step(1, Verdict.SAME)), walk(error="no")), "1 walkthrough not walked to the end"),
        ((walk(step(1, Verdict.LAYOUT), step(2, Verdict.SAME), updated=True),), "1 of 2 steps taken on"),
        ((walk(step(1, Verdict.SAME), step(2, Verdict.SAME), updated=True),), "All 2 steps hold"),
    ],
)
def test_headline_tells_what_matters(tmp_path: Path, run: tuple[WalkthroughOutcome, ...], headline: str) -> None:
    """The head says in one line whether the guide holds; what checked nothing never looks like a success."""
    assert f"<title>{headline}</title>" in gallery(tmp_path, *run)


def test_what_did_not_run_is_told_with_its_reason(tmp_path: Path) -> None:
    """An error, a walkthrough without steps and one that was never begun each have their place."""
    missed = [NotWalked("docs/write.md:12", "publish", "the session stopped before it")]
    html = gallery(tmp_path, walk(error="the fixture “hub” failed:\n    no port"), not_walked=missed)
    text = " ".join(Read(html).text.split())
    assert "the fixture “hub” failed: no port" in text
    assert "docs/write.md:12 publish The session stopped before it" in text
    assert "No step was walked" in Read(gallery(tmp_path, walk())).text


def test_claims_that_nothing_proves_are_listed(tmp_path: Path) -> None:
    """Each page has its share of proven claims, the lines of the others, and what no guide mentions."""
    found = (Claim("action", "{click}`Sign up`", 45, "executed"), Claim("guilabel", "Terminal", 72, "unproven"))
    visited = (Visited("Sign in", "/hub/login", (Control("link", "Forgot password?"),)),)
    claims = Claims(PAGE, found, visited, frozenset())
    html = gallery(tmp_path, walk(step(1, Verdict.SAME)), claims=[claims], unmentioned=visited)
    text = " ".join(Read(html).text.split())
    assert "1 of 2 claims proven 1 executed 0 witnessed 1 unproven" in text
    assert "guilabel Terminal docs/login.md:72" in text
    assert "no guide mentions: 1" in text
    assert "link Forgot password?" in text
    assert "What is not proven" not in Read(gallery(tmp_path, walk(step(1, Verdict.SAME)))).text
