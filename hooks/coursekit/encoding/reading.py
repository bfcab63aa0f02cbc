"""One way a text may have been misread, and the way back: bytes of a stretch -> characters.

A stretch is undone by a shortest path over its bytes: each step takes the bytes of one character, all
of them (strict) or those that were not lost; the cost of a character is its surprise in bits. The table
of lossy steps is made once per way of misreading.
"""

from __future__ import annotations

import math
import string
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from coursekit.encoding.codepages import NBSP, WILDCARD, Family
from coursekit.encoding.prior import Prior

Fill = Literal["", "\ufffd", "?", "c1"]  # what was put for a byte without a character

_LOSS_BITS = 2.0  # a lossy step must be this much likelier than a strict one
_SPACED_BITS = 8.0  # a space stands for a no-break space where others are still there …
_SPACED_LETTER_BITS = 2.5  # … but more likely in `à`, which one then likely types like that
_TRIMMED_BITS = 3.0  # a no-break space is missing before the end of its line
_LONGEST_STRICT = 4  # bytes of one character in UTF-8
_LATIN = b"\xc3"  # the first byte of most letters of French
_ASCII_LETTERS = frozenset(string.ascii_letters.encode())


@dataclass(frozen=True, slots=True)
class Misreading:
    """How UTF-8 became mojibake."""

    family: Family
    lost: frozenset[int]  # bytes that had no character
    fill: Fill
    depth: int = 1  # how many times in a row
    spaced: bool = False  # whether all no-break spaces became spaces since, or were removed


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

    @property
    def is_letter(self) -> bool:
        """Whether it is likeliest the end of a word: `à` is the only letter whose last byte is A0."""
        return self.candidates[0].isalpha()


_KEPT = _Entry(0.0, (), lost=False)  # a space or a question mark that is nothing else
_GLUED = _Entry(4.0, (), lost=False)  # a question mark right behind a letter: hardly French


@dataclass(frozen=True, slots=True)
class Table:
    """The remaining bytes of every plausible character, under one misreading."""

    entries: dict[bytes, _Entry]
    spaced: dict[bytes, _Entry]  # with spaces for bytes A0, which are no-break spaces in some code pages
    trimmed: dict[bytes, _Entry]  # without such a byte at their end
    longest: int  # bytes


@lru_cache(maxsize=64)
def table_of(misreading: Misreading, prior: Prior) -> Table:
    """Build the table of a misreading."""
    whole = _whole_entries(misreading.family, misreading.depth, prior)
    lossy: defaultdict[bytes, set[str]] = defaultdict(set)
    spaced: defaultdict[bytes, set[str]] = defaultdict(set)
    trimmed: defaultdict[bytes, set[str]] = defaultdict(set)
    filled, dropped = _loss(misreading)
    for data in _misread(misreading, prior):
        for rest, char in zip(data.translate(filled, dropped).split(b"\n"), prior.plausible, strict=True):
            # One byte says nothing of a character of three.
            if rest and rest not in whole and (len(rest) > 1 or char < "\u0800"):
                lossy[rest].add(char)
            if NBSP in rest and misreading.family.has_no_break_space:
                spaced[rest.replace(b"\xa0", b" ")].add(char)
                if rest[-1] == NBSP and len(rest) > (1 if char < "\u0800" else 2):
                    trimmed[rest[:-1]].add(char)
    entries = whole | _lossy_entries(lossy, prior)
    return Table(
        entries,
        {key: _spaced(entry, misreading) for key, entry in _lossy_entries(spaced, prior).items()},
        _lossy_entries({key: chars | lossy.get(key, set()) for key, chars in trimmed.items()}, prior),
        max(map(len, entries), default=0),
    )


@lru_cache(maxsize=32)
def _whole_entries(family: Family, depth: int, prior: Prior) -> dict[bytes, _Entry]:
    """Return the entries of the characters that lost nothing."""
    return {
        key: _Entry(prior.bits(char), (char,), lost=False)
        for data in _misread(Misreading(family, frozenset(), "c1", depth), prior)
        for key, char in zip(data.split(b"\n"), prior.plausible, strict=True)
    }


def _spaced(entry: _Entry, misreading: Misreading) -> _Entry:
    extra = _SPACED_LETTER_BITS if entry.is_letter else _SPACED_BITS
    return entry if misreading.spaced else replace(entry, bits=entry.bits + extra)


def _lossy_entries(found: Mapping[bytes, Set[str]], prior: Prior) -> dict[bytes, _Entry]:
    """Make the entries of remains that several characters share."""
    entries = {}
    for key, chars in found.items():
        ordered = tuple(sorted(chars, key=lambda char: (prior.bits(char), char)))
        entries[key] = _Entry(prior.bits(ordered[0]) + _LOSS_BITS, ordered, lost=True)
    return entries


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
    lost bytes, and the letter behind a lone C3. `at_end`: it ends its line. Linear in its length.
    """
    data = _to_bytes(stretch, misreading.family)
    if data is None:
        return None
    table = table_of(misreading, prior)
    strict = misreading.depth == 1
    best = [math.inf] * (len(data) + 1)
    back: list[tuple[int, _Entry | None]] = [(0, None)] * (len(data) + 1)
    best[0] = 0.0
    for start in range(len(data)):
        if best[start] == math.inf:
            continue
        # Before the others: at the end of a line, what was trimmed has their candidates too.
        steps = _trimmed_steps(data, start, table, at_end=at_end) if table.trimmed else []
        steps += _steps(data, start, table, prior, strict=strict, at_end=at_end)
        for end, entry, bits in steps:
            if best[start] + bits < best[end]:
                best[end] = best[start] + bits
                back[end] = (start, entry)
    return _path(best[-1], back, prior)


def _to_bytes(stretch: str, family: Family) -> bytes | None:
    try:
        return stretch.translate(family.to_byte).encode("latin-1")
    except UnicodeEncodeError:
        return None


_Step = tuple[int, _Entry, float]  # where a character ends, what it is, its cost in bits


def _steps(data: bytes, start: int, table: Table, prior: Prior, *, strict: bool, at_end: bool) -> list[_Step]:
    """List the characters that may begin at `start`."""
    first = data[start]
    if first < 0x80:
        glued = first == 0x3F and start and data[start - 1] >= 0x80
        return [(start + 1, _GLUED, _GLUED.bits) if glued else (start + 1, _KEPT, _KEPT.bits)]
    if first < 0xC2:  # no character begins with a continuation byte
        return []
    found: list[_Step] = []
    for length in range(1, min(table.longest, len(data) - start) + 1):
        key = data[start : start + length]
        end = start + length
        if entry := table.entries.get(key):
            # What is left of a capital is followed by a letter: `Île`.
            if key != _LATIN or not entry.lost or _is_letter(data, end):
                found.append((end, entry, entry.bits))
        elif strict and 1 < length <= _LONGEST_STRICT and (char := _strict(key)):
            entry = _Entry(prior.bits(char), (char,), lost=False)
            found.append((end, entry, entry.bits))
        if (entry := table.spaced.get(key)) and _may_lose_space(entry, data, end, at_end=at_end):
            found.append((end, entry, entry.bits))
    return found


def _may_lose_space(entry: _Entry, data: bytes, end: int, *, at_end: bool) -> bool:
    """Tell whether the space before `end` may be the last byte of a character, by what follows it.

    A word follows a space, not an emoji; no letter follows `à`.
    """
    if entry.is_letter:
        return not _is_letter(data, end)
    return end < len(data) or at_end or entry.candidates[0] < "\u0800"


def _trimmed_steps(data: bytes, start: int, table: Table, *, at_end: bool) -> list[_Step]:
    """List the characters that may begin at `start` and lost a no-break space at their end.

    Editors remove it at the end of a line; that of `à` or of a no-break space is also lost elsewhere.
    """
    found: list[_Step] = []
    if data[start] >= 0xC2:
        last = at_end and len(data) - start <= table.longest
        for end in {start + 1, len(data)} if last else {start + 1}:
            entry = table.trimmed.get(data[start:end])
            if entry and not (entry.is_letter and _is_letter(data, end)):
                extra = 0.0 if at_end and end == len(data) else _TRIMMED_BITS
                found.append((end, entry, entry.bits + extra))
    return found


def _is_letter(data: bytes, at: int) -> bool:
    """Tell whether a letter begins at an offset, in ASCII or one of French."""
    return at < len(data) and (data[at] in _ASCII_LETTERS or data[at] in b"\xc3\xc5")


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
    common = all(prior.is_common(step.candidates[0]) for step in steps)
    return Path(bits, tuple(reversed(steps)), common)
