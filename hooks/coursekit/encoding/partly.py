"""Lines of which only some words are damaged: sound text was added to them, or pasted beside them."""

from __future__ import annotations

from dataclasses import dataclass

from coursekit.encoding.codepages import Family
from coursekit.encoding.detect import decode_sequence
from coursekit.encoding.places import ENOUGH, strength
from coursekit.encoding.prior import Prior
from coursekit.encoding.stretches import Piece


@dataclass(frozen=True, slots=True)
class Part:
    """One whole sequence that stands in a word, or where such a symbol does."""

    start: int  # offset in the line
    piece: Piece


def damaged_parts(line: str, family: Family, prior: Prior) -> list[Part]:
    """Return the sequences of a line that no clean text has in their place."""
    found: list[tuple[int, int, str, str]] = []  # offset in the line, in the draft; before and after
    draft = ""
    done = 0
    for match in family.sequence.finditer(line):
        char = decode_sequence(match[0], family)
        if char is None or not prior.is_common(char):
            continue
        draft += line[done : match.start()]
        found.append((match.start(), len(draft), match[0], char))
        draft += char
        done = match.end()
    draft += line[done:]
    return [
        Part(start, Piece(before, (char,)))
        for start, at, before, char in found
        # « â‚¬ au lieu de € » shows what it is about.
        if strength(draft, at) >= ENOUGH and (char.isalpha() or char not in line)
    ]


def pieces_of(line: str, parts: list[Part]) -> list[Piece]:
    """Cut a line at its damaged parts."""
    pieces: list[Piece] = []
    done = 0
    for part in parts:
        pieces += [Piece(line[done : part.start]), part.piece]
        done = part.start + len(part.piece.before)
    return [*pieces, Piece(line[done:])]
