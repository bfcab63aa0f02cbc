"""What a page of the web shows, as far as verdicts ask.

Expressions take HTML apart as browsers do. Every way through them ends with a match, if need be at the end of
the page, so that the time is linear. A parser of the library takes about a second a megabyte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape, unescape

from coursekit.links.checking.decoding import decoded
from coursekit.links.checking.exchange import Answer

_MOST_READ = 1_000_000  # characters of HTML in which text is looked for
_BEGINNING = 6_000  # characters of visible text that verdicts ask about
_FIRST_READ = 8_192  # characters of HTML that hold as much text on most pages
_SHORT_TEXT = 2000  # bytes
_HTML = ("text/html", "application/xhtml+xml")

# A quote opens a value only after `=`; one that is never closed goes on to the end, as in browsers.
_ATTRIBUTES = r"""((?:=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))|[^>=]++|=)*+)(?:>|\Z)"""
# Comments, and elements whose content is not the page's own text.
_HIDDEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|<(script|style|template|noscript|textarea|title|iframe)(?=[\s/>]){_ATTRIBUTES}"
    r"((?:[^<]++|<(?!/\1[\s/>]))*+)(?:</\1[^>]*+(?:>|\Z)|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(rf"<([a-z][^\s/>]*+){_ATTRIBUTES}", re.IGNORECASE)
_ANY_TAG = re.compile(rf"</?[a-z]{_ATTRIBUTES}|<[!?/][^>]*+(?:>|\Z)", re.IGNORECASE)
_META = re.compile(rf"<meta(?=[\s/]){_ATTRIBUTES}", re.IGNORECASE)
_PASSWORD = re.compile(r"<input(?=[\s/])[^<>]*?\btype\s*=\s*[\"']?password\b", re.IGNORECASE)
_HEADING = re.compile(rf"<h[1-6](?=[\s/>]){_ATTRIBUTES}((?:[^<]++|<(?!/?h[1-6][\s/>]))*+)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([^\s=/>"']++)(?:\s*+=\s*+(?:"([^"]*+)"?|'([^']*+)'?|([^\s>]++)))?""")
_REFRESH = re.compile(r"\s*(\d+)(?:\.\d*)?\s*[;,\s]\s*(?:url\s*=\s*)?[\"']?([^\"'>]+)", re.IGNORECASE)
# An empty element for a script to fill: a container with attributes, or one of the script's own.
_ROOT = re.compile(r"<(?:div|main|section)\s[^<>]++>\s*+</|<[a-z]+-[a-z-]++[^<>]*+>\s*+</", re.IGNORECASE)
_SHELL_TEXT = 400  # characters: what shells say until their script has run is shorter


@dataclass(frozen=True)
class Page:
    """The HTML of a page."""

    html: str
    complete: bool  # False: what follows is not known

    @cached_property
    def title(self) -> str:
        """Return the page's title."""
        return next((_plain(hidden[3][:2000]) for hidden in self._hidden if _name(hidden) == "title"), "")

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """Return the headings of all ranks."""
        return tuple(self._headings())

    @cached_property
    def heading(self) -> str:
        """Return the first heading that says something."""
        return next(filter(None, self._headings()), "")

    def _headings(self) -> Iterator[str]:
        return (_plain(_ANY_TAG.sub("", match[2])) for match in _HEADING.finditer(self._shown))

    @cached_property
    def text(self) -> str:
        """Return the beginning of the visible text, 6,000 characters at most, its spaces made one.

        Taking text out of HTML is what most of the time goes into: as little of it is read as will do.
        """
        beginning = _visible(self._shown[:_FIRST_READ])
        if len(beginning) < _BEGINNING and len(self._shown) > _FIRST_READ:
            return self.whole_text[:_BEGINNING]
        return beginning[:_BEGINNING]

    @cached_property
    def whole_text(self) -> str:
        """Return the visible text, its spaces made one."""
        return _visible(self._shown)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Return what fragments can point at: every `id`, and the `name` of links."""
        return frozenset(_anchors(self.html, has_script=self.has_script))

    @cached_property
    def refresh(self) -> tuple[int, str] | None:
        """Return after how many seconds the page sends on, and where to."""
        head = self._shown[:65_536]
        if "refresh" not in head.lower():  # nearly always, and found out faster
            return None
        for match in _META.finditer(head):
            attributes = _attributes(match[1])
            if attributes.get("http-equiv", "").lower() == "refresh":
                return refresh(attributes.get("content", ""))
        return None

    @cached_property
    def asks_password(self) -> bool:
        """Tell whether the page has a field for a password."""
        return bool(_PASSWORD.search(self._shown))

    @property
    def has_script(self) -> bool:
        """Tell whether the page has a script, which may make what its HTML lacks."""
        return any(_name(hidden) == "script" for hidden in self._hidden)

    @cached_property
    def is_shell(self) -> bool:
        """Tell whether what readers see is made by a script: the HTML says next to nothing itself."""
        if not self.has_script or len(self.text) >= _SHELL_TEXT:
            return False
        return not self.heading or self.has_root

    @cached_property
    def has_root(self) -> bool:
        """Tell whether the page has an empty element for a script to fill."""
        return bool(_ROOT.search(self._shown))

    @cached_property
    def _hidden(self) -> tuple[re.Match[str], ...]:
        return tuple(_HIDDEN.finditer(self.html[:_MOST_READ]))

    @cached_property
    def _shown(self) -> str:
        """Return the HTML without what is hidden."""
        pieces = []
        end = 0
        for hidden in self._hidden:
            pieces.append(self.html[end : hidden.start()])
            end = hidden.end()
        return "".join([*pieces, self.html[end:_MOST_READ]])


def read(answer: Answer) -> Page | None:
    """Return the page that browsers would show for an answer; None when it is no HTML."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in _HTML or (not kind and b"<" in answer.body[:512]):
        return Page(decoded(answer), answer.complete)
    return None


def read_text(answer: Answer) -> Page | None:
    """Return the page that a short text, or a program's answer, is worth; None for anything else."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in ("text/plain", "application/json") and len(answer.body) < _SHORT_TEXT:
        return Page(escape(decoded(answer)), answer.complete)
    return None


def refresh(value: str) -> tuple[int, str] | None:
    """Return the seconds and the target of a `Refresh`, header or `<meta>`; None: it only reloads."""
    match = _REFRESH.match(value)
    return (int(match[1][:6]), match[2].strip()) if match else None


def _name(hidden: re.Match[str]) -> str:
    return (hidden[1] or "").lower()


def _anchors(html: str, *, has_script: bool) -> Iterator[str]:
    end = 0
    for hidden in _HIDDEN.finditer(html):
        yield from _identifiers(html[end : hidden.start()])
        end = hidden.end()
        if hidden[1]:
            yield from _identifiers(f"<{hidden[1]}{hidden[2]}>")
        if _name(hidden) == "noscript" or (has_script and _name(hidden) == "template"):  # may yet be shown
            yield from _identifiers(hidden[3])
    yield from _identifiers(html[end:])


def _identifiers(html: str) -> Iterator[str]:
    for tag, written in _TAG.findall(html):
        low = written.lower()
        if "id" in low or "name" in low:
            attributes = _attributes(written)
            if "id" in attributes:
                yield attributes["id"]
            if "name" in attributes and tag in ("a", "A"):
                yield attributes["name"]


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found


def _visible(html: str) -> str:
    return _plain(_ANY_TAG.sub(" ", html))


def _plain(text: str) -> str:
    return " ".join(unescape(text).split())
