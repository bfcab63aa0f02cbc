"""Bodies: which are read, and what comes out of their content coding."""

from __future__ import annotations

import zlib

_SAMPLE = 4096  # bytes of a body that has no text to read

_TEXT = ("text/", "application/xhtml", "application/xml", "application/json")
_TEXT_SUFFIXES = ("+xml", "+json")

_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}  # zlib's `wbits`
_RAW_WINDOW = -15  # deflate without the wrapping that its name promises, as some servers send it
# Codings that were not asked for and have no reader here. Any other word (`none`, `utf-8`) is a server's slip
# for a body that is not coded, which is how browsers take it.
_FOREIGN = ("br", "zstd", "compress", "x-compress", "dcb", "dcz")


def wanted(content_type: str, max_bytes: int) -> int:
    """Return how many bytes of a body to read: of what is no text, only what tells its kind."""
    kind = content_type.partition(";")[0].strip().lower()
    is_text = not kind or kind.startswith(_TEXT) or kind.endswith(_TEXT_SUFFIXES)
    return max_bytes if is_text else min(_SAMPLE, max_bytes)


class Decoder:
    """What undoes a body's `Content-Encoding`, piece by piece, never beyond a number of bytes."""

    def __init__(self, content_encoding: str) -> None:
        words = [word.strip().lower() for word in content_encoding.split(",")]
        codings = [word for word in words if word in _WINDOWS or word in _FOREIGN]
        self._coding = codings[0] if codings else None
        self._is_foreign = len(codings) > 1 or self._coding in _FOREIGN
        self._stream: zlib._Decompress | None = None
        self._is_over = False  # what follows is padding

    @property
    def is_whole(self) -> bool:
        """Tell whether what has been fed is all that there was to decode."""
        if self._coding is None or self._stream is None:
            return not self._is_foreign
        return self._stream.eof

    def feed(self, data: bytes, most: int) -> bytes:
        """Return what `data` decodes to, `most` bytes of it; raises ValueError when it is not so coded."""
        if self._coding is None:
            return data[:most]
        if self._is_foreign:
            raise ValueError(self._coding)
        decoded = b""
        try:
            while data and len(decoded) < most and not self._is_over:
                self._stream = self._stream or self._start(data)
                decoded += self._stream.decompress(data, most - len(decoded))
                data = self._next_member() if self._stream.eof else b""
        except zlib.error as error:
            raise ValueError(str(error)) from error
        return decoded

    def _start(self, data: bytes) -> zlib._Decompress:
        assert self._coding
        is_raw = self._coding == "deflate" and data[0] & 0x0F != 8  # RFC 1950, 2.2: CM of the first byte
        return zlib.decompressobj(_RAW_WINDOW if is_raw else _WINDOWS[self._coding])

    def _next_member(self) -> bytes:
        """Return what follows a finished stream, when it is another member of a gzip file (RFC 1952, 2.2)."""
        assert self._stream
        rest = self._stream.unused_data
        self._is_over = not rest.startswith(b"\x1f\x8b")
        if self._is_over:
            return b""
        self._stream = None
        return rest
