"""Books made of a few lines of HTML, and their PDFs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from coursekit.pdf.book import Book, Course, Look, Page
from coursekit.pdf.chapters import Options
from coursekit.pdf.part import Part
from coursekit.pdf.press import press
from coursekit.pdf.typesetting import Typeset, typeset

URL = "https://cours.example/"
NOON = 1_700_000_000  # seconds since 1970
_ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M4 4h16v16H4z"/></svg>'


def site(*contents: str, title: str = "Cours", **fields: Any) -> tuple[Book, Part]:
    """Return a site whose pages `p1/`, `p2/`… have these contents, and the part that is all of it."""
    pages = tuple(
        Page(f"docs/p{number}.md", f"p{number}/", f"Page {number}", html, **fields)
        for number, html in enumerate(contents, 1)
    )
    looks = {name: Look("#0369a1", _ICON) for name in ("tip", "note", "warning", "exo")}
    book = Book(title, URL, (Course("", "", pages),), looks=looks)
    return book, Part("site", title, book.courses)


def made(
    book: Book,
    part: Part,
    folder: Path,
    options: Options | None = None,
    *,
    images: Mapping[str, bytes] | None = None,
    standards: Sequence[str] = ("ua-1",),
) -> Typeset:
    """Return the document, as PDF/UA-1 wants it; `images` are by the file that the book names."""

    def pressed(files: Mapping[str, bytes], main: str, *, checked: bool = True) -> bytes:
        return press(files, main, folder, standards=standards if checked else [], timestamp=NOON)

    return typeset(book, part, options or Options(depth=0), (images or {}).get, pressed)


def digest(data: bytes) -> str:
    """Return what tells two files apart, short enough to be read in a failure."""
    return hashlib.sha256(data).hexdigest()[:16]
