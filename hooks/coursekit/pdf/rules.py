"""Rules between sections: on paper, headings and new pages separate already."""

from __future__ import annotations

from coursekit.html_tree import Element
from coursekit.pdf.levels import TAGS

_SEPARATING = frozenset(TAGS) | {"hr"}


def take_out_idle(element: Element) -> None:
    """Take out the rules beside a heading or another rule, and those that begin or end something."""
    shown = [child for child in element.children if _shows(child)]
    idle: set[int] = set()
    before = "hr"
    for number, child in enumerate(shown):
        tag = child.tag if isinstance(child, Element) else ""
        after = shown[number + 1] if number + 1 < len(shown) else child
        if tag == "hr" and (before in _SEPARATING or _separates(after)):
            idle.add(id(child))
        else:
            before = tag
        if isinstance(child, Element):
            take_out_idle(child)
    element.children = [child for child in element.children if id(child) not in idle]


def _separates(node: Element | str) -> bool:
    return isinstance(node, Element) and node.tag in _SEPARATING


def _shows(node: Element | str) -> bool:
    """Tell whether something stands here; notes stand below the pages that call them."""
    if isinstance(node, str):
        return bool(node.strip())
    return node.is_shown and not {"footnote", "footnotes"} & set(node.classes)
