"""Python-Markdown's search for inline patterns, linear in an element with very many children.

It looks up each child with text behind it in the list of all of them: ten thousand links in one paragraph
took it three seconds. While it runs, such children stand in groups. Where no extension left a pattern to look
for, as on most sites, it would only put every text back to where it is: it is left out.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor

_GROUP = 64  # children of one group, and the most that stand without one
_TAG = "coursekit-group"
_PRIORITY = 20  # Python-Markdown's own


def register(md: Markdown) -> None:
    """Put the search in the place of Python-Markdown's."""
    md.treeprocessors.register(_Search(md), "inline", _PRIORITY)


class _Search(InlineProcessor):
    def run(self, tree: etree.Element, ancestors: list[str] | None = None) -> etree.Element:
        if not self.inlinePatterns:
            return tree
        _group(tree)
        super().run(tree, ancestors)
        _set_free(tree)
        return tree


def _group(root: etree.Element) -> None:
    for element in list(root.iter()):
        if len(element) > _GROUP:
            children = list(element)
            groups = []
            for start in range(0, len(children), _GROUP):
                group = etree.Element(_TAG)
                group.extend(children[start : start + _GROUP])
                groups.append(group)
            element[:] = groups


def _set_free(root: etree.Element) -> None:
    for element in list(root.iter()):
        if len(element) and element[0].tag == _TAG:
            element[:] = [child for group in element for child in group]
