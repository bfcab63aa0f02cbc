"""What is known of each link since it was first asked: values and their one file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coursekit.links import messages
from coursekit.links.checking.results import Result, Verdict
from coursekit.links.history import rows
from coursekit.links.history.rows import UnusableFileError

SCHEMA = 1  # of the ledger's file; raised when a field changes its meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One link's past."""

    url: str  # as written, fragment included
    verdict: Verdict  # the last one; `ignored` only for a link that was never asked
    cause: str
    evidence: str
    status: int | None = None
    final_url: str | None = None
    suggestion: str | None = None
    first_seen: date
    last_asked: date | None = None
    last_good: date | None = None
    good_since: date | None = None  # first night of the present run of good answers
    failing_since: date | None = None  # first night of the present run of failures
    last_failed: date | None = None  # last night of that run
    failures: int = 0  # nights of that run on which it was dead
    reported: date | None = None  # night of that run on which it was first reported
    mended: date | None = None  # last night on which it worked after having been reported
    absent_since: date | None = None  # first night on which no page held it any more
    etag: str | None = None
    last_modified: str | None = None

    def remade(self) -> Result:
        """Return the last result, without what it cost."""
        return Result(
            url=self.url,
            verdict=self.verdict,
            cause=self.cause,
            evidence=self.evidence,
            status=self.status,
            final_url=self.final_url,
            suggestion=self.suggestion,
            etag=self.etag,
            last_modified=self.last_modified,
        )


Ledger = dict[str, Entry]  # by URL


def dump(ledger: Ledger) -> str:
    """Return the ledger's file: JSON, a link a line, by URL; what did not change gives the same line."""
    return rows.dump(SCHEMA, links=(ledger[url] for url in sorted(ledger)))


def load(data: str | bytes) -> Ledger:
    """Return the ledger that `dump` wrote; raises UnusableFileError, and nothing else."""
    entries = rows.load(data, schema=SCHEMA, name="links", kind=Entry)
    ledger = {entry.url: entry for entry in entries}
    if len(ledger) < len(entries):
        raise UnusableFileError(messages.repeated_link())
    return ledger
