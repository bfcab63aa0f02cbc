"""Levels of headings in a book: without gaps, as PDF/UA-1 (ISO 14289-1, 7.4.2) and readers' outlines want."""

from __future__ import annotations

from coursekit.html_tree import Element
from coursekit.pdf.prose import says_something
from coursekit.pdf.svg import alternative
from coursekit.pdf.syntax import printable

TAGS = {f"h{level}": level for level in range(1, 7)}


class Levels:
    """The levels of a chapter's headings, in the order in which they are written."""

    def __init__(self, top: int) -> None:
        """Begin below a title of level `top`."""
        self.top = top
        self._above = [1]  # ranks of the headings that the next may belong to; the title is one

    def next(self, heading: Element) -> tuple[int, bool]:
        """Return the level of the next heading, and whether its author left one out.

        A heading below one of a lesser rank is one level below it, however many ranks its author left out.
        """
        rank = max(TAGS[heading.tag], 2)  # a second h1 is a section of the page
        while self._above[-1] >= rank:
            self._above.pop()
        is_skipping = rank > self._above[-1] + 1
        self._above.append(rank)
        return self.top + len(self._above) - 1, is_skipping


def title(heading: Element) -> str:
    """Return a heading's text, without the theme's link to it; images say their own. Empty if none shows."""
    text = " ".join(printable("".join(_texts(heading))).split())
    return text if says_something(text) else ""


def _texts(element: Element) -> list[str]:
    found: list[str] = []
    for child in element.children:
        if isinstance(child, str):
            found.append(child)
        elif child.tag == "img":
            found.append(child.attributes.get("alt", ""))
        elif child.tag == "svg":
            found.append(alternative(child))
        elif child.is_shown and "headerlink" not in child.classes:
            found += _texts(child)
    return found
