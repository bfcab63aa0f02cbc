"""Which lines of a page are damaged, judged together: a page speaks for its lines."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coursekit.encoding.detect import family_of, misreadings_of, stretches_of
from coursekit.encoding.prior import Prior
from coursekit.encoding.quoted import Spans, may_show_damage, quoted_spans, speaks_of_encoding
from coursekit.encoding.stretches import STRETCH, Undoer, count_stretches, undoer_of

# A page is damaged when its prose is this much likelier once decoded: one misread `à`, but no single `Â°`.
_EVIDENCE_BITS = 18.0
_NEIGHBOURHOOD = 12  # lines above a quotation in which encodings may be announced


@dataclass(frozen=True, slots=True)
class Damage:
    """The damaged lines of a page, and the way back from them."""

    undoer: Undoer
    lines: list[int]  # 0-based, in their order


@dataclass(frozen=True, slots=True)
class _Evidence:
    """How much likelier common characters make a line once it is undone, in bits."""

    prose: float  # outside of quotations
    code: float  # in the words of a block of code


def find_damage(lines: Sequence[str], text: str, prior: Prior) -> Damage | None:
    """Return the lines of a page that were misread in the way that explains most; None on a sound page.

    `text` is the lines with their ends. Mojibake that is only quoted does not make a page damaged, unless
    whole words in blocks of code are, on a page that gives no reason to show them so.
    """
    stretches = stretches_of(text)
    family = family_of(stretches, prior)
    if family is None:
        return None
    misreadings = misreadings_of(text, stretches, family)
    undoer = _best(text, [undoer_of(misreading, prior) for misreading in misreadings])
    damaged, odds = _likely(lines, undoer)
    if _reaches(lines, damaged, undoer):
        if odds <= 0:
            damaged = _without_examples(lines, damaged, undoer)
        return Damage(undoer, damaged)
    evidence = list(_weigh(lines, damaged, undoer))
    if sum(found.code for _, found in evidence) >= _EVIDENCE_BITS and not may_show_damage(text):
        return Damage(undoer, [index for index, found in evidence if found.code > 0 or found.prose > 0])
    return None


def _best(text: str, undoers: Sequence[Undoer]) -> Undoer:
    """Return the way of misreading that explains most of a text, the first of equals."""
    if len(undoers) == 1:
        return undoers[0]
    stretches = count_stretches(text)
    return max(undoers, key=lambda undoer: undoer.explained(stretches))


def _likely(lines: Sequence[str], undoer: Undoer) -> tuple[list[int], float]:
    """Undo all lines; return those that were likely damaged, and the odds (in bits) that any line was."""
    gains = [(index, undoer.gain(line)) for index, line in enumerate(lines) if not line.isascii()]
    damaged = sum(gain > 0 for _, gain in gains)
    sound = sum(gain == -math.inf for _, gain in gains)
    odds = math.log2((damaged + 1) / (sound + 1)) if damaged else 0.0
    return [index for index, gain in gains if gain + odds > 0], odds


def _reaches(lines: Sequence[str], damaged: Sequence[int], undoer: Undoer) -> bool:
    """Tell whether the prose of a page is evidence enough; mostly after a few lines."""
    total = 0.0
    for _, found in _weigh(lines, damaged, undoer):
        total += found.prose
        if total >= _EVIDENCE_BITS:
            return True
    return False


def _weigh(lines: Sequence[str], damaged: Sequence[int], undoer: Undoer) -> Iterator[tuple[int, _Evidence]]:
    """Yield what each of the damaged lines is evidence of."""
    wanted = iter(damaged)
    index = next(wanted, None)
    for here, spans in enumerate(quoted_spans(lines)):
        if index is None:
            return
        if here == index:
            yield index, _evidence(lines[index], spans, undoer)
            index = next(wanted, None)


def _evidence(line: str, spans: Spans, undoer: Undoer) -> _Evidence:
    prose = code = 0.0
    in_block = spans == ((0, len(line)),)
    for match, reading in zip(STRETCH.finditer(line), undoer.readings_of(line), strict=True):
        if not reading.common:
            continue
        if not any(start <= match.start() < end for start, end in spans):
            prose += reading.gain
        elif in_block and _is_in_word(line, match):
            code += reading.gain
    return _Evidence(prose, code)


def _without_examples(lines: Sequence[str], damaged: Sequence[int], undoer: Undoer) -> list[int]:
    """Leave out the lines that only quote mojibake where encodings are spoken of."""
    return [
        index
        for index, found in _weigh(lines, damaged, undoer)
        if found.prose > 0
        or not speaks_of_encoding("\n".join(lines[max(0, index - _NEIGHBOURHOOD) : index + 1]))
    ]


def _is_in_word(line: str, match: re.Match[str]) -> bool:
    """Tell whether a stretch touches letters, as a misread accented letter mostly does."""
    before, after = line[: match.start()][-1:], line[match.end() :][:1]
    return before.isalpha() or (after.isalpha() and match[0][-1] > "\x7f")
