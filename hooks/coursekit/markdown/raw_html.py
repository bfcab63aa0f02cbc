"""Raw HTML in Markdown: what it links to, and the scripts that no browser will run."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from coursekit import messages
from coursekit.markdown.document import Document, Link, LinkKind, Resolve
from coursekit.problem import Problem

_LINKS: dict[tuple[str, str], LinkKind] = {
    ("a", "href"): "link",
    ("area", "href"): "link",
    ("iframe", "src"): "embed",
    ("link", "href"): "embed",
    ("embed", "src"): "embed",
    ("img", "src"): "image",
    ("input", "src"): "image",
    ("video", "src"): "embed",
    ("video", "poster"): "image",
    ("audio", "src"): "embed",
    ("source", "src"): "embed",
    ("track", "src"): "embed",
    ("object", "data"): "embed",
}
# What a `script` element may be besides a script: https://html.spec.whatwg.org/multipage/scripting.html
_SCRIPT_TYPES = frozenset({"", "module", "text/javascript", "application/javascript"})
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
# One URL of a `srcset`, as HTML splits it: up to a blank, with no comma at its ends.
_CANDIDATE = re.compile(r"(^\s*|,\s*)([^\s,]\S*?)(?=,?(?:\s|$))")


def read(source: str, line: int, document: Document, resolve: Resolve) -> str:
    """Note the links of raw HTML that starts on `line`; return it with its links resolved."""
    if "=" not in source and "<script" not in source.lower():
        return source  # nothing to read
    scanner = _Scanner(source, line, document, resolve)
    scanner.feed(source)
    return scanner.resolved()


class _Scanner(HTMLParser):
    def __init__(self, source: str, line: int, document: Document, resolve: Resolve) -> None:
        super().__init__(convert_charrefs=True)
        self._source = source
        self._starts = [0, *(match.end() for match in re.finditer("\n", source))]  # offset of each line
        self._edits: list[tuple[int, int, str]] = []  # start, end, what stands there instead
        self._line = line
        self._document = document
        self._resolve = resolve

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if _runs_code(tag, attrs):
            self._document.problems.append(Problem(self._here, messages.script_in_page()))
        text = dict(attrs).get("alt") or ""
        for name, value in attrs:
            if not value:
                continue
            if kind := _LINKS.get((tag, name)):
                self._rewrite(name, value, self._link(kind, value.strip(), text))
            elif name == "srcset":
                found = _CANDIDATE.sub(lambda match: match[1] + self._link("image", match[2], text), value)
                self._rewrite(name, value, found)

    def resolved(self) -> str:
        """Return the source with its links resolved."""
        parts: list[str] = []
        end = 0
        for start, stop, text in self._edits:
            parts += (self._source[end:start], text)
            end = stop
        return "".join(parts) + self._source[end:]

    @property
    def _here(self) -> int:
        return self._line + self.getpos()[0] - 1

    def _link(self, kind: LinkKind, url: str, text: str) -> str:
        link = Link(url, text, self._here, kind, raw=True)
        self._document.links.append(link)
        return self._resolve(link)

    def _rewrite(self, name: str, before: str, after: str) -> None:
        if after == before.strip():
            return
        line, column = self.getpos()
        tag_start = self._starts[line - 1] + column
        for match in _ATTRIBUTE.finditer(self.get_starttag_text() or ""):
            if match[1].lower() == name:
                quote = match[2][0] if match[2][0] in "\"'" else '"'
                new = f"{quote}{html.escape(after)}{quote}"
                self._edits.append((tag_start + match.start(2), tag_start + match.end(2), new))
                return


def _runs_code(tag: str, attrs: list[tuple[str, str | None]]) -> bool:
    """Tell whether a start tag holds or begins a script written out in the page."""
    if tag == "script":
        found = dict(attrs)
        return "src" not in found and (found.get("type") or "").strip().lower() in _SCRIPT_TYPES
    return any(name.startswith("on") and value for name, value in attrs)
