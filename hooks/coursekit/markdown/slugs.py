"""Heading identifiers as GitHub, Astro and most CommonMark sites make them, so that an author's anchors hold.

Source of the rule: github-slugger 2 (lower case; only letters, marks, numbers, connectors, `-` and blanks are
kept; each blank becomes `-`; a repeated slug gets `-1`, `-2`, …). One departure: the variation selectors that
follow emoji are dropped, since nobody can type them into a link.
"""

from __future__ import annotations

import functools
import unicodedata


class Slugger:
    """Makes identifiers that are unique on one page."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def slug(self, text: str) -> str:
        """Return a free identifier for the heading `text`."""
        base = slugify(text) or "section"
        slug = base
        while slug in self._used:
            self._used[base] += 1
            slug = f"{base}-{self._used[base]}"
        self._used[slug] = 0
        return slug

    def reserve(self, identifier: str) -> None:
        """Keep an identifier that the author chose from being given to another heading."""
        self._used.setdefault(identifier, 0)


def slugify(text: str) -> str:
    """Return the GitHub-style slug of `text`; empty when nothing of it can be kept."""
    return "".join(filter(_kept, text.lower())).replace(" ", "-")


@functools.lru_cache(4096)
def _kept(char: str) -> bool:
    if char in "- ":
        return True
    if "\ufe00" <= char <= "\ufe0f":
        return False
    category = unicodedata.category(char)
    return category[0] in "LMN" or category == "Pc"
