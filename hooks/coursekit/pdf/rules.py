"""Rules between sections: on paper, headings and new pages separate already."""

from __future__ import annotations

from coursekit.pdf.html import Element
from coursekit.pdf.levels import TAGS


def take_out_idle(element: Element) -> None:
    """Take out the rules before a heading or another rule, and those that begin or end something."""
    kept: list[Element | str] = []
    is_idle = True  # whether a rule here would separate nothing from what follows
    for child in reversed(element.children):
        if isinstance(child, Element) and child.tag == "hr":
            if is_idle:
                continue
            is_idle = True
        elif isinstance(child, Element) and _shows(child):
            take_out_idle(child)
            is_idle = child.tag in TAGS
        elif isinstance(child, str) and child.strip():
            is_idle = False
        kept.append(child)
    shown = [child for child in kept if not isinstance(child, str) or child.strip()]
    if shown and isinstance(first := shown[-1], Element) and first.tag == "hr":
        kept.remove(first)
    element.children = kept[::-1]


def _shows(element: Element) -> bool:
    """Tell whether an element stands here; notes stand below the pages that call them."""
    return element.is_shown and not {"footnote", "footnotes"} & set(element.classes)
