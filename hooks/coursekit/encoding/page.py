"""Which lines of a page are damaged, judged together: a page speaks for its lines."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from coursekit.encoding.codepages import Family
from coursekit.encoding.detect import families_of, misreadings_of, stretches_of
from coursekit.encoding.evidence import Evidence
from coursekit.encoding.partly import Part, damaged_parts
from coursekit.encoding.places import ENOUGH
from coursekit.encoding.prior import Prior
from coursekit.encoding.quoted import (
    Quotes,
    comment_in,
    is_about_encoding,
    may_show_damage,
    names_in,
    quotes_of,
    speaks_of_encoding,
)
from coursekit.encoding.stretches import STRETCH, Reading, Undoer, count_stretches, undoer_of

_PLENTY = 2 * ENOUGH  # more than a page shows by way of example outside of quotations
_MANY = 4 * ENOUGH  # more than code beside sound prose shows by way of example
_NEXT = 3  # lines around damage in which one says that it looks bad
_NEIGHBOURHOOD = 12  # lines around damage, or above a quotation, in which one speaks of encodings


@dataclass(frozen=True, slots=True)
class Damage:
    """What is damaged on a page, and the way back from it."""

    undoer: Undoer
    lines: list[int]  # those that were misread as a whole; 0-based, in their order
    parts: dict[int, list[Part]]  # by line: the damaged parts of others


def find_damage(lines: Sequence[str], text: str, prior: Prior, mute: Set[int] = frozenset()) -> Damage | None:
    """Return what was misread on a page in the way that explains most; None on a sound page.

    `text` is the lines with their ends; `mute` are lines that say nothing of what the page is about.
    """
    stretches = stretches_of(text)
    for family in families_of(stretches, prior):
        misreadings = misreadings_of(text, stretches, family)
        undoer = _best(text, [undoer_of(misreading, prior) for misreading in misreadings])
        damage = _Page(lines, undoer, family, prior, mute).damage()
        if damage:
            return damage
    return None


def _best(text: str, undoers: Sequence[Undoer]) -> Undoer:
    """Return the way of misreading that explains most of a text, the first of equals."""
    if len(undoers) == 1:
        return undoers[0]
    stretches = count_stretches(text)
    return max(undoers, key=lambda undoer: undoer.explained(stretches))


class _Page:
    """A page under one way of misreading."""

    def __init__(
        self, lines: Sequence[str], undoer: Undoer, family: Family, prior: Prior, mute: Set[int]
    ) -> None:
        self.lines = lines
        self.mute = mute
        self.undoer = undoer
        gains = [(index, undoer.gain(line)) for index, line in enumerate(lines) if not line.isascii()]
        sound = [index for index, gain in gains if gain == -math.inf]
        count = sum(gain > 0 for _, gain in gains)
        # The odds, in bits, that any line of this page was misread.
        self.odds = math.log2((count + 1) / (len(sound) + 1)) if count else 0.0
        self.misread = [index for index, gain in gains if gain + self.odds > 0]
        self.parts = {
            index: parts for index in sound if (parts := damaged_parts(lines[index], undoer, family, prior))
        }

    def damage(self) -> Damage | None:
        """Judge the page: its prose tells, else its code, unless it has reason to show damaged text."""
        if not (self.misread or self.parts):
            return None
        bits = self._prose(about_encoding=True)
        about_encoding = bits < _PLENTY and self._is_about_encoding()
        if bits < ENOUGH and not about_encoding:
            bits = self._prose(about_encoding=False)
        if bits < _PLENTY and (about_encoding or self._may_show_damage()):
            return None
        if bits < ENOUGH:
            return self._damaged_code()
        if self.odds <= 0 and self._is_about_encoding():
            return self._damage(self._without_examples(), {})
        return self._damage(self.misread, self._without_quotations())

    def _damage(self, lines: list[int], parts: dict[int, list[Part]]) -> Damage | None:
        return Damage(self.undoer, lines, parts) if lines or parts else None

    def _is_about_encoding(self) -> bool:
        return is_about_encoding(self._said(range(len(self.lines))))

    def _may_show_damage(self) -> bool:
        """Tell whether a damaged line may be shown on purpose: by the headings, or by the lines around it."""
        headings = {index for index, line in enumerate(self.lines) if line.startswith(("#", "title:"))}
        return speaks_of_encoding(self._said(self._around(_NEIGHBOURHOOD) | headings)) or may_show_damage(
            self._said(self._around(_NEXT) | headings)
        )

    def _around(self, distance: int) -> set[int]:
        """Return the lines that stand so near a damaged one, itself too."""
        damaged = (*self.misread, *self.parts)
        near = {index for at in damaged for index in range(at - distance, at + distance + 1)}
        return near & set(range(len(self.lines)))

    def _said(self, wanted: Iterable[int]) -> str:
        return "\n".join([self.lines[index] for index in sorted(wanted) if index not in self.mute])

    def _prose(self, *, about_encoding: bool) -> float:
        """Return what the prose tells, in bits; PLENTY will do."""
        evidence = Evidence()
        for index, quotes in self._quotes({*self.misread, *self.parts}, about_encoding=about_encoding):
            if index in self.parts:
                evidence.bits += ENOUGH * len(self._words(index, quotes))
            else:
                self._weigh(index, quotes, evidence)
            if evidence.bits >= _PLENTY:
                break
        return evidence.bits

    def _words(self, index: int, quotes: Quotes) -> list[Part]:
        """Return one part for each word of a line that is damaged outside of quotations."""
        line = self.lines[index]
        free = self._free(index, quotes)
        return [
            part
            for before, part in zip([None, *free], free, strict=False)
            if before is None or not line[before.end : part.start].isalpha()
        ]

    def _free(self, index: int, quotes: Quotes) -> list[Part]:
        """Return the damaged parts of a line that stand outside of quotations."""
        return [part for part in self.parts[index] if not quotes.hold(part.start)]

    def _weigh(self, index: int, quotes: Quotes, evidence: Evidence) -> None:
        """Add what a misread line tells outside of its quotations."""
        for span, reading in self._stretches(index):
            if not quotes.hold(span[0]):
                evidence.add(reading, self.lines[index], span)
            if evidence.bits >= _PLENTY:
                return

    def _stretches(self, index: int) -> Iterator[tuple[tuple[int, int], Reading]]:
        """Yield the stretches of a line, each by its span, and their readings."""
        line = self.lines[index]
        for match, reading in zip(STRETCH.finditer(line), self.undoer.readings_of(line), strict=True):
            yield match.span(), reading

    def _damaged_code(self) -> Damage | None:
        """Judge a page whose prose tells nothing by its code.

        Beside sound prose, one word in a comment or several elsewhere tell; less is an example.
        """
        code, sound_prose = self._misread_code()
        comments, other = Evidence(), Evidence()
        for index in code:
            line = self.lines[index]
            comment = comment_in(line)
            names = names_in(line)
            for span, reading in self._stretches(index):
                if not names.hold(span[0]):
                    told = comments if span[0] >= comment else other
                    told.add(reading, line, span)
        bits = comments.bits + other.bits
        if comments.bits < ENOUGH and bits < (_MANY if sound_prose else ENOUGH):
            return None
        return self._damage(code if sound_prose else self.misread, {})

    def _misread_code(self) -> tuple[list[int], bool]:
        """Return the misread lines of code, and whether some prose has sound characters outside ASCII."""
        misread = set(self.misread)
        code: list[int] = []
        sound_prose = False
        wanted = {index for index, line in enumerate(self.lines) if not line.isascii()}
        for index, quotes in self._quotes(wanted, about_encoding=False):
            if quotes.in_block and index in misread:
                code.append(index)
            elif not quotes.in_block and index not in misread:
                sound_prose = True
        return code, sound_prose

    def _without_examples(self) -> list[int]:
        """Return the misread lines but those that only quote, where encodings are spoken of."""
        kept: list[int] = []
        for index, quotes in self._quotes(set(self.misread), about_encoding=True):
            evidence = Evidence()
            self._weigh(index, quotes, evidence)
            above = self._said(range(max(0, index - _NEIGHBOURHOOD), index + 1))
            if evidence.bits or not speaks_of_encoding(above):
                kept.append(index)
        return kept

    def _without_quotations(self) -> dict[int, list[Part]]:
        found = {
            index: self._free(index, quotes)
            for index, quotes in self._quotes(self.parts.keys(), about_encoding=False)
        }
        return {index: parts for index, parts in found.items() if parts}

    def _quotes(self, wanted: Set[int], *, about_encoding: bool) -> Iterator[tuple[int, Quotes]]:
        """Yield what the wanted lines quote."""
        left = len(wanted)
        for index, quotes in enumerate(quotes_of(self.lines, about_encoding=about_encoding)):
            if not left:
                return
            if index in wanted:
                left -= 1
                yield index, quotes
