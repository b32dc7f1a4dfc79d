"""What is kept of a page is what a person reads there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from walkthrough.browser import context_options
from walkthrough.run.view import look
from walkthrough.run.watch import WATCH
from walkthrough.world import Persona, Secret, Varying, World

PAGE = """<title>Mail</title><main>
<p style='text-transform: {style}'>User name: p1001, password: kX7-secret, welcome</p></main>"""


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("none", "User name: jdoe, password: aB1-sample, welcome"),
        ("uppercase", "USER NAME: JDOE, PASSWORD: AB1-SAMPLE, WELCOME"),
        ("capitalize", "User Name: Jdoe, Password: AB1-Sample, Welcome"),
    ],
)
def test_values_are_read_in_the_letters_that_are_shown(chromium: Browser, style: str, shown: str) -> None:
    """A style that shows a password in capitals is noticed: who copies it gets another one. None of it is kept."""
    password = Secret("kX7-secret", "aB1-sample")
    world = World({"persona": Persona(Varying("p1001", "jdoe"), "jdoe@research.example", password)})
    with chromium.new_context(**context_options()) as context:
        context.add_init_script(WATCH)
        page = context.new_page()
        page.set_content(PAGE.format(style=style))
        assert look(page, world, 5, 0).snapshot == ("- main:", f'  - paragraph: "{shown}"')
        assert "p1001, password: kX7-secret" in (page.text_content("p") or "")
