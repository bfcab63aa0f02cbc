"""Keep Python-Markdown's inline patterns linear in an element with very many children.

Its tree processor looks up each child with text behind it in the list of all of them: ten thousand links in
one paragraph took it three seconds. While it runs, such children stand in groups.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

_GROUP = 64  # children of one group, and the most that stand without one
_TAG = "coursekit-group"
# On both sides of Python-Markdown's `inline`, which has 20.
_BEFORE, _AFTER = 20.001, 19.999


def register(md: Markdown) -> None:
    """Group children before the inline patterns are looked for, and set them free afterwards."""
    md.treeprocessors.register(_Group(md), "coursekit_group", _BEFORE)
    md.treeprocessors.register(_Ungroup(md), "coursekit_ungroup", _AFTER)


class _Group(Treeprocessor):
    def run(self, root: etree.Element) -> None:
        for element in list(root.iter()):
            if len(element) > _GROUP:
                children = list(element)
                groups = []
                for start in range(0, len(children), _GROUP):
                    group = etree.Element(_TAG)
                    group.extend(children[start : start + _GROUP])
                    groups.append(group)
                element[:] = groups


class _Ungroup(Treeprocessor):
    def run(self, root: etree.Element) -> None:
        for element in list(root.iter()):
            if len(element) and element[0].tag == _TAG:
                element[:] = [child for group in element for child in group]
