"""What a page of the web shows, as far as verdicts ask: read with expressions, each linear, for speed.

A full HTML parser takes about a second a megabyte; a night reads thousands of pages.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from coursekit.links.checking.exchange import Answer

_MOST_TEXT = 20_000  # characters of visible text kept
_HTML = ("text/html", "application/xhtml+xml")

_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|noscript|textarea|head)\b.*?(?:</\1\b[^>]*+>|\Z)", re.S | re.I
)
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|textarea)\b.*?(?:</\1\b[^>]*+>|\Z)", re.S | re.I
)
_TAG = re.compile(r"<([a-z][^\s/>]*+)((?:[^\"'>]++|\"[^\"]{0,65536}+\"|'[^']{0,65536}+')*+)>", re.I)
_ANY_TAG = re.compile(r"</?[a-z!?][^>]*+>", re.I)
_ATTRIBUTE = re.compile(r"([^\s=/>\"']++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]++)))?")
_TITLE = re.compile(r"<title\b[^>]*+>(.{0,2000}?)</title", re.S | re.I)
_HEADING = re.compile(r"<h([12])\b[^>]*+>(.{0,2000}?)</h\1", re.S | re.I)
_META_CHARSET = re.compile(rb"<meta\b[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_REFRESH = re.compile(r"\s*(\d+)(?:\.\d*)?\s*[;,\s]\s*(?:url\s*=\s*)?[\"']?([^\"'>]+)", re.I)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_EMPTY_ROOT = re.compile(r"<(div|main|section|[a-z]+-[a-z-]+)\b[^>]*+>\s*+</\1", re.I)  # for a script to fill
_SHELL_TEXT = 400  # characters: what shells say until their script has run is shorter


@dataclass(frozen=True)
class Page:
    """The HTML of a page."""

    html: str
    complete: bool  # False: what follows is not known

    @cached_property
    def title(self) -> str:
        """Return the page's title."""
        return _plain(match[1]) if (match := _TITLE.search(self.html)) else ""

    @cached_property
    def heading(self) -> str:
        """Return the first heading of the first or second rank."""
        return _plain(match[2]) if (match := _HEADING.search(self.html)) else ""

    @cached_property
    def text(self) -> str:
        """Return the visible text, its spaces made one, as far as it is kept."""
        return _plain(_HIDDEN.sub(" ", self.html[: 50 * _MOST_TEXT]))[:_MOST_TEXT]

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Return what fragments can point at: every `id`, and the `name` of links."""
        return frozenset(self._anchors())

    def _anchors(self) -> Iterator[str]:
        for tag, attributes in self._tags():
            if "id" in attributes:
                yield attributes["id"]
            if tag == "a" and "name" in attributes:
                yield attributes["name"]

    def _tags(self) -> Iterator[tuple[str, dict[str, str]]]:
        for match in _TAG.finditer(_UNSEEN.sub("", self.html)):
            low = match[2].lower()
            if "id" in low or "name" in low or "type" in low:
                yield match[1].lower(), _attributes(match[2])

    @cached_property
    def refresh(self) -> tuple[int, str] | None:
        """Return after how many seconds the page sends on, and where to."""
        for attributes in self._metas:
            if attributes.get("http-equiv", "").lower() == "refresh":
                match = _REFRESH.match(attributes.get("content", ""))
                return (int(match[1][:6]), match[2].strip()) if match else None
        return None

    @cached_property
    def noindex(self) -> bool:
        """Tell whether the page asks search engines to leave it out."""
        return any(
            one.get("name", "").lower() == "robots" and "noindex" in one.get("content", "").lower()
            for one in self._metas
        )

    @cached_property
    def _metas(self) -> tuple[dict[str, str], ...]:
        shown = re.sub(
            r"<!--.*?(?:-->|\Z)|<(noscript|template)\b.*?(?:</\1|\Z)",
            "",
            self.html[:65536],
            flags=re.S | re.I,
        )
        return tuple(_attributes(match[2]) for match in _TAG.finditer(shown) if match[1].lower() == "meta")

    @cached_property
    def asks_password(self) -> bool:
        """Tell whether the page has a field for a password."""
        return any(tag == "input" and one.get("type", "").lower() == "password" for tag, one in self._tags())

    @property
    def has_script(self) -> bool:
        """Tell whether the page has a script, which may make what its HTML lacks."""
        return "<script" in self.html.lower()

    @property
    def is_shell(self) -> bool:
        """Tell whether what readers see is made by a script: the HTML says next to nothing itself."""
        if not self.has_script or len(self.text) >= _SHELL_TEXT:
            return False
        return not self.heading or bool(_EMPTY_ROOT.search(self.html))


def is_html(answer: Answer) -> bool:
    """Tell whether browsers would show an answer as HTML."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not kind:
        return b"<" in answer.body[:512]
    return kind in _HTML


def read(answer: Answer) -> Page:
    """Read an answer's body, in the encoding that browsers would take it for."""
    return Page(_decoded(answer), answer.complete)


def _decoded(answer: Answer) -> str:
    for mark, encoding in _BOMS:
        if answer.body.startswith(mark):
            return answer.body[len(mark) :].decode(encoding, "replace")
    match = re.search(r"charset\s*=\s*[\"']?\s*([\w-]+)", answer.headers.get("content-type", ""), re.I)
    name = match[1] if match else ""
    if not name and (found := _META_CHARSET.search(answer.body[:4096])):
        name = found[1].decode("ascii", "replace")
    try:
        return answer.body.decode(name or "utf-8", "replace" if name else "strict")
    except (LookupError, UnicodeError):  # UnicodeError too of codecs that are no encodings of text
        pass
    try:
        return answer.body.decode("utf-8", "replace" if name else "strict")
    except UnicodeError:
        return answer.body.decode("cp1252", "replace")


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found


def _plain(html: str) -> str:
    return " ".join(unescape(_ANY_TAG.sub(" ", html)).split())
