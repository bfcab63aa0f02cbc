"""Markdown inside HTML (`<div markdown>` … `</div>`), read where a site switches `md_in_html` on.

CommonMark already reads Markdown between blank lines inside HTML. What is added: no blank line is needed
after a tag that asks for it, and the attribute that asks does not reach the page.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.html_blocks import block_names
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock

_VALUE = r"""(?:[ \t]*=[ \t]*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
_TAG = re.compile(rf"<(?P<name>[A-Za-z][\w-]*)(?:[ \t]+[\w:.-]+{_VALUE})+[ \t]*>[ \t]*")
_ASKS = re.compile(rf"[ \t]+markdown{_VALUE}(?=[ \t>])")


def markdown_in_html_plugin(md: MarkdownIt) -> None:
    """Read a line that is one opening tag with the attribute `markdown` as a block of its own."""
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
    md.block.ruler.before("html_block", "markdown_in_html", _opening_tag, interrupts)


def _opening_tag(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start, end = state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line]
    if not state.src.startswith("<", start) or state.is_code_block(start_line):
        return False
    match = _TAG.fullmatch(state.src, start, end)
    if not match or match["name"].lower() not in block_names or not _ASKS.search(match[0]):
        return False
    if not silent:
        token = state.push("html_block", "", 0)
        token.map = [start_line, start_line + 1]
        token.content = _ASKS.sub("", match[0]) + "\n"
        state.line = start_line + 1
    return True
