"""Where a line quotes instead of speaking: code blocks, code spans, code tags and addresses.

Mojibake quoted on an otherwise sound page is an example, not damage. Whether a block of code is one is
told by its fence, or by its indentation where no list is open (four columns continue a list item).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

Spans = tuple[tuple[int, int], ...]  # offsets in the line, in characters; end exclusive

# Characters; searching longer lines for closing marks would take too long, and people write none.
_LONGEST_LINE = 20_000
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})")
_LIST_ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_INLINE = re.compile(
    r"(?P<ticks>(?<!`)`{1,8}(?!`)).{1,2000}?(?<!`)(?P=ticks)(?!`)"
    r"|<(?P<tag>code|kbd|samp|pre)\b[^<>]{0,200}>.{0,2000}?</(?P=tag)>"
    r"|[a-z]{2,8}://[^\s<>)]+",
    re.IGNORECASE,
)
_ABOUT_ENCODING = re.compile(
    r"mojibake|encod|d[ée]cod|utf-?8|latin-?1|iso-?8859|windows-?125|cp-?\d{3,4}|unicode|charset"
    r"|jeux? de caract",
    re.IGNORECASE,
)
# What a page that shows mojibake on purpose hardly avoids saying somewhere.
_MAY_SHOW_DAMAGE = re.compile(
    r"caract[èe]re|accent|ascii|octet|unicode|corrig|corromp|ab[îi]m|illisible|bizarre|garbled|corrupt|broken",
    re.IGNORECASE,
)


def quoted_spans(lines: Iterable[str]) -> Iterator[Spans]:
    """Yield, for each line, the stretches of it that are quoted."""
    fence = ""
    in_list = after_blank = False
    for line in lines:
        opening = _FENCE.match(line)
        whole: Spans = ((0, len(line)),)
        if fence:
            yield whole
            if opening and opening[1].startswith(fence) and not line[opening.end() :].strip("`~ \t\r"):
                fence = ""
        elif opening:
            fence = opening[1]
            yield whole
        elif after_blank and not in_list and line.startswith(("    ", "\t")) and line.strip(" \t\r"):
            yield whole
            continue  # the next line may go on with the block
        else:
            yield tuple(m.span() for m in _INLINE.finditer(line)) if _may_quote(line) else ()
        blank = not line.strip(" \t\r")
        after_blank = blank
        if not blank:
            in_list = bool(_LIST_ITEM.match(line)) or (in_list and line[0] in " \t")


def _may_quote(line: str) -> bool:
    return len(line) <= _LONGEST_LINE and not line.isascii() and ("`" in line or "<" in line or "://" in line)


def speaks_of_encoding(text: str) -> bool:
    """Tell whether a text is about character encodings."""
    return _ABOUT_ENCODING.search(text) is not None


def may_show_damage(text: str) -> bool:
    """Tell whether a page may show damaged text on purpose."""
    return speaks_of_encoding(text) or _MAY_SHOW_DAMAGE.search(text) is not None
