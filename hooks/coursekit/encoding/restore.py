"""Writes damaged lines anew and tells what was guessed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from coursekit.encoding.page import Damage
from coursekit.encoding.partly import pieces_of
from coursekit.encoding.ranking import Place, Ranked, Ranker
from coursekit.encoding.settings import Passage, settle
from coursekit.encoding.stretches import Piece, Reading
from coursekit.encoding.values import Change
from coursekit.encoding.words import stems

Question = tuple[tuple[str, ...], Place]  # the candidates for a lost character, and where it stood

_SYMBOL = re.compile("[\u2001-\U0010ffff]")
_DECIDED = 0.995  # a share that the rest of the page will not change
_MOST_CANDIDATES = 8  # told to the author


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that lost characters."""

    index: int
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Restored:
    """A page given back."""

    lines: list[str]
    changes: list[Change]
    settled: set[Passage]  # those that some line reads like


def restore(
    lines: Sequence[str], damage: Damage, ranker: Ranker, passages: Sequence[Passage] = ()
) -> Restored:
    """Give the damaged lines of a page back; `passages` are what its author settles."""
    restored = list(lines)
    changes: list[Change] = []
    doubtful: list[_Line] = []
    for index in damage.lines:
        parts, readings = damage.undoer.cut(lines[index])
        parts[1::2] = [reading.draft for reading in readings]
        restored[index] = "".join(parts)
        if any(reading.lost for reading in readings):
            doubtful.append(_Line(index, _pieces(parts[::2], readings)))
        else:
            changes += [_change(index, piece) for reading in readings for piece in reading.strict]
    for index, damaged in damage.parts.items():
        pieces = pieces_of(lines[index], damaged)
        restored[index] = "".join([piece.draft for piece in pieces])
        if any(piece.lost for piece in pieces):
            doubtful.append(_Line(index, pieces))
        else:
            changes += [_change(index, piece) for piece in pieces if piece.candidates]
    doubtful.sort(key=attrgetter("index"))
    settled: set[Passage] = set()
    if passages:
        for line in doubtful:
            line.pieces[:], used = settle(line.pieces, passages)
            restored[line.index] = "".join([piece.draft for piece in line.pieces])
            settled |= used
    guesses = iter(_guess(restored, doubtful, ranker) if doubtful else ())
    for line in doubtful:
        restored[line.index], chosen = _choose(line, guesses)
        changes += chosen
    return Restored(restored, changes, settled)


def _pieces(sound: Sequence[str], readings: Sequence[Reading]) -> list[Piece]:
    """Return all of a line as pieces."""
    pieces = [Piece(sound[0])]
    for reading, text in zip(readings, sound[1:], strict=True):
        pieces += reading.pieces
        pieces.append(Piece(text))
    return pieces


def _guess(drafts: Sequence[str], doubtful: Sequence[_Line], ranker: Ranker) -> list[Ranked]:
    """Rank the candidates of every lost character of the doubtful lines, in their order.

    Ranked twice: authors repeat themselves, so what is likely elsewhere on the page is likelier here.
    """
    page = Counter(_SYMBOL.findall("\n".join([draft for draft in drafts if not draft.isascii()])))
    questions = [(piece.candidates, place) for piece, place in _places(drafts, doubtful)]
    times = Counter(questions)
    evidence = [ranker.weigh(*question) for question in times]
    first = [
        ranker.shares(candidates, found, page) for (candidates, _), found in zip(times, evidence, strict=True)
    ]
    likely: dict[str, float] = defaultdict(float)
    for ((candidates, _), count), shares in zip(times.items(), first, strict=True):
        for char, share in zip(candidates, shares, strict=True):
            likely[char] += share * share * count  # doubts count for little
    ranked: dict[Question, Ranked] = {}
    for question, found, shares in zip(times, evidence, first, strict=True):
        candidates = question[0]
        if max(shares) > _DECIDED:
            ranked[question] = sorted(zip(candidates, shares, strict=True), key=_likelihood)
            continue
        elsewhere = {
            char: page[char] + likely[char] - share * share
            for char, share in zip(candidates, shares, strict=True)
        }
        second = ranker.shares(candidates, found, elsewhere)
        ranked[question] = sorted(zip(candidates, second, strict=True), key=_likelihood)
    return [ranked[question] for question in questions]


def _likelihood(candidate: tuple[str, float]) -> tuple[float, str]:
    return -candidate[1], candidate[0]


def _places(drafts: Sequence[str], doubtful: Sequence[_Line]) -> Iterator[tuple[Piece, Place]]:
    """Yield every piece of the doubtful lines that lost a byte, and what stands around it."""
    heading: frozenset[str] = frozenset()
    done = 0
    for line in doubtful:
        above = next((d for d in reversed(drafts[done : line.index + 1]) if d.startswith("#")), None)
        heading = heading if above is None else stems(above)
        done = line.index + 1
        words = stems(drafts[line.index])
        # A line begins and ends with sound text, be it empty.
        for before, piece, after in zip(line.pieces, line.pieces[1:], line.pieces[2:], strict=False):
            if piece.lost:
                yield piece, Place(before.likely[-1:], after.likely[:1], words, heading)


def _choose(line: _Line, guesses: Iterator[Ranked]) -> tuple[str, list[Change]]:
    """Write a line with the likeliest candidate of each lost character."""
    text: list[str] = []
    changes: list[Change] = []
    for piece in line.pieces:
        if piece.lost:
            ranked = next(guesses)
            after, confidence = ranked[0]
            told = tuple(char for char, _ in ranked[:_MOST_CANDIDATES])
            changes.append(Change(line.index + 1, piece.before, after, told, confidence, lost=True))
        else:
            after = piece.likely
            if piece.candidates:
                changes.append(_change(line.index, piece))
        text.append(after)
    return "".join(text), changes


def _change(index: int, piece: Piece) -> Change:
    """Tell a piece that lost nothing."""
    return Change(index + 1, piece.before, piece.likely, piece.candidates)
