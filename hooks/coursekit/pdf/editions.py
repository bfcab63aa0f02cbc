"""Editions of a course: with its corrections where they stand, at the end, or without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from coursekit.markdown.containers.callouts import CALLOUTS, Callouts
from coursekit.pdf.html import Element

Corrections = Literal["in-place", "at-end", "left-out"]

SPACE, REFERENCE = "answer-space", "correction-reference"  # what stands where a correction stood

_KIND = "correction"
_names = Callouts(CALLOUTS)


@dataclass(frozen=True, slots=True)
class Edition:
    """What becomes of corrections."""

    corrections: Corrections = "in-place"
    lines: int = 0  # to write on, where a correction is left out


def take_out(body: Element, edition: Edition) -> list[Element]:
    """Take the corrections out of a page as `edition` wants it; return those taken, in the page's order."""
    taken: list[Element] = []
    if edition.corrections != "in-place":
        _take(body, edition, taken)
    return taken


def _take(element: Element, edition: Edition, taken: list[Element]) -> None:
    for index, child in enumerate(element.children):
        if not isinstance(child, Element):
            continue
        if is_correction(child):
            taken.append(child)
            tag = SPACE if edition.corrections == "left-out" else REFERENCE
            element.children[index] = Element(tag, {"number": str(len(taken))})
        else:
            _take(child, edition, taken)


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
