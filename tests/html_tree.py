"""HTML as browsers read it, made comparable: what differs only in how it is written is the same."""

from __future__ import annotations

import re
from typing import Any

import html5lib

Node = tuple[Any, ...] | str  # (tag, attributes, children) or text
_INLINE = frozenset(
    {"a", "abbr", "b", "code", "del", "em", "i", "img", "input", "kbd", "q", "small", "span", "strong", "sub",
     "sup", "svg", "u"}
)  # fmt: skip


def tree(html: str, *, without: frozenset[str] = frozenset()) -> list[Node]:
    """Return the nodes of a fragment.

    Blanks fold outside `pre` and go where no browser shows them, at the edges of blocks; attributes named in
    `without` are left out.
    """
    root = html5lib.parseFragment(html.strip(), namespaceHTMLElements=False)
    return _trimmed(_children(root, without, pre=False), edges=True)


def _node(element: Any, without: frozenset[str], *, pre: bool) -> Node:
    if not isinstance(element.tag, str):
        return ("!", (element.text,), ())  # a comment
    kept = tuple(sorted((name, value) for name, value in element.attrib.items() if name not in without))
    pre = pre or element.tag in ("pre", "textarea", "script", "style")
    children = _children(element, without, pre=pre)
    if not pre:
        children = _trimmed(children, edges=element.tag not in _INLINE)
    return (element.tag, kept, tuple(children))


def _children(element: Any, without: frozenset[str], *, pre: bool) -> list[Node]:
    nodes: list[Node] = []
    for text, child in [(element.text, None), *((child.tail, child) for child in element)]:
        if child is not None:
            nodes.append(_node(child, without, pre=pre))
        if text:
            nodes.append(text if pre else re.sub(r"[ \t\n]+", " ", text))
    return nodes


def _trimmed(nodes: list[Node], *, edges: bool) -> list[Node]:
    """Return an element's children without the blanks beside blocks, and at its edges when it is one."""
    kept: list[Node] = []
    for index, node in enumerate(nodes):
        shown = node
        if isinstance(node, str):
            if _is_block(nodes[index - 1]) if index else edges:
                shown = node.lstrip(" ")
            if _is_block(nodes[index + 1]) if index < len(nodes) - 1 else edges:
                shown = str(shown).rstrip(" ")
        if shown:
            kept.append(shown)
    return kept


def _is_block(node: Node) -> bool:
    return not isinstance(node, str) and node[0] not in _INLINE
