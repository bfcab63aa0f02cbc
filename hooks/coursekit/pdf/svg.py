"""Drawings inside a page as XML of their own."""

from __future__ import annotations

import re
from html import escape

from coursekit.html_tree import Element

_NAMESPACE = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_NAME = re.compile(r"[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?")
_PREFIXES = ("xlink:", "xml:")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SKIPPED = frozenset({"script", "foreignObject", "a:script"})
_UNKNOWN = 300.0, 150.0  # CSS pixels of a replaced element without a size (CSS 2.2, 10.3.2)


def xml(svg: Element, unshowable: frozenset[str] = frozenset()) -> str:
    """Return a drawing as a document; nothing in it reads a file or another site.

    Typst colours no emoji that are joined in a drawing, and `unshowable` characters become boxes.
    """
    names = {"xmlns": _NAMESPACE, "xmlns:xlink": _XLINK}
    kept = {name: value for name, value in svg.attributes.items() if not name.startswith("xmlns")}
    return _element(Element("svg", names | kept, svg.children), unshowable)


def natural_size(svg: Element) -> tuple[float, float]:
    """Return width and height in CSS pixels, of the view box where the drawing gives none."""
    sides = [_pixels(svg.attributes.get(side, "")) for side in ("width", "height")]
    box = [_pixels(part) for part in re.split(r"[\s,]+", svg.attributes.get("viewBox", "").strip())]
    if len(box) == 4 and box[2] and box[3]:
        ratio = box[3] / box[2]
        width = sides[0] or (sides[1] / ratio if sides[1] else box[2])
        return width, sides[1] or width * ratio
    return sides[0] or _UNKNOWN[0], sides[1] or _UNKNOWN[1]


def alternative(svg: Element) -> str:
    """Return what stands for the drawing where it is not seen."""
    if label := svg.attributes.get("aria-label", "").strip():
        return label
    texts = [child.text.strip() for child in svg.elements if child.tag in ("title", "desc")]
    return " — ".join(filter(None, texts))


def _element(element: Element, unshowable: frozenset[str]) -> str:
    if element.tag in _SKIPPED or not _NAME.fullmatch(element.tag):
        return ""
    written = "".join(
        f' {name}="{_escaped(value)}"' for name, value in element.attributes.items() if _is_kept(name, value)
    )
    inside = "".join(
        _text(child, unshowable) if isinstance(child, str) else _element(child, unshowable)
        for child in element.children
    )
    return f"<{element.tag}{written}>{inside}</{element.tag}>"


def _text(text: str, unshowable: frozenset[str]) -> str:
    for cluster in unshowable:
        text = text.replace(cluster, "\u25a1" if len(cluster) == 1 else cluster.replace("\u200d", ""))
    return _escaped(text)


def _is_kept(name: str, value: str) -> bool:
    if not _NAME.fullmatch(name) or name.startswith("on"):
        return False
    if ":" in name and not name.startswith((*_PREFIXES, "xmlns:xlink")):
        return False
    if name in ("href", "xlink:href"):
        return value.startswith(("#", "data:"))
    return "url(" not in value or bool(re.search(r"url\(\s*['\"]?#", value))


def _escaped(text: str) -> str:
    return escape(_CONTROLS.sub("", text))


def _pixels(text: str) -> float:
    match = re.fullmatch(r"\s*(\d{1,6}(?:\.\d+)?)(?:px)?\s*", text)
    return float(match[1]) if match else 0.0
