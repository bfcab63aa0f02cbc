"""Stretches of lines and their readings; a stretch that comes again is not read again.

A stretch is characters outside ASCII with the `?` and the spaces between and behind them, which may be
what is left of lost bytes. Pages are made of few different ones: most are a single accented letter.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice
from operator import itemgetter

from coursekit.encoding.places import misfits
from coursekit.encoding.prior import Prior
from coursekit.encoding.reading import Misreading, Path, undo

# The letter behind a lone C3 tells what it was: `Ãle` is « Île », `Ã la` « à la ».
STRETCH = re.compile(
    r"[^\x00-\x7f]+(?:[ ?]{1,3}[^\x00-\x7f]+)*[ ?]{0,3}(?:(?:(?<=[ÃĂГ])|(?<=[ÃĂГ] ))[A-Za-z])?"
)
UNKNOWN = "\ufffd"  # stands for a lost character in a draft

_CUT = re.compile(f"({STRETCH.pattern})")
_MOST_COUNTED = 500_000  # a bound on memory, not on small pages
_LONGEST = 50_000  # characters; a longer stretch without a letter of ASCII is no French, and memory is finite
_LONGEST_REMEMBERED = 64  # characters; longer stretches hardly ever come twice
_MOST_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a stretch: sound text, the remains of whole characters, or those of one that lost bytes."""

    before: str  # as it was found
    candidates: tuple[str, ...] = ()  # likeliest first; none: sound text
    lost: bool = False  # whether a byte is missing

    @property
    def draft(self) -> str:
        """The text of the piece as far as it is known."""
        return UNKNOWN if len(self.candidates) > 1 else self.likely

    @property
    def likely(self) -> str:
        """The text of the piece, guessed by its characters alone."""
        return self.candidates[0] if self.candidates else self.before


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch undone."""

    gain: float  # how much likelier it is then, in bits; minus infinity when it cannot be undone
    common: bool = False  # whether all its characters are ones that course pages have
    pieces: tuple[Piece, ...] = ()
    draft: str = ""  # its text, UNKNOWN where several characters are possible
    lost: bool = False  # whether a byte is missing anywhere
    strict: tuple[Piece, ...] = ()  # the pieces whose characters are whole
    cased: bool = False  # whether the case of a letter may tell that it never stood in its place


_NO_READING = Reading(-math.inf)


class _Readings(dict[str, Reading]):
    """Readings by stretch; one at the end of its line is known with a line feed behind it."""

    def __init__(self, misreading: Misreading, prior: Prior) -> None:
        super().__init__()
        self.misreading = misreading
        self.prior = prior

    def __missing__(self, key: str) -> Reading:
        text = key.removesuffix("\n")
        path = None
        if len(text) <= _LONGEST:
            path = undo(text, self.misreading, self.prior, at_end=text is not key)
        reading = _reading(text, path, self.prior) if path else _NO_READING
        if len(text) <= _LONGEST_REMEMBERED and len(self) < _MOST_REMEMBERED:
            self[key] = reading
        return reading


@dataclass(frozen=True, slots=True)
class Undoer:
    """Undoes lines under one misreading."""

    readings: _Readings

    def gain(self, line: str) -> float:
        """Return how much likelier a line is undone, in bits; minus infinity unless all of it can be."""
        found = self.readings_of(line)
        gain = sum([reading.gain for reading in found])
        if gain > 0 and True in [reading.cased for reading in found] and self._misfits(line):
            return -math.inf
        return gain

    def explained(self, stretches: Mapping[str, int]) -> float:
        """Return how much likelier counted stretches are undone, in bits, those left out that are not."""
        readings = self.readings
        return sum([times * max(0.0, readings[stretch].gain) for stretch, times in stretches.items()])

    def readings_of(self, line: str) -> list[Reading]:
        """Return the reading of each stretch of a line."""
        readings = self.readings
        return [readings[stretch] for stretch in self._keys(STRETCH.findall(line), line)]

    def cut(self, line: str) -> tuple[list[str], list[Reading]]:
        """Return a line cut at its stretches (every other part, from the second on), and their readings."""
        parts = _CUT.split(line)
        readings = self.readings
        return parts, [readings[stretch] for stretch in self._keys(parts[1::2], line)]

    def _misfits(self, line: str) -> bool:
        """Tell whether a letter of the undone line has the wrong case for its place."""
        parts, readings = self.cut(line)
        parts[1::2] = [reading.draft for reading in readings]
        ends = list(accumulate(map(len, parts)))
        draft = "".join(parts)
        places = (
            place
            for reading, start, end in zip(readings, ends[::2], ends[1::2], strict=False)
            if reading.cased
            for place in range(start, end)
        )
        return any(misfits(draft, place) for place in places if draft[place] > "\x7f")

    def _keys(self, stretches: list[str], line: str) -> list[str]:
        if stretches and line.endswith(stretches[-1]):
            stretches[-1] += "\n"
        return stretches


def count_stretches(text: str) -> Counter[str]:
    """Count the stretches of a text."""
    return Counter(map(itemgetter(0), islice(STRETCH.finditer(text), _MOST_COUNTED)))


@lru_cache(maxsize=16)
def undoer_of(misreading: Misreading, prior: Prior) -> Undoer:
    """Return the undoer that pages with the same damage share: most of their stretches are the same."""
    return Undoer(_Readings(misreading, prior))


def _reading(text: str, path: Path, prior: Prior) -> Reading:
    pieces = tuple(_pieces(text, path))
    draft = "".join(piece.draft for piece in pieces)
    found = sum(prior.bits(char) for char in text if char > "\x7f")
    return Reading(
        gain=found - path.bits,
        common=path.common,
        pieces=pieces,
        draft=draft,
        lost=any(piece.lost for piece in pieces),
        cased=any(
            char.isupper() or (piece.lost and char.isalpha()) for piece in pieces for char in piece.draft
        ),
        strict=tuple(piece for piece in pieces if piece.candidates and not piece.lost),
    )


def _pieces(text: str, path: Path) -> Iterator[Piece]:
    """Yield the pieces of a stretch; neighbouring characters that lost nothing are one."""
    before = after = ""
    done = 0
    for step in path.steps:
        if (step.lost or step.start > done) and after:
            yield Piece(before, (after,))
            before = after = ""
        if step.start > done:
            yield Piece(text[done : step.start])
        if step.lost:
            yield Piece(text[step.start : step.end], step.candidates, lost=True)
        else:
            before += text[step.start : step.end]
            after += step.candidates[0]
        done = step.end
    if after:
        yield Piece(before, (after,))
    if done < len(text):
        yield Piece(text[done:])
