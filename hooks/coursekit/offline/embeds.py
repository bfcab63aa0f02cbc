"""What pages embed from other sites: images that were kept, and links in place of all else."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from coursekit.offline import messages
from coursekit.offline.addresses import absolute, is_elsewhere
from coursekit.offline.pictures import Picture

# One image of a `srcset`, as HTML splits it: an address up to a blank, no comma at its ends, and its size.
_CANDIDATE = re.compile(r"[\s,]*([^\s,]\S*?)(?:,(?=\s|$)|(\s[^,]*)(?:,|$)|$)")
_SINGLE = (("img", "src"), ("video", "poster"), ("input", "src"))
_FRAMES = ("iframe", "object", "embed", "video", "audio")
_SOURCES = ("src", "data")


def images(tree: LexborHTMLParser) -> list[str]:
    """Return the addresses of images of other sites, in the order of the page, each once."""
    found: dict[str, None] = {}
    for node in tree.css("img, source, input, video"):
        for address, _ in _candidates(node):
            found[address] = None
        for tag, name in _SINGLE:
            if node.tag == tag and (address := _elsewhere(node, name)):
                found[address] = None
    return [absolute(address) for address in found if is_elsewhere(address)]


def contents(tree: LexborHTMLParser) -> list[str]:
    """Return the addresses of films, sounds and frames of other sites, in the order of the page."""
    return [absolute(address) for _, address in _frames(tree)]


def replace(tree: LexborHTMLParser, kept: Mapping[str, Picture], to_root: str) -> None:
    """Show the images that were kept; put a link in the place of what was not.

    `kept` is by absolute address; `to_root` leads from the page to the root of the copy, `../../` say.
    """
    for node, address in _frames(tree):
        text = (node.attributes.get("title") or node.attributes.get("aria-label") or "").strip()
        _put_link(node, messages.online_content, text or _readable(address), absolute(address))
    for node in tree.css("video[poster]"):
        _show(node, "poster", kept, to_root)
    for node in tree.css("img, picture > source, input[src]"):
        _choose(node, kept, to_root)
    for node in tree.css("img, input[src]"):
        address = _elsewhere(node, "src")
        if not address:
            continue
        if not _show(node, "src", kept, to_root):
            text = (node.attributes.get("alt") or "").strip()
            whole = node.parent if node.parent and node.parent.tag == "picture" else node
            _put_link(whole, messages.online_image, text or _readable(address), absolute(address))


def _frames(tree: LexborHTMLParser) -> list[tuple[LexborNode, str]]:
    """Return the outermost films, sounds and frames that only another site has, with their address."""
    found: list[tuple[LexborNode, str]] = []
    inside: set[int] = set()
    for node in tree.css(", ".join(_FRAMES)):
        ancestors = _ancestors(node)
        if any(one.mem_id in inside for one in ancestors):
            continue
        sources = [node, *node.css("source")]
        addresses = [one.attributes.get(name) or "" for one in sources for name in _SOURCES]
        addresses = [address for address in addresses if address]
        if addresses and all(is_elsewhere(address) for address in addresses):
            found.append((node, addresses[0]))
            inside.add(node.mem_id)
    return found


def _ancestors(node: LexborNode) -> list[LexborNode]:
    found = []
    while node.parent is not None:
        node = node.parent
        found.append(node)
    return found


def _elsewhere(node: LexborNode, name: str) -> str:
    address = node.attributes.get(name) or ""
    return address if is_elsewhere(address) else ""


def _candidates(node: LexborNode) -> list[tuple[str, str]]:
    """Return address and size of each image of a `srcset`."""
    return _CANDIDATE.findall(node.attributes.get("srcset") or "")


def _show(node: LexborNode, name: str, kept: Mapping[str, Picture], to_root: str) -> bool:
    """Have an attribute name the image that was kept; without one, take it away and return False."""
    address = _elsewhere(node, name)
    if not address:
        return True
    picture = kept.get(absolute(address))
    if picture is None:
        if name == "poster":
            del node.attrs[name]
        return False
    node.attrs[name] = to_root + picture.path
    for refused in ("crossorigin", "integrity"):  # no file of a disk passes these
        if refused in node.attributes:
            del node.attrs[refused]
    has_room = any(one in node.attributes for one in ("width", "height", "style"))
    if node.tag == "img" and picture.size and not has_room:
        node.attrs["width"], node.attrs["height"] = (str(pixels) for pixels in picture.size)
    return True


def _choose(node: LexborNode, kept: Mapping[str, Picture], to_root: str) -> None:
    """Leave in a `srcset` what is in the copy; one of them stands in for a `src` that is not."""
    if "srcset" not in node.attributes:
        return
    chosen = []
    for address, size in _candidates(node):
        picture = kept.get(absolute(address))
        if not is_elsewhere(address):
            chosen.append((address, size))
        elif picture:
            chosen.append((to_root + picture.path, size))
    if chosen:
        node.attrs["srcset"] = ", ".join(address + size.rstrip() for address, size in chosen)
    elif node.tag == "source":
        node.decompose()
        return
    else:
        del node.attrs["srcset"]
    address = _elsewhere(node, "src")
    if chosen and node.tag == "img" and address and absolute(address) not in kept:
        node.attrs["src"] = chosen[0][0]


def _put_link(node: LexborNode, label: Callable[[str], str], text: str, address: str) -> None:
    """Put a link in the place of an element; within another link, its text there and the link behind."""
    around = next((one for one in _ancestors(node) if one.tag == "a"), None)
    link = _element(f'<a href="{escape(address)}" rel="noopener">{escape(label(text))}</a>')
    if around is None:
        node.replace_with(link)
        return
    around.insert_after(link)
    around.insert_after(" ")
    node.replace_with(text)


def _element(html: str) -> LexborNode:
    body = LexborHTMLParser(html).body
    assert body is not None
    assert body.child is not None
    return body.child


def _readable(address: str) -> str:
    """Return an address as a reader may be shown it: without scheme and query."""
    try:
        parts = urlsplit(absolute(address))
    except ValueError:
        return address
    return f"{parts.netloc}{parts.path}".rstrip("/") or address
