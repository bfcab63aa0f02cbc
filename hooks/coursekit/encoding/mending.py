"""Undoes the mojibake of a text that may be damaged, as often as it was misread."""

from __future__ import annotations

import re
from operator import itemgetter

from coursekit.encoding.detect import may_be_damaged
from coursekit.encoding.page import find_damage
from coursekit.encoding.prior import Prior
from coursekit.encoding.ranking import ranker_of
from coursekit.encoding.restore import restore
from coursekit.encoding.settings import Passage, settings_of, unmatched
from coursekit.encoding.values import Change, Repair, SiteKnowledge

_MOST_PASSES = 16  # a bound; misreading more often makes a text a thousand times longer
_LINE_END = re.compile(r"(\r\n|\r|\n)")


def mend(text: str, site: SiteKnowledge, prior: Prior) -> Repair:
    """Return the text with what was damaged given back, unless its author settles that it is intact."""
    parts = _LINE_END.split(text)
    settings = settings_of(parts[::2])
    if settings.intact:
        return Repair(text)
    shown = [char for passage in settings.passages for char in passage.text if not char.isascii()]
    prior = prior.enriched([*site.emoji, *shown])
    changes: list[Change] = []
    settled: set[Passage] = set()
    for _ in range(_MOST_PASSES):
        lines = parts[::2]
        damage = find_damage(lines, text, prior, settings.lines)
        if damage is None:
            break
        restored = restore(lines, damage, ranker_of(prior, site), settings.passages)
        parts[::2] = restored.lines
        changes += restored.changes
        settled |= restored.settled
        text = "".join(parts)
        if not may_be_damaged(text):
            break
    problems = unmatched(settings.passages, settled, text) if any(change.lost for change in changes) else []
    return Repair(text, tuple(sorted(changes, key=itemgetter(0))), tuple(problems))
