r"""Typst's code, made of values: what a page says only ever stands in string literals.

Everything is an expression of Typst's code mode, never of its markup, so that no character of a page means
anything: in a string literal only `\` and `"` do (https://typst.app/docs/reference/foundations/str/).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

LONG = 5_000  # characters of code, some five hundred words
_MOST = 40_000  # characters of code in one paragraph
EMPTY = "[]"
# Controls would end up in the PDF as boxes, and noncharacters and surrogates are no text.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def printable(text: str) -> str:
    """Return `text` without what is no text."""
    return _UNPRINTABLE.sub("", text)


def string(text: str) -> str:
    """Return `text` as a string literal; no font has a glyph for tabs."""
    text = printable(text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + text.replace("\n", "\\n").replace("\t", " ") + '"'


def call(name: str, *arguments: str, **named: str) -> str:
    """Return the call of a function of Typst's or of our template: arguments are expressions already."""
    parts = [*arguments, *(f"{key.replace('_', '-')}: {value}" for key, value in named.items())]
    return f"{name}({', '.join(parts)})"


def joined(parts: Iterable[str]) -> str:
    """Return the expression of one content made of several."""
    expressions = [part for part in parts if part]
    if not expressions:
        return EMPTY
    return expressions[0] if len(expressions) == 1 else "{" + "; ".join(expressions) + "}"


def paragraph(expression: str) -> str:
    """Return a paragraph; where a long one breaks best would take minutes to find out."""
    if len(expression) < LONG:
        return call("par", expression)
    return call("par", expression, linebreaks=string("simple"))


def chunks(parts: Iterable[str]) -> Iterator[list[str]]:
    """Divide very many expressions: Typst's time for one paragraph grows with their square under PDF/UA."""
    chunk: list[str] = []
    size = 0
    for part in parts:
        if size > _MOST:
            yield chunk
            chunk, size = [], 0
        chunk.append(part)
        size += len(part)
    if chunk:
        yield chunk


def sequence(parts: Sequence[str]) -> str:
    """Return a row of a formula: symbols with no content before them would join to a string."""
    if not parts:
        return EMPTY
    return parts[0] if len(parts) == 1 else "{" + "; ".join([EMPTY, *parts]) + "}"


def boolean(value: bool) -> str:
    """Return `value` as Typst writes it."""
    return "true" if value else "false"


def array(items: Iterable[str]) -> str:
    """Return the array of some expressions."""
    return "(" + "".join(f"{item}, " for item in items) + ")"


def points(value: float) -> str:
    """Return a length, in typographic points."""
    return f"{value:.2f}pt"
