"""Elements of inline tokens: text, code, links, images, raw HTML."""

from __future__ import annotations

from collections.abc import Sequence

from markdown.util import AtomicString
from markdown_it.token import Token

from coursekit.markdown import images, typography
from coursekit.markdown.document import Link
from coursekit.markdown.tree import Handler, Tree, attributes, escape_entities, plain


def _inline(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    if tree.options.typography == "french":
        typography.apply(tokens[index].children or [])
    tree.grow_inline(tokens[index])


def _text(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    before = tokens[index - 1] if index else None
    if before and before.type == "link_open" and before.info == "auto":  # an address, shown as it is
        tree.atomic(tokens[index].content)
    else:
        tree.text(tokens[index].content)


def _escaped(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    tree.escaped(tokens[index].content)


def _softbreak(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    tree.text("\n")


def _hardbreak(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    tree.leaf("br")  # Python-Markdown puts the line end behind it


def _code(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    # Atomic: no inline pattern of another extension looks inside.
    tree.leaf("code", attributes(tokens[index]), AtomicString(escape_entities(tokens[index].content)))


def _html(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    token = tokens[index]
    tree.raw_html(token.content, tree.line(token))


def _link(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    token = tokens[index]
    end = next(at for at in range(index, len(tokens)) if tokens[at].type == "link_close")
    link = Link(str(token.attrs["href"]), plain(tokens[index:end]), tree.line(token), "link")
    tree.document.links.append(link)
    tree.open("a", attributes(token) | {"href": escape_entities(tree.options.resolve(link))})


def _strikethrough(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    tree.open("del", attributes(tokens[index]))  # GFM's element; markdown-it says `s`


HANDLERS: dict[str, Handler] = {
    "inline": _inline,
    "text": _text,
    "escaped": _escaped,
    "softbreak": _softbreak,
    "hardbreak": _hardbreak,
    "code_inline": _code,
    "html_inline": _html,
    "link_open": _link,
    "image": images.image,
    "s_open": _strikethrough,
}
