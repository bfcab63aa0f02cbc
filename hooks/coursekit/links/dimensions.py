"""The size of an image, from the first bytes of its file."""

from __future__ import annotations

import posixpath
import re
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from coursekit.markdown.document import Size

_RASTER = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp")

_SVG_HEAD = 65536  # bytes of an SVG read at most: comments and declarations before its first element
_SVG_STEP = 4096

# CSS Values 4, absolute lengths: pixels in one unit.
_PIXELS = {
    "": 1,
    "px": 1,
    "pt": 96 / 72,
    "pc": 16,
    "in": 96,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
    "q": 96 / 101.6,
}
_LENGTH = re.compile(r"[ \t\r\n]*+([-+.\deE]++)[ \t\r\n]*+([a-zA-Z]*+)[ \t\r\n]*")


class UnreadableImageError(ValueError):
    """A file that is not what its name says, or damaged."""


def has_dimensions(name: str) -> bool:
    """Tell whether a file of this name is an image whose size can be read."""
    return _suffix(name) in (*_RASTER, ".svg")


def dimensions(file: BinaryIO, name: str) -> Size | None:
    """Return the size of an image in CSS pixels, as it is shown (turned, when its camera was).

    None: it has none of its own, as an SVG may. Raises UnreadableImageError.
    """
    if _suffix(name) == ".svg":
        return _svg(_svg_root(file))
    # Brings urllib's client with it, which sites without pictures do without.
    import imagesize  # type: ignore[import-untyped]  # noqa: PLC0415

    width, height = imagesize.get(file)  # -1 for what it cannot read; it never raises
    if width < 1 or height < 1:
        raise UnreadableImageError(name)
    return round(width), round(height)


def _suffix(name: str) -> str:
    return posixpath.splitext(name)[1].lower()


def _svg_root(file: BinaryIO) -> Element:
    parser: Any = XMLPullParser(["start"])
    try:
        for _ in range(_SVG_HEAD // _SVG_STEP):
            parser.feed(file.read(_SVG_STEP))
            for _, element in parser.read_events():
                return _expect_svg(element)
    except (ParseError, ValueError, LookupError) as error:  # the last two: an encoding beyond Python
        raise UnreadableImageError(str(error)) from error
    raise UnreadableImageError


def _expect_svg(root: Element) -> Element:
    if root.tag.rpartition("}")[2] != "svg":
        raise UnreadableImageError(root.tag)
    return root


def _svg(root: Element) -> Size | None:
    """Return the size an SVG gives, else that of its `viewBox`, which browsers keep the shape of."""
    width, height = _length(root.get("width", "")), _length(root.get("height", ""))
    box = [_length(part) or 0 for part in re.split(r"[ \t\r\n,]+", root.get("viewBox", "").strip())]
    if len(box) == 4 and box[2] and box[3]:
        ratio = box[2] / box[3]
        width = width or (height * ratio if height else box[2])
        height = height or width / ratio
    return (max(1, round(width)), max(1, round(height))) if width and height else None


def _length(text: str) -> float | None:
    """Return a length in pixels; None for a percentage, what is no length, or none to draw anything in."""
    match = _LENGTH.fullmatch(text)
    if not match or match[2].lower() not in _PIXELS:
        return None
    try:
        pixels = float(match[1]) * _PIXELS[match[2].lower()]
    except ValueError:
        return None
    return pixels if 1e-3 < pixels < 1e6 else None
