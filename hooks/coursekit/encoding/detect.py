"""Whether a text is damaged at all, and how: fast on sound text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from coursekit.encoding.codepages import FAMILIES, LEADS, WESTERN, Family

if TYPE_CHECKING:
    from coursekit.encoding.prior import Prior
    from coursekit.encoding.reading import Fill, Misreading

_STRETCH = re.compile(r"[^\x00-\x7f]{2,40}")
_MOST_DEPTH = 3
_MOST_STRETCHES = 500_000  # a bound on memory, not on small pages


def misread_mark(text: str) -> str:
    """Return the misread byte order mark at the beginning of a text, mostly nothing."""
    if text[:1].isascii():
        return ""
    return next((mark for mark in _marks() if text.startswith(mark)), "")


@cache
def _marks() -> tuple[str, ...]:
    mark = "\ufeff".encode()
    return tuple(
        {"".join(forward[byte] for byte in mark) for family in FAMILIES for forward in family.forward}
    )


def may_be_damaged(text: str) -> bool:
    """Tell, mostly in one scan, whether anything in the text looks like a misread sequence."""
    if text.isascii():
        return False
    return any(_sequence().match(text, gate.start()) for gate in _gate().finditer(text))


@cache
def _gate() -> re.Pattern[str]:
    """Return what begins the sequences: a search for these would try each of them at each character."""
    leads = "".join(
        re.escape(char) for family in FAMILIES for byte in LEADS for char in family.shown_as(byte)
    )
    return re.compile(f"[{leads}](?=[^\\x00-\\x7f])")


@cache
def _sequence() -> re.Pattern[str]:
    """Return the pattern of any misread sequence: large, and few sound pages hold even the lead of one."""
    patterns = [each.sequence for each in FAMILIES] + [
        each.torn_emoji for each in FAMILIES if each.torn_emoji
    ]
    return re.compile("|".join(pattern.pattern for pattern in patterns))


def stretches_of(text: str) -> Counter[str]:
    """Count the stretches of characters outside ASCII."""
    return Counter(map(itemgetter(0), islice(_STRETCH.finditer(text), _MOST_STRETCHES)))


def families_of(stretches: Counter[str], prior: Prior) -> list[Family]:
    """List the code pages UTF-8 may have been read as, likeliest first, by sequences that lost nothing.

    Where there are none, emoji that lost a byte tell Western ones.
    """
    gains = {family: gain for family in FAMILIES if (gain := _gain(stretches, family, prior)) > 0}
    if not gains:
        torn = [family.torn_emoji.search for family in FAMILIES if family.torn_emoji]
        return [WESTERN] if any(search(stretch) for search in torn for stretch in stretches) else []
    return sorted(gains, key=lambda family: -gains[family])


def _gain(stretches: Counter[str], family: Family, prior: Prior) -> float:
    """Return how many bits likelier the sequences in these stretches are once decoded."""
    total = 0.0
    for stretch, times in stretches.items():
        for found in family.sequence.findall(stretch):
            decoded = decode_sequence(found, family)
            if decoded and prior.is_common(decoded):
                total += times * max(0.0, sum(map(prior.bits, found)) - prior.bits(decoded))
    return total


def misreadings_of(text: str, stretches: Iterable[str], family: Family) -> list[Misreading]:
    """List the ways in which `text`, made of these stretches, may have been misread as this family."""
    from coursekit.encoding.reading import Misreading  # noqa: PLC0415 - sound text is not read any other way

    lost = family.dropped(text)
    fills: list[Fill] = ["c1"]
    if lost:
        fills = ["\ufffd", ""] if "\ufffd" in text else ["", "?"] if "?" in text else [""]
    depths = range(1, _depth(stretches, family) + 1)
    spaced = _is_spaced(text, family)
    return [Misreading(family, lost, fill, depth, spaced) for fill in fills for depth in depths]


def _is_spaced(text: str, family: Family) -> bool:
    """Tell whether no misread `à` or no-break space shows that no-break spaces were kept."""
    leads = family.shown_as(0xC2) + family.shown_as(0xC3)
    return family.has_no_break_space and not any(f"{lead}\u00a0" in text for lead in leads)


def _depth(stretches: Iterable[str], family: Family) -> int:
    """Return how often in a row some of the text was misread, as far as it is told apart."""
    depth = 1
    while depth < _MOST_DEPTH:
        stretches = {_decoded(stretch, family) for stretch in stretches}
        stretches = {stretch for stretch in stretches if family.sequence.search(stretch)}
        if not stretches:
            break
        depth += 1
    return depth


def _decoded(stretch: str, family: Family) -> str:
    """Return a stretch with its whole sequences decoded."""
    return family.sequence.sub(lambda match: decode_sequence(match[0], family) or match[0], stretch)


def decode_sequence(sequence: str, family: Family) -> str | None:
    """Return the character of a UTF-8 sequence that was read as this family."""
    try:
        return sequence.translate(family.to_byte).encode("latin-1").decode()
    except UnicodeError:
        return None
