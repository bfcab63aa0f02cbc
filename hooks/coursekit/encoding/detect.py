"""Whether a text is damaged at all, and how: fast on sound text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from operator import itemgetter

from coursekit.encoding.codepages import FAMILIES, LEADS, WESTERN, Family
from coursekit.encoding.prior import Prior
from coursekit.encoding.reading import Fill, Misreading

_ALL_LEADS = "".join(
    re.escape(char) for family in FAMILIES for byte in LEADS for char in family.shown_as(byte)
)
# A search for the whole sequences would try each of them at each character.
_GATE = re.compile(f"[{_ALL_LEADS}](?=[^\\x00-\\x7f])")
_SEQUENCE = re.compile("|".join([WESTERN.torn_emoji.pattern, *(each.sequence.pattern for each in FAMILIES)]))
_STRETCH = re.compile(r"[^\x00-\x7f]{2,40}")
_MOST_STRETCHES = 500_000  # a bound on memory, not on small pages


def may_be_damaged(text: str) -> bool:
    """Tell, mostly in one scan, whether anything in the text looks like a misread sequence."""
    if text.isascii():
        return False
    return any(_SEQUENCE.match(text, gate.start()) for gate in _GATE.finditer(text))


def stretches_of(text: str) -> Counter[str]:
    """Count the stretches of characters outside ASCII."""
    return Counter(map(itemgetter(0), islice(_STRETCH.finditer(text), _MOST_STRETCHES)))


def family_of(stretches: Counter[str], prior: Prior) -> Family | None:
    """Return the code pages that UTF-8 was most likely read as, from sequences that lost nothing.

    Where there are none, emoji that lost a byte tell Western ones.
    """
    gains = {family: gain for family in FAMILIES if (gain := _gain(stretches, family, prior)) > 0}
    if not gains and any(WESTERN.torn_emoji.search(stretch) for stretch in stretches):
        return WESTERN
    return max(gains, key=lambda family: gains[family], default=None)


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
    lost = family.dropped(text)
    fills: list[Fill] = ["c1"]
    if lost:
        fills = ["\ufffd", ""] if "\ufffd" in text else ["", "?"] if "?" in text else [""]
    depths = (1, 2) if _misread_twice(stretches, family) else (1,)
    spaced = _is_spaced(text, family)
    return [Misreading(family, lost, fill, depth, spaced) for fill in fills for depth in depths]


def _is_spaced(text: str, family: Family) -> bool:
    """Tell whether no misread `à` or no-break space shows that no-break spaces were kept."""
    leads = family.shown_as(0xC2) + family.shown_as(0xC3)
    return family.has_no_break_space and not any(f"{lead}\u00a0" in text for lead in leads)


def _misread_twice(stretches: Iterable[str], family: Family) -> bool:
    """Tell whether some of the text is still mojibake once decoded."""
    return any(family.sequence.search(_decoded(stretch, family)) for stretch in stretches)


def _decoded(stretch: str, family: Family) -> str:
    """Return a stretch with its whole sequences decoded."""
    return family.sequence.sub(lambda match: decode_sequence(match[0], family) or match[0], stretch)


def decode_sequence(sequence: str, family: Family) -> str | None:
    """Return the character of a UTF-8 sequence that was read as this family."""
    try:
        return sequence.translate(family.to_byte).encode("latin-1").decode()
    except UnicodeDecodeError:
        return None
