"""Code kept from extensions that work on the source before it is parsed: snippets' and critic's marks.

A character that no text holds (U+FDD0, a noncharacter: Unicode 16, section 23.7) is put inside each mark that
stands in code, and taken out once those extensions are done.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from coursekit.markdown.options import Options

if TYPE_CHECKING:
    from markdown_it.token import Token

_GUARD = "\ufdd0"
# Places between two characters of a mark: `--8<--`, critic's openings `{++`, `{--`, `{~~`, `{==`, `{>>`, its
# closings `++}`, …, and its `~>`.
_CRITIC = r"\+\+|--|~~|==|>>"
_ESCAPED = re.compile(rf"(?<=\\\{{)(?={_CRITIC})")
_MARK = re.compile(rf"(?<=8)(?=<-)|(?<=\{{)(?={_CRITIC})|(?<=[+\-~=<])(?=\}})|(?<=~)(?=>)")


def shielded(text: str, options: Options) -> str:
    """Return `text` with the marks that stand in its code, or are escaped, made harmless."""
    if not _MARK.search(text):
        return text
    from coursekit.markdown.parser import parser  # noqa: PLC0415 - few pages have such marks

    lines = text.split("\n")
    for token in parser().parse(text + "\n", {"options": options}):
        if not token.map:
            continue
        start, end = token.map
        if token.type in ("fence", "code_block"):
            lines[start:end] = [_MARK.sub(_GUARD, line) for line in lines[start:end]]
        elif token.type == "inline" and token.children:
            lines[start:end] = _guard_spans("\n".join(lines[start:end]), token.children).split("\n")
    return _ESCAPED.sub(_GUARD, "\n".join(lines))


def unshielded(text: str) -> str:
    """Return `text` without what `shielded` put in."""
    return text.replace(_GUARD, "")


def _guard_spans(source: str, children: Sequence[Token]) -> str:
    """Guard the marks in the code spans among `children`, which stand in `source` in this order."""
    flat = source.replace("\n", " ")  # as a code span shows its line ends
    parts: list[str] = []
    done = 0
    for child in children:
        if child.type == "code_inline" and _MARK.search(child.content):
            # Behind its backquotes, which may have a blank: the same words may also stand outside of code.
            opened = [flat.find(quote + child.content, done) for quote in ("`", "` ")]
            if found := [start for start in opened if start >= 0]:
                start, end = min(found), min(found) + len(child.content) + 2
                parts += source[done:start], _MARK.sub(_GUARD, source[start:end])
                done = end
    return "".join(parts) + source[done:]
