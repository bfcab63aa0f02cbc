"""One way a text may have been misread, and the way back: bytes of a stretch -> characters.

A stretch is undone by a shortest path over its bytes: each step takes the bytes of one character, all
of them (strict) or those that were not lost; the cost of a character is its surprise in bits. The table
of lossy steps is made once per way of misreading.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from coursekit.encoding.codepages import WILDCARD, Family
from coursekit.encoding.prior import Prior

Fill = Literal["", "\ufffd", "?", "c1"]  # what was put for a byte without a character

_LOSS_BITS = 2.0  # a lossy step must be this much likelier than a strict one
_COMMON_BITS = 15.9  # French, its typography, and every emoji; not the letters of other languages
_LONGEST_STRICT = 4  # bytes of one character in UTF-8


@dataclass(frozen=True, slots=True)
class Misreading:
    """How UTF-8 became mojibake."""

    family: Family
    lost: frozenset[int]  # bytes that had no character
    fill: Fill
    depth: int = 1  # how many times in a row
    spaced: bool = False  # whether no-break spaces became spaces since
    stripped: bool = False  # whether lines lost their trailing blanks since, no-break spaces too


@dataclass(frozen=True, slots=True)
class Step:
    """The bytes of one character in a stretch."""

    start: int  # offsets in the stretch, in characters
    end: int
    candidates: tuple[str, ...]  # likeliest first
    lost: bool  # whether a byte is missing


@dataclass(frozen=True, slots=True)
class Path:
    """A whole stretch undone."""

    bits: float
    steps: tuple[Step, ...]
    common: bool  # whether all its characters are ones that course pages have


@dataclass(frozen=True, slots=True)
class _Entry:
    bits: float
    candidates: tuple[str, ...]
    lost: bool


_KEPT = _Entry(0.0, (), lost=False)  # a space or a question mark that is nothing else
_GLUED = _Entry(4.0, (), lost=False)  # a question mark right behind a letter: hardly French


@dataclass(frozen=True, slots=True)
class Table:
    """The remaining bytes of every plausible character, under one misreading."""

    entries: dict[bytes, _Entry]
    at_end: dict[bytes, _Entry]  # at the end of a line whose trailing blanks were removed
    longest: int  # bytes


@lru_cache(maxsize=64)
def table_of(misreading: Misreading, prior: Prior) -> Table:
    """Build the table of a misreading."""
    whole = _whole_entries(misreading.family, misreading.depth, prior)
    lossy: defaultdict[bytes, set[str]] = defaultdict(set)
    ending: defaultdict[bytes, set[str]] = defaultdict(set)
    filled, dropped = _loss(misreading)
    for data in _misread(misreading, prior):
        for rest, char in zip(data.translate(filled, dropped).split(b"\n"), prior.plausible, strict=True):
            if misreading.stripped and rest[-1:] == b"\xa0":
                ending[rest[:-1]].add(char)
            left = rest.replace(b"\xa0", b" ") if misreading.spaced else rest
            if left and left not in whole:
                lossy[left].add(char)
    entries = whole | {key: _lossy_entry(chars, prior) for key, chars in lossy.items()}
    at_end = {
        key: _lossy_entry(chars.union(entries[key].candidates if key in entries else ()), prior)
        for key, chars in ending.items()
        if key
    }
    return Table(entries, at_end, max(map(len, entries), default=0))


@lru_cache(maxsize=32)
def _whole_entries(family: Family, depth: int, prior: Prior) -> dict[bytes, _Entry]:
    """Return the entries of the characters that lost nothing."""
    return {
        key: _Entry(prior.bits(char), (char,), lost=False)
        for data in _misread(Misreading(family, frozenset(), "c1", depth), prior)
        for key, char in zip(data.split(b"\n"), prior.plausible, strict=True)
    }


def _lossy_entry(chars: Set[str], prior: Prior) -> _Entry:
    """Make the entry of remains that `chars` share."""
    ordered = tuple(sorted(chars, key=lambda char: (prior.bits(char), char)))
    return _Entry(prior.bits(ordered[0]) + _LOSS_BITS, ordered, lost=True)


def _misread(misreading: Misreading, prior: Prior) -> Iterator[bytes]:
    """Yield the bytes of all plausible characters before they were misread for the last time, one a line."""
    text = "\n".join(prior.plausible)
    if misreading.depth == 1:
        yield text.encode()
        return
    fill = misreading.fill if misreading.fill != "c1" else None
    for forward in misreading.family.forward:
        shown = {
            byte: char or (chr(byte) if fill is None or byte not in misreading.lost else fill)
            for byte, char in enumerate(forward)
        }
        misread = text
        for _ in range(misreading.depth - 1):
            misread = misread.encode().decode("latin-1").translate(shown)
        yield misread.encode()


def _loss(misreading: Misreading) -> tuple[bytes | None, bytes]:
    """Return what `bytes.translate` wants to leave what is left of bytes that were misread."""
    lost = b"" if misreading.fill == "c1" else bytes(misreading.lost)
    if not misreading.fill:
        return None, lost
    fill = 0x3F if misreading.fill == "?" else WILDCARD
    return bytes.maketrans(lost, bytes([fill]) * len(lost)), b""


def undo(stretch: str, misreading: Misreading, prior: Prior, *, at_end: bool) -> Path | None:
    """Return the likeliest reading of a stretch, or None when something in it was never UTF-8.

    A stretch is non-ASCII characters and the `?` and spaces between them, which may be remains of
    lost bytes. Linear in its length.
    """
    data = _to_bytes(stretch, misreading.family)
    if data is None:
        return None
    table = table_of(misreading, prior)
    best = [math.inf] * (len(data) + 1)
    back: list[tuple[int, _Entry | None]] = [(0, None)] * (len(data) + 1)
    best[0] = 0.0
    for start in range(len(data)):
        if best[start] == math.inf:
            continue
        for end, entry in _steps(data, start, table, prior, at_end=at_end, depth=misreading.depth):
            if best[start] + entry.bits < best[end]:
                best[end] = best[start] + entry.bits
                back[end] = (start, entry)
    return _path(best[-1], back, prior)


def _to_bytes(stretch: str, family: Family) -> bytes | None:
    try:
        return stretch.translate(family.to_byte).encode("latin-1")
    except UnicodeEncodeError:
        return None


def _steps(
    data: bytes, start: int, table: Table, prior: Prior, *, at_end: bool, depth: int
) -> list[tuple[int, _Entry]]:
    """List the characters that may begin at `start`: where they end, and what they are."""
    first = data[start]
    if first < 0x80:
        return [(start + 1, _GLUED if first == 0x3F and start and data[start - 1] >= 0x80 else _KEPT)]
    if first < 0xC2:  # no character begins with a continuation byte
        return []
    found = []
    rest = data[start:] if at_end and len(data) - start < table.longest else b""
    if entry := table.at_end.get(rest):  # before the others: it holds their candidates too
        found.append((len(data), entry))
    for length in range(1, min(table.longest, len(data) - start) + 1):
        key = data[start : start + length]
        if entry := table.entries.get(key):
            found.append((start + length, entry))
        elif depth == 1 and 1 < length <= _LONGEST_STRICT and (char := _strict(key)):
            found.append((start + length, _Entry(prior.bits(char), (char,), lost=False)))
    return found


def _strict(key: bytes) -> str | None:
    try:
        text = key.decode()
    except UnicodeDecodeError:
        return None
    return text if len(text) == 1 else None


def _path(bits: float, back: list[tuple[int, _Entry | None]], prior: Prior) -> Path | None:
    if bits == math.inf:
        return None
    steps: list[Step] = []
    end = len(back) - 1
    while end:
        start, entry = back[end]
        if entry and entry.candidates:
            steps.append(Step(start, end, entry.candidates, entry.lost))
        end = start
    common = all(prior.bits(step.candidates[0]) < _COMMON_BITS for step in steps)
    return Path(bits, tuple(reversed(steps)), common)
