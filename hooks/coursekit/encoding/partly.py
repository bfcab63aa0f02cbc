"""Lines of which only some words are damaged: sound text was added to them, or pasted beside them."""

from __future__ import annotations

import math
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from coursekit.encoding.codepages import Family
from coursekit.encoding.detect import decode_sequence
from coursekit.encoding.evidence import Evidence
from coursekit.encoding.places import ENOUGH, strength
from coursekit.encoding.prior import Prior
from coursekit.encoding.stretches import STRETCH, Piece, Reading, Undoer

_RUN = re.compile(r"[^\x00-\x7f]+")
_WORD = re.compile(r"\w+")
_TORN_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?:[^\w\s\x00-\x7f’‘]++[^\W\d_]++)+")  # symbols inside


@dataclass(frozen=True, slots=True)
class Part:
    """A damaged stretch of a line, or a whole sequence in one that is not damaged as a whole."""

    start: int  # offset in the line
    end: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Sequence:
    """A whole sequence."""

    start: int  # offset in the line
    before: str
    char: str
    at: int  # offset of the character in the draft


def damaged_parts(line: str, undoer: Undoer, family: Family, prior: Prior) -> list[Part]:
    """Return the parts of a line that no clean text has in their place.

    What the line also shows as it should be is an example of damage: « â‚¬ au lieu de € ».
    """
    draft, sequences = _draft(line, family)
    torn = family.torn_emoji is not None and family.torn_emoji.search(line)
    if not (sequences or torn) or family.sequence.search(draft):  # misread once more than this undoes
        return []
    blocked = _examples(line, draft, sequences, family)
    left = deque(sequences)
    found: list[tuple[Part, bool]] = []  # and whether it tells by itself that it is damaged
    for start, end, reading in _stretches(line, undoer):
        inside: list[_Sequence] = []
        while left and left[0].start < end:
            inside.append(left.popleft())
        if any(each.at in blocked for each in inside):
            continue
        if reading.gain > -math.inf:
            found.append((Part(start, end, reading.pieces), _tells(line, (start, end), reading)))
        else:
            found += [
                (
                    Part(each.start, each.start + len(each.before), (Piece(each.before, (each.char,)),)),
                    strength(draft, each.at) >= ENOUGH,
                )
                for each in inside
                if prior.is_common(each.char)
            ]
    return _with_their_words(line, found)


def _examples(line: str, draft: str, sequences: list[_Sequence], family: Family) -> set[int]:
    """Return the offsets in a draft of what the line shows on purpose, or what this cannot make whole."""
    words, sound = set(_WORD.findall(line)), set(family.sequence.sub("", line))
    shown = {at for word in _WORD.finditer(draft) if word[0] in words for at in range(*word.span())}
    torn = {at for word in _TORN_WORD.finditer(draft) for at in range(*word.span())}
    symbols = {each.at for each in sequences if not each.char.isalpha() and each.char in sound}
    return shown | torn | symbols


def _with_their_words(line: str, found: list[tuple[Part, bool]]) -> list[Part]:
    """Return the parts that tell, and those that stand in one word with them."""
    kept: list[Part] = []
    word: list[Part] = []
    tells = False
    for part, alone in found:
        if word and not line[word[-1].end : part.start].isalpha():
            kept += word if tells else []
            word, tells = [], False
        word.append(part)
        tells = tells or alone
    return kept + (word if tells else [])


def _stretches(line: str, undoer: Undoer) -> Iterator[tuple[int, int, Reading]]:
    """Yield the stretches of a line with their readings; where sound ones stand beside, without blanks."""
    for match, reading in zip(STRETCH.finditer(line), undoer.readings_of(line), strict=True):
        if reading.gain > -math.inf:
            yield match.start(), match.end(), reading
        else:
            for run in _RUN.finditer(line, match.start(), match.end()):
                yield run.start(), run.end(), undoer.readings[run[0]]


def _draft(line: str, family: Family) -> tuple[str, list[_Sequence]]:
    """Decode the whole sequences of a line; return it so, and the sequences."""
    draft: list[str] = []
    sequences: list[_Sequence] = []
    done = shorter = 0  # how much shorter the draft is so far
    for match in family.sequence.finditer(line):
        if char := decode_sequence(match[0], family):
            draft += [line[done : match.start()], char]
            sequences.append(_Sequence(match.start(), match[0], char, match.start() - shorter))
            shorter += len(match[0]) - 1
            done = match.end()
    return "".join([*draft, line[done:]]), sequences


def _tells(line: str, span: tuple[int, int], reading: Reading) -> bool:
    evidence = Evidence()
    evidence.add(reading, line, span)
    return evidence.bits >= ENOUGH


def pieces_of(line: str, parts: list[Part]) -> list[Piece]:
    """Cut a line at its damaged parts."""
    pieces: list[Piece] = []
    done = 0
    for part in parts:
        pieces += [Piece(line[done : part.start]), *part.pieces]
        done = part.end
    return [*pieces, Piece(line[done:])]
