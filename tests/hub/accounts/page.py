"""A page as a person with a screen reader meets it: fields by label, what describes them, links and buttons."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"input", "meta", "link", "img", "br", "hr"}


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}  # id → text
        self.labels: dict[str, str] = {}  # label → id of its field
        self.fields: dict[str, dict[str, str]] = {}  # id → attributes
        self.links: dict[str, str] = {}  # text → address
        self.buttons: list[str] = []
        self.heading = ""
        self._open: list[tuple[str, dict[str, str], list[str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "input" and "id" in attributes:
            self.fields[attributes["id"]] = attributes
        if tag not in VOID:
            self._open.append((tag, attributes, []))

    def handle_data(self, data: str) -> None:
        for _, _, text in self._open:
            text.append(data)

    def handle_endtag(self, tag: str) -> None:
        opened, attributes, parts = self._open.pop()
        assert opened == tag, f"<{opened}> is closed by </{tag}>"
        text = " ".join("".join(parts).split())
        if "id" in attributes:
            self.texts[attributes["id"]] = text
        if tag == "label":
            self.labels[text] = attributes["for"]
        elif tag == "a":
            self.links[text] = attributes["href"]
        elif tag == "button":
            self.buttons.append(text)
        elif tag == "h1":
            self.heading = text

    def field(self, label: str) -> dict[str, str]:
        return self.fields[self.labels[label]]

    def error(self, label: str) -> str:
        """What is said about a field that is marked as wrong; empty where it is not."""
        field = self.field(label)
        if "aria-invalid" not in field:
            return ""
        return " ".join(self.texts[name] for name in field["aria-describedby"].split())
