"""What a picture's text is drawn with."""

from playwright.sync_api import sync_playwright

from walkthrough import browser


def test_every_usual_family_is_found() -> None:
    """Pages that name the usual system fonts are drawn with Inter, or JetBrains Mono for fixed width."""
    families = ["system-ui", "sans-serif", "Helvetica Neue", "Arial", "serif", "monospace", "Menlo", "Courier New"]
    markup = "".join(f"<p style='font-family:\"{name}\"'>Ag</p>" for name in families[1:])
    assert drawn_families(f"<p style='font-family:system-ui'>Ag</p>{markup}") == {
        "Inter": 5,
        "JetBrains Mono": 3,
    }


def drawn_families(markup: str) -> dict[str, int]:
    """Tell how many paragraphs a real Chromium draws with which typeface."""
    counts: dict[str, int] = {}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**browser.launch_options())
        page = chromium.new_page(**browser.context_options())
        page.set_content(markup)
        session = page.context.new_cdp_session(page)
        session.send("DOM.enable")
        session.send("CSS.enable")
        root = session.send("DOM.getDocument")["root"]["nodeId"]
        for node in session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "p"})["nodeIds"]:
            for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]:
                counts[font["familyName"]] = counts.get(font["familyName"], 0) + 1
        chromium.close()
    return counts
