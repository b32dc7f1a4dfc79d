"""Reading accessibility trees."""

from __future__ import annotations

import pytest

from tests.unit.compare.pages import walked
from walkthrough.compare.outline import outline_of, parse, region_of


@pytest.mark.parametrize(
    ("line", "role", "name", "states", "text"),
    [
        ('- button "Sign up"', "button", "Sign up", (), ""),
        ('- button "Sign up" [disabled]:', "button", "Sign up", ("disabled",), ""),
        ("- paragraph: Hello", "paragraph", "", (), "Hello"),
        ('- paragraph: "Note: this"', "paragraph", "", (), "Note: this"),
        ('- heading "a \\"b\\" c" [level=2]', "heading", 'a "b" c', ("level=2",), ""),
        ("- 'button \"Save: now\" [pressed]'", "button", "Save: now", ("pressed",), ""),
        ("- 'link \"It''s: here\"':", "link", "It's: here", (), ""),
        ("- 'heading \"a: b\": x'", "heading", "a: b", (), ""),
        ('- textbox "Code": "482913"', "textbox", "Code", (), "482913"),
        ('- text: "a\\tb \\\\ \\"c\\" \\x07"', "text", "", (), 'a b \\ "c" \x07'),
        ("- text: /not a pattern/", "text", "", (), "/not a pattern/"),
        ("- button /a \\d+/", "button", "/a \\d+/", (), ""),
        ('- checkbox "I agree" [checked=mixed] [disabled]', "checkbox", "I agree", ("checked=mixed", "disabled"), ""),
        ("- textbox", "textbox", "", (), ""),
        ('- textbox "A\u200b name\u00ad"', "textbox", "A name", (), ""),
    ],
)
def test_each_way_of_quoting_is_read(line: str, role: str, name: str, states: tuple[str, ...], text: str) -> None:
    """Names and texts come out as they were before they were quoted for YAML."""
    (node,) = parse([line])
    assert (node.role, node.name, node.states, node.text) == (role, name, states, text)


def test_nodes_know_where_they_stand() -> None:
    """Depth, parents, landmark and a link's target; a form or a region in main is main."""
    nodes = parse(
        """\
- banner:
  - link "Home":
    - /url: /home
- main:
  - region "Form":
    - textbox "Name":
      - /placeholder: Yours
- region "Files":
  - button "New"
""".splitlines()
    )
    assert [(node.role, node.depth, node.place) for node in nodes] == [
        ("banner", 0, "banner"),
        ("link", 1, "banner"),
        ("main", 0, "main"),
        ("region", 1, "main"),
        ("textbox", 2, "main"),
        ("region", 0, "region"),
        ("button", 1, "region"),
    ]
    assert nodes[1].url == "/home"
    assert nodes[4].path == ("main", "region")
    assert nodes[4].group == 3


def test_an_outline_has_landmarks_headings_and_controls_only() -> None:
    """No texts, values, targets or choices; indented under what holds them; it is its own outline."""
    tree = """\
- main:
  - paragraph:
    - link "Help":
      - /url: /help
      - text: Help
  - heading "A: b" [level=1]
  - textbox "Name": jdoe
  - combobox "Unit":
    - option "Health" [selected]
    - option "Other"
  - group "Both":
    - dialog "Sure?":
      - button "Yes" [disabled]
- contentinfo:
  - text: The end
""".splitlines()
    tree[5] = "  - 'heading \"A: b\" [level=1]'"
    outline = outline_of(tree)
    assert outline == (
        "- main:",
        '  - link "Help"',
        "  - 'heading \"A: b\" [level=1]'",
        '  - textbox "Name"',
        '  - combobox "Unit":',
        '    - option "Health"',
        '    - option "Other"',
        '  - dialog "Sure?":',
        '    - button "Yes" [disabled]',
        "- contentinfo",
    )
    assert outline_of(outline) == outline


def test_the_region_is_the_one_main_part() -> None:
    """It is taken out of the tree without its indent; a page with none, or two, is taken whole."""
    tree = ["- banner", "- group:", '  - main "Content":', "    - button", "- contentinfo"]
    assert region_of(tree) == ('- main "Content":', "  - button")
    assert region_of(tree[:1]) == ("- banner",)
    assert region_of(["- main", "- main"]) == ("- main", "- main")


@pytest.mark.parametrize("name", ["login", "first-notebook"])
def test_each_line_of_the_guides_evidence_is_a_node(name: str) -> None:
    """Nothing of a real page is left out, JupyterLab included."""
    for step in walked(name).evidence:
        for view in step.views:
            properties = sum(line.lstrip().startswith("- /") for line in view.snapshot)
            assert len(parse(view.snapshot)) == len(view.snapshot) - properties
