"""Writes damaged lines anew and tells what was guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from coursekit.encoding.page import DamagedLine
from coursekit.encoding.ranking import Place, Ranked, Ranker
from coursekit.encoding.values import Change
from coursekit.encoding.words import stems

_UNKNOWN = "\ufffd"  # stands for a lost character in the draft of a line
_MOST_CANDIDATES = 8  # told to the author


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line: sound text, or the remains of one character."""

    before: str  # as it was found
    candidates: tuple[str, ...] = ()  # likeliest first; none: sound text
    lost: bool = False  # whether a byte is missing

    @property
    def certain(self) -> str:
        """The text of the piece as far as it is known."""
        if not self.candidates:
            return self.before
        return _UNKNOWN if len(self.candidates) > 1 else self.candidates[0]

    @property
    def likely(self) -> str:
        """The text of the piece, guessed by its characters alone."""
        return self.candidates[0] if self.candidates else self.before


def pieces_of(line: str, damaged: DamagedLine) -> list[Piece]:
    """Cut a damaged line into its pieces."""
    pieces: list[Piece] = []
    done = 0
    for stretch in damaged.stretches:
        for step in stretch.path.steps:
            start, end = stretch.start + step.start, stretch.start + step.end
            if start > done:
                pieces.append(Piece(line[done:start]))
            pieces.append(Piece(line[start:end], step.candidates, step.lost))
            done = end
    if done < len(line):
        pieces.append(Piece(line[done:]))
    return pieces


def restore(
    lines: Sequence[str], damaged: Sequence[DamagedLine], ranker: Ranker
) -> tuple[list[str], list[Change]]:
    """Return all lines, the damaged ones given back, and the changes in their order."""
    cut = {line.index: pieces_of(lines[line.index], line) for line in damaged}
    drafts = [
        "".join(piece.certain for piece in cut[i]) if i in cut else line for i, line in enumerate(lines)
    ]
    guesses = _guess(drafts, cut, ranker)
    restored = list(lines)
    changes: list[Change] = []
    for index, pieces in cut.items():
        restored[index], found = _restore_line(index + 1, pieces, guesses)
        changes += found
    return restored, changes


def _guess(drafts: Sequence[str], cut: Mapping[int, list[Piece]], ranker: Ranker) -> dict[int, Ranked]:
    """Rank the candidates of every lost character, by the `id` of its piece.

    Ranked twice: authors repeat themselves, so what is likely elsewhere on the page is likelier here.
    """
    page = Counter(char for draft in drafts if not draft.isascii() for char in draft if char > "\u2000")
    places: list[tuple[Piece, Place]] = []
    heading: frozenset[str] = frozenset()
    for index, draft in enumerate(drafts):
        if draft.startswith("#"):
            heading = stems(draft)
        if any(piece.lost for piece in cut.get(index, ())):
            places += _places(cut[index], stems(draft), heading)
    first = {id(piece): ranker.rank(piece.candidates, place, page) for piece, place in places}
    likely: Counter[str] = Counter()
    for ranked in first.values():
        likely.update({char: share * share for char, share in ranked})  # doubts count for little
    return {
        id(piece): ranker.rank(piece.candidates, place, _others(page, likely, first[id(piece)]))
        for piece, place in places
    }


def _others(page: Mapping[str, float], likely: Mapping[str, float], own: Ranked) -> dict[str, float]:
    """Return how often each candidate is expected elsewhere on the page."""
    return {char: page.get(char, 0) + likely[char] - share * share for char, share in own}


def _places(
    pieces: Sequence[Piece], words: frozenset[str], heading: frozenset[str]
) -> Iterator[tuple[Piece, Place]]:
    for index, piece in enumerate(pieces):
        if piece.lost:
            before = pieces[index - 1] if index else Piece("")
            after = pieces[index + 1] if index + 1 < len(pieces) else Piece("")
            yield piece, Place(before.likely[-1:], after.likely[:1], words, heading)


def _restore_line(
    line: int, pieces: Sequence[Piece], guesses: Mapping[int, Ranked]
) -> tuple[str, list[Change]]:
    text = ""
    changes: list[Change] = []
    for kind, group in groupby(pieces, lambda piece: (bool(piece.candidates), piece.lost)):
        if not kind[0]:
            text += "".join(piece.before for piece in group)
        elif not kind[1]:
            certain = list(group)
            after = "".join(piece.certain for piece in certain)
            text += after
            changes.append(
                Change(line, "".join(piece.before for piece in certain), after, (after,), 1.0, lost=False)
            )
        else:
            for piece in group:
                ranked = guesses[id(piece)]
                after, confidence = ranked[0]
                text += after
                told = tuple(char for char, _ in ranked[:_MOST_CANDIDATES])
                changes.append(Change(line, piece.before, after, told, confidence, lost=True))
    return text, changes
