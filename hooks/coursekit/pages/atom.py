"""A feed of pages in Atom (RFC 4287): the same pages give the same bytes, whenever they are built."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from xml.etree import ElementTree

_NAMESPACE = "http://www.w3.org/2005/Atom"
_MOST = 50  # entries; readers ask for the whole feed again and again
# What XML 1.0 has no place for, not even escaped.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Item(NamedTuple):
    """A page that is new or has changed."""

    title: str  # plain text, as the rest
    url: str  # absolute; the entry's identity too
    updated: str  # RFC 3339, of its last change
    published: str = ""  # of its first; empty where it is not known
    summary: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def feed(title: str, author: str, home: str, address: str, items: Iterable[Item]) -> str:
    """Return the feed at `address` of the site at `home`, newest change first; empty without items."""
    newest = sorted(items, key=lambda item: (-_moment(item.updated), item.url))[:_MOST]
    if not newest:
        return ""
    root = ElementTree.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "fr"})
    _add(root, "title", title)
    _add(root, "id", home)
    _add(root, "link", href=home)
    _add(root, "link", rel="self", type="application/atom+xml", href=address)
    _add(root, "updated", newest[0].updated)
    _add(_add(root, "author"), "name", author)
    for item in newest:
        _add_item(root, item)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _add_item(root: ElementTree.Element, item: Item) -> None:
    entry = _add(root, "entry")
    _add(entry, "title", item.title)
    _add(entry, "id", item.url)
    _add(entry, "link", href=item.url)
    _add(entry, "updated", item.updated)
    if item.published:
        _add(entry, "published", item.published)
    for author in item.authors:
        _add(_add(entry, "author"), "name", author)
    for tag in item.tags:
        _add(entry, "category", term=tag)
    if item.summary:
        _add(entry, "summary", item.summary)


def _add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    told = {name: _ILLEGAL.sub("", value) for name, value in attributes.items()}
    child = ElementTree.SubElement(parent, tag, told)
    child.text = _ILLEGAL.sub("", text) or None
    return child


def _moment(written: str) -> float:
    return datetime.fromisoformat(written).timestamp()
