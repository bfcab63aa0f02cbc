"""How long a page takes to read."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# Words a minute: adults read French texts at 195 ± 26 (Trauzettel-Klosinski & Dietz 2012, the IReST study).
WORDS_PER_MINUTE = 200
# Nobody reads a listing or a log word by word to its end: the rest of a block of code counts for nothing.
_CODE = 200  # words
# Seconds for the first picture, one less for each that follows, down to the last: as Medium counts.
_FIRST_PICTURE, _OTHER_PICTURES = 12, 3

_NOT_READ = "annotation, button, noscript, script, style, svg, template"
_FOLDED_AWAY = "details.correction, .headerlink, .footnote-backref, .linenos"


def minutes(html: str) -> int:
    """Return the minutes to read a page's content, at least 1; corrections, which are folded, take none."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - builds mostly know all of their pages

    body = LexborHTMLParser(html.encode("utf-8", "replace")).body
    if body is None:
        return 1
    _remove(body, _FOLDED_AWAY)
    pictures = len(body.css("img, figure svg, video, canvas"))
    _remove(body, _NOT_READ)
    words = 0
    for block in body.css("pre"):
        words += min(_words(block.text()), _CODE)
        block.decompose(recursive=True)
    words += _words(body.text())
    return max(1, math.ceil(words / WORDS_PER_MINUTE + _seconds(pictures) / 60 - 0.5))


def _remove(body: LexborNode, selector: str) -> None:
    for node in body.css(selector):
        node.decompose()


def _words(text: str) -> int:
    return sum(1 for word in text.split() if word[0].isalnum() or any(map(str.isalnum, word)))


def _seconds(pictures: int) -> int:
    slow = min(pictures, _FIRST_PICTURE - _OTHER_PICTURES)
    return slow * _FIRST_PICTURE - slow * (slow - 1) // 2 + (pictures - slow) * _OTHER_PICTURES
