"""One night's results against the ledger: what is new, what lasts, what is mended, what has moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coursekit.links.checking.results import Result
from coursekit.links.history.ledger import Entry, Ledger


class State(StrEnum):
    """Where a link stands in its author's eyes."""

    GOOD = "good"  # nothing to do; flaky and blocked ones too
    SUSPECT = "suspect"  # dead, but for fewer nights than it takes to report it
    NEW = "new"  # reported dead for the first time
    PERSISTENT = "persistent"  # reported dead before
    FIXED = "fixed"  # was reported dead, works again
    MOVED = "moved"  # works, elsewhere, for good
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Standing:
    """A link as a night left it."""

    result: Result  # of this night, or remade from the ledger when the link was not due
    entry: Entry  # as it is written back
    state: State
    asked: bool  # False: not due this night


@dataclass(frozen=True, slots=True)
class Night:
    """What a night changed."""

    day: date
    ledger: Ledger  # the new one; the old one when the network was down
    standings: tuple[Standing, ...]  # by URL
    network_down: bool
