"""What an author need not write: marks in a page's HTML for browsers, style sheets and screen readers."""

from __future__ import annotations

import re
from itertools import count
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from coursekit import messages
from coursekit.pages.start_tags import StartTag, rewrite

_RELATION = ("noopener", "external")
# Up to the end tag there is nothing to hear, but pictures that are told to be decoration.
_NOTHING = re.compile(
    r"""(?:\s|&nbsp;|<br\s*/?>|<img\b(?=[^<>]*\salt(?:=(?:""|''))?[\s/>])[^<>]*>)*</(?:a|th|summary)\s*>""",
    re.IGNORECASE,
)
_CHANGED = frozenset({"a", "img", "summary", "th", "pre", "iframe", "h1", "h2", "h3", "h4", "h5", "h6"})
_NAMES = ("aria-label", "aria-labelledby", "title")


def annotate(html: str, own_hosts: frozenset[str] = frozenset()) -> str:
    """Return a page's content with its marks; nothing that its author wrote is changed.

    - Links to another host than these have `rel="noopener external"`.
    - Frames without a title have one.
    - A heading that skips levels has the level at which it stands in the outline (`aria-level`), as WCAG's
      technique G141 wants it: the page's title is the first.
    - A link without text is called by its address, an undescribed image by its file; a table's empty corner
      heads nothing.
    - A block of code has an id: the theme names blocks by the nearest id around, and its buttons copy the
      first block of that name.
    """
    ranks = [1]
    numbers = count(1)

    def change(tag: StartTag) -> None:
        match tag.name:
            case "a":
                _tell_link(tag, own_hosts)
            case "img":
                _describe(tag)
            case "summary":
                if _is_nameless(tag):
                    tag.set("aria-label", messages.UNNAMED_DETAILS)
            case "th" if tag.get("role") is None and tag.followed_by(_NOTHING):
                tag.set("role", "cell")
            case "pre" if tag.get("id") is None:
                tag.set("id", f"__pre_{next(numbers)}")
            case "iframe" if not (tag.get("title") or tag.get("aria-label")):
                tag.set("title", messages.frame_title(_host(tag.get("src") or "")))
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                _level(tag, ranks)

    return rewrite(html, _CHANGED, change)


def _tell_link(tag: StartTag, own_hosts: frozenset[str]) -> None:
    href = tag.get("href")
    if href is None:
        return
    if _is_external(href, own_hosts):
        own = (tag.get("rel") or "").split()
        tag.set("rel", " ".join([*own, *(mark for mark in _RELATION if mark not in own)]))
    if _is_nameless(tag):
        tag.set("aria-label", messages.link_name(_shown(href)))


def _describe(tag: StartTag) -> None:
    """Tell of an image without `alt`; an empty one says that it is decoration."""
    if all(tag.get(attribute) is None for attribute in ("alt", *_NAMES)):
        tag.set("aria-label", messages.image_name(PurePosixPath(_shown(tag.get("src") or "")).stem))


def _is_nameless(tag: StartTag) -> bool:
    """Tell whether an element has neither text nor name."""
    return tag.followed_by(_NOTHING) is not None and not any(map(tag.get, _NAMES))


def _shown(address: str) -> str:
    """Return an address as one says it: without scheme, query and the steps up to it."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address.strip()
    if parts.scheme == "data":
        return ""
    steps = [parts.netloc, *unquote(parts.path).split("/")]
    return "/".join(step for step in steps if step.strip(".")) or unquote(parts.fragment)


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
