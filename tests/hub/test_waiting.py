"""The page that waits for a workspace, with a hub that answers as told."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, Route, expect

import projecthub

SCRIPT = Path(projecthub.__file__).parent / "hub/static/hub.js"
PAGE = """<!doctype html><html lang=en><title>Waiting</title><body data-base-url=/ data-user=jdoe data-xsrf=x>
<h1 data-progress-starting>It is starting</h1><h1 data-progress-failed hidden>It did not start</h1>
<div data-progress=/progress><progress max=100></progress><p role=status data-progress-message>Starting</p></div>
<script src=/hub.js></script>"""


def test_the_waiting_page_asks_again_when_the_hub_refuses(page: Page) -> None:
    """A browser gives up for good on a stream that is refused, and the page says that it opens by itself."""
    asked = []

    def answer(route: Route) -> None:
        path = route.request.url.rpartition("/")[2]
        if path == "progress":
            asked.append(path)
            told = 'data: {"progress": 50, "message": "Nearly there"}\n\n'
            status = 400 if len(asked) == 1 else 200
            route.fulfill(status=status, content_type="text/event-stream", body=told if status == 200 else "")
        elif path == "hub.js":
            route.fulfill(content_type="text/javascript", body=SCRIPT.read_text("utf-8"))
        else:
            route.fulfill(content_type="text/html", body=PAGE)

    page.route("**/*", answer)
    page.goto("http://hub.research.example/")
    expect(page.get_by_role("status")).to_have_text("Nearly there")


def test_the_waiting_page_says_in_its_heading_that_a_start_has_failed(page: Page) -> None:
    """What says that the workspace opens by itself goes, and what went wrong is told."""
    told = 'data: {"progress": 100, "failed": true, "message": "JupyterLab ended"}\n\n'
    answers = {
        "progress": {"content_type": "text/event-stream", "body": told},
        "hub.js": {"content_type": "text/javascript", "body": SCRIPT.read_text("utf-8")},
    }
    page_itself = {"content_type": "text/html", "body": PAGE}
    page.route("**/*", lambda route: route.fulfill(**answers.get(route.request.url.rpartition("/")[2], page_itself)))
    page.goto("http://hub.research.example/")
    expect(page.get_by_role("heading")).to_have_text("It did not start")
    expect(page.get_by_role("status")).to_have_text("JupyterLab ended")
