"""One night's results against the ledger: what is new, what lasts, what is mended, what has moved.

A link is reported once it was dead on N nights in a row. Runs of one day are one night. A refusal to robots
and a line of `.linkignore` prove neither life nor death: the count stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from coursekit.links.checking.results import Result, Verdict
from coursekit.links.history.ledger import Entry, Ledger
from coursekit.links.history.outage import network_down
from coursekit.links.history.shards import merge

_KEPT_DAYS = 30  # for which a link that no page holds any more stays in the ledger, in case it comes back


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


def advance(
    ledger: Ledger, results: Iterable[Result], *, day: date, wanted: Collection[str], nights: int = 2
) -> Night:
    """Return what a night changed.

    `wanted` are all links of the course, `results` those of the links that were asked or ignored tonight,
    in any order; of others they are passed over. A wanted link without a result stands as the ledger has it,
    and is left out where it was never asked: a night may be cut short. A link is reported dead from its
    `nights`-th night in a row, at least the first. When the network was down, nothing of tonight counts.
    """
    found = {result.url: result for result in merge([results])}
    down = network_down(found.values(), ledger)
    if down:
        found = {}
    entries: Ledger = {}
    standings = []
    for url in sorted(set(wanted)):
        old, result = ledger.get(url), found.get(url)
        entry = _entry(old, result, day, nights)
        if entry:
            entries[url] = entry
            standings.append(_standing(entry, result, day))
    if down:
        return Night(day, ledger, tuple(standings), network_down=True)
    return Night(day, entries | _absent(ledger, entries, day), tuple(standings), network_down=False)


def _absent(ledger: Ledger, present: Ledger, day: date) -> Ledger:
    """Return the entries of links that no page holds any more, while they are kept."""
    absent: Ledger = {}
    for url in ledger.keys() - present.keys():
        since = ledger[url].absent_since or day
        if (day - since).days < _KEPT_DAYS:
            absent[url] = replace(ledger[url], absent_since=since)
    return absent


def _standing(entry: Entry, result: Result | None, day: date) -> Standing:
    asked = result is not None and result.verdict is not Verdict.IGNORED
    result = result or entry.remade()
    return Standing(result, entry, _state(result.verdict, entry, day), asked)


def _state(verdict: Verdict, entry: Entry, day: date) -> State:
    if verdict is Verdict.IGNORED:
        return State.IGNORED
    if verdict.is_dead:
        if entry.reported is None:
            return State.SUSPECT
        return State.NEW if entry.reported == day else State.PERSISTENT
    if entry.mended == day:
        return State.FIXED
    return State.MOVED if verdict is Verdict.REDIRECTED else State.GOOD


def _entry(old: Entry | None, result: Result | None, day: date, nights: int) -> Entry | None:
    """Return a wanted link's entry after tonight; None: never asked."""
    if old and old.absent_since:
        old = replace(old, absent_since=None)
    if result is None or (old and result.verdict is Verdict.IGNORED):
        return old
    ignored = result.verdict is Verdict.IGNORED
    entry = Entry(
        url=result.url,
        verdict=result.verdict,
        cause=result.cause,
        evidence=result.evidence,
        status=result.status,
        final_url=result.final_url,
        suggestion=result.suggestion,
        first_seen=old.first_seen if old else day,
        last_asked=None if ignored else day,
        etag=result.etag,
        last_modified=result.last_modified,
    )
    entry = _with_run(entry, old)
    if result.verdict.is_dead:
        return _failed(entry, day, nights)
    return entry if ignored or result.verdict is Verdict.BLOCKED else _worked(entry, old, day)


def _with_run(entry: Entry, old: Entry | None) -> Entry:
    """Carry over what a single answer does not change."""
    if old is None:
        return entry
    return replace(
        entry,
        last_good=old.last_good,
        good_since=old.good_since,
        failing_since=old.failing_since,
        last_failed=old.last_failed,
        failures=old.failures,
        reported=old.reported,
        mended=old.mended,
    )


def _failed(entry: Entry, day: date, nights: int) -> Entry:
    failures = entry.failures + (entry.last_failed != day)
    return replace(
        entry,
        good_since=None,
        failing_since=entry.failing_since or day,
        last_failed=day,
        failures=failures,
        reported=entry.reported or (day if failures >= nights else None),
    )


def _worked(entry: Entry, old: Entry | None, day: date) -> Entry:
    kept = old if entry.status == 304 else None  # not modified: the answer may leave the validators out
    return replace(
        entry,
        last_good=day,
        good_since=entry.good_since or day,
        failing_since=None,
        last_failed=None,
        failures=0,
        reported=None,
        mended=day if entry.reported else entry.mended,
        etag=entry.etag or (kept.etag if kept else None),
        last_modified=entry.last_modified or (kept.last_modified if kept else None),
    )
