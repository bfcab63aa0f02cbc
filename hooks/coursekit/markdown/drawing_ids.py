"""Identifiers in inline SVG: unique on a page, so that no drawing takes its colours from another.

Drawing programs number theirs alike in every file (`a`, `gradient-0`): of two such drawings on one page, the
second would be painted with what the first defines, and a heading of that name could not be reached.
"""

from __future__ import annotations

import re
from collections import Counter

from markdown import Markdown
from markdown.postprocessors import Postprocessor

_DRAWING = re.compile(r"<svg\b.*?</svg\s*>", re.DOTALL | re.IGNORECASE)
_ID = re.compile(r"""(?<=\sid=)(["'])([^"'<>]+)\1""", re.IGNORECASE)
# All that refers to an identifier inside a drawing: `url(#a)`, `href="#a"`, `aria-labelledby="a b"`.
_REFERENCE = re.compile(
    r"""(?P<before>url\(\s*["']?\#|href=["']\#)(?P<one>[^"')\s]+)"""
    r"""|(?P<list>\saria-(?:labelledby|describedby)=["'])(?P<names>[^"']+)""",
    re.IGNORECASE,
)
_AFTER_RAW_HTML = 25  # Python-Markdown puts raw HTML back at 30


def register(md: Markdown) -> None:
    """Have each page's drawings told apart once it is HTML."""
    md.postprocessors.register(_UniqueIds(md), "coursekit_drawing_ids", _AFTER_RAW_HTML)


class _UniqueIds(Postprocessor):
    def run(self, text: str) -> str:
        return unique_ids(text)


def unique_ids(html: str) -> str:
    """Return the HTML with every identifier of a drawing that stands elsewhere too renamed: `a` to `a-2`."""
    if "<svg" not in html or not any("id=" in one.lower() for one in _DRAWING.findall(html)):
        return html
    counts = Counter(found[2] for found in _ID.finditer(html))
    if not any(count > 1 for count in counts.values()):
        return html
    taken = set(counts)
    outside = {found[2] for found in _ID.finditer(_DRAWING.sub("", html))}
    return _DRAWING.sub(lambda drawing: _renamed(drawing[0], outside, taken), html)


def _renamed(drawing: str, used: set[str], taken: set[str]) -> str:
    """Rename what is `used` already, and count the drawing's own identifiers as used from here on."""
    own = {found[2] for found in _ID.finditer(drawing)}
    names = {name: _free(name, taken) for name in sorted(own & used)}
    used |= own
    if not names:
        return drawing
    drawing = _ID.sub(lambda found: f"{found[1]}{names.get(found[2], found[2])}{found[1]}", drawing)
    return _REFERENCE.sub(lambda found: _repointed(found, names), drawing)


def _repointed(found: re.Match[str], names: dict[str, str]) -> str:
    if found["before"]:
        return f"{found['before']}{names.get(found['one'], found['one'])}"
    return found["list"] + " ".join(names.get(name, name) for name in found["names"].split())


def _free(name: str, taken: set[str]) -> str:
    number = 2
    while (free := f"{name}-{number}") in taken:
        number += 1
    taken.add(free)
    return free
