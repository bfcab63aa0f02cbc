"""Whose turn it is to ask a host: at most so many at once and a second, and none while it asks for peace."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from coursekit.links.checking.exchange import Answer, Failure, Fetch, Request
from coursekit.links.checking.waiting import retry_after

AT_ONCE = 10  # exchanges with one host
_SLOWER = 0.5  # of the rate, for a host that has had enough
_FASTER = 1.05  # of the rate, for each answer that came without complaint
_LONGEST_PAUSE = 60.0  # seconds; what a host asks for beyond is for the next night


@dataclass(slots=True)
class _Host:
    """What one host bears."""

    rate: float  # requests a second, at present
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    next_start: float = 0.0  # when the next request may start; in the loop's time
    quiet_until: float = 0.0


class Turns:
    """The hosts of a run, each with a queue of its own: nobody waits for a host that is not theirs."""

    def __init__(self, rate: float) -> None:
        """`rate` is in requests a second to one host."""
        self._rate = rate
        self._hosts: dict[str, _Host] = {}

    def polite(self, fetch: Fetch) -> Fetch:
        """Return a `fetch` that waits its turn; the wait is not in the seconds that answers tell."""

        async def fetch_in_turn(request: Request) -> Answer | Failure:
            host = self._host(request.url)
            async with self._turn(host):
                answer = await fetch(request)
            self._heed(host, answer)
            return answer

        return fetch_in_turn

    def _host(self, url: str) -> _Host:
        return self._hosts.setdefault(urlsplit(url).netloc.rpartition("@")[2], _Host(self._rate))

    @asynccontextmanager
    async def _turn(self, host: _Host) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        async with host.slots:
            while True:
                start = max(loop.time(), host.next_start, host.quiet_until)
                host.next_start = start + 1 / host.rate
                if start > loop.time():
                    await asyncio.sleep(start - loop.time())
                if host.quiet_until <= start:
                    break  # else the host asked for peace while this one waited
            yield

    def _heed(self, host: _Host, answer: Answer | Failure) -> None:
        if not isinstance(answer, Answer):
            return
        asked = retry_after(answer) if answer.status in (429, 503) else None
        if asked is not None:
            host.quiet_until = asyncio.get_running_loop().time() + min(asked, _LONGEST_PAUSE)
        if answer.status == 429:
            host.rate = max(host.rate * _SLOWER, self._rate / 20)
        else:
            host.rate = min(host.rate * _FASTER, self._rate)
