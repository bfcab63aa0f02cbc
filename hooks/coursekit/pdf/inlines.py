"""What stands inside a line: emphasis, code, keys, links, notes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from coursekit.html_tree import Element
from coursekit.pdf import prose
from coursekit.pdf.mathematics.formulas import equation
from coursekit.pdf.syntax import boolean, call, chunks, joined, string

if TYPE_CHECKING:
    from coursekit.pdf.writer import Frame, Handler, Writer


# Text with a line through or below.
_LINED = {"del": "strike", "s": "strike", "strike": "strike", "ins": "underline", "u": "underline"}


def plain(writer: Writer, element: Element, frame: Frame) -> list[str]:
    """Write an element that means nothing on paper: its text."""
    return writer.inline_parts(element.children, frame)


def _wrapped(function: str) -> Handler:
    def write(writer: Writer, element: Element, frame: Frame) -> list[str]:
        parts = writer.inline_parts(element.children, frame)
        return [call(function, joined(some)) for some in chunks(parts)]

    return write


def _lined(function: str) -> Handler:
    """Return a handler of text with a line through or below: PDF/UA-1 has no two of them."""

    def write(writer: Writer, element: Element, frame: Frame) -> list[str]:
        parts = writer.inline_parts(element.children, replace(frame, is_lined=True))
        return parts if frame.is_lined else [call(function, joined(some)) for some in chunks(parts)]

    return write


def _code(writer: Writer, element: Element, frame: Frame) -> list[str]:
    """Write code in a line: its blanks are one each, as browsers show it, and kept at its ends."""
    parts = writer.words(prose.collapsed(element.text), frame, is_code=True)
    return [call("code", joined(some)) for some in chunks(parts)]


def _break(writer: Writer, element: Element, frame: Frame) -> list[str]:
    return writer.line_break()


def _link(writer: Writer, element: Element, frame: Frame) -> list[str]:
    classes = element.classes
    if "headerlink" in classes or "footnote-backref" in classes:
        return []
    if "footnote-ref" in classes and (note := _note(writer, element, frame)):
        return note
    parts = writer.inline_parts(element.children, frame)
    destination = writer.find(element.attributes["href"]) if "href" in element.attributes else None
    if destination is None or not parts:
        return parts
    shown = joined(parts)
    if not frame.is_lined and not any(one.tag in _LINED for one in element.walk()):
        shown = call("lined", shown)
    if destination.url:
        is_noted = writer.print_urls and destination.url not in (element.text, f"mailto:{element.text}")
        name = "noted-link" if is_noted else "outward"
        return [call(name, string(destination.url), shown)]
    return [call("inward", string(writer.target(destination)), shown)]


def _note(writer: Writer, element: Element, frame: Frame) -> list[str]:
    """Write a footnote where it is called first; later calls lead to it."""
    identifier = element.attributes.get("href", "").removeprefix("#")
    note = writer.notes.get(identifier)
    if note is None:
        return []
    label = string(writer.label("note " + identifier))
    if identifier in writer.written_notes:
        return writer.leaf(call("note-again", label))
    writer.written_notes.add(identifier)  # first: a note may call itself
    aside = replace(frame, is_aside=True, is_lined=False)
    content = joined(writer.flow(_opened(note.children), aside, tight=True))
    return writer.leaf(call("note", label, content))


def _opened(children: list[Element | str]) -> list[Element | str]:
    """Return a note's content with its first paragraph as a run of text, which its number stands before."""
    for index, child in enumerate(children):
        if isinstance(child, Element):
            return [*child.children, *children[index + 1 :]] if child.tag == "p" else children
        if child.strip():
            break
    return children


def _keys(writer: Writer, element: Element, frame: Frame) -> list[str]:
    """Write one key, or keys pressed together with what stands between them."""
    if not any(child.tag == "kbd" for child in element.elements):
        return writer.leaf(call("key", string(writer.showable(prose.collapsed(element.text).strip()))))
    parts: list[str] = []
    for child in element.children:
        if isinstance(child, Element) and child.tag == "kbd":
            parts += _keys(writer, child, frame)
        else:
            parts += writer.inline_parts([child], frame)
    return parts


def _math(writer: Writer, element: Element, frame: Frame) -> list[str]:
    return writer.leaf(equation(element, block=False, unshowable=writer.unshowable))


def _checkbox(writer: Writer, element: Element, frame: Frame) -> list[str]:
    if element.attributes.get("type", "").lower() not in ("checkbox", "radio"):
        return []
    return writer.leaf(call("tick", boolean("checked" in element.attributes)))


def _quotation(writer: Writer, element: Element, frame: Frame) -> list[str]:
    return [string("«\u00a0"), *writer.inline_parts(element.children, frame), string("\u00a0»")]


def _span(writer: Writer, element: Element, frame: Frame) -> list[str]:
    if "keys" in element.classes and any(child.tag == "kbd" for child in element.elements):
        return _keys(writer, element, frame)
    language = element.attributes.get("lang", "")
    parts = writer.inline_parts(element.children, frame)
    if parts and re.fullmatch(r"[a-z]{2,3}", language):
        return [call("text", joined(parts), lang=string(language))]
    return parts


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(("strong", "b"), _wrapped("strong")),
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), _wrapped("emph")),
    **{tag: _lined(function) for tag, function in _LINED.items()},
    **dict.fromkeys(("code", "tt", "samp"), _code),
    "mark": _wrapped("marked"),
    "sub": _wrapped("sub"),
    "sup": _wrapped("super"),
    "small": _wrapped("small"),
    "kbd": _keys,
    "a": _link,
    "br": _break,
    "math": _math,
    "input": _checkbox,
    "q": _quotation,
    "span": _span,
}
