"""What a page is about, in a line: for search engines, shared links, and lists of pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

LENGTH = 160  # characters; search engines show about as many
# Drawings, sources of formulas, and what is folded or in boxes introduce nothing.
_NO_PROSE = [
    "annotation",
    "aside",
    "button",
    "details",
    "figure",
    "iframe",
    "noscript",
    "script",
    "style",
    "svg",
    "table",
    "template",
]
_NOT_THE_PAGES_OWN = ".headerlink, .admonition, .footnote, .footnote-ref, .highlight, pre, nav, h1"
_SHORTEST = 40  # characters; below, « Bonjour. » or « Voir aussi : » says too little when longer text follows


def summary(html: str, length: int = LENGTH) -> str:
    """Return the first paragraph of a page's content as plain text, cut at a word; empty for an empty page.

    A paragraph further down than the first section introduces a detail: such a page is summed up by its
    sections, one without sections by its first words.
    """
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - builds mostly know all of their pages

    tree = LexborHTMLParser(html.encode("utf-8", "replace"))
    body = tree.body
    if body is None:
        return ""
    tree.strip_tags(_NO_PROSE, recursive=True)
    for node in body.css(_NOT_THE_PAGES_OWN):
        node.decompose(recursive=True)
    first = next(filter(_is_introduction, map(_text, _opening_paragraphs(body))), "")
    sections = " · ".join(filter(None, map(_text, body.css("h2"))))
    return shortened(first or sections or _text(body), length)


def first_line(description: object, introduction: str) -> str:
    """Return the line under which lists show a page: its `description:`, else its summary."""
    return shortened(str(description)) if description else introduction


def shortened(text: str, length: int = LENGTH) -> str:
    """Return text on one line, of that many characters at most: cut after a whole word where there is one."""
    line = " ".join(text.split(maxsplit=length + 1)[: length + 1])
    if len(line) <= length:
        return line
    cut = line[:length]
    head, space, _ = cut.rpartition(" ")
    return f"{(head if space else cut[:-1]).rstrip(' ,;:–—(«')}…"


def _opening_paragraphs(body: LexborNode) -> Iterator[LexborNode]:
    sections = 0
    for node in body.iter():
        sections += node.tag == "h2"
        if sections > 1:
            return
        if node.tag == "p":
            yield node


def _is_introduction(text: str) -> bool:
    return len(text) >= _SHORTEST and text[-1] != ":"  # a colon introduces what follows it alone


def _text(node: LexborNode) -> str:
    return " ".join(node.text().split())
