"""Elements of content tabs: the tokens carry them, but for the buttons, which nothing goes into."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from coursekit.markdown.tree import Handler, Tree, attributes


def _button(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    tree.leaf("input", attributes(tokens[index]))


HANDLERS: dict[str, Handler] = {"tab_button": _button}
