"""What a picture's text is drawn with."""

from playwright.sync_api import Browser

from walkthrough import browser


def test_every_usual_family_is_found(chromium: Browser) -> None:
    """Pages that name the usual system fonts are drawn with Inter, or JetBrains Mono for fixed width."""
    families = ["system-ui", "sans-serif", "Helvetica Neue", "Arial", "serif", "monospace", "Menlo", "Courier New"]
    markup = "".join(f"<p style='font-family:\"{name}\"'>Ag</p>" for name in families[1:])
    assert drawn_families(chromium, f"<p style='font-family:system-ui'>Ag</p>{markup}") == {
        "Inter": 5,
        "JetBrains Mono": 3,
    }


def drawn_families(chromium: Browser, markup: str) -> dict[str, int]:
    """Tell how many paragraphs a real Chromium draws with which typeface."""
    counts: dict[str, int] = {}
    with chromium.new_context(**browser.context_options()) as context:
        page = context.new_page()
        page.set_content(markup)
        session = context.new_cdp_session(page)
        session.send("DOM.enable")
        session.send("CSS.enable")
        root = session.send("DOM.getDocument")["root"]["nodeId"]
        for node in session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "p"})["nodeIds"]:
            for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]:
                counts[font["familyName"]] = counts.get(font["familyName"], 0) + 1
    return counts
