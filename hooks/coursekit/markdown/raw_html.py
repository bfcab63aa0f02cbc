"""Raw HTML in Markdown: what it links to, what can be linked to in it."""

from __future__ import annotations

import html
from collections.abc import Callable
from html.parser import HTMLParser

from coursekit.markdown.document import Document, Link, LinkKind, Resolve

_LINKS: dict[tuple[str, str], LinkKind] = {
    ("a", "href"): "link",
    ("area", "href"): "link",
    ("iframe", "src"): "link",
    ("img", "src"): "image",
    ("video", "src"): "link",
    ("audio", "src"): "link",
    ("source", "src"): "link",
    ("object", "data"): "link",
}


def read(source: str, line: int, document: Document, resolve: Resolve) -> str:
    """Note links and anchors of raw HTML that starts on `line`; return it with its links resolved."""
    if "=" not in source:
        return source  # no attribute, nothing to read
    scanner = _Scanner(line, document, resolve)
    scanner.feed(source)
    for old, new in scanner.replacements:
        source = source.replace(old, new, 1)
    return source


class _Scanner(HTMLParser):
    def __init__(self, line: int, document: Document, resolve: Resolve) -> None:
        super().__init__(convert_charrefs=True)
        self.replacements: list[tuple[str, str]] = []
        self._line = line
        self._document = document
        self._resolve: Callable[[Link], str] = resolve

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if not value:
                continue
            if name == "id" or (name == "name" and tag == "a"):
                self._document.anchors.add(value)
            elif kind := _LINKS.get((tag, name)):
                self._link(kind, value, dict(attrs).get("alt") or "")

    def _link(self, kind: LinkKind, value: str, text: str) -> None:
        link = Link(value.strip(), text, self._line + self.getpos()[0] - 1, kind, raw=True)
        self._document.links.append(link)
        resolved = self._resolve(link)
        tag = self.get_starttag_text()
        if resolved == link.url or not tag:
            return
        new = tag.replace(value, html.escape(resolved), 1)
        self.replacements.append((tag, new))
