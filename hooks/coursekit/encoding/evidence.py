"""How much the misread stretches of a page tell that it is damaged."""

from __future__ import annotations

from coursekit.encoding.places import ENOUGH, strength
from coursekit.encoding.stretches import UNKNOWN, Reading


class Evidence:
    """What the stretches seen so far tell; weak symbols count once each, however often they come."""

    def __init__(self) -> None:
        self.bits = 0.0
        self._weak: set[str] = set()
        self._word = ("", 0)  # the line and the offset where the last stretch that told something ended

    def add(self, reading: Reading, line: str, span: tuple[int, int]) -> None:
        """Weigh the stretch that stands in a span of a line."""
        if not reading.common:
            return
        told = _told(reading, line, span)
        if max(told.values(), default=0.0) >= ENOUGH:
            same_word = self._word[0] is line and line[self._word[1] : span[0]].isalpha()
            self._word = (line, span[1])
            self.bits += 0.0 if same_word else max(ENOUGH, reading.gain)
        elif _has_remains(reading):
            self.bits += reading.gain
        else:
            self.bits += max((bits for char, bits in told.items() if char not in self._weak), default=0.0)
            self._weak.update(char for char, bits in told.items() if bits)


def _told(reading: Reading, line: str, span: tuple[int, int]) -> dict[str, float]:
    """Return what each undone character of a stretch tells by its place."""
    before, after = line[max(0, span[0] - 2) : span[0]], line[span[1] : span[1] + 2]
    text = before + reading.draft + after
    places = range(len(before), len(before) + len(reading.draft))
    told = {text[at]: strength(text, at) for at in places if text[at] > "\x7f" and text[at] != UNKNOWN}
    if not _touches_word(before, line[span[0]], after, reading.draft):
        told = {char: bits for char, bits in told.items() if not char.isalpha() or char in "àÀ"}
    return told


def _touches_word(before: str, first: str, after: str, draft: str) -> bool:
    """Tell whether a stretch is part of a word; a drawing is not, nor is the branch of a tree before one."""
    left, right = before[-1:], after[:1] or draft[-1:]
    if "\u2500" <= first <= "\u257f" and not left.isalpha():
        return False
    return any(near.isascii() and near.isalpha() for near in (left, right))


def _has_remains(reading: Reading) -> bool:
    """Tell whether enough is left of some lost character: one byte alone may be any letter."""
    return any(piece.lost and len(piece.candidates) > 1 and len(piece.before) > 1 for piece in reading.pieces)
