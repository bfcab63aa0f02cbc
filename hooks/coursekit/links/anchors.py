"""The places of a rendered page that a fragment can point at, whichever extension or plugin made them."""

from __future__ import annotations

import re
from html import unescape

# In rendered HTML, a `<` of text is always escaped: what begins with one is a tag.
_ID = re.compile(r"""<[a-z][^\s<>]*+(?:\s(?!id=)[^\s<>]*+)*+\sid=["']?([^"'\s>]+)""", re.IGNORECASE)
_NAME = re.compile(r"""<a(?:\s(?!name=)[^\s<>]*+)*+\sname=["']?([^"'\s>]+)""", re.IGNORECASE)


def anchors(rendered: str) -> list[str]:
    """Return, sorted, every `id` of a page's HTML, and the `name` of its links, as older pages have it."""
    found = (identifier for pattern in (_ID, _NAME) for identifier in pattern.findall(rendered))
    return sorted(set(map(unescape, found)))
