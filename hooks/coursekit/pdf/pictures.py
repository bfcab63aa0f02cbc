"""Images, drawings and what only a screen can play."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from coursekit.html_tree import Element
from coursekit.pdf import messages
from coursekit.pdf.mathematics.formulas import equation
from coursekit.pdf.svg import alternative, natural_size, xml
from coursekit.pdf.syntax import call, points, string

if TYPE_CHECKING:
    from coursekit.pdf.writer import Frame, Handler, Writer

_PIXEL = 0.75  # points, CSS' own ratio (CSS Values 4, 6.2)
_ICON = 28.0  # points: drawings up to this height stand in a line, as high as its letters
_ICONS = frozenset(("twemoji", "icon", "emoji"))  # classes of pictures that stand for a letter
# First bytes -> Typst's name of the format, https://typst.app/docs/reference/visualize/image/
_FORMATS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"RIFF", "webp"),
)


def image_format(data: bytes) -> str | None:
    """Return the name of an image's format by its first bytes, None if Typst cannot set it."""
    for start, name in _FORMATS:
        if data.startswith(start):
            return name
    return "svg" if b"<svg" in data[:4096].lower() else None


def shows_only_pictures(run: Sequence[Element | str]) -> bool:
    """Tell whether a run of text is images or drawings only, however linked or emphasised."""
    shown = [node for node in run if not isinstance(node, str) or node.strip()]
    return bool(shown) and all(
        isinstance(node, Element)
        and (
            (node.tag in ("img", "svg") and not _ICONS & set(node.classes))
            or (node.tag in ("a", "em", "strong", "span") and shows_only_pictures(node.children))
        )
        for node in shown
    )


def _image(writer: Writer, element: Element, frame: Frame) -> list[str]:
    source = element.attributes.get("src", "")
    alt = element.attributes.get("alt", "")
    name = _asset(writer, source)
    if name is None:
        return _instead(writer, source, alt)
    width, height = (_length(element.attributes.get(side, "")) for side in ("width", "height"))
    return writer.leaf(call("picture", string(name), string(alt), width, height, points(frame.width)))


def _asset(writer: Writer, source: str) -> str | None:
    """Return the name of the file that shows an image, known to the document from here on."""
    data = _inlined(source) if source.startswith("data:") else writer.image(source)
    kind = image_format(data) if data else None
    return _kept(writer, data, kind) if data and kind else None


def _kept(writer: Writer, data: bytes, kind: str) -> str | None:
    """Have an image in the document, unless it has shown that it cannot be set; return its name."""
    name = f"{hashlib.sha256(data).hexdigest()[:24]}.{kind}"
    if name in writer.unusable:
        return None
    writer.assets[name] = data
    return name


def _inlined(source: str) -> bytes:
    header, _, content = source.partition(",")
    data = unquote_to_bytes(content)
    if not header.endswith(";base64"):
        return data
    try:
        return base64.b64decode(data)
    except binascii.Error:
        return b""


def _instead(writer: Writer, source: str, alt: str) -> list[str]:
    """Write an image that cannot be had: its text, and where it is."""
    destination = writer.find(source)
    writer.problem(messages.image_left_out(source if len(source) < 200 else source[:200] + "…"))
    shown = string(alt or messages.image())
    if destination and destination.url:
        shown = call("outward", string(destination.url), shown)
    return writer.leaf(call("absent", shown))


def _figure(writer: Writer, element: Element, frame: Frame) -> list[str]:
    captions = [child for child in element.elements if child.tag == "figcaption"]
    rest = [child for child in element.children if not any(child is one for one in captions)]
    content = writer.blocks(rest, frame)
    if not captions:
        return [call("centred", content)]
    caption = writer.inlines([part for one in captions for part in one.children], frame)
    return [call("illustration", content, caption)]


def _drawing(writer: Writer, element: Element, frame: Frame) -> list[str]:
    """Write SVG of the page itself: a diagram, or an icon in a line."""
    width, height = natural_size(element)
    alt = alternative(element)
    name = _kept(writer, xml(element, writer.unshowable).encode(), "svg")
    if name is None:
        writer.problem(messages.drawing_left_out())
        return writer.leaf(call("absent", string(alt or messages.drawing())))
    if height * _PIXEL <= _ICON or _ICONS & set(element.classes):
        return writer.leaf(call("icon", string(name), string(alt)))
    size = points(width * _PIXEL), points(height * _PIXEL)
    return writer.leaf(
        call("drawing", string(name), string(alt or messages.drawing()), *size, points(frame.width))
    )


def _math_block(writer: Writer, element: Element, frame: Frame) -> list[str]:
    return [equation(element, block=True, unshowable=writer.unshowable)]


def _player(writer: Writer, element: Element, frame: Frame) -> list[str]:
    """Write a frame, a film or a sound: where to see or hear it."""
    inner = [element, *(child for child in element.elements if child.tag == "source")]
    addresses = [one.attributes.get("src", "") or one.attributes.get("data", "") for one in inner]
    address = next(filter(None, addresses), "")
    writer.problem(messages.left_on_screen(element.tag))
    destination = writer.find(address) if address else None
    title = element.attributes.get("title", "") or messages.on_screen_only(element.tag)
    shown = string(title)
    if destination and destination.url:
        shown = call("outward", string(destination.url), shown)
    return [call("par", call("absent", shown))]


def _length(text: str) -> str:
    """Return an HTML length in points, `auto` for none and for percentages."""
    match = re.fullmatch(r"\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*", text)
    return points(int(match[1]) * _PIXEL) if match and int(match[1]) else "auto"


BLOCKS: dict[str, Handler] = {
    "figure": _figure,
    "math": _math_block,
    **dict.fromkeys(("iframe", "video", "audio", "object", "embed"), _player),
}
INLINES: dict[str, Handler] = {"img": _image, "svg": _drawing}
