"""Tables: a grid whose head is repeated; every cell has its place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coursekit.html_tree import Element
from coursekit.pdf import messages
from coursekit.pdf.blocks import is_block
from coursekit.pdf.code_blocks import numbered
from coursekit.pdf.syntax import array, call, joined, points

if TYPE_CHECKING:
    from coursekit.pdf.writer import Frame, Handler, Writer

_INSET, _NARROW_INSET = 6.0, 2.0  # points beside the text of a cell
_MANY_COLUMNS = 8  # more have the narrow inset
_MOST_COLUMNS = 40  # more would leave less than a letter each
_DEPTH = 2  # Typst nests tables less deep than lists
_MOST_SPAN = 1000  # HTML's own (4.9.11), of columns
# Up to how many columns -> size of the text, of that around.
_SIZES = ((4, 0.92), (6, 0.84), (8, 0.74), (12, 0.64), (_MOST_COLUMNS, 0.54))
_FEW = 12  # lines
_ALIGN = re.compile(r"text-align:\s*(left|center|right)")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a cell stands."""

    cell: Element
    column: int
    across: int  # columns
    down: int  # rows


def _table(writer: Writer, element: Element, frame: Frame) -> list[str]:
    if (code := numbered(writer, element, frame)) is not None:
        return code
    captions = [child for child in element.elements if child.tag == "caption"]
    parts = [call("par", call("strong", writer.inlines(one.children, frame))) for one in captions]
    head, body = _rows(element)
    placed_head, placed_body = _placed(head), _placed(body)
    columns = sorted({place.column for row in placed_head + placed_body for place in row})
    count = len(columns)
    if count > _MOST_COLUMNS:
        writer.problem(messages.too_many_columns(count))
    if frame.is_full or not 0 < count <= _MOST_COLUMNS:
        cells = [cell for row in head + body for cell in row.elements]
        return parts + [part for cell in cells for part in writer.flow(cell.children, frame)]
    anchors = [label for row in head for label in writer.anchors(row)]  # a head is repeated
    size = next(size for most, size in _SIZES if count <= most)
    inset = _NARROW_INSET if count > _MANY_COLUMNS else _INSET * size
    cell_frame = _cell_frame(frame, frame.width / count - 2 * inset, size)
    head_frame = replace(cell_frame, is_aside=True)
    heads = array(_cells(writer, _narrowed(placed_head, columns), count, head_frame, is_head=True))
    cells_of_body = array(_cells(writer, _narrowed(placed_body, columns), count, cell_frame, is_head=False))
    return [*anchors, *parts, call("grid-table", str(count), str(size), points(inset), heads, cells_of_body)]


def _cell_frame(frame: Frame, width: float, size: float) -> Frame:
    """Return the room that each column has at least."""
    return replace(frame, width=max(width, 1.0), depth=frame.depth + _DEPTH, letter=frame.letter * size)


def _rows(table: Element) -> tuple[list[Element], list[Element]]:
    """Return the rows of the head and the others; rows of headings that open a table are its head."""
    head: list[Element] = []
    body: list[Element] = []
    foot: list[Element] = []
    for part in table.elements:
        rows = [row for row in part.elements if row.tag == "tr"]
        {"thead": head, "tfoot": foot}.get(part.tag, body).extend([part] if part.tag == "tr" else rows)
    body += foot
    if head:  # Typst wants at least one row below a head that is repeated
        return (head, body) if body else ([], head)
    while body and (cells := body[0].elements) and all(cell.tag == "th" for cell in cells):
        head.append(body.pop(0))
    if any(
        _span(cell, "rowspan") > len(head) - number
        for number, row in enumerate(head)
        for cell in row.elements
    ):
        return [], head + body  # heads of rows
    return (head, body) if body else ([], head)


def _placed(rows: list[Element]) -> list[list[_Place]]:
    """Give each cell its place, as HTML does (HTML 4.9.12.1, algorithm for processing rows)."""
    placed: list[list[_Place]] = []
    taken: dict[int, int] = {}  # column -> how many more rows it is covered for
    for number, row in enumerate(rows):
        places: list[_Place] = []
        column = 0
        for cell in row.elements:
            while column in taken:
                column += 1
            across = 1
            while across < _span(cell, "colspan") and column + across not in taken:
                across += 1
            down = min(_span(cell, "rowspan"), len(rows) - number)
            taken.update(dict.fromkeys(range(column, column + across), down))
            places.append(_Place(cell, column, across, down))
            column += across
        taken = {column: left - 1 for column, left in taken.items() if left > 1}
        placed.append(places)
    return placed


def _narrowed(rows: list[list[_Place]], columns: list[int]) -> Iterator[list[_Place]]:
    """Yield the rows without columns where no cell begins."""
    for row in rows:
        places: list[_Place] = []
        for place in row:
            column = bisect_left(columns, place.column)
            across = bisect_left(columns, place.column + place.across) - column
            places.append(_Place(place.cell, column, across, place.down))
        yield places


def _cells(
    writer: Writer, rows: Iterator[list[_Place]], count: int, frame: Frame, *, is_head: bool
) -> Iterator[str]:
    """Write the cells; every row is filled."""
    taken = [0] * count  # how many more rows each column is covered for
    for row in rows:
        is_whole = not is_head and all(_is_short(place, frame) for place in row)
        for place in row:
            yield from _missing(taken, place.column)
            taken[place.column : place.column + place.across] = [place.down] * place.across
            yield _cell(writer, place, frame, is_head=is_head, is_whole=is_whole)
        yield from _missing(taken, count)
        taken = [rows_left - 1 for rows_left in taken]


def _missing(taken: list[int], end: int) -> Iterator[str]:
    """Yield empty cells where a row has none before column `end`."""
    for column in range(end):
        if not taken[column]:
            taken[column] = 1
            yield "cell(none, 1, 1, [])"


def _cell(writer: Writer, place: _Place, frame: Frame, *, is_head: bool, is_whole: bool) -> str:
    cell = place.cell
    style = cell.attributes.get("style", "") + ";text-align:" + cell.attributes.get("align", "")
    align = match[1] if (match := _ALIGN.search(style)) else "none"
    content = joined(writer.flow(cell.children, frame, tight=True))
    if cell.tag == "th" and not is_head:
        content = call("strong", content)
    arguments = [align, str(place.across), str(place.down), content]
    return call("whole-cell" if is_whole else "cell", *arguments)


def _is_short(place: _Place, frame: Frame) -> bool:
    """Tell whether a cell surely has few lines, so that its row need not break over pages."""
    inner = place.cell.walk()[1:]
    is_text = not any(is_block(one) or one.tag in ("img", "svg", "math") for one in inner)
    return is_text and place.down == 1 and len(place.cell.text) * frame.letter < _FEW * frame.width


def _span(cell: Element, name: str) -> int:
    text = cell.attributes.get(name, "")
    return min(max(int(text), 1), _MOST_SPAN) if text.isascii() and text.isdigit() and len(text) < 9 else 1


HANDLERS: dict[str, Handler] = {"table": _table}
