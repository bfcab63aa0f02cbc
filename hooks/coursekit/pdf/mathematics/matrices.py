"""Tables of formulas: matrices, cases, equations below each other; and frames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from coursekit.html_tree import Element
from coursekit.pdf.mathematics.looks import declared, em, space, stated_size
from coursekit.pdf.mathematics.operators import char, is_fence
from coursekit.pdf.syntax import EMPTY, array, call, sequence

if TYPE_CHECKING:
    from coursekit.pdf.mathematics.formulas import Formula, Handler

_ALIGN = "$&$.body"  # where the lines of a column meet; Typst has no other name for it
_PADDING = 0.4  # em on both sides of a cell, as in browsers
_NAME_GAP = 2.0  # em before the name of an equation
_MOST_COLUMNS = 60
_STROKE = "0.05em"
_NOTHING = Element("mtd")


def framed(formula: Formula, body: str, sides: Iterable[str]) -> str:
    """Return content with lines around it: `left`, `right`, `top`, `bottom`, or `rest` for all."""
    stroke = "(" + "".join(f"{side}: {_STROKE}, " for side in sides) + ")"
    inner = call("math.equation", call("math.display", body) if formula.is_display else body, block="false")
    # Else a box is as high as a line of text, whatever stands in it.
    box = call("box", inner, stroke=stroke, inset="0.3em")
    return call("text", box, top_edge='"bounds"', bottom_edge='"bounds"')


def _table(formula: Formula, table: Element) -> str:
    rows = _rows(table)
    inner, outer = _rules(table, rows)
    rows = rows[: _height(rows)]
    count = max(map(len, rows), default=0)
    if not count:
        return EMPTY
    gaps = _gaps(rows, count)
    if gaps and _has_names(table):
        gaps[-1] = _NAME_GAP
    is_even = len(set(gaps)) <= 1
    before = [""] * count if is_even else ["", *map(space, gaps)]
    sides = {_side(table, cell, at) for row in rows for at, cell in enumerate(row)}
    size = stated_size(table) or "math.inline"
    lines = []
    for row in rows:
        found = [_side(table, cell, at) if len(sides) > 1 else "" for at, cell in enumerate(row)]
        contents = [_content(formula, cell, size) for cell in row]
        lines.append(array(map(_placed, contents, found, before)))
    looks = {
        "align": sides.pop() if len(sides) == 1 else "center",
        "row_gap": "0.6em" if size == "math.display" else "0.4em",
        "column_gap": f"{gaps[0] if is_even and gaps else 0.0:.3f}em",
    }
    body = call("math.mat", *lines, delim="none", **looks, **inner)
    return framed(formula, body, outer) if outer else body


# -- cells ------------------------------------------------------------------------------------------------


def _rows(table: Element) -> list[list[Element]]:
    """Return the cells of all rows; what is no row or no cell makes one."""
    rows: list[list[Element]] = []
    for row in table.children:
        if isinstance(row, str) and not row.strip():
            continue
        is_row = isinstance(row, Element) and row.tag in ("mtr", "mlabeledtr")
        children = row.children if isinstance(row, Element) and is_row else [row]
        shown = [child for child in children if isinstance(child, Element) or child.strip()]
        if isinstance(row, Element) and row.tag == "mlabeledtr":
            shown = shown[1:] + shown[:1]
        cells: list[Element] = []
        for child in shown:
            is_cell = isinstance(child, Element) and child.tag == "mtd"
            cell = child if isinstance(child, Element) and is_cell else Element("mtd", {}, [child])
            cells += [cell, *[Element("mtd")] * (_span(cell) - 1)]
        if len(cells) > _MOST_COLUMNS:
            rest = [child for cell in cells[_MOST_COLUMNS - 1 :] for child in cell.children]
            cells = [*cells[: _MOST_COLUMNS - 1], Element("mtd", {}, rest)]
        rows.append(cells)
    if _has_names(table) and not any(row[0].children for row in rows if row):
        rows = [row[1:] for row in rows]  # it only keeps the equations in the middle
    return rows


def _has_names(table: Element) -> bool:
    """Tell a table whose last column holds equations' names."""
    return declared(table, "width") == "100%"


def _span(cell: Element) -> int:
    text = cell.attributes.get("columnspan", "")
    return min(max(int(text), 1), _MOST_COLUMNS) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _content(formula: Formula, cell: Element, size: str) -> str:
    content = formula.element(cell)
    if content == EMPTY:
        return EMPTY
    content = call(size, content)
    return sequence(["box()", content]) if _begins_with_relation(cell) else content


def _placed(content: str, side: str, before: str) -> str:
    """Return a cell with the space `before` it, at one `side` of its column."""
    parts = [_ALIGN, content] if side == "left" else [content, _ALIGN] if side == "right" else [content]
    return sequence([part for part in (before, *parts) if part not in ("", EMPTY)])


def _begins_with_relation(cell: Element) -> bool:
    """Tell a cell before whose content Typst leaves out the space of a relation: `&=`."""
    first = next(iter(cell.elements), None)
    return first is not None and not is_fence(first) and char(first) not in ("", *"+−±∓([{")


# -- looks ------------------------------------------------------------------------------------------------


def _gaps(rows: Sequence[Sequence[Element]], count: int) -> list[float]:
    """Return the spaces between columns, in em: the widest that a row asks for."""
    gaps = [0.0] * (count - 1)
    for row in rows:
        for at, (cell, following) in enumerate(pairwise(row)):
            wanted = _padding(cell, "padding-right") + _padding(following, "padding-left")
            gaps[at] = max(gaps[at], wanted)
    return gaps


def _padding(cell: Element, name: str) -> float:
    found = em(declared(cell, name))
    return _PADDING if found is None else max(found, 0.0)


def _side(table: Element, cell: Element, at: int) -> str:
    """Return where the content of a cell stands in its column."""
    columns = table.attributes.get("columnalign", "").split() or [""]
    stated = cell.attributes.get("columnalign") or declared(cell, "text-align")
    stated = stated or columns[min(at, len(columns) - 1)]
    return stated if stated in ("left", "right") else "center"


def _height(rows: Sequence[Sequence[Element]]) -> int:
    """Return the number of rows without those at the end that only hold a line."""
    return max((at for at, row in enumerate(rows, 1) if any(cell.children for cell in row)), default=0)


def _rules(table: Element, rows: Sequence[Sequence[Element]]) -> tuple[dict[str, str], list[str]]:
    """Return the lines between rows and columns, as `math.mat` takes them, and the sides that have one."""
    height, width = _height(rows), max(map(len, rows), default=0)
    across = _stated(table, "rowlines", height) | _lines(rows, "top", "bottom")
    down = _stated(table, "columnlines", width) | _lines(
        zip_longest(*rows, fillvalue=_NOTHING), "left", "right"
    )
    sides = {"top": (across, 0), "bottom": (across, height), "left": (down, 0), "right": (down, width)}
    is_framed = table.attributes.get("frame", "none") != "none"
    outer = [
        side
        for side, (lines, at) in sides.items()
        if is_framed or at in lines or declared(table, f"border-{side}")
    ]
    inner = (("hline", across.intersection(range(1, height))), ("vline", down.intersection(range(1, width))))
    shown = "".join(f"{name}: {array(map(str, sorted(lines)))}, " for name, lines in inner if lines)
    return ({"augment": f"({shown}stroke: {_STROKE})"} if shown else {}), outer


def _lines(groups: Iterable[Sequence[Element]], first: str, last: str) -> set[int]:
    """Return where rows, or columns, have a line before or behind them."""
    found: set[int] = set()
    for at, cells in enumerate(groups):
        found |= {at for cell in cells if declared(cell, f"border-{first}")}
        found |= {at + 1 for cell in cells if declared(cell, f"border-{last}")}
    return found


def _stated(table: Element, name: str, count: int) -> set[int]:
    """Return the lines of an attribute that has one word for each, the last for all others."""
    words = table.attributes.get(name, "").split()
    return {at for at in range(1, count) if words and words[min(at, len(words)) - 1] != "none"}


HANDLERS: dict[str, Handler] = {"mtable": _table}
