"""One way a text may have been misread, and the way back: bytes of a stretch -> characters.

A stretch is undone by a shortest path over its bytes: each step takes the bytes of one character, all
of them (strict) or those that were not lost; the cost of a character is its surprise in bits. The table
of lossy steps is made once per way of misreading.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
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
    found: defaultdict[bytes, set[str]] = defaultdict(set)
    ending: defaultdict[bytes, set[str]] = defaultdict(set)
    for char in prior.plausible:
        for key in _remains(char, misreading):
            found[key.replace(b"\xa0", b" ") if misreading.spaced else key].add(char)
            if misreading.stripped and key[-1:] == b"\xa0":
                ending[key[:-1]].add(char)
    unharmed = replace(misreading, lost=frozenset(), fill="c1")
    whole = {key: char for char in prior.plausible for key in _remains(char, unharmed)}
    for key, char in whole.items():
        found[key].add(char)
    entries = {key: _entry(chars, whole.get(key), prior) for key, chars in found.items()}
    at_end = {key: _entry(chars | found.get(key, set()), None, prior) for key, chars in ending.items()}
    return Table(entries, at_end, max(map(len, entries), default=0))


def _entry(chars: set[str], whole: str | None, prior: Prior) -> _Entry:
    """Make the entry of remains that `chars` share; `whole` is the one that lost nothing, if any."""
    if whole in chars:
        return _Entry(prior.bits(whole), (whole,), lost=False)
    ordered = tuple(sorted(chars, key=lambda char: (prior.bits(char), char)))
    return _Entry(prior.bits(ordered[0]) + _LOSS_BITS, ordered, lost=True)


def _remains(char: str, misreading: Misreading) -> set[bytes]:
    """Return what may remain of the bytes of a character, as bytes of the damaged text."""
    texts = {char}
    for _ in range(misreading.depth - 1):
        texts = {
            _misread(text, forward, misreading) for text in texts for forward in misreading.family.forward
        }
    return {_without_lost(text.encode(), misreading) for text in texts} - {b""}


def _misread(text: str, forward: tuple[str, ...], misreading: Misreading) -> str:
    def show(byte: int) -> str:
        lost = byte in misreading.lost and misreading.fill != "c1"
        return forward[byte] or (misreading.fill if lost else chr(byte))

    return "".join(map(show, text.encode()))


def _without_lost(data: bytes, misreading: Misreading) -> bytes:
    if misreading.fill == "c1" or not misreading.lost:
        return data
    fill = {"": [], "\ufffd": [WILDCARD], "?": [0x3F]}[misreading.fill]
    kept: list[int] = []
    for byte in data:
        kept += fill if byte in misreading.lost else [byte]
    return bytes(kept)


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
