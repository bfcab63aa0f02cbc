"""Rendered HTML as a tree: what a browser would build of a page's content."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# What stands deeper hangs on its last ancestor above: no page needs more, and no reader recurses too far.
DEEPEST = 60
_SILENT = frozenset(
    {"script", "style", "template", "head", "title", "meta", "link", "base", "param", "noscript"}
)
HIDING = re.compile(r"\bdisplay\s*:\s*none\b", re.IGNORECASE)


@dataclass(slots=True)
class Element:
    """One element of HTML, SVG or MathML, names in the case that their standards give them."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """Return the classes, in the order written."""
        return self.attributes.get("class", "").split()

    @property
    def elements(self) -> list[Element]:
        """Return the children that are elements."""
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def is_shown(self) -> bool:
        """Tell whether it shows anything: it is no part of the page's machinery, and not hidden."""
        style = self.attributes.get("style", "")
        return not (self.tag in _SILENT or "hidden" in self.attributes or HIDING.search(style))

    @property
    def text(self) -> str:
        """Return all text inside, in the order of the page."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def walk(self) -> list[Element]:
        """Return this element and all elements inside, in the order of the page."""
        found = [self]
        for child in self.elements:
            found += child.walk()
        return found


def parse(html: str) -> Element:
    """Return the `body` that a browser would build of `html`: any text makes one, comments are left out."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - builds mostly know all of their pages

    body = Element("body")
    # lexbor gives no body for an empty text; lone surrogates cannot be encoded.
    parsed = LexborHTMLParser(html.encode("utf-8", "replace")).body
    if parsed is not None and parsed.child is not None:
        _fill(body, parsed.child)
    return body


def _fill(root: Element, first: LexborNode) -> None:
    """Copy `first` and what follows it into `root`, without recursion: pages nest as deep as they like."""
    open_nodes: list[LexborNode] = []  # those whose children are being read
    open_elements = [root]
    node: LexborNode | None = first
    while node is not None:
        if node.is_text_node:
            open_elements[-1].children.append(node.text_content or "")
        elif node.is_element_node:
            element = Element(node.tag or "", {name: value or "" for name, value in node.attributes.items()})
            open_elements[-1].children.append(element)
            if node.child is not None:
                open_nodes.append(node)
                open_elements.append(element if len(open_nodes) < DEEPEST else open_elements[-1])
                node = node.child
                continue
        while node.next is None and open_nodes:
            node = open_nodes.pop()
            open_elements.pop()
        node = node.next
