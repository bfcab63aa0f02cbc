"""Elements of formulas: MathML, or the author's TeX as code where it cannot be read."""

from __future__ import annotations

from collections.abc import Sequence

from markdown.util import AtomicString
from markdown_it.token import Token

from coursekit.markdown import fences
from coursekit.markdown.mathematics import tex
from coursekit.markdown.tree import Handler, Tree, escape_entities


def _inline(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    token = tokens[index]
    try:
        tree.html(tex.mathml(token.content, display=token.markup == "$$"))
    except tex.BadFormula as bad:
        tree.problem(tree.line(token) + bad.line, bad.message)
        source = token.markup + token.content + token.markup
        tree.leaf("code", text=AtomicString(escape_entities(source)))


def _block(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    token = tokens[index]
    is_fence = token.markup != "$$"
    try:
        tree.html(tex.mathml(token.content, display=True))
    except tex.BadFormula as bad:
        tree.problem(tree.line(token) + bad.line + is_fence, bad.message)
        source = token.content if is_fence else f"$${token.content}$$\n"
        tree.html(fences.render(tree.md, source, fences.Info()))
    tree.text("\n")


HANDLERS: dict[str, Handler] = {"math_inline": _inline, "math_block": _block}
