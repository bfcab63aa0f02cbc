"""Where a line quotes instead of speaking: blocks of code, code spans and tags, addresses, formulas.

Mojibake quoted on an otherwise sound page is an example, not damage. Whether a block of code is one is
told by its fence, its tag or its indentation. On a page about encodings, what stands in quotation marks
and in block quotes is an example too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Characters; searching longer lines for closing marks would take too long, and people write none.
_LONGEST_LINE = 20_000
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})")
_LIST_ITEM = re.compile(r"([ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]{0,4})(?:[^ \t]|$)")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_PROMPT = re.compile(r"[ \t]*>>> ")
_BLOCK_QUOTE = re.compile(r" {0,3}>")
_VERBATIM = "pre|code|kbd|samp|tt|textarea|script|style"
_OPENING = re.compile(rf"<({_VERBATIM})\b[^<>]{{0,200}}>", re.IGNORECASE)
_LASTING = frozenset(("pre", "textarea", "script", "style"))  # blank lines do not end them
_MARKED = re.compile(r"[`<$@\\%]|/|\][(:]|\[\[|www\.|mailto:|--8<|\.\w")
_FILES = (
    "pdf|docx?|od[ts]|xlsx?|csv|txt|md|png|jpe?g|svg|gif|zip|t?gz|mp[34]|html?|py|js|sh|ya?ml|json|sql|log"
)
_INLINE = re.compile(
    r"(?P<ticks>(?<!`)`{1,8}(?!`)).{1,2000}?(?<!`)(?P=ticks)(?!`)"
    rf"|<(?P<tag>{_VERBATIM})\b[^<>]{{0,200}}>.{{0,2000}}?</(?P=tag)>"
    r"|(?:[a-z]{2,8}://|www\.|mailto:)[^\s<>)]+"
    r"|\]\(<[^<>]{0,500}>|\]\([^\s()]+"
    r"|^ {0,3}\[[^\[\]]{1,200}\]:[ \t]*\S+|\[\[[^\[\]]{1,200}\]\]|--8<--.{0,500}"
    r"|\b(?:src|href)=(?:(?P<quote>[\"']).{0,2000}?(?P=quote)|[^\s>]+)|\{%.{0,500}?%\}"
    r"|(?<!\w)[a-z]:\\\S+|(?<![\w<])~?/[^\s/]{1,100}/\S*|[^\s@]{1,64}@[\w.-]+"
    rf"|[^\s(«\"']{{1,100}}\.(?:{_FILES})\b"
    r"|(?<![\\\w$])\$(?! )[^$]{1,500}\$(?![\w$])",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"(?:^|\s)(?:#+|//+|%%|--|/\*+|<!--|REM)\s")
_CITED = re.compile(r"«[^»]{0,200}»|“[^”]{0,200}”|\"[^\"]{0,200}\"|(?<!\w)'[^']{0,200}'(?!\w)")
# Beginnings of words, in lower case; `in` is much faster than one pattern of them all. A page that says one
# of the first anywhere is about encodings …
_ABOUT_ENCODING = (
    *("mojibake", "latin-1", "latin1", "latin_1", "latin 1", "iso-8859", "iso8859", "iso_8859", "iso 8859"),
    *("windows-125", "cp125", "cp-125", "cp437", "cp850", "chcp", "iconv", "convmv", "getbytes"),
    *("jeu de caract", "jeux de caract", "page de code", "pages de code", "code page", "codepage"),
)
# … others may do so in passing, …
_SPEAKS_OF_ENCODING = ("encod", "décod", "decod", "utf-8", "utf8", "unicode", "charset", "collation")
# … and what shows damaged text on purpose hardly avoids one of these nearby.
_MAY_SHOW_DAMAGE = (
    *("caractère", "caractere", "caractã", "accent", "ascii", "corromp", "abîm", "abim", "illisible"),
    *("bizarre", "mal affich", "garbled", "corrupt", "broken"),
)


@dataclass(frozen=True, slots=True)
class Quotes:
    """What is quoted on one line."""

    spans: tuple[tuple[int, int], ...] = ()  # offsets, in characters; end exclusive
    in_block: bool = False  # whether the whole line is code

    def hold(self, at: int) -> bool:
        """Tell whether an offset is quoted."""
        return self.in_block or any(start <= at < end for start, end in self.spans)


_ALL = Quotes(in_block=True)
_NOTHING = Quotes()


def quotes_of(lines: Iterable[str], *, about_encoding: bool) -> Iterator[Quotes]:
    """Yield, for each line, what is quoted on it."""
    block = _Block()
    for line in lines:
        if block.takes(line):
            yield _ALL
        elif line.isascii():
            yield _NOTHING
        elif _PROMPT.match(line) or (about_encoding and _BLOCK_QUOTE.match(line)):
            yield _ALL
        else:
            yield _quotes_in(line, block.opened_at, about_encoding=about_encoding)


def _quotes_in(line: str, opened_at: int | None, *, about_encoding: bool) -> Quotes:
    if len(line) > _LONGEST_LINE:
        return _NOTHING
    spans = [match.span() for match in _INLINE.finditer(line)] if _MARKED.search(line) else []
    if about_encoding:
        spans += [match.span() for match in _CITED.finditer(line)]
    if opened_at is not None:
        spans.append((opened_at, len(line)))
    return Quotes(tuple(spans)) if spans else _NOTHING


def names_in(line: str) -> Quotes:
    """Return the names and addresses in a line of code, which must stay what they are."""
    return _quotes_in(line, None, about_encoding=False)


class _Block:
    """Follows blocks of code from line to line."""

    def __init__(self) -> None:
        self._fence = ""  # its marks, while one is open
        self._tag = ""  # its name, while one is open
        self._item = 0  # column where the text of the list item above begins
        self._may_indent = True  # whether indented code may begin on the next line
        self.opened_at: int | None = None  # where a tag was opened that this line does not close

    def takes(self, line: str) -> bool:
        """Tell whether a line is code as a whole; lines come in their order."""
        self.opened_at = None
        opening = _FENCE.match(line)
        if self._fence:
            if opening and opening[1].startswith(self._fence) and not line[opening.end() :].strip("`~ \t"):
                self._fence = ""
            return True
        if self._tag:
            return self._stays_in_tag(line)
        if opening:
            self._fence = opening[1]
            return True
        return self._takes_indented(line) or self._opens_tag(line)

    def _stays_in_tag(self, line: str) -> bool:
        if f"</{self._tag}" in line.lower() or not (line.strip(" \t") or self._tag in _LASTING):
            self._tag = ""
        return True

    def _takes_indented(self, line: str) -> bool:
        text = line.lstrip(" \t")
        if not text:
            self._may_indent = True
            return False
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip(" "))
        if self._may_indent and indent >= self._item + 4:
            return True
        self._may_indent = _HEADING.match(line) is not None
        if item := _LIST_ITEM.match(line):
            self._item = len(item[1].expandtabs(4))
        elif not indent:
            self._item = 0
        return False

    def _opens_tag(self, line: str) -> bool:
        """Take up a tag that the line leaves open; True when the line begins with it."""
        if "<" not in line or len(line) > _LONGEST_LINE:
            return False
        for opening in _OPENING.finditer(_INLINE.sub(lambda quoted: "x" * len(quoted[0]), line)):
            self._tag = opening[1].lower()
            self.opened_at = opening.start()
            return not line[: self.opened_at].strip(" \t")
        return False


def comment_in(line: str) -> int:
    """Return where a line of code begins to speak as prose does; its length when it does not."""
    comment = _COMMENT.search(line)
    return comment.end() if comment else len(line)


def is_about_encoding(text: str) -> bool:
    """Tell whether a text treats character encodings."""
    return _says(text, _ABOUT_ENCODING)


def speaks_of_encoding(text: str) -> bool:
    """Tell whether a text mentions character encodings."""
    return _says(text, _ABOUT_ENCODING + _SPEAKS_OF_ENCODING)


def may_show_damage(text: str) -> bool:
    """Tell whether damaged text may be shown on purpose right where this is said."""
    return _says(text, _MAY_SHOW_DAMAGE)


def _says(text: str, words: tuple[str, ...]) -> bool:
    lowered = text.lower()
    return any(word in lowered for word in words)
