"""The sections of all pages -> one small script, which a browser loads from any place, a folder too.

Pages are packed some at a time, so that a build need not pack anew what has not changed: where one lot ends
is told by the page at its end, hence a page that comes or goes changes the lot around it and no other.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from coursekit.search.sections import Section

_LOT = 4  # pages, on average; smaller lots pack less well, larger ones are longer in the making
_ZLIB = b"\x78\xda"  # RFC 1950: deflate, a window of 32 KiB, no dictionary
_END = b"\x03\x00"  # RFC 1951: an empty block, the last one
_ADLER = 65521  # RFC 1950: the checksum counts modulo this prime


class Page(NamedTuple):
    """A page that can be found."""

    url: str  # relative to the site's root
    title: str  # plain text
    tags: tuple[str, ...]
    description: str  # the author's own, empty without one
    sections: tuple[Section, ...]


class Packed(NamedTuple):
    """Some pages, as a part of the index."""

    deflated: bytes  # raw deflate (RFC 1951) that refers to nothing before it, and is not the last block
    checksum: int  # Adler-32 of what it holds
    length: int  # of what it holds, bytes


def lots(urls: Iterable[str]) -> Iterator[list[str]]:
    """Yield the URLs of all pages, in their order, by the pages that are packed together."""
    lot: list[str] = []
    for url in urls:
        lot.append(url)
        if zlib.crc32(url.encode("utf-8", "replace")) % _LOT == 0:
            yield lot
            lot = []
    if lot:
        yield lot


def pack(pages: Iterable[Page]) -> Packed:
    """Return some pages, always the same for the same ones: a line of JSON each.

    `[url, title, [tag], description, [[identifier, title, text]]]`
    """
    rows = ([*page[:4], [[one.identifier, one.title, one.text] for one in page.sections]] for page in pages)
    lines = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    data = lines.encode("utf-8", "replace")
    deflate = zlib.compressobj(level=9, wbits=-15)
    return Packed(deflate.compress(data) + deflate.flush(zlib.Z_FULL_FLUSH), zlib.adler32(data), len(data))


def script(parts: Iterable[Packed]) -> str:
    """Return the script that hands `courseSearch.index` the pages.

    Their lines in zlib's format (RFC 1950), in base64: browsers read both, and a script element, unlike
    `fetch`, reads from `file:` too.
    """
    deflated, checksum = [_ZLIB], zlib.adler32(b"")
    for part in parts:
        deflated.append(part.deflated)
        checksum = _joined(checksum, part)
    packed = b"".join([*deflated, _END, checksum.to_bytes(4, "big")])
    return f'(globalThis.courseSearch ??= {{}}).index = "{base64.b64encode(packed).decode()}";\n'


def _joined(checksum: int, part: Packed) -> int:
    """Return Adler-32 of a text and what follows it, by its definition in RFC 1950."""
    low, high = checksum & 0xFFFF, checksum >> 16
    more, rest = part.checksum & 0xFFFF, part.checksum >> 16
    return (high + rest + part.length * (low - 1)) % _ADLER << 16 | (low + more - 1) % _ADLER
