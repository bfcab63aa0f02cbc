"""Block elements: paragraphs, headings, boxes, quotes, and whatever only holds others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coursekit.html_tree import Element
from coursekit.pdf import messages
from coursekit.pdf.code_blocks import highlighted
from coursekit.pdf.editions import REFERENCE, SPACE
from coursekit.pdf.levels import title
from coursekit.pdf.syntax import call, string

if TYPE_CHECKING:
    from coursekit.pdf.writer import Frame, Handler, Writer

# Points that boxes take of the width; the template's own, see template.typ.
CALLOUT, QUOTE, DEFINITION = 27.0, 16.0, 18.0

_BLOCK_TAGS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "iframe", "legend", "li", "listing", "main", "menu", "nav", "object",
    "ol", "optgroup", "option", "p", "pre", "search", "section", "select", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul", "video", "audio", "embed", SPACE, REFERENCE,
})  # fmt: skip


def is_block(element: Element) -> bool:
    """Tell whether an element stands on lines of its own: a block, or a line's element around one."""
    if element.tag in _BLOCK_TAGS or (element.tag == "math" and element.attributes.get("display") == "block"):
        return True
    if element.tag in ("svg", "math", "code", "kbd", "button"):
        return False
    return any(is_block(child) for child in element.elements)


def plain_text(nodes: Sequence[Element | str]) -> str:
    """Return the text of a flow, with blanks where a block, a line or a cell ends."""
    parts: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(node)
        elif node.is_shown:
            inner = plain_text(node.children)
            parts.append(f" {inner} " if node.tag == "br" or is_block(node) else inner)
    return "".join(parts)


def container(writer: Writer, element: Element, frame: Frame) -> list[str]:
    """Write what only holds other elements."""
    return writer.flow(element.children, frame)


def _paragraph(writer: Writer, element: Element, frame: Frame) -> list[str]:
    if any(is_block(child) for child in element.elements):
        return writer.flow(element.children, frame)
    if "admonition-title" in element.classes:
        return [call("par", call("strong", writer.inlines(element.children, frame)))]
    return writer.run(element.children, frame) if element.children else []


def _heading(writer: Writer, element: Element, frame: Frame) -> list[str]:
    writer.line = writer.lines.get(element.attributes.get("id", ""), writer.line)
    plain = title(element)
    if not plain:
        writer.problem(messages.empty_heading())
        return []
    anchors = writer.anchors(element)  # the contents repeat a heading
    body = writer.inlines(element.children, frame)
    if frame.is_aside:
        return [*anchors, call("par", call("strong", body))]
    level, is_skipping = writer.levels.next(element)
    if is_skipping:
        writer.problem(messages.skipped_level(plain))
    return [
        *anchors,
        call("head", str(level), str(level - writer.levels.top), body, string(writer.showable(plain))),
    ]


def _rule(writer: Writer, element: Element, frame: Frame) -> list[str]:
    return ["rule()"]


def _quote(writer: Writer, element: Element, frame: Frame) -> list[str]:
    if frame.is_full:
        return container(writer, element, frame)
    return [call("quoted", writer.blocks(element.children, frame.inside(QUOTE)))]


def _div(writer: Writer, element: Element, frame: Frame) -> list[str]:
    classes = element.classes
    if "admonition" in classes:
        return _callout(writer, element, frame)
    if "footnote" in classes or "footnotes" in classes:
        return []  # each note stands on the page that calls it
    if "tabbed-set" in classes:
        return _tabs(writer, element, frame)
    if "highlight" in classes:
        return highlighted(writer, element, frame)
    return container(writer, element, frame)


def _callout(writer: Writer, element: Element, frame: Frame) -> list[str]:
    """Write a box: its title first, folded ones open."""
    caption = next((child for child in element.elements if _is_title(child)), None)
    rest = [child for child in element.children if child is not caption]
    kind = next((name for name in element.classes if name in writer.looks), "")
    shown = writer.inlines(caption.children, frame) if caption else "none"
    if frame.is_full:
        return [call("par", call("strong", shown)), *writer.flow(rest, frame)]
    return [call("callout", string(kind), shown, writer.blocks(rest, frame.inside(CALLOUT)))]


def _is_title(element: Element) -> bool:
    return element.tag == "summary" or "admonition-title" in element.classes


def _tabs(writer: Writer, element: Element, frame: Frame) -> list[str]:
    """Write tabs one below the other, each below its label; older ones have each label beside its panel."""
    labels: list[Element] = []
    panels: list[Element] = []
    for child in element.elements:
        inner = child.elements
        labels += [one for one in [child, *inner] if one.tag == "label"]
        if "tabbed-content" in child.classes:
            panels += [one for one in inner if "tabbed-block" in one.classes] or [child]
    parts: list[str] = []
    for number, panel in enumerate(panels):
        if number < len(labels):
            parts.append(call("tab-label", writer.inlines(labels[number].children, frame)))
        parts += writer.flow(panel.children, frame)
    return parts


def _term(writer: Writer, element: Element, frame: Frame) -> list[str]:
    return [call("term", writer.inlines(element.children, frame))]


def _definition(writer: Writer, element: Element, frame: Frame) -> list[str]:
    if frame.is_full:
        return container(writer, element, frame)
    return [call("definition", writer.blocks(element.children, frame.inside(DEFINITION)))]


def _summary(writer: Writer, element: Element, frame: Frame) -> list[str]:
    return [call("par", call("strong", writer.inlines(element.children, frame)))]


def _answer_space(writer: Writer, element: Element, frame: Frame) -> list[str]:
    return [call("answer-space", str(writer.answer_lines))] if writer.answer_lines else []


def _correction_reference(writer: Writer, element: Element, frame: Frame) -> list[str]:
    label = f"{writer.prefix} correction {element.attributes['number']}"
    return [call("correction-reference", string(label))]


HANDLERS: dict[str, Handler] = {
    "p": _paragraph,
    "h1": _heading, "h2": _heading, "h3": _heading, "h4": _heading, "h5": _heading, "h6": _heading,
    "hr": _rule,
    "blockquote": _quote,
    "div": _div,
    "section": _div,
    "details": _callout,
    "summary": _summary,
    "dt": _term,
    "dd": _definition,
    SPACE: _answer_space,
    REFERENCE: _correction_reference,
}  # fmt: skip
