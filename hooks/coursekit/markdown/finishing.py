"""Python-Markdown's last passes over each page's elements, with the same outcome in half the time.

It looks up each tag in a list of sixty, and searches each text for escaped characters; toc puts together the
text of each element and of all that are in it, in search of its marker.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import PrettifyTreeprocessor, Treeprocessor, UnescapeTreeprocessor
from markdown.util import STX

_PRETTIFY, _UNESCAPE = 10, 0  # priorities, Python-Markdown's own
_BEFORE_TOC = 5.5


def register(md: Markdown) -> None:
    """Put these passes in the place of Python-Markdown's."""
    md.treeprocessors.register(_Prettify(md), "prettify", _PRETTIFY)
    md.treeprocessors.register(_Unescape(md), "unescape", _UNESCAPE)
    md.treeprocessors.register(_Marker(md), "coursekit_toc_marker", _BEFORE_TOC)


class _Prettify(PrettifyTreeprocessor):
    def run(self, root: Element) -> None:
        self._is_block = cache(self.md.is_block_level)
        super().run(root)

    def _prettifyETree(self, elem: Element) -> None:
        is_block = self._is_block
        if is_block(elem.tag) and elem.tag not in ("code", "pre"):
            if len(elem) and is_block(elem[0].tag) and not (elem.text and elem.text.strip()):
                elem.text = "\n"
            for child in elem:
                if is_block(child.tag):
                    self._prettifyETree(child)
        if not (elem.tail and elem.tail.strip()):
            elem.tail = "\n"


class _Unescape(UnescapeTreeprocessor):
    def run(self, root: Element) -> None:
        for elem in root.iter():
            if (text := elem.text) and STX in text and elem.tag != "code":
                elem.text = self.unescape(text)
            if (tail := elem.tail) and STX in tail:
                elem.tail = self.unescape(tail)
            for key, value in elem.items():
                if value and STX in value:
                    elem.set(key, self.unescape(value))


class _Marker(Treeprocessor):
    """Has toc search for its marker (`[TOC]`) only in a page that has it."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._marker: str | None = None  # as it was set; not known before the first page

    def run(self, root: Element) -> None:
        if "toc" not in self.md.treeprocessors:
            return
        toc: Any = self.md.treeprocessors["toc"]
        if self._marker is None:
            self._marker = toc.marker
        is_here = any(self._marker in element.text for element in root.iter() if element.text)
        toc.marker = self._marker if is_here else ""
