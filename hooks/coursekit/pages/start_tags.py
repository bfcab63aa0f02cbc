"""Start tags of HTML, rewritten where they stand: everything else stays as it is, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import escape, unescape

# One comment, element of raw text or start tag after the other: an attribute's value is no markup.
_MARKUP = (
    r"<(?=[%s])(?:!--.*?-->"
    r"|(?P<raw>script|style|textarea|title)\b.*?</(?P=raw)\s*>"
    r"""|(?P<tag>%s)(?P<attributes>(?:[^"'>]++|"[^"]*+"|'[^']*+')*+)>)"""
)
_BEFORE_RAW = "!st"  # what the first two begin with
_ANY = r"[a-z][^\s/>]*"
# A tag in an attribute's value, which is passed over with the attribute's own.
_TAG_IN_VALUE = re.compile(
    r"""<[a-z](?:[^"'<>]++|"[^"<]*+"|'[^'<]*+')*+(?:<|"[^"<]*+<|'[^'<]*+<)""", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"""\s(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")


class StartTag:
    """One start tag; attributes can be set, and stay in the order written."""

    def __init__(self, found: re.Match[str]) -> None:
        """Take a match of `_markup`."""
        self.name = found["tag"].lower()
        self._tag = found["tag"]
        self._attributes = found["attributes"]
        self._found = found

    def get(self, name: str) -> str | None:
        """Return an attribute's value; empty when it has none, None without the attribute."""
        found = self._find(name)
        return None if found is None else unescape(next(filter(None, found.groups()[1:]), ""))

    def set(self, name: str, value: str) -> None:
        """Set an attribute."""
        written = f' {name}="{escape(value)}"'
        if found := self._find(name):
            self._attributes = self._attributes[: found.start()] + written + self._attributes[found.end() :]
        else:
            self._attributes = written + self._attributes

    def followed_by(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match what stands right behind the tag."""
        return pattern.match(self._found.string, self._found.end())

    def __str__(self) -> str:
        return f"<{self._tag}{self._attributes}>"

    def _find(self, name: str) -> re.Match[str] | None:
        if name not in self._attributes.lower():
            return None
        return next(
            (one for one in _ATTRIBUTE.finditer(self._attributes) if one["name"].lower() == name), None
        )


def rewrite(html: str, names: frozenset[str], change: Callable[[StartTag], None]) -> str:
    """Return the HTML after `change` was called with each start tag of these names, in order."""

    def written(found: re.Match[str]) -> str:
        if found["tag"] is None or found["tag"].lower() not in names:
            return found[0]
        tag = StartTag(found)
        change(tag)
        return str(tag)

    # Nine tags in ten are others, most of them in highlighted code.
    return _markup(None if _TAG_IN_VALUE.search(html) else names).sub(written, html)


@cache
def _markup(names: frozenset[str] | None) -> re.Pattern[str]:
    first = "a-z" if names is None else "".join(sorted({name[0] for name in names}))
    tag = _ANY if names is None else rf"(?:{'|'.join(sorted(names))})(?=[\s/>])"
    return re.compile(_MARKUP % (_BEFORE_RAW + first, tag), re.DOTALL | re.IGNORECASE)
