"""GitHub's alerts (`> [!TIP]`), with Obsidian's title and folding (`> [!tip]- Titre`).

https://docs.github.com/get-started/writing-on-github, "Alerts"; https://help.obsidian.md/callouts. The quote
is read as any other one: a rule takes its first line, and makes the quote a container.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore

from coursekit.markdown.containers.tokens import Container, Fold, content, emit_label, known_name, meta

_MARKER = re.compile(r"\[!(?P<name>[^\W\d_][\w-]*)\](?P<fold>[+-]?)(?:[ \t]+(?P<title>.*))?$")
_FOLDS: dict[str, Fold | None] = {"": None, "-": "closed", "+": "open"}
_QUOTE = ">"  # markup of a quote's tokens, whatever they became


def alerts_plugin(md: MarkdownIt) -> None:
    """Read alerts; markdown-it's own rule for them knows no titles."""
    md.options["alerts"] = False
    md.block.ruler.before("table", "alert", _alert)
    md.core.ruler.after("block", "alert_ends", _end_alerts)


def _alert(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if silent or not state.tokens:
        return False
    quote = state.tokens[-1]
    if quote.type != "blockquote_open" or quote.map is None or quote.map[0] != start_line:
        return False
    marker = _MARKER.match(content(state, start_line).rstrip(" \t"))
    if marker is None or state.is_code_block(start_line):
        return False
    name = known_name(marker["name"], state.env["options"].callouts)
    title = (marker["title"] or "").strip()
    container = Container(name=name, label=title or None, fold=_FOLDS[marker["fold"]])
    quote.type, quote.tag, quote.meta = "directive_open", "div", meta(container)
    emit_label(state, container, start_line)
    state.env["has_alerts"] = True
    state.line = start_line + 1
    return True


def _end_alerts(state: StateCore) -> None:
    """End as a container each quote that became one."""
    if not state.env.get("has_alerts"):
        return
    types: list[str] = []
    for token in state.tokens:
        if token.markup != _QUOTE or not token.block:
            continue
        if token.nesting == 1:
            types.append(token.type)
        elif token.nesting == -1 and types.pop() == "directive_open":
            token.type, token.tag = "directive_close", "div"
