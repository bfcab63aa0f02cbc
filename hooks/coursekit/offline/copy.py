"""One file of the built site as the copy has it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from coursekit.offline import embeds, policy
from coursekit.offline.addresses import Places, is_elsewhere
from coursekit.offline.pictures import Picture

# Of use to a server, or to robots: none reads the copy.
_LEFT_OUT = re.compile(
    r"404\.html|_headers|_redirects|CNAME|sitemap\.xml(?:\.gz)?|robots\.txt|feed[^/]*\.(?:xml|json)|.*\.map|(?:.*/)?\.[^/]+(?:/.*)?"
)
_LINKING = ("href", "src", "poster", "data", "xlink:href", "action")
_WITH_ADDRESS = "[href], [src], [poster], object[data], form[action], svg a"


def is_left_out(path: str) -> bool:
    """Tell whether a file of the site, by its path from the root, has no place in the copy."""
    return _LEFT_OUT.fullmatch(path) is not None


def parse(html: bytes) -> LexborHTMLParser:
    """Return the tree that a browser would build of a page."""
    return LexborHTMLParser(html)


def page(html: bytes, path: str, places: Places, kept: Mapping[str, Picture]) -> bytes:
    """Return the page at `path` as it can be read from a disk: `kept` are images, by absolute address."""
    tree = parse(html)
    _keep_first_lines(tree)
    for node in tree.css("meta[http-equiv='Content-Security-Policy' i]"):
        node.attrs["content"] = policy.for_disk(node.attributes.get("content") or "")
    for node in tree.css("link"):
        if _is_of_no_use(node):
            node.decompose()
    for node in tree.css(_WITH_ADDRESS):
        _name_file(node, path, places)
    embeds.replace(tree, kept, "../" * path.count("/"))
    return (tree.html or "").encode("utf-8", "replace")


def _is_of_no_use(link: LexborNode) -> bool:
    """Tell whether a `link` loads a font ahead, which is in the style sheet, or offers a feed."""
    rel = (link.attributes.get("rel") or "").lower().split()
    kind = (link.attributes.get("type") or "").lower()
    is_feed = "alternate" in rel and kind.startswith(
        ("application/rss", "application/atom", "application/feed")
    )
    return is_feed or ("preload" in rel and link.attributes.get("as") == "font")


def _name_file(node: LexborNode, path: str, places: Places) -> None:
    if node.tag == "link" and (node.attributes.get("rel") or "").lower() == "canonical":
        return  # where the page is published
    for name in _LINKING:
        if address := node.attributes.get(name):
            named = places.from_page(path, address)
            is_followed = node.tag in ("a", "area")  # what loads by itself must not ask another site
            if named != address and (is_followed or not is_elsewhere(named)):
                node.attrs[name] = named


def _keep_first_lines(tree: LexborHTMLParser) -> None:
    """Keep an empty first line: of each first line feed, the parser that reads the copy takes one away."""
    for node in tree.css("pre, textarea, listing"):
        if node.first_child is not None and (node.first_child.text_content or "").startswith("\n"):
            node.first_child.insert_before("\n")
