"""Highlighted text (`==important==`), read where a site switches `pymdownx.mark` on."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

_MARKER = "="


def highlights_plugin(md: MarkdownIt) -> None:
    """Pair `==` as CommonMark pairs `__`: around whole words, so that `a==b` stays text."""
    md.inline.ruler.before("emphasis", "mark", _delimiter)
    md.inline.ruler2.before("emphasis", "mark", _pair)


def _delimiter(state: StateInline, silent: bool) -> bool:
    if silent or state.src[state.pos] != _MARKER:
        return False
    run = state.scanDelims(state.pos, False)
    token = state.push("text", "", 0)
    token.content = _MARKER * run.length
    if run.length == 2:
        place = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord(_MARKER), 0, place, -1, run.can_open, run.can_close))
    state.pos += run.length
    return True


def _pair(state: StateInline) -> None:
    """Turn the delimiters that found their counterpart into elements, at every depth."""
    nested = [meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta]
    for delimiters in (state.delimiters, *nested):
        for delimiter in delimiters:
            if delimiter.marker == ord(_MARKER) and delimiter.end >= 0:
                opening, closing = (
                    state.tokens[delimiter.token],
                    state.tokens[delimiters[delimiter.end].token],
                )
                opening.type, opening.tag, opening.nesting, opening.content = "mark_open", "mark", 1, ""
                closing.type, closing.tag, closing.nesting, closing.content = "mark_close", "mark", -1, ""
