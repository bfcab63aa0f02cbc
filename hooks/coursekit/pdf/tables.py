"""Tables: a grid whose head is repeated; whatever raw HTML says of spans, every cell has a place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from coursekit.pdf.blocks import is_block
from coursekit.pdf.code_blocks import code_table, file_names
from coursekit.pdf.html import Element
from coursekit.pdf.syntax import array, call, joined

if TYPE_CHECKING:
    from coursekit.pdf.writer import Frame, Handler, Writer

_MOST_COLUMNS = 60  # more would leave less than a letter each
_INSET = 12.0  # points that a cell takes of its column, as template.typ has it; less where text is smaller
# Up to how many columns -> size of the text, of that around.
_SIZES = ((4, 0.92), (6, 0.84), (8, 0.74), (12, 0.64), (_MOST_COLUMNS, 0.54))
_FEW = 12  # lines
_ALIGN = re.compile(r"text-align:\s*(left|center|right)")


def _table(writer: Writer, element: Element, frame: Frame) -> list[str]:
    if code := code_table(element):
        names = [call("file-name", writer.inlines(one.children, frame)) for one in file_names(element)]
        return [*names, *writer.block(code, frame)]
    head, body = _rows(element)
    count = min(max((_width(row) for row in head + body), default=0), _MOST_COLUMNS)
    if not count:
        return []
    anchors = [label for row in head for label in writer.anchors(row)]  # a head is repeated
    size = next(size for most, size in _SIZES if count <= most)
    cell_frame = _cell_frame(frame, count, size)
    parts = [
        call("par", call("strong", writer.inlines(caption.children, frame)))
        for caption in element.elements
        if caption.tag == "caption"
    ]
    head_frame = replace(cell_frame, is_aside=True)
    heads = array(_cells(writer, head, count, head_frame, is_head=True))
    cells = array(_cells(writer, body, count, cell_frame, is_head=False))
    return [*anchors, *parts, call("grid-table", str(count), str(size), heads, cells)]


def _cell_frame(frame: Frame, count: int, size: float) -> Frame:
    """Return the room that each column has at least."""
    width = max(frame.width / count - _INSET * size, 1.0)
    return replace(frame, width=width, depth=frame.depth + 1, letter=frame.letter * size)


def _rows(table: Element) -> tuple[list[Element], list[Element]]:
    """Return the rows of the head and the others; rows of headings that open a table are its head."""
    head: list[Element] = []
    body: list[Element] = []
    foot: list[Element] = []
    for part in table.elements:
        rows = [row for row in part.elements if row.tag == "tr"]
        {"thead": head, "tfoot": foot}.get(part.tag, body).extend([part] if part.tag == "tr" else rows)
    body += foot
    while not head and body and (cells := body[0].elements) and all(cell.tag == "th" for cell in cells):
        head.append(body.pop(0))
    if any(
        _span(cell, "rowspan") > len(head) - number
        for number, row in enumerate(head)
        for cell in row.elements
    ):
        head, body = [], head + body  # heads of rows
    # Typst wants at least one row below a head that is repeated.
    return (head, body) if body else ([], head)


def _cells(writer: Writer, rows: list[Element], count: int, frame: Frame, *, is_head: bool) -> Iterator[str]:
    """Write cells with the spans that there is room for; every row is filled."""
    taken = [0] * count  # how many more rows each column is covered for
    for number, row in enumerate(rows):
        column = 0
        for cell in row.elements:
            while column < count and taken[column]:
                column += 1
            if column >= count:
                break
            across = _room(taken, column, _span(cell, "colspan"))
            down = min(_span(cell, "rowspan"), len(rows) - number)
            taken[column : column + across] = [down] * across
            yield _cell(writer, cell, frame, across, down, is_head=is_head)
            column += across
        for column in range(count):
            if not taken[column]:
                taken[column] = 1
                yield "cell(none, 1, 1, [])"
        taken = [rows_left - 1 for rows_left in taken]


def _cell(writer: Writer, cell: Element, frame: Frame, across: int, down: int, *, is_head: bool) -> str:
    style = cell.attributes.get("style", "") + ";text-align:" + cell.attributes.get("align", "")
    align = match[1] if (match := _ALIGN.search(style)) else "none"
    content = joined(writer.flow(cell.children, frame, tight=True))
    if cell.tag == "th" and not is_head:
        content = call("strong", content)
    arguments = [align, str(across), str(down), content]
    if _is_short(cell, frame):
        return call("cell", *arguments)
    return call("cell", *arguments, breakable="true")


def _is_short(cell: Element, frame: Frame) -> bool:
    """Tell whether a cell surely has few lines, so that its row need not break over pages."""
    has_blocks = any(is_block(child) or child.tag in ("img", "svg") for child in cell.walk()[1:])
    return not has_blocks and len(cell.text) * frame.letter < _FEW * frame.width


def _room(taken: list[int], column: int, wanted: int) -> int:
    """Return how many columns a cell may cover from `column` on."""
    free = 1
    while free < wanted and column + free < len(taken) and not taken[column + free]:
        free += 1
    return free


def _width(row: Element) -> int:
    return sum(_span(cell, "colspan") for cell in row.elements)


def _span(cell: Element, name: str) -> int:
    text = cell.attributes.get(name, "")
    return min(max(int(text), 1), 1000) if text.isascii() and text.isdigit() and len(text) < 9 else 1


HANDLERS: dict[str, Handler] = {"table": _table}
