"""Elements of block tokens that need more than their tag: headings, paragraphs, items, code, callouts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from markdown_it.token import Token

from coursekit import messages
from coursekit.markdown import fences, raw_html
from coursekit.markdown.directives import literal_fences
from coursekit.markdown.tree import Handler, Tree, plain

# `## Titre {#ancre .classe}`: only an identifier makes it an attribute list, `{ clé }` stays text.
_HEADING_ATTRIBUTES = re.compile(
    r"(?:^|[ \t])\{:?[ \t]*#(?P<id>[^\s{}]+)(?P<classes>(?:[ \t]+\.[\w-]+)*)[ \t]*\}$"
)


def given_ids(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the identifiers that the author chose for headings and containers, wherever they stand."""
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and (match := _HEADING_ATTRIBUTES.search(tokens[index + 1].content)):
            yield match["id"]
        elif token.type == "directive_open" and (identifier := token.meta["attributes"].get("id")):
            yield identifier
        elif token.type == "div_open" and (identifier := token.attrs.get("id")):
            yield str(identifier)


def _heading(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    inline = tokens[index + 1]
    identity: dict[str, str] = {}
    if (match := _HEADING_ATTRIBUTES.search(inline.content)) and _trim_end(inline, match[0]):
        identity = {"id": match["id"]}
        if match["classes"]:
            identity["class"] = match["classes"].replace(".", "").strip()
    if not identity:
        identity = {"id": tree.slugger.slug(plain(inline.children or []).strip())}
    tree.open(tokens[index].tag, identity | _label(tree, inline))


def _label(tree: Tree, inline: Token) -> dict[str, str]:
    """Return what toc shows of a heading that holds a formula, whose MathML is no plain text."""
    children = inline.children or []
    if "toc" not in tree.md.treeprocessors or all(token.type != "math_inline" for token in children):
        return {}
    return {"data-toc-label": escape(plain(children))}


def _trim_end(inline: Token, ending: str) -> bool:
    """Take `ending` off the inline token's last text; False when it is not plain text (code, say)."""
    last = inline.children[-1] if inline.children else None
    if last is None or last.type != "text" or not last.content.endswith(ending):
        return False
    last.content = last.content[: -len(ending)].rstrip()
    return True


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
        tree.open("p")
    item = tokens[index - 1] if index else token
    if (done := item.meta.get("checked")) is not None:
        state = {"type": "checkbox", "disabled": "disabled", "aria-label": messages.task_state(done=done)}
        tree.leaf("input", state | ({"checked": "checked"} if done else {}))
        tree.text(" ")


def _code(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    token = tokens[index]
    tree.html(fences.render(tree.md, token.content, fences.parse_info(token.info)))
    tree.text("\n")


def _html(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    token = tokens[index]
    tree.html(
        raw_html.read(token.content.removesuffix("\n"), tree.line(token), tree.document, tree.options.resolve)
    )
    tree.text("\n")


def _directive(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    token = tokens[index]
    name: str = token.meta["name"]
    given: dict[str, str] = token.meta["attributes"]
    box = tree.options.callouts.box(name)
    if not box.known:
        tree.problem(tree.line(token), messages.unknown_directive(name, tree.options.callouts.nearest(name)))
    kept = {"class": f"admonition {box.kind} {given.get('class', '')}".strip()}
    kept |= {key: given[key] for key in ("id", "lang") if given.get(key)}
    tree.open("div", kept)
    if not token.meta["labelled"]:
        tree.open("p", {"class": "admonition-title"})
        tree.text(given.get("title") or box.title)
        tree.close()


def _directive_label(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    tree.open("p", {"class": "admonition-title"})


HANDLERS: dict[str, Handler] = {
    "heading_open": _heading,
    "paragraph_open": _paragraph,
    "fence": _code,
    "code_block": _code,
    "html_block": _html,
    "directive_open": _directive,
    "directive_label_open": _directive_label,
}
