"""The values that the encoding engine takes and returns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from coursekit.problem import Problem

# A restored character is called certain from this confidence on: at least 99 % of those are right, on pages
# whose topic the prior never saw and on those of other authors.
CERTAIN = 0.95
_SYMBOL = "[^\x00-\u2000]"


class Change(NamedTuple):
    """One damaged stretch of one line and what it became; a tuple, since a long text has millions."""

    line: int  # 1-based line in the file
    before: str  # the stretch as it was found
    after: str  # what stands there now
    candidates: tuple[str, ...]  # what it could have been, likeliest first; `after` alone: nothing was lost
    confidence: float = 1.0  # probability that `after` is right, 0 to 1
    lost: bool = False  # whether a byte was missing, so that `after` is a guess

    @property
    def certain(self) -> bool:
        """Whether the guess needs no second look."""
        return self.confidence >= CERTAIN


class Repair(NamedTuple):
    """A text with its characters given back."""

    text: str  # lines and line ends as they were; that of a file without its byte order mark
    changes: tuple[Change, ...] = ()  # in the order of the lines
    problems: tuple[Problem, ...] = ()  # what could not be read, or settled
    encoding: str = "utf-8"  # Python name of the encoding the bytes were in

    @property
    def unreadable(self) -> bool:
        """Whether the bytes are no text in a known encoding."""
        return not self.text and bool(self.problems)

    @property
    def transcoded(self) -> bool:
        """Whether the bytes were in another encoding than UTF-8."""
        return self.encoding not in ("utf-8", "utf-8-sig")

    @property
    def lost(self) -> tuple[Change, ...]:
        """The changes that put back a character which had lost a byte."""
        return tuple(change for change in self.changes if change.lost)


@dataclass(frozen=True, eq=False, slots=True)  # by identity: it keys caches
class SiteKnowledge:
    """What the other pages of the site say about this one."""

    emoji: Mapping[str, int] = field(default_factory=dict)  # character -> occurrences over the site

    @classmethod
    def gather(cls, repairs: Iterable[Repair]) -> SiteKnowledge:
        """Count the symbols of the pages, guesses left out so that no guess confirms itself."""
        counts: Counter[str] = Counter()
        for repair in repairs:
            counts.update(re.findall(_SYMBOL, repair.text))
            counts.subtract(character for change in repair.lost for character in change.after)
        return cls({character: count for character, count in counts.items() if count > 0})
