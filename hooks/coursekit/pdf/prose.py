"""Text as Typst shall set it: blanks as in HTML, emoji in colour, characters that no font has as their code."""

from __future__ import annotations

import re
from itertools import groupby

from coursekit.pdf.syntax import call, string

_BLANKS = re.compile(r"[ \t\n\r\f]+")  # HTML's, which no-break spaces are not
# What is shown in colour though a text font may have it in black: a character with U+FE0F behind it, and what
# is joined to one picture by U+200D (Unicode Technical Standard 51, ED-15a to ED-17).
_EMOJI = re.compile("[^\\s\ufe0f]\ufe0f?(?:\u200d[^\\s\ufe0f]\ufe0f?)+|[^\\s\ufe0f]\ufe0f\u20e3?")
_JOINERS = "\u200d\ufe0f\u20e3"
# Longer words may break anywhere: no hyphenation knows them. The longest of French has 25 letters.
LONGEST = 30
# What no line ends in: no-break spaces, and blanks before a sign that never begins a line (Unicode Standard
# Annex 14, LB13).
_WORD = re.compile(r"(?:[^\s]|[\u00a0\u202f]|\s(?=[,.;:!?)\]}»]))+")
_BREAKS = re.compile(r"(?<=[^\w\s])(?=\w)|(?<=\w)(?=[_.:/\\@=&?#%-])|(?<=[a-z])(?=[A-Z])")
_HYPHENATED = re.compile(r"[^\W\d_]{1,25}")
_PIECE = 12  # characters of a long word without any sign between two places where it may break
# Leaves nothing in a text that is copied, which U+200B would; Typst overlooks 0pt.
BREAK = "h(0.001pt)"


def collapsed(text: str) -> str:
    """Return `text` with each run of blanks as one space."""
    return _BLANKS.sub(" ", text)


def ends(content: str) -> tuple[int, int]:
    """Return how many characters of a text no line ends in: at its beginning, and at its end."""
    match = _WORD.match(content)
    first = match.end() if match else 0
    return first, len(content) if first == len(content) else len(content) - content.rfind(" ") - 1


def text(content: str, unshowable: frozenset[str], longest: int | None = LONGEST) -> list[str]:
    """Return the expressions of a text; `unshowable` characters and emoji are those that no font has.

    Lines may end inside words of more than `longest` characters; None: the lines are broken already.
    """
    parts: list[str] = []
    end = 0
    for match in _EMOJI.finditer(content):
        parts += _showable(content[end : match.start()], unshowable, longest)
        if match[0] in unshowable:  # what it is made of is better than nothing
            parts += _showable(match[0].translate(dict.fromkeys(map(ord, _JOINERS))), unshowable, longest)
        else:
            parts.append(call("emoji", string(match[0])))
        end = match.end()
    return [*parts, *_showable(content[end:], unshowable, longest)]


def _showable(content: str, unshowable: frozenset[str], longest: int | None) -> list[str]:
    if unshowable.isdisjoint(content):
        return _broken(content, longest)
    shown: list[str] = []
    for is_missing, chars in groupby(content, unshowable.__contains__):
        if is_missing:
            shown += [call("missing", string(f"{ord(char):04X}")) for char in chars]
        else:
            shown += _broken("".join(chars), longest)
    return shown


def _broken(content: str, longest: int | None) -> list[str]:
    if longest is None:
        return [string(content)] if content else []
    parts: list[str] = []
    end = 0
    for match in _WORD.finditer(content):
        if len(match[0]) <= longest or _HYPHENATED.fullmatch(match[0]):
            continue
        if match.start() > end:
            parts.append(string(content[end : match.start()]))
        for piece in _pieces(match[0], longest):
            parts += [string(piece), BREAK]
        end = match.end()
    if end < len(content):
        parts.append(string(content[end:]))
    return parts


def _pieces(word: str, longest: int) -> list[str]:
    pieces: list[str] = []
    for part in _BREAKS.split(word):
        size = _PIECE if len(part) > longest else len(part)
        pieces += [part[start : start + size] for start in range(0, len(part), size)]
    return pieces
