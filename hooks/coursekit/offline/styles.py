"""Fonts inside style sheets: a browser that reads a site from a disk may refuse those of other files."""

from __future__ import annotations

import posixpath
import re
from base64 import b64encode
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

_URL = re.compile(r"""url\(\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'()]+))\s*\)""", re.IGNORECASE)
# Even a font that stands in the sheet takes its moment, and would come too late to be shown.
_OPTIONAL = re.compile(r"(font-display\s*:\s*)optional", re.IGNORECASE)
_FONTS = {".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".otf": "font/otf"}


def is_font(path: str) -> bool:
    """Tell whether a file of this name is a font that `with_fonts` puts into style sheets."""
    return posixpath.splitext(path)[1].lower() in _FONTS


def with_fonts(css: str, path: str, read: Callable[[str], bytes | None]) -> str:
    """Return the style sheet at `path` with its fonts in it.

    `read` returns the content of the file at a path from the site's root, None when there is none.
    """

    def inline(match: re.Match[str]) -> str:
        address = match[1] or match[2] or match[3] or ""
        if not is_font(urlsplit(address).path) or ":" in address or address.startswith("/"):
            return match[0]
        font = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(urlsplit(address).path)))
        data = read(font)
        if data is None:
            return match[0]
        kind = _FONTS[posixpath.splitext(font)[1].lower()]
        return f'url("data:{kind};base64,{b64encode(data).decode()}")'

    return _OPTIONAL.sub(r"\1block", _URL.sub(inline, css))
