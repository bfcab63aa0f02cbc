"""Which lines of a page are damaged, judged together: a page speaks for its lines."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from coursekit.encoding.detect import family_of, misreadings_of
from coursekit.encoding.prior import Prior
from coursekit.encoding.quoted import Spans, may_show_damage, quoted_spans, speaks_of_encoding
from coursekit.encoding.reading import Misreading, Path, undo

# A page is damaged when its prose is this much likelier once decoded: one misread `à`, but no single `Â°`.
_EVIDENCE_BITS = 18.0
_SAMPLE_LINES = 100  # enough to tell the ways of misreading apart
_LONGEST_STRETCH = 50_000  # characters without a letter of ASCII; longer is no French, and memory is finite
_LONGEST_REMEMBERED = 64  # characters; longer stretches hardly ever come twice
_MOST_REMEMBERED = 100_000
_NEIGHBOURHOOD = 12  # lines above a quotation in which encodings may be announced
_STRETCH = re.compile(r"[^\x00-\x7f]+(?:[ ?]{1,3}[^\x00-\x7f]+)*[ ?]{0,3}")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a line and the way back from it."""

    start: int  # offset in the line
    text: str
    path: Path


@dataclass(frozen=True, slots=True)
class DamagedLine:
    """A line that can be undone as a whole."""

    index: int  # 0-based
    stretches: tuple[Stretch, ...]
    bits: float  # how much likelier it is then; below 0: less likely
    prose_bits: float  # of these, what comes from common characters outside of quotations
    code_bits: float  # and what comes from words with common characters in blocks of code


@dataclass(slots=True)
class Undoer:
    """Undoes stretches under one misreading, short ones once only."""

    misreading: Misreading
    prior: Prior
    known: dict[tuple[str, bool], tuple[Path | None, float]] = field(default_factory=dict)

    def line(self, index: int, line: str, spans: Spans) -> DamagedLine | None:
        """Undo a line; None unless all of it can be undone."""
        stretches: list[Stretch] = []
        bits = prose = code = 0.0
        in_block = spans == ((0, len(line)),)
        end_of_line = len(line.rstrip("\r"))
        for match in _STRETCH.finditer(line):
            path, gain = self._stretch(match[0], at_end=match.end() == end_of_line)
            if path is None:
                return None
            stretches.append(Stretch(match.start(), match[0], path))
            bits += gain
            if path.common and not any(start <= match.start() < end for start, end in spans):
                prose += gain
            elif path.common and in_block and _is_in_word(line, match):
                code += gain
        return DamagedLine(index, tuple(stretches), bits, prose, code)

    def _stretch(self, text: str, *, at_end: bool) -> tuple[Path | None, float]:
        known = self.known.get((text, at_end))
        if known is None:
            fits = len(text) <= _LONGEST_STRETCH
            path = undo(text, self.misreading, self.prior, at_end=at_end) if fits else None
            clean = sum(self.prior.bits(char) for char in text if char > "\x7f")
            known = (path, clean - path.bits if path else 0.0)
            if len(text) <= _LONGEST_REMEMBERED and len(self.known) < _MOST_REMEMBERED:
                self.known[text, at_end] = known
        return known


@lru_cache(maxsize=16)
def _undoer_of(misreading: Misreading, prior: Prior) -> Undoer:
    """Return the undoer that pages with the same damage share: most of their stretches are the same."""
    return Undoer(misreading, prior)


def damaged_lines(lines: Sequence[str], text: str, prior: Prior) -> list[DamagedLine]:
    """Return the lines of a page that were misread in the way that explains most; none on a sound page.

    `text` is the lines with their ends. Mojibake that is only quoted does not make a page damaged, unless
    whole words in blocks of code are, on a page that gives no reason to show them so.
    """
    family = family_of(text, prior)
    if family is None:
        return []
    spans = quoted_spans(lines)
    undoers = [_undoer_of(misreading, prior) for misreading in misreadings_of(text, family)]
    damaged, odds = _likely(lines, spans, _best(lines, spans, undoers))
    if sum(line.prose_bits for line in damaged) >= _EVIDENCE_BITS:
        return [line for line in damaged if odds > 0 or not _is_example(line, lines)]
    if sum(line.code_bits for line in damaged) >= _EVIDENCE_BITS and not may_show_damage(text):
        return [line for line in damaged if line.code_bits > 0 or line.prose_bits > 0]
    return []


def _likely(lines: Sequence[str], spans: Sequence[Spans], undoer: Undoer) -> tuple[list[DamagedLine], float]:
    """Undo all lines; keep those that were likely damaged, given the odds (in bits) that any line was."""
    tried = [undoer.line(i, line, spans[i]) for i, line in enumerate(lines) if not line.isascii()]
    found = [line for line in tried if line]
    damaged = sum(line.bits > 0 for line in found)
    odds = math.log2((damaged + 1) / (len(tried) - len(found) + 1)) if damaged else 0.0
    return [line for line in found if line.bits + odds > 0], odds


def _best(lines: Sequence[str], spans: Sequence[Spans], undoers: list[Undoer]) -> Undoer:
    """Return the way of misreading that explains most, judged on the first lines that any explains."""
    gains = [0.0] * len(undoers)
    judged = 0
    for index, line in enumerate(lines):
        if line.isascii():
            continue
        found = [undoer.line(index, line, spans[index]) for undoer in undoers]
        gains = [gain + _gain(one) for gain, one in zip(gains, found, strict=True)]
        judged += any(map(_gain, found))
        if judged == _SAMPLE_LINES:
            break
    return undoers[gains.index(max(gains))]


def _gain(line: DamagedLine | None) -> float:
    return max(0.0, line.bits) if line else 0.0


def _is_example(line: DamagedLine, lines: Sequence[str]) -> bool:
    """Tell whether a line only quotes mojibake where encodings are spoken of."""
    if line.prose_bits > 0:
        return False
    return speaks_of_encoding("\n".join(lines[max(0, line.index - _NEIGHBOURHOOD) : line.index + 1]))


def _is_in_word(line: str, match: re.Match[str]) -> bool:
    """Tell whether a stretch touches letters, as a misread accented letter mostly does."""
    before, after = line[: match.start()][-1:], line[match.end() :][:1]
    return before.isalpha() or (after.isalpha() and match[0][-1] > "\x7f")
