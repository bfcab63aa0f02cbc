"""Levels of headings in a book: without gaps, as PDF/UA-1 (ISO 14289-1, 7.4.2) and readers' outlines want."""

from __future__ import annotations

from collections.abc import Sequence

from coursekit.pdf.html import Element

TAGS = {f"h{level}": level for level in range(1, 7)}


def headings(body: Element) -> list[Element]:
    """Return the headings that say something, in the order of the page."""
    return [element for element in body.walk() if element.tag in TAGS and says_something(element)]


def says_something(heading: Element) -> bool:
    """Tell whether a heading has a text or an image."""
    return bool(title(heading)) or any(element.tag in ("img", "svg", "math") for element in heading.walk())


def title(heading: Element) -> str:
    """Return a heading's text, without the theme's link to it."""
    return " ".join("".join(_texts(heading)).split())


def repaired(found: Sequence[Element], top: int) -> tuple[dict[int, int], list[Element]]:
    """Return the level of each heading by its `id()`, and the headings that skip one.

    The page's own title has level `top`; a heading below one of a lesser rank is one level below it, however
    many ranks its author left out.
    """
    levels: dict[int, int] = {}
    skipping: list[Element] = []
    above: list[int] = [1]  # ranks of the headings that the next may belong to; the title is one
    for heading in found:
        rank = max(TAGS[heading.tag], 2)  # a second h1 is a section of the page
        while above[-1] >= rank:
            above.pop()
        if rank > above[-1] + 1:
            skipping.append(heading)
        above.append(rank)
        levels[id(heading)] = top + len(above) - 1
    return levels, skipping


def _texts(element: Element) -> list[str]:
    found: list[str] = []
    for child in element.children:
        if isinstance(child, str):
            found.append(child)
        elif "headerlink" not in child.classes:
            found += _texts(child)
    return found
