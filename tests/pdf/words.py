"""How much of what a page shows stands in its PDF: visible words, in order, as another program reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Any

import html5lib
import pypdfium2

# Elements that end a word (HTML 15.3, display other than inline), and cells.
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "col",
     "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
     "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "iframe", "img", "input",
     "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "option", "p", "plaintext",
     "pre", "search", "section", "select", "summary", "svg", "table", "tbody", "td", "textarea", "tfoot",
     "th", "thead", "tr", "ul", "xmp"}
)  # fmt: skip
# What no browser shows as text of the page, or shows otherwise: drawings and formulas are measured apart.
_UNSEEN = frozenset(
    {"area", "audio", "base", "canvas", "datalist", "embed", "head", "iframe", "link", "math", "meta",
     "noembed", "noframes", "noscript", "object", "param", "rp", "script", "source", "style", "svg",
     "template", "title", "track", "video"}
)  # fmt: skip
_UNSEEN_CLASSES = frozenset({"headerlink", "footnote-backref", "linenos", "md-tags"})
_MOVED = {"footnote": "li", "tabbed-labels": "label"}  # what is in which class
_ZERO_WIDTH = re.compile(
    "[\x00\x01\x03-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff]"
)
# PDFium gives U+FFFE or U+0002 for any hyphen that ends a line, written or not; others U+00AD for those of
# hyphenation.
_HANGING = 5.5  # points
_HYPHEN = "\ufffe"
_AT_LINE_END = re.compile("[\xad\ufffe\x02][ \t]*\r?\n?")
_PIECE = re.compile(r"\w+|[^\w\s]")  # blanks beside signs are as readers guess them


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a PDF has of a page."""

    words: int  # that the page shows
    lost: tuple[str, ...]  # those that the PDF does not have, in the page's order

    @property
    def share(self) -> float:
        """Return the part of the words that is found, 1.0 for a page without any."""
        return 1 - len(self.lost) / self.words if self.words else 1.0


def coverage(html: str, text: str) -> Coverage:
    """Compare a page's content with the text that a reader gets from its PDF.

    Notes stand at the end of a web page and below the text that calls them in a book, labels of tabs beside
    each other and above their panels: each is looked for on its own.
    """
    root = html5lib.parseFragment(html, namespaceHTMLElements=False)
    moved = [
        item
        for one in root.iter()
        for name, tag in _MOVED.items()
        if name in _classes(one)
        for item in one.iter(tag)
    ]
    flows = [_words(root, frozenset(map(id, moved))), *(_words(one, frozenset()) for one in moved)]
    tokens = _PIECE.findall(plain(text))
    lost = [word for flow in flows for word in missing(flow, tokens)]
    return Coverage(sum(map(len, flows)), tuple(lost))


def missing(words: Sequence[str], tokens: Sequence[str]) -> list[str]:
    """Return the words that `tokens` have not in this order; lines may end, and blanks fail, inside one."""
    pieces = [(piece, number) for number, word in enumerate(words) for piece in _PIECE.findall(word)]
    whole = [token.replace(_HYPHEN, "-") for token in tokens]
    matcher = SequenceMatcher(None, [piece for piece, _ in pieces], whole, autojunk=False)
    lost: set[int] = set()
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind not in ("equal", "insert"):
            lost.update(_missing_in_gap(pieces[start:end], tokens[first:last]))
    return [words[number] for number in sorted(lost)]


def plain(text: str) -> str:
    """Return a reader's text without line ends inside words, where `_HYPHEN` stays, and what has no width."""
    return _bare(_AT_LINE_END.sub(_HYPHEN, text))


def page_texts(pdf: bytes, *, top: float = 66.0, bottom: float = 60.0) -> list[str]:
    """Return the text of each page between its running head and foot, whose heights are in points."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts: list[str] = []
        for page in document:
            text = page.get_textpage()
            texts.append(text.get_text_bounded(bottom=bottom, top=page.get_height() - top))
            text.close()
            page.close()
    return texts


def chapter_texts(pdf: bytes, level: int = 0) -> list[str]:
    """Return the text of each chapter: an entry of the outline that has `level`, on a new page."""
    texts = page_texts(pdf)
    with pypdfium2.PdfDocument(pdf) as document:
        starts = [
            place.get_index()
            for entry in document.get_toc()
            if entry.level == level and (place := entry.get_dest()) is not None
        ]
    return ["\n".join(texts[start:end]) for start, end in zip(starts, [*starts[1:], len(texts)], strict=True)]


def beyond_margins(pdf: bytes, margin: float) -> list[str]:
    """Return what of the text stands further out than `margin` points from the edges of its page.

    Blanks at the end of a line may, and so may signs that hang in the margin by a fraction of an em.
    """
    found: list[str] = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text, width = page.get_textpage(), page.get_width()
            for number in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(number)
                if left < margin - _HANGING or right > width - margin + _HANGING:
                    found.append(text.get_text_bounded(left, bottom, right, top))
    return found


def _missing_in_gap(pieces: Sequence[tuple[str, int]], tokens: Sequence[str]) -> Iterator[int]:
    """Yield the numbers of pieces that are no run of characters from, or up to, the edge of a token."""
    joined = "".join(tokens)
    edges = {0, *accumulate(map(len, tokens))}
    edges.update(place for hyphen in re.finditer(_HYPHEN, joined) for place in hyphen.span())
    at = 0
    for piece, number in pieces:
        chars = (f"[{_HYPHEN}-]" if char == "-" else re.escape(char) for char in piece)
        written = re.compile(f"{_HYPHEN}?".join(chars))
        match = written.search(joined, at)
        while match and not edges & {match.start(), match.end()}:
            match = written.search(joined, match.start() + 1)
        if match:
            at = match.end()
        else:
            yield number


def _words(element: Any, elsewhere: frozenset[int]) -> list[str]:
    words = (_bare(word) for word in "".join(_shown(element, elsewhere)).split())
    return [word for word in words if _PIECE.search(word)]


def _shown(element: Any, elsewhere: frozenset[int]) -> Iterator[str]:
    """Yield the text of an element as a browser shows it, with blanks where a line or a cell ends."""
    edge = "\n" if _name(element) in _BLOCKS else ""
    yield edge
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and id(child) not in elsewhere and not _is_unseen(child):
            yield from _shown(child, elsewhere)
        elif isinstance(child.tag, str) and _name(child) in _BLOCKS:
            yield "\n"
        if child.tail:
            yield child.tail
    yield edge


def _name(element: Any) -> str:
    """Return an element's name without the namespace that html5lib gives drawings and formulas."""
    return str(element.tag).rpartition("}")[2]


def _is_unseen(element: Any) -> bool:
    style = re.sub(r"\s", "", element.get("style", ""))
    return (
        _name(element) in _UNSEEN
        or element.get("hidden") is not None
        or bool(_UNSEEN_CLASSES & _classes(element))
        or "display:none" in style
    )


def _classes(element: Any) -> set[str]:
    return set(element.get("class", "").split()) if isinstance(element.tag, str) else set()


def _bare(text: str) -> str:
    return _ZERO_WIDTH.sub("", text)
