"""Elements of block tokens that need more than their tag: headings, paragraphs, items, code."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markdown_it.token import Token

from coursekit import messages
from coursekit.markdown import fences, figures
from coursekit.markdown.containers.directives import literal_fences
from coursekit.markdown.document import Heading
from coursekit.markdown.tree import Handler, Tree, attributes, plain


def _heading(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    token, inline = tokens[index], tokens[index + 1]
    text = plain(inline.children or []).strip()
    given = attributes(token)
    identifier = given.get("id") or tree.slugger.slug(text)
    tree.document.headings.append(Heading(int(token.tag[1:]), text, identifier, tree.line(token)))
    tree.open(token.tag, _label(tree, inline, text) | given | {"id": identifier})


def _label(tree: Tree, inline: Token, text: str) -> dict[str, str]:
    """Return what toc shows of a heading that holds a formula, whose MathML is no plain text."""
    children = inline.children or []
    if "toc" not in tree.md.treeprocessors or all(token.type != "math_inline" for token in children):
        return {}
    return {"data-toc-label": escape(text)}


def _paragraph(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    token, inline = tokens[index], tokens[index + 1]
    for offset, fence in literal_fences(inline.content):
        if fence.strip(":"):
            tree.surplus_fences += 1
        elif tree.surplus_fences:
            tree.surplus_fences -= 1
            continue
        tree.problem(tree.line(inline) + offset, messages.stray_directive(fence))
    if token.hidden:  # a tight list's paragraph: its text stands in the item itself
        tree.stay()
    else:
        tree.open("p", attributes(token))
    item = tokens[index - 1] if index else token
    if (done := item.meta.get("checked")) is not None:
        state = {"type": "checkbox", "disabled": "disabled", "aria-label": messages.task_state(done=done)}
        tree.leaf("input", state | ({"checked": "checked"} if done else {}))
        tree.text(" ")


def _code(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    token = tokens[index]
    info = fences.parse_info(token.info)
    if fences.is_diagram(tree.md, info):
        figures.diagram(tree, token, info)
    else:
        tree.html(fences.render(tree.md, token.content, info))
    tree.text("\n")


def _html(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    token = tokens[index]
    tree.stay()  # a raw text in it ends with it
    tree.raw_html(token.content.removesuffix("\n"), tree.line(token))
    tree.close()
    tree.text("\n")


HANDLERS: dict[str, Handler] = {
    "heading_open": _heading,
    "paragraph_open": _paragraph,
    "fence": _code,
    "code_block": _code,
    "html_block": _html,
}
