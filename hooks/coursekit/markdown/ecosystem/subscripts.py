"""Subscripts (`H~2~O`), read where a site switches `pymdownx.tilde` on and leaves them to it."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore


def subscripts_plugin(md: MarkdownIt) -> None:
    """Take single tildes, GitHub's other way to strike text out, for subscripts."""
    md.core.ruler.after("inline", "subscripts", _subscripts)


def _subscripts(state: StateCore) -> None:
    for inline in state.tokens:
        for token in inline.children or []:
            if token.type in ("s_open", "s_close") and token.markup == "~":
                token.type, token.tag = token.type.replace("s_", "sub_"), "sub"
