"""Images as their bytes tell them: what a server says of a file, or its name, proves nothing."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from io import BytesIO

from coursekit.links.dimensions import UnreadableImageError, dimensions
from coursekit.markdown.document import Size

FOLDER = "assets/images-distantes"  # of the copy

_RASTERS = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), ".png"),
    (re.compile(rb"GIF8[79]a"), ".gif"),
    (re.compile(rb"\xff\xd8\xff"), ".jpg"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), ".webp"),
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), ".avif"),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of another site, kept in the copy."""

    path: str  # from the root of the copy
    data: bytes
    size: Size | None  # in CSS pixels; None for a drawing that has none of its own


def picture(data: bytes) -> Picture | None:
    """Return the image that `data` is, named by what it holds; None when it is none that browsers show."""
    # An SVG is shown by `img` alone, where browsers run no script and load nothing.
    ending = next((ending for start, ending in _RASTERS if start.match(data)), ".svg")
    try:
        size = dimensions(BytesIO(data), f"x{ending}")
    except UnreadableImageError:
        return None
    return Picture(f"{FOLDER}/{hashlib.sha256(data).hexdigest()[:20]}{ending}", data, size)
