"""Characters that an author escaped (`\\:`, `&#58;`): no other extension may take them for its own syntax."""

from __future__ import annotations

import string

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

# `&` stays text: with what follows it may read as a reference, which `Tree.text` sees to.
_ESCAPABLE = frozenset(string.punctuation) - {"&"}


def escapes_plugin(md: MarkdownIt) -> None:
    """Keep escaped characters as tokens of their own, `escaped`, when text is joined."""
    md.core.ruler.before("text_join", "escapes", _keep_escapes)


def _keep_escapes(state: StateCore) -> None:
    for inline in state.tokens:
        if inline.type == "inline" and ("\\" in inline.content or "&" in inline.content):
            for token in inline.children or []:
                if token.type == "text_special" and token.content in _ESCAPABLE:
                    token.type = "escaped"
