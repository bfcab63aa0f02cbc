"""The sections of all pages -> one small script, which a browser loads from any place, a folder too."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from coursekit.search.sections import Section


@dataclass(frozen=True, slots=True)
class Page:
    """A page that can be found."""

    url: str  # relative to the site's root
    title: str  # plain text
    tags: tuple[str, ...]
    description: str  # the author's own, empty without one
    sections: tuple[Section, ...]


def script(pages: Iterable[Page]) -> str:
    """Return the script that hands `courseSearch.index` the pages, always the same for the same pages.

    JSON `[[url, title, [tag], description, [[identifier, title, text]]]]`, in zlib's format (RFC 1950), in
    base64: browsers read all three, and a script element, unlike `fetch`, reads from `file:` too.
    """
    rows = [
        [
            page.url,
            page.title,
            page.tags,
            page.description,
            [[s.identifier, s.title, s.text] for s in page.sections],
        ]
        for page in pages
    ]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    packed = zlib.compress(text.encode("utf-8", "replace"), level=9)
    return f'(globalThis.courseSearch ??= {{}}).index = "{base64.b64encode(packed).decode()}";\n'
