"""Lists of pages: what a course's index and a tag's page show of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin


class Entry(NamedTuple):
    """A page in a list, or a folder of pages."""

    title: str  # HTML
    url: str = ""  # relative to the site's root; empty for a folder without an index
    first_line: str = ""
    course: str = ""  # HTML; where it is told apart
    entries: tuple[Entry, ...] = ()  # of a folder


def destinations(html: str) -> list[str]:
    """Return where the links of a page lead, as they are written in its content."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - builds mostly know all of their pages

    tree = LexborHTMLParser(html.encode("utf-8", "replace"))
    return list(dict.fromkeys(link.attributes.get("href") or "" for link in tree.css("a[href]")))


def leads_to_all(links: Iterable[str], url: str, entries: Iterable[Entry]) -> bool:
    """Tell whether links of the page at `url` lead to each entry, to all pages of one without URL."""
    linked = {_address(url, link) for link in links}
    return all(_address("", one) in linked for one in _pages(entries))


def _address(base: str, href: str) -> str:
    try:
        return urldefrag(urljoin(f"/{base}", href))[0]
    except ValueError:  # no address at all
        return ""


def _pages(entries: Iterable[Entry]) -> Iterator[str]:
    for entry in entries:
        if entry.url:
            yield f"/{entry.url}"
        else:
            yield from _pages(entry.entries)
