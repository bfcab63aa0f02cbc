"""Text as Typst shall set it: blanks as in HTML, emoji in colour, what no font has as its code."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import unescape

from coursekit.pdf.syntax import call, printable, string

_BLANKS = re.compile(r"[ \t\n\r\f]+")  # HTML's, which no-break spaces are not
# What is shown in colour though a text font may have it in black: a character with U+FE0F behind it, and what
# is joined to one picture by U+200D (Unicode Technical Standard 51, ED-15a to ED-17).
_PICTURE = "[#*0-9\xa9\xae\u203c-\u3299\U0001f000-\U0001faff]"
_EMOJI = re.compile(f"{_PICTURE}\ufe0f?(?:\u200d{_PICTURE}\ufe0f?)+|{_PICTURE}\ufe0f\u20e3?")
_JOINERS = dict.fromkeys(map(ord, "\u200d\ufe0f\u20e3"))
# Nothing is missed where no font has them: joiners, directions, selectors and tags.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]")
# Longer words may break anywhere: no hyphenation knows them. The longest of French has 25 letters.
LONGEST = 30
# What no line ends in: no-break spaces, and blanks before a sign that never begins a line (Unicode Standard
# Annex 14, LB13).
_WORD = re.compile(r"(?:[^\s]|[\u00a0\u202f]|\s(?=[,.;:!?)\]}»]))+")
_BREAKS = re.compile(r"(?<=[^\w\s])(?=\w)|(?<=\w)(?=[_.:/\\@=&?#%-])|(?<=[a-z])(?=[A-Z])")
_SIGNED = re.compile(r"(?<=\w[^\w\s])(?=\w\w)|(?<=[^\W_]_)(?=[^\W_]{2})")  # between words of code
_HYPHENATED = re.compile(r"[^\W\d_]{1,25}")
_WORDS = {"\U000f0d6b": "CC"}  # private characters of icon fonts that stand for a word
_SYLLABLE = 8  # where fewer characters fit, hyphens do not help
_SHORT = 6  # characters that stay together where there is room
_PIECE = 12  # characters of a long word without any sign between two places where it may break
# Leaves nothing in a text that is copied, which U+200B would; Typst overlooks 0pt.
BREAK = "h(0.001pt)"


def collapsed(text: str) -> str:
    """Return `text` with each run of blanks as one space."""
    return _BLANKS.sub(" ", text)


def unmarked(content: str) -> str:
    """Return a text without marks that no letter composes with: alone, they make Typst's shaper give up."""
    composed = unicodedata.normalize("NFC", content)
    return "".join(char for char in composed if not unicodedata.category(char).startswith("M"))


def says_something(content: str) -> bool:
    """Tell whether a text shows anything, which PDF/UA wants of titles."""
    return any(
        not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Cn")
        for char in _INVISIBLE.sub("", content)
    )


def ends(content: str) -> tuple[int, int]:
    """Return how many characters of a text no line ends in: at its beginning, and at its end."""
    match = _WORD.match(content)
    first = match.end() if match else 0
    return first, len(content) if first == len(content) else len(content) - content.rfind(" ") - 1


def text(
    content: str, unshowable: frozenset[str], longest: int | None = LONGEST, *, is_code: bool = False
) -> list[str]:
    """Return the expressions of a text; `unshowable` characters and emoji are those that no font has.

    Lines may end inside words of more than `longest` characters, and behind the signs of code, which is not
    hyphenated; None: the lines are broken already.
    """
    parts: list[str] = []
    end = 0
    for match in _EMOJI.finditer(content):
        parts += _showable(content[end : match.start()], unshowable, longest, is_code)
        if match[0] in unshowable or not unshowable.isdisjoint(match[0]):
            parts += _unjoined(match[0].translate(_JOINERS), unshowable)
        else:
            parts.append(call("emoji", string(match[0])))
        end = match.end()
    return [*parts, *_showable(content[end:], unshowable, longest, is_code)]


def _unjoined(emoji: str, unshowable: frozenset[str]) -> list[str]:
    """Return what an emoji is made of, which is better than nothing."""
    if unshowable.isdisjoint(emoji):
        return [call("emoji", string(emoji))]
    return _showable(emoji, unshowable, None, False)


def signs(html: str) -> set[str]:
    """Return the joined emoji and the other characters beyond ASCII of a page."""
    text = printable(unescape(html))
    return set(_EMOJI.findall(text)) | {
        char for char in set(text) if not char.isascii() and char.isprintable()
    }


def showable(content: str, unshowable: frozenset[str]) -> str:
    """Return a text for where nothing but characters can stand: those that no font has become boxes."""
    if not unshowable:
        return content
    return _of(unshowable).sub(lambda match: _WORDS.get(match[0], "\u25a1"), content)


def _showable(content: str, unshowable: frozenset[str], longest: int | None, is_code: bool) -> list[str]:
    if not unshowable:
        return _broken(content, longest, is_code)
    shown: list[str] = []
    end = 0
    for match in _of(unshowable).finditer(content):
        shown += _broken(content[end : match.start()], longest, is_code)
        missing = _INVISIBLE.sub("", match[0])
        shown += [
            string(_WORDS[char]) if char in _WORDS else call("missing", string(f"{ord(char):04X}"))
            for char in missing
        ]
        end = match.end()
    return shown + _broken(content[end:], longest, is_code)


@cache
def _of(unshowable: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(one) for one in sorted(unshowable, key=len, reverse=True)))


def _broken(content: str, longest: int | None, is_code: bool) -> list[str]:
    if longest is None:
        return [string(content)] if content else []
    parts: list[str] = []
    end = 0
    for match in _WORD.finditer(content):
        pieces = _pieces(match[0], longest, is_code)
        if len(pieces) < 2:
            continue
        if match.start() > end:
            parts.append(string(content[end : match.start()]))
        for piece in pieces:
            parts += [string(piece), BREAK]
        if is_code:
            parts.pop()  # what follows belongs to it
        end = match.end()
    if end < len(content):
        parts.append(string(content[end:]))
    return parts


def _pieces(word: str, longest: int, is_code: bool) -> list[str]:
    """Return the pieces of a word between which lines may end."""
    if sum(map(str.isupper, word)) * 2 > len(word):
        longest = max(longest * 5 // 8, 1)  # capitals are wide
    if len(word) <= longest:
        return _SIGNED.split(word) if is_code and len(word) >= _PIECE else []
    is_hyphenated = longest >= _SYLLABLE and _HYPHENATED.fullmatch(word) and word[1:].islower()
    if is_hyphenated and not is_code:
        return []
    pieces: list[str] = []
    for part in _BREAKS.split(word):
        if pieces and len(pieces[-1]) + len(part) <= min(_SHORT, longest):
            pieces[-1] += part
            continue
        size = min(_PIECE, max(longest, 1)) if len(part) > longest else len(part)
        pieces += [part[start : start + size] for start in range(0, len(part), size)]
    return pieces
