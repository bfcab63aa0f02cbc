"""How much a misread stretch tells, in its place, that a page is damaged.

Clean text may hold what looks like misread characters: `IRÃ :` is Portuguese, `├┤` a drawing, `√π` a
number. What no language writes is such a thing inside a word, where undoing it makes a French word. So a
letter counts where its neighbours are letters of the same case; a symbol of three bytes or more counts
wherever such a symbol stands; the symbols of Latin-1 (`Â°`) count little, and once each.
"""

from __future__ import annotations

import unicodedata

from coursekit.encoding.stretches import UNKNOWN, Reading

# In bits. A page is damaged when its prose is this much likelier undone. What no clean text has is enough
# on its own, whatever its frequency.
ENOUGH = 18.0
_WEAK = 9.0

_INVISIBLE = frozenset("\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u202f\u2060\ufe0e\ufe0f\ufeff")
_APOSTROPHES = frozenset("’‘ʼ")
_LETTERS = frozenset(("Ll", "Lu"))
_ENDS_BADLY = frozenset(":;!?»")  # what never stands right behind `à`


class Evidence:
    """What the stretches seen so far tell, each weak symbol once."""

    def __init__(self) -> None:
        self.bits = 0.0
        self._weak: set[str] = set()

    def add(self, reading: Reading, line: str, span: tuple[int, int]) -> None:
        """Weigh the stretch that stands in a span of a line."""
        if not reading.common:
            return
        before, after = line[max(0, span[0] - 2) : span[0]], line[span[1] : span[1] + 2]
        text = before + reading.draft + after
        chars = range(len(before), len(before) + len(reading.draft))
        strength = max((_strength(text, at) for at in chars if text[at] > "\x7f"), default=0.0)
        if strength >= ENOUGH:
            self.bits += max(ENOUGH, reading.gain)
        elif any(text[at] == UNKNOWN for at in chars) and _has_remains(reading):
            self.bits += reading.gain
        elif strength:
            new = set(reading.draft) - self._weak
            self._weak |= new
            self.bits += _WEAK * any(_strength(text, at) for at in chars if text[at] in new)


def speaks(text: str, at: int) -> bool:
    """Tell whether one undone character alone tells, by its place, that it was misread."""
    return _strength(text, at) >= ENOUGH


def _strength(text: str, at: int) -> float:
    """Weigh one undone character by its place, in bits."""
    char = text[at]
    if char in _INVISIBLE or char == UNKNOWN:
        return 0.0
    before, after = text[max(0, at - 2) : at], text[at + 1 : at + 3]
    if char in _APOSTROPHES:
        return ENOUGH if before[-1:].isalpha() and after[:1].isalpha() else 0.0
    if unicodedata.category(char) in _LETTERS:
        return ENOUGH if _is_in_word(char, before, after) else 0.0
    if char < "\u0100":
        if before[-1:].isalpha():
            return 0.0
        opens = char in "©«" and not before[-1:].strip() and after.strip()[:1].isalnum()
        return ENOUGH if opens or (char == "°" and after[:1] == "C") else _WEAK
    return ENOUGH if char > "\u07ff" else 0.0


def _is_in_word(char: str, before: str, after: str) -> bool:
    """Tell whether a letter fits the letters around it."""
    left, right = before[-1:], after[:1]
    if char == "à":
        return _ends_word(before, after)
    if char == "ù":  # « où »
        return left in ("o", "O")
    if char.isupper():
        if char == "À" and not left.isalpha():
            return after[:1] == " " and after[1:2].islower()
        return right.isalpha() and not left.islower()
    if right.isupper() or (left.isupper() and before[:-1].isupper()):
        return False
    return left.isalpha() or right.islower()


def _ends_word(before: str, after: str) -> bool:
    """Tell whether `à` stands where it does in French: alone between words, or at the end of a word."""
    left, right = before[-1:], after[:1]
    if right.isalpha() or right in _ENDS_BADLY:
        return False
    if left.isalpha():
        return left.islower() or not before[:-1].isalpha()
    return right == " " and after[1:2].isalnum()


def _has_remains(reading: Reading) -> bool:
    """Tell whether enough is left of some lost character: one byte alone may be any letter."""
    return any(piece.lost and len(piece.before) > 1 for piece in reading.pieces)
