"""The figure of a diagram: its drawing, or its source when it cannot be drawn."""

from __future__ import annotations

import difflib
import re
from html import escape

from markdown_it.token import Token

from coursekit import messages
from coursekit.markdown import fences
from coursekit.markdown.diagrams import Diagram, Fault
from coursekit.markdown.tree import Tree

# What may stand in front of a diagram's first word: front matter, directives, comments.
_PREAMBLE = re.compile(r"\A\s*(?:---\s*\n(?:.*\n)*?\s*---\s*\n)?(?:\s*%%.*\n)*\s*")
_LONGEST_WORD = 40  # characters of it that are told
_KINDS = (
    "flowchart", "graph", "sequenceDiagram", "classDiagram", "stateDiagram-v2", "erDiagram", "gantt", "pie",
    "gitGraph", "mindmap", "timeline", "journey", "quadrantChart", "requirementDiagram", "C4Context",
    "C4Container", "C4Component", "sankey-beta", "xychart-beta", "block-beta", "packet-beta", "kanban",
    "architecture-beta", "radar-beta", "treemap-beta",
)  # fmt: skip


def diagram(tree: Tree, token: Token, info: fences.Info) -> None:
    """Add a mermaid fence's figure; a diagram that is not drawn is told on the line that spoils it."""
    source = token.content.removesuffix("\n")
    drawn = tree.options.draw(source)
    scrolls = ""
    if isinstance(drawn, Diagram):
        html = drawn.svg
        scrolls = ' tabindex="0"' if drawn.scrolls else ""  # else the keyboard could not scroll it
    else:
        html = fences.render(tree.md, token.content, info)
        tree.problem(tree.line(token) + drawn.line, _not_drawn(source, drawn))
    # Never the class `mermaid`: the theme would fetch a script from elsewhere to draw it.
    tree.html(f'<figure class="diagram" data-mermaid="{escape(source)}"{scrolls}>{html}</figure>')


def _not_drawn(source: str, fault: Fault) -> str:
    first = (source[_PREAMBLE.match(source).end() :].split() or [""])[0]  # type: ignore[union-attr]
    near = difflib.get_close_matches(first, _KINDS, n=1) if len(first) <= _LONGEST_WORD else []
    return messages.diagram_not_drawn(fault.cause, first[:_LONGEST_WORD], near[0] if near else None)
