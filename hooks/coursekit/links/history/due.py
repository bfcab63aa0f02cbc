"""Which links to ask tonight: healthy ones have nights off."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

from coursekit.links.checking.results import Question, Verdict
from coursekit.links.history.ledger import Entry, Ledger

_SETTLED = (Verdict.OK, Verdict.REDIRECTED)


def due(urls: Iterable[str], ledger: Ledger, day: date) -> list[Question]:
    """Return the links to ask on `day`, by URL.

    Those that the ledger does not know, and those that last were anything but well, are asked every night;
    the others some days after they last were good (`_rest`).
    """
    questions = []
    for url in sorted(set(urls)):
        entry = ledger.get(url)
        if entry is None or entry.verdict not in _SETTLED or entry.last_good is None:
            questions.append(Question(url))  # an unchanged page that was bad would still be bad
        elif not 0 <= (day - entry.last_good).days < _rest(entry, entry.last_good):
            questions.append(Question(url, entry.etag, entry.last_modified))
    return questions


def _rest(entry: Entry, last_good: date) -> int:
    """Return the days from a good answer to the next question, 2 to 7.

    From 2 to 5 by a hash of the URL, so that links first asked on one night do not come back on one night,
    and one more after two weeks without a failure, two more after four.
    """
    spread = hashlib.sha256(entry.url.encode("utf-8", "surrogatepass")).digest()[0] % 4
    good_days = (last_good - (entry.good_since or last_good)).days
    return 2 + spread + min(max(good_days, 0) // 14, 2)
