"""Nights on which not the links failed but the network of the machine that asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from coursekit.links.checking.exchange import Trouble
from coursekit.links.checking.results import Result, Verdict
from coursekit.links.history.hosts import server
from coursekit.links.history.ledger import Ledger

# What a machine without network meets; TLS where a captive portal answers for all.
_TROUBLES = frozenset(
    {
        Trouble.DNS,
        Trouble.REFUSED,
        Trouble.UNREACHABLE,
        Trouble.RESET,
        Trouble.TLS,
        Trouble.TIMEOUT,
    }
)
_CAPTIVE_PORTAL = 511  # RFC 6585: no origin server sends it

_KNOWN = 4  # strangers that a host known to answer weighs as much as
_ENOUGH = 5

_Server = tuple[str, int | None]


def network_down(results: Collection[Result], ledger: Ledger) -> bool:
    """Tell whether tonight's failures are those of the asking machine's network.

    A server is silent when none of its links got an answer: any HTTP status is one, but a captive portal's.
    Silent servers that were silent when last asked tell nothing and are left out. Of the others, one that
    answered when last asked (a refusal or a 404 is an answer) weighs 4, a stranger 1: strangers may never
    have been there. The network is down when silence weighs at least 5, so that neither one known host nor
    four strangers condemn it, and more than 4 for each server that answered. That is: more silent hosts than
    answering ones where the silent ones are known; more than four fifths of all on a first night.
    A known server that has come to have a private address is silent: captive portals lie so about names.
    """
    silent, answered = _by_answer(results)
    was_silent, known = _by_answer(entry.remade() for entry in ledger.values())
    silent |= known & {server(result.url) for result in results if result.cause == Trouble.PRIVATE} - answered
    weight = 0
    for lost in silent - was_silent:
        weight += _KNOWN if lost in known else 1
    return weight >= _ENOUGH and weight > 4 * len(answered)


def _by_answer(results: Iterable[Result]) -> tuple[set[_Server], set[_Server]]:
    """Return the servers that were silent and those that answered."""
    silent: set[_Server] = set()
    answered: set[_Server] = set()
    for result in results:
        if _is_silence(result):
            silent.add(server(result.url))
        elif result.status is not None or not (result.verdict.is_dead or result.verdict is Verdict.IGNORED):
            answered.add(server(result.url))
    return silent - answered, answered  # the rest, malformed URLs say, asked no server


def _is_silence(result: Result) -> bool:
    if result.status is not None:  # of a redirect, say, whose target is silent
        return result.status == _CAPTIVE_PORTAL
    return result.verdict is Verdict.TIMEOUT or (result.verdict.is_dead and result.cause in _TROUBLES)
