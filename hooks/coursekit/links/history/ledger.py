"""What is known of each link since it was first asked: values and their one file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coursekit.links.checking.results import Verdict

SCHEMA = 1  # of the ledger's file; raised when a field changes its meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One link's past."""

    url: str  # as written, fragment included
    verdict: Verdict  # the last one
    cause: str
    evidence: str
    status: int | None = None
    suggestion: str | None = None
    first_seen: date
    last_asked: date
    last_good: date | None = None
    failing_since: date | None = None  # first night of the present run of failures
    failures: int = 0  # nights in a row on which it was dead
    etag: str | None = None
    last_modified: str | None = None


Ledger = dict[str, Entry]  # by URL
