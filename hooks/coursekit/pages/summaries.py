"""What a page is about, in a line: for search engines, shared links, and lists of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

LENGTH = 160  # characters; search engines show about as many
# Drawings, sources of formulas, and what is folded or in boxes introduce nothing.
_NO_PROSE = ", ".join(
    (
        *("annotation", "aside", "button", "details", "figure", "h1", "iframe", "nav", "noscript", "pre"),
        *("script", "style", "svg", "table", "template"),
        *(".headerlink", ".admonition", ".footnote", ".footnote-ref", ".highlight"),
    )
)
_SHORTEST = 40  # characters; below, « Bonjour. » or « Voir aussi : » says too little when longer text follows


def summary(html: str, length: int = LENGTH) -> str:
    """Return the first paragraph of a page's content as plain text, cut at a word; empty for an empty page.

    A paragraph further down than the first section introduces a detail: such a page is summed up by its
    sections, one without sections by its first words.
    """
    opening = _opening(html)
    body = _prose(opening)
    first = _introduction(body)
    if not first and opening != html:
        body = _prose(html)
        first = _introduction(body)
    if first or body is None:
        return shortened(first, length)
    sections = " · ".join(filter(None, map(_text, body.css("h2"))))
    return shortened(sections or _text(body), length)


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


def _opening(html: str) -> str:
    """Return the content up to its second section, which is a small part of most pages."""
    second = html.find("<h2", html.find("<h2") + 1)
    return html[:second] if second > 0 else html


def _prose(html: str) -> LexborNode | None:
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - builds mostly know all of their pages

    body = LexborHTMLParser(html.encode("utf-8", "replace")).body
    for node in body.css(_NO_PROSE) if body is not None else ():
        node.decompose()
    return body


def _introduction(body: LexborNode | None) -> str:
    """Return the first paragraph that introduces something; empty without one before the second section."""
    sections = 0
    for node in body.iter() if body is not None else ():
        sections += node.tag == "h2"
        if sections > 1:
            break
        if node.tag == "p" and _is_introduction(text := _text(node)):
            return text
    return ""


def _is_introduction(text: str) -> bool:
    return len(text) >= _SHORTEST and text[-1] != ":"  # a colon introduces what follows it alone


def _text(node: LexborNode) -> str:
    return " ".join(node.text().split())
