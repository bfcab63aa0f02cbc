"""Blocks of code: coloured as on the site, and long lines continued on the next one with a mark."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coursekit.html_tree import Element
from coursekit.pdf import prose
from coursekit.pdf.syntax import array, boolean, call, joined

if TYPE_CHECKING:
    from coursekit.pdf.writer import Frame, Handler, Writer

# As template.typ has them: points around the code, and of a column. JetBrains Mono is 0.6 em wide.
PADDING = 16.0
COLUMN = 0.6 * 8.5
_TAB = 4  # columns
_ROWS = 20  # of a long line that Typst sets at once
_SIGN = re.compile(r"\W")
_SHORTEST = 16  # columns, however narrow the room

# Classes of Pygments (pygments.token.STANDARD_TYPES) by what they begin with, the longest first -> role.
_ROLES = {
    "nf": "name", "fm": "name", "nd": "name", "nc": "type", "ne": "type", "nn": "type", "nt": "keyword",
    "na": "attribute", "nb": "builtin", "bp": "builtin", "nv": "variable", "vc": "variable", "vg": "variable",
    "vi": "variable", "no": "variable", "nl": "variable", "ow": "keyword", "gd": "deleted", "gi": "inserted",
    "gh": "type", "gu": "type", "gp": "comment", "go": "comment", "gs": "keyword", "k": "keyword",
    "s": "string", "m": "number", "l": "string", "c": "comment",
}  # fmt: skip
_UNCOLOURED = frozenset({"l-Scalar-Plain", "ld"})


@dataclass(frozen=True, slots=True)
class _Line:
    pieces: list[tuple[str, str]]  # role, empty for plain text; text
    is_marked: bool  # the author draws attention to it


def _block(writer: Writer, element: Element, frame: Frame) -> list[str]:
    lines = _lines(element)
    columns = max(int((frame.width - PADDING) / COLUMN), _SHORTEST)
    written = [part for line in lines for part in _written(writer, line, columns)]
    return [call("code-block", array(written))]


def highlighted(writer: Writer, element: Element, frame: Frame) -> list[str]:
    """Write a block of the highlighter: a file's name above the code."""
    named = [one for one in element.elements if _is_file_name(one)]
    rest = [child for child in element.children if not any(child is one for one in named)]
    return _file_names(writer, named, frame) + writer.flow(rest, frame)


def numbered(writer: Writer, table: Element, frame: Frame) -> list[str] | None:
    """Write a table that only numbers the lines of some code as that code; None: it is another table."""
    if not any("highlighttable" in name for name in table.classes):
        return None
    inside = [one for cell in table.walk() if "code" in cell.classes for one in cell.walk()]
    code = next((one for one in inside if one.tag == "pre"), None)
    names = [one for one in table.walk() if _is_file_name(one)]
    return None if code is None else _file_names(writer, names, frame) + writer.block(code, frame)


def _file_names(writer: Writer, names: Sequence[Element], frame: Frame) -> list[str]:
    """Write what stands above code."""
    return [call("file-name", writer.inlines(one.children, frame)) for one in names]


def _is_file_name(element: Element) -> bool:
    return element.tag == "span" and "filename" in element.classes


def _written(writer: Writer, line: _Line, columns: int) -> Iterator[str]:
    """Yield the expressions of a line: very long ones are several to Typst."""
    parts: list[str] = []
    for number, row in enumerate(_rows(line.pieces, columns)):
        if number and number % _ROWS == 0:
            yield f"({boolean(line.is_marked)}, {joined(parts)})"
            parts = ["continuation"]
        elif number:
            parts.append("continued")
        for role, content in row:
            expression = joined(prose.text(content, writer.unshowable, longest=None))
            parts.append(call("code-" + role, expression) if role else expression)
    yield f"({boolean(line.is_marked)}, {joined(parts)})"


def _rows(pieces: list[tuple[str, str]], columns: int) -> Iterator[list[tuple[str, str]]]:
    """Break a line where it gets too long: behind a blank or a sign if there is one not far back."""
    row: list[tuple[str, str]] = []
    used = 0
    room = columns
    for role, content in pieces:
        start = 0
        while (end := _fitting(content, start, room - used)) < len(content):
            cut = _cut(content, start, end, at_start=not row)
            if cut > start:
                row.append((role, content[start:cut]))
                start = cut
            yield row
            row, used, room = [], 0, columns - 2  # the mark takes two columns
        if start < len(content):
            row.append((role, content[start:]))
            used += sum(map(_width, content[start:]))
    yield row


def _fitting(content: str, start: int, room: int) -> int:
    """Return where what fits into `room` columns ends."""
    used = 0
    for place in range(start, len(content)):
        used += _width(content[place])
        if used > room:
            return place
    return len(content)


def _cut(content: str, start: int, end: int, *, at_start: bool) -> int:
    """Return where to break what fits, behind one character at least at the start of a line."""
    signs = [match.end() for match in _SIGN.finditer(content, start, end)]
    if signs and signs[-1] - start >= (end - start) * 2 // 3:
        return signs[-1]
    return max(end, start + int(at_start))


def _lines(pre: Element) -> list[_Line]:
    """Return the lines of a `pre`, without the line break that ends it."""
    lines: list[_Line] = [_Line([], False)]
    for role, is_marked, content in _tokens(pre, "", False):
        for number, part in enumerate(content.replace("\r\n", "\n").split("\n")):
            if number:
                lines.append(_Line([], is_marked))
            if part:
                last = lines[-1]
                if is_marked and not last.is_marked:
                    last = lines[-1] = _Line(last.pieces, True)
                _add(last.pieces, role, part.expandtabs(_TAB))
    while len(lines) > 1 and not lines[-1].pieces:
        lines.pop()
    return lines


def _add(pieces: list[tuple[str, str]], role: str, content: str) -> None:
    """Add text to a line; blanks have no colour of their own."""
    if pieces and (pieces[-1][0] == role or not content.strip()):
        pieces[-1] = (pieces[-1][0], pieces[-1][1] + content)
    else:
        pieces.append((role, content))


def _tokens(element: Element, role: str, is_marked: bool) -> Iterator[tuple[str, bool, str]]:
    for child in element.children:
        if isinstance(child, str):
            yield role, is_marked, child
        elif child.tag == "br":
            yield role, is_marked, "\n"
        elif child.tag not in ("style", "script") and "linenos" not in child.classes:
            yield from _tokens(child, _role(child, role), is_marked or "hll" in child.classes)


def _role(element: Element, around: str) -> str:
    for name in element.classes:
        if name in _UNCOLOURED:
            return ""
        for length in (2, 1):
            if len(name) <= 3 and (role := _ROLES.get(name[:length])):
                return role
    return "" if element.tag == "span" and element.classes else around


def _width(char: str) -> int:
    if char.isascii():
        return 1
    if unicodedata.combining(char) or char in "\ufe0f\u200d\u200b":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


HANDLERS: dict[str, Handler] = {"pre": _block, "listing": _block}
