"""What an author need not write: marks in a page's HTML for browsers, style sheets and screen readers."""

from __future__ import annotations

from urllib.parse import urlsplit

from coursekit import messages
from coursekit.pages.start_tags import StartTag, rewrite

_RELATION = ("noopener", "external")


def annotate(html: str, own_hosts: frozenset[str] = frozenset()) -> str:
    """Return a page's content with its marks; nothing that its author wrote is changed.

    - Links to another host than these have `rel="noopener external"`.
    - Frames without a title have one.
    - A heading that skips levels has the level at which it stands in the outline (`aria-level`), as WCAG's
      technique G141 wants it: the page's title is the first.
    """
    ranks = [1]

    def change(tag: StartTag) -> None:
        if tag.name == "a" and _is_external(tag.get("href") or "", own_hosts):
            own = (tag.get("rel") or "").split()
            tag.set("rel", " ".join([*own, *(mark for mark in _RELATION if mark not in own)]))
        elif tag.name == "iframe" and not (tag.get("title") or tag.get("aria-label")):
            tag.set("title", messages.frame_title(_host(tag.get("src") or "")))
        elif len(tag.name) == 2 and tag.name[0] == "h" and tag.name[1] in "123456":
            _level(tag, ranks)

    return rewrite(html, change)


def _level(tag: StartTag, ranks: list[int]) -> None:
    rank = int(tag.name[1])
    while ranks and ranks[-1] >= rank:
        ranks.pop()
    ranks.append(rank)
    if len(ranks) != rank and tag.get("aria-level") is None:
        tag.set("aria-level", str(len(ranks)))


def _is_external(href: str, own_hosts: frozenset[str]) -> bool:
    address = href.strip()
    is_absolute = address.lower().startswith(("http:", "https:", "//"))
    host = _host(address) if is_absolute else ""
    return bool(host) and host not in own_hosts


def _host(address: str) -> str:
    try:
        return urlsplit(address.strip()).hostname or ""
    except ValueError:  # no address at all: the register tells
        return ""
