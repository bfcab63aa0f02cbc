"""Whose turn it is to ask a host: at most so many at once and a second, and none while it asks for peace."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from coursekit.links.checking.exchange import Answer, Failure, Fetch, Request
from coursekit.links.checking.waiting import retry_after

AT_ONCE = 10  # exchanges with one host
_SLOWER = 0.5  # of the rate, for a host that has had enough
_SLOWEST = 0.125  # of the rate asked for
_FASTER = 1.02  # of the rate, for each answer that came without complaint
_PAUSES = 3  # in a row that a host is granted; one that answers nothing else is not asked more by waiting


@dataclass(slots=True)
class _Host:
    """What one host bears. Times are those of the clock."""

    rate: float  # requests a second, at present
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    next_start: float = 0.0  # when the next request may start
    quiet_until: float = 0.0
    slowed_at: float = 0.0  # complaints about requests sent before are about the old rate
    pauses: int = 0  # since the last answer without complaint


class Turns:
    """The hosts of a run, each with a queue of its own: nobody waits for a host that is not theirs."""

    def __init__(
        self,
        rate: float,
        *,
        longest_pause: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`rate` is in requests a second to one host, evenly spaced.

        A host that asks for more than `longest_pause` seconds of peace is asked on, only slower: what it
        refuses is for the next night.
        """
        self._rate = rate
        self._longest_pause = longest_pause
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}

    def polite(self, fetch: Fetch) -> Fetch:
        """Return a `fetch` that waits its turn; the wait is not in the seconds that answers tell."""

        async def fetch_in_turn(request: Request) -> Answer | Failure:
            host = self._host(request.url)
            async with self._turn(host):
                started = self._clock()
                answer = await fetch(request)
                self._heed(host, answer, started)
            return answer

        return fetch_in_turn

    def _host(self, url: str) -> _Host:
        name = host_of(url)
        if name not in self._hosts:
            self._hosts[name] = _Host(self._rate)
        return self._hosts[name]

    @asynccontextmanager
    async def _turn(self, host: _Host) -> AsyncIterator[None]:
        async with host.slots:  # first come, first served
            while True:
                start = max(self._clock(), host.next_start, host.quiet_until)
                host.next_start = start + 1 / host.rate
                if start > self._clock():
                    await self._sleep(start - self._clock())
                if host.quiet_until <= start:
                    break  # else the host asked for peace while this one waited
            yield

    def _heed(self, host: _Host, answer: Answer | Failure, started: float) -> None:
        if isinstance(answer, Failure):
            return
        peace = retry_after(answer) if answer.status in (429, 503) else None
        if answer.status != 429 and peace is None:
            host.rate = min(host.rate * _FASTER, self._rate)
            host.pauses = 0
            return
        now = self._clock()
        if started >= host.slowed_at:
            host.rate = max(host.rate * _SLOWER, self._rate * _SLOWEST)
            host.slowed_at = now
            host.pauses += 1
        if peace is not None and peace <= self._longest_pause and host.pauses <= _PAUSES:
            host.quiet_until = max(host.quiet_until, now + peace)


def host_of(url: str) -> str:
    """Return the host of an absolute URL, with its port when that is not its scheme's own."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()
