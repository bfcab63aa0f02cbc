"""The front matter of a site's pages, which several stages ask for: read once a text, over all builds."""

from __future__ import annotations

from coursekit.cache import remembered
from coursekit.markdown import front_matter
from coursekit.markdown.front_matter import Page

_as_json = remembered(front_matter.as_json)


def split(text: str) -> Page:
    """Split a file's text into front matter and Markdown body, as `front_matter.split` does; never raises."""
    known = _as_json(text)
    return front_matter.from_json(known, text) if known else front_matter.split(text)
