"""Bytes to text, a file at a time: which encoding a file is in, and what of it nobody can read."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

from coursekit import messages
from coursekit.problem import Problem

if TYPE_CHECKING:
    from coursekit.encoding.prior import Prior

_MARKS = (  # UTF-32's little-endian mark begins with UTF-16's: longest first
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How much less usual each code page is, in bits; a few letters of evidence outweigh it.
_SINGLE_BYTE = {
    "cp1252": 0.0,
    "cp1254": 1.0,
    "latin-1": 1.0,
    "iso8859-15": 2.0,
    "mac_roman": 12.0,
    "cp850": 12.0,
}
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|$)")
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
# Bits a non-ASCII character of a text costs on average; text misread in a wrong code page costs 12 and more.
_MOST_BITS = 12.0


class Decoded(NamedTuple):
    """A file as text."""

    text: str
    encoding: str  # "utf-8-sig" with a mark; the code page when any line was in one
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, prior: Prior | None = None) -> Decoded:
    """Return the text of a file; one that cannot be read is an empty text and a problem.

    `prior` is what course pages are made of, the shipped one by default.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            decoded = (
                _decode_utf8(data[3:], prior)
                if mark == codecs.BOM_UTF8
                else _decode_wide(data, mark, encoding)
            )
            return decoded._replace(encoding="utf-8-sig") if mark == codecs.BOM_UTF8 else decoded
    return _decode_utf8(data, prior)


def _decode_wide(data: bytes, mark: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data[len(mark) :].decode(encoding), encoding)
    except UnicodeDecodeError as error:
        return _unreadable(0, len(mark) + error.start, encoding)


def _decode_utf8(data: bytes, prior: Prior | None) -> Decoded:
    try:
        return Decoded(data.decode(), "utf-8")
    except UnicodeDecodeError as error:
        binary = _BINARY.search(data)
        at = binary.start() if binary else error.start
        decoded = None if binary else _decode_lines(data, prior)
        return decoded or _unreadable(data.count(b"\n", 0, at) + 1, at, "utf-8")


def _unreadable(line: int, offset: int, encoding: str) -> Decoded:
    return Decoded("", encoding, (Problem(line, messages.undecodable_file(offset)),))


def _decode_lines(data: bytes, prior: Prior | None) -> Decoded | None:
    """Decode a file whose bytes are not all UTF-8: whole lines of it are in one single-byte code page."""
    lines = [(match[0], _is_utf8(match[0])) for match in _LINE.finditer(data)]
    found = _code_page(b"".join(line for line, is_utf8 in lines if not is_utf8), prior)
    if found is None:
        return None
    return Decoded("".join(line.decode("utf-8" if is_utf8 else found) for line, is_utf8 in lines), found)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _code_page(data: bytes, prior: Prior | None) -> str | None:
    """Return the code page in which these lines are likeliest text, None when they are text in none."""
    from coursekit.encoding.prior import shipped_prior  # noqa: PLC0415 - text is mostly in UTF-8

    prior = prior or shipped_prior()
    high = bytes(byte for byte in data if byte >= 0x80)
    costs: dict[str, float] = {}
    for codec, unusual in _SINGLE_BYTE.items():
        try:
            text = high.decode(codec)
        except UnicodeDecodeError:
            continue
        costs[codec] = unusual + sum(text.count(char) * prior.bits(char) for char in set(text))
    best = min(costs, key=lambda codec: costs[codec])
    return best if costs[best] - _SINGLE_BYTE[best] <= _MOST_BITS * len(high) else None
