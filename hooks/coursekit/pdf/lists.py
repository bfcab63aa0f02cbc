"""Lists: bullets, numbers and tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coursekit.html_tree import Element
from coursekit.pdf.syntax import array, boolean, call, joined, string

if TYPE_CHECKING:
    from coursekit.pdf.writer import Frame, Handler, Writer

INDENT = 20.0  # points, as template.typ has it

_NUMBERINGS = {"a": "a.", "A": "A.", "i": "i.", "I": "I."}


def _bullets(writer: Writer, element: Element, frame: Frame) -> list[str]:
    items = _items(writer, element, frame)
    if frame.is_full:
        return [content for _, content in items]
    is_tight = boolean(_is_tight(element))
    if any(_checkbox(item) is not None for item in element.elements):
        entries = [f"({_state(item)}, {content})" for item, content in items]
        return [call("tasks", is_tight, array(entries))] if entries else []
    return [call("bullets", is_tight, array(content for _, content in items))] if items else []


def _numbers(writer: Writer, element: Element, frame: Frame) -> list[str]:
    items = _items(writer, element, frame)
    if frame.is_full:
        return [content for _, content in items]
    step = -1 if "reversed" in element.attributes else 1
    number = _integer(element.attributes.get("start", ""), len(items) if step < 0 else 1)
    entries: list[str] = []
    for item, content in items:
        number = _integer(item.attributes.get("value", ""), number)
        entries.append(f"({number}, {content})")
        number += step
    numbering = string(_NUMBERINGS.get(element.attributes.get("type", ""), "1."))
    return [call("numbers", boolean(_is_tight(element)), numbering, array(entries))] if entries else []


def _items(writer: Writer, element: Element, frame: Frame) -> list[tuple[Element, str]]:
    inside = frame if frame.is_full else frame.inside(INDENT)
    is_tight = _is_tight(element) and not frame.is_full
    found: list[tuple[Element, str]] = []
    for child in element.children:
        if isinstance(child, str) and not child.strip():
            continue
        item = child if isinstance(child, Element) and child.tag == "li" else Element("li", {}, [child])
        parts = writer.anchor(item) + writer.flow(_without_checkbox(item), inside, tight=is_tight)
        found.append((item, joined(parts)))
    return found


def _is_tight(element: Element) -> bool:
    """Tell whether no item holds paragraphs, as CommonMark writes lists without blank lines."""
    return not any(child.tag == "p" for item in element.elements for child in item.elements)


def _checkbox(item: Element) -> Element | None:
    """Return the box of a task: the first thing of the item, or of its first paragraph."""
    for child in item.children:
        if isinstance(child, str):
            if child.strip():
                return None
        elif child.tag == "input":
            return child if child.attributes.get("type", "").lower() == "checkbox" else None
        else:
            return _checkbox(child) if child.tag in ("p", "label") else None
    return None


def _state(item: Element) -> str:
    box = _checkbox(item)
    return "none" if box is None else boolean("checked" in box.attributes)


def _without_checkbox(item: Element) -> list[Element | str]:
    box = _checkbox(item)
    if box is None:
        return item.children
    return [
        Element(child.tag, child.attributes, _without_checkbox(child))
        if isinstance(child, Element) and child.tag in ("p", "label")
        else child
        for child in item.children
        if child is not box
    ]


def _integer(text: str, default: int) -> int:
    """Return a number of a list; those of HTML may be negative, those of Typst not."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else max(default, 0)


HANDLERS: dict[str, Handler] = {"ul": _bullets, "menu": _bullets, "dir": _bullets, "ol": _numbers}
