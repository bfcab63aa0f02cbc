"""What a build tells of links without asking them: their last known verdicts, at the lines of today."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from coursekit.dates import in_french
from coursekit.links import messages
from coursekit.links.checking.results import Verdict
from coursekit.links.history.ledger import Entry, Ledger
from coursekit.links.registered import Occurrence
from coursekit.links.reporting.sentences import printable
from coursekit.problem import Problem

_LONGEST = 500  # characters of an address


def known_verdicts(
    ledger: Ledger, links: Iterable[Occurrence], asked: Collection[str], today: date
) -> list[tuple[str, Problem]]:
    """Return what to tell, as (path, problem), once a line and link: links reported dead, and moved ones.

    `asked` holds the links that `.linkignore` leaves to be asked; of others, nothing is told.
    """
    told = {
        url: message
        for url in set(asked)
        if (entry := ledger.get(url)) and (message := _message(entry, today))
    }
    found = {(link.file, Problem(link.line, told[link.url])) for link in links if link.url in told}
    return sorted(found)


def _message(entry: Entry, today: date) -> str | None:
    """Return the sentence for a link; a single bad night, or a refusal to robots, is worth none."""
    url = printable(entry.url, _LONGEST)
    if entry.verdict.is_dead and entry.reported and entry.failing_since:
        return messages.known_dead(url, in_french(entry.failing_since, today=today), entry.status)
    if entry.verdict is Verdict.REDIRECTED and entry.suggestion:
        return messages.known_moved(url, printable(entry.suggestion, _LONGEST))
    return None
