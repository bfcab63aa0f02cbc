"""What an undone character tells by its place.

Clean text may hold what looks like misread characters: `IRÃ :` is Portuguese, `├┤` a drawing, `√π` a
number. What no language writes is such a thing inside a word, where undoing it makes a French word. So a
letter tells where its neighbours are letters of the same case; a symbol of three bytes or more wherever
such a symbol stands; the symbols of Latin-1 (`Â°`) tell little.
"""

from __future__ import annotations

import unicodedata

# In bits. A page is damaged when its prose is this much likelier undone. What no clean text has is enough
# on its own, whatever its frequency.
ENOUGH = 18.0
_WEAK = 9.0

_INVISIBLE = frozenset("\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u202f\u2060\ufe0e\ufe0f\ufeff")
_APOSTROPHES = frozenset("’‘ʼ")
_LETTERS = frozenset(("Ll", "Lu"))
_LAST_LATIN = "\u024f"
_FOLLOWS = frozenset('`*_[("«:<')  # what else stands behind `à` and a space
_ENDS_BADLY = frozenset(":;!?»")  # what never stands right behind `à`


def strength(text: str, at: int) -> float:
    """Return how much the undone character at an offset tells that it was misread, in bits."""
    char = text[at]
    if char in _INVISIBLE:
        return 0.0
    before, after = text[max(0, at - 2) : at], text[at + 1 : at + 3]
    if char in _APOSTROPHES:
        return ENOUGH if before[-1:].isalpha() and after[:1].isalpha() else 0.0
    if unicodedata.category(char) in _LETTERS:
        foreign = any(near.isalpha() and near > _LAST_LATIN for near in before[-1:] + after[:1])
        return ENOUGH if not foreign and _is_in_word(char, before, after) else 0.0
    if char < "\u0100":
        return _of_latin_symbol(char, before, after)
    return ENOUGH if char > "\u07ff" else 0.0


def misfits(text: str, at: int) -> bool:
    """Tell whether an undone letter stands where French never has it: `dÊmarrage`, `ROMà`."""
    char, left, right = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if char.isupper():
        return left.islower() and right.islower()
    return char.islower() and left.isupper() and text[at - 2 : at - 1].isupper()


def _of_latin_symbol(char: str, before: str, after: str) -> float:
    left = before[-1:]
    if left.isalpha():  # `DockerÂ®`: no word goes on with a capital
        return ENOUGH if left.isascii() and left.islower() else 0.0
    opens = char in "©«" and not before[-1:].strip() and after.strip()[:1].isalnum()
    return ENOUGH if opens or (char == "°" and after[:1] == "C") else _WEAK


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
    return right == " " and (after[1:2].isalnum() or after[1:2] in _FOLLOWS)
