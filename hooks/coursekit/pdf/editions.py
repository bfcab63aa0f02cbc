"""Editions of a course: with its corrections where they stand, at the end, or without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from coursekit.html_tree import Element
from coursekit.markdown.containers.callouts import CALLOUTS, Callouts
from coursekit.pdf import levels

Corrections = Literal["in-place", "at-end", "left-out"]

SPACE, REFERENCE = "answer-space", "correction-reference"  # what stands where a correction stood

_KIND = "correction"
_names = Callouts(CALLOUTS)


@dataclass(frozen=True, slots=True)
class Edition:
    """What becomes of corrections."""

    corrections: Corrections = "in-place"
    lines: int = 0  # to write on, where a correction is left out


@dataclass(frozen=True, slots=True)
class Taken:
    """A correction that stands elsewhere."""

    box: Element
    of: str  # title of the box around it, or the heading before it; empty without either


def take_out(body: Element, edition: Edition) -> list[Taken]:
    """Take the corrections out of a page as `edition` wants it; return those taken, in the page's order."""
    taken: list[Taken] = []
    if edition.corrections != "in-place":
        _take(body, edition, taken, "")
    return taken


def _take(element: Element, edition: Edition, taken: list[Taken], of: str) -> str:
    """Take them out of an element; return the heading that what follows is below."""
    for index, child in enumerate(element.children):
        if not isinstance(child, Element):
            continue
        if is_correction(child):
            taken.append(Taken(child, of))
            tag = SPACE if edition.corrections == "left-out" else REFERENCE
            element.children[index] = Element(tag, {"number": str(len(taken))})
        elif child.tag in levels.TAGS:
            of = levels.title(child)
        elif title := _box_title(child):
            _take(child, edition, taken, title)
        else:
            of = _take(child, edition, taken, of)
    return of


def _box_title(element: Element) -> str:
    """Return the title of a box, empty for any other element."""
    if element.tag != "details" and "admonition" not in element.classes:
        return ""
    titles = (one for one in element.elements if one.tag == "summary" or "admonition-title" in one.classes)
    return " ".join(next((one.text for one in titles), "").split())


def is_correction(element: Element) -> bool:
    """Tell whether an element is a box with a correction, or what raw HTML folds under such a name."""
    if element.tag not in ("details", "div"):
        return False
    if _KIND in element.classes:
        return True
    if element.tag == "div":
        return False
    summary = next((child for child in element.elements if child.tag == "summary"), None)
    words = summary.text.split() if summary else []
    return bool(words) and _names.box(words[0].strip(" :.,;!\u00a0")).kind == _KIND
