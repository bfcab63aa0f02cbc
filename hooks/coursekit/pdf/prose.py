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
_LONG = re.compile(r"\S{31,}")
_BREAKS = re.compile(r"(?<=[^\w\s])(?=\w)|(?<=\w)(?=[_.:/\\@=&?#%-])")
_PIECE = 12  # characters of a long word without any sign between two places where it may break
_BREAK = "h(0pt)"  # leaves nothing in a text that is copied, which U+200B would


def collapsed(text: str) -> str:
    """Return `text` with each run of blanks as one space."""
    return _BLANKS.sub(" ", text)


def text(content: str, unshowable: frozenset[str], *, breaks: bool = True) -> list[str]:
    """Return the expressions of a text; `unshowable` characters and emoji are those that no font has.

    `breaks` lets lines end inside long words; code has its lines broken already.
    """
    parts: list[str] = []
    end = 0
    for match in _EMOJI.finditer(content):
        parts += _showable(content[end : match.start()], unshowable, breaks)
        if match[0] in unshowable:  # what it is made of is better than nothing
            parts += _showable(match[0].translate(dict.fromkeys(map(ord, _JOINERS))), unshowable, breaks)
        else:
            parts.append(call("emoji", string(match[0])))
        end = match.end()
    return [*parts, *_showable(content[end:], unshowable, breaks)]


def _showable(content: str, unshowable: frozenset[str], breaks: bool) -> list[str]:
    if unshowable.isdisjoint(content):
        return _broken(content, breaks)
    shown: list[str] = []
    for is_missing, chars in groupby(content, unshowable.__contains__):
        if is_missing:
            shown += [call("missing", string(f"{ord(char):04X}")) for char in chars]
        else:
            shown += _broken("".join(chars), breaks)
    return shown


def _broken(content: str, breaks: bool) -> list[str]:
    if not breaks:
        return [string(content)] if content else []
    parts: list[str] = []
    end = 0
    for match in _LONG.finditer(content):
        if match.start() > end:
            parts.append(string(content[end : match.start()]))
        for piece in _pieces(match[0]):
            parts += [string(piece), _BREAK]
        end = match.end()
    if end < len(content):
        parts.append(string(content[end:]))
    return parts


def _pieces(word: str) -> list[str]:
    pieces: list[str] = []
    for part in _BREAKS.split(word):
        pieces += [part[start : start + _PIECE] for start in range(0, len(part), _PIECE)]
    return pieces
