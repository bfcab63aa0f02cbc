"""Footnotes: the marks in the text, the list at the foot of the page, the ways there and back."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from markdown_it.token import Token

from coursekit import messages
from coursekit.markdown.tree import Handler, Tree


def _note_id(meta: dict[str, object]) -> str:
    return f"fn:{meta['label']}"


def _mark_id(meta: dict[str, object]) -> str:
    """Return the identifier of a mark; the second mark of the same note gets a number of its own."""
    call = meta["call"]
    return f"fnref{'' if call == 1 else call}:{meta['label']}"


def _mark(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    meta = tokens[index].meta
    tree.open("sup", {"id": _mark_id(meta)})
    tree.open("a", {"class": "footnote-ref", "href": "#" + quote(_note_id(meta), safe=":")})
    tree.text(str(meta["number"]))
    tree.close()
    tree.close()


def _list(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    tree.open("div", {"class": "footnote"})
    tree.leaf("hr")
    tree.open("ol")


def _list_end(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    tree.close()
    tree.close()


def _note(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    tree.open("li", {"id": _note_id(tokens[index].meta)})


def _way_back(tree: Tree, tokens: Sequence[Token], index: int) -> None:
    meta = tokens[index].meta
    label = messages.back_to_footnote_mark(meta["number"], meta["call"])
    href = "#" + quote(_mark_id(meta), safe=":")
    tree.text(" ")
    tree.open("a", {"class": "footnote-backref", "href": href, "title": label, "aria-label": label})
    tree.text("↩\ufe0e")  # a text arrow, never an emoji
    if meta["call"] > 1:
        tree.leaf("sup", text=str(meta["call"]))
    tree.close()


HANDLERS: dict[str, Handler] = {
    "footnote_ref": _mark,
    "footnote_block_open": _list,
    "footnote_block_close": _list_end,
    "footnote_open": _note,
    "footnote_anchor": _way_back,
}
