"""How much the misread stretches of a page tell that it is damaged."""

from __future__ import annotations

from coursekit.encoding.places import ENOUGH, strength
from coursekit.encoding.stretches import UNKNOWN, Reading


class Evidence:
    """What the stretches seen so far tell; weak symbols count once each, however often they come."""

    def __init__(self) -> None:
        self.bits = 0.0
        self._weak: set[str] = set()

    def add(self, reading: Reading, line: str, span: tuple[int, int]) -> None:
        """Weigh the stretch that stands in a span of a line."""
        if not reading.common:
            return
        before, after = line[max(0, span[0] - 2) : span[0]], line[span[1] : span[1] + 2]
        text = before + reading.draft + after
        places = range(len(before), len(before) + len(reading.draft))
        told = {text[at]: strength(text, at) for at in places if text[at] > "\x7f" and text[at] != UNKNOWN}
        if max(told.values(), default=0.0) >= ENOUGH:
            self.bits += max(ENOUGH, reading.gain)
        elif _has_remains(reading):
            self.bits += reading.gain
        else:
            self.bits += max((bits for char, bits in told.items() if char not in self._weak), default=0.0)
            self._weak.update(char for char, bits in told.items() if bits)


def _has_remains(reading: Reading) -> bool:
    """Tell whether enough is left of some lost character: one byte alone may be any letter."""
    return any(piece.lost and len(piece.candidates) > 1 and len(piece.before) > 1 for piece in reading.pieces)
