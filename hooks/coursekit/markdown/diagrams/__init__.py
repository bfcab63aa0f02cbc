"""Mermaid diagrams as inline SVG: no script, no browser, no request, readable in both colour schemes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coursekit import messages
from coursekit.markdown.diagrams import pele, svg
from coursekit.markdown.diagrams.pele import Fault

__all__ = ["LONGEST_SOURCE", "Diagram", "Fault", "draw"]

LONGEST_SOURCE = 50_000  # characters, Mermaid's own bound; a drawing beyond 1 MB is refused too

# XML cannot hold these; a browser would show none of them.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ACC_TITLE = re.compile(r"^\s*accTitle\s*:\s*(.+)$", re.MULTILINE)
_ACC_DESCRIPTION = re.compile(r"^\s*accDescr\s*(?::\s*(.+)$|\{([^}]*)\})", re.MULTILINE)
_SMALLEST_SCALE = 0.62  # below it the text of 16 pixels is smaller than 10, and the figure scrolls instead
_PHONE = 288  # CSS pixels: the column of text on the narrowest screens


@dataclass(frozen=True, slots=True)
class Diagram:
    """A diagram, drawn."""

    svg: str  # one element on one line; harmless, drawable alone, without identifiers
    scrolls: bool  # True: on a phone the figure around it scrolls sideways


def draw(source: str) -> Diagram | Fault:
    """Draw Mermaid source. Bounds: 50,000 characters, 10 s, 256 MB, and 1 MB of SVG (about 1,500 nodes)."""
    if len(source) > LONGEST_SOURCE:
        return Fault("limit")
    drawing = pele.render(_UNWRITABLE.sub("\ufffd", source))
    if isinstance(drawing, Fault):
        return drawing
    drawn = svg.read(drawing.svg)
    root = svg.clean(drawn) if drawn is not None else None
    if drawn is None or root is None:
        return Fault("limit")
    root.set("role", "img")
    root.set("aria-label", _description(source, drawing.kind, svg.texts(drawn)))
    if svg.has_painted_areas(drawn):
        root.set("class", "on-white")
    narrowest = round(drawing.width * _SMALLEST_SCALE)
    if scrolls := narrowest > _PHONE:
        root.set("style", f"min-width:{narrowest}px")
    for text in root.iter("text"):
        text.tail = "\n"  # so that search does not run labels together
    return Diagram(svg.write(root), scrolls)


def _description(source: str, kind: str, texts: list[str]) -> str:
    """Return the text alternative: the author's, else the kind of diagram and what it shows."""
    title, described = _ACC_TITLE.search(source), _ACC_DESCRIPTION.search(source)
    given = [title[1]] if title else []
    given += [described[1] or described[2]] if described else []
    if given:
        return " : ".join(" ".join(text.split()) for text in given)
    return messages.diagram_description(kind, texts)
