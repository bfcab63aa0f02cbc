"""All links of a night: each page once, each host in its own time."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from coursekit.links import messages
from coursekit.links.checking.addresses import parse
from coursekit.links.checking.check import Asked, Limits, check
from coursekit.links.checking.exchange import Fetch, Trouble
from coursekit.links.checking.politeness import AT_ONCE, Turns, host_of
from coursekit.links.checking.results import Question, Result, Verdict
from coursekit.links.checking.robots import Robots

_MOST_WORKERS = 1000  # pages under way; most of them wait for their turn
_GONE = (Trouble.DNS, Trouble.REFUSED, Trouble.UNREACHABLE, Trouble.TIMEOUT)
_SILENCES = 3  # pages in a row that got no connection, from a host that once answered

Observe = Callable[[Result], None]


@dataclass(slots=True)
class _Host:
    """The pages of one host."""

    name: str
    waiting: deque[Asked] = field(default_factory=deque)
    under_way: int = 0
    has_answered: bool = False
    silences: int = 0  # pages in a row for which no connection was to be had

    @property
    def can_bear_more(self) -> bool:
        return bool(self.waiting) and self.under_way < AT_ONCE

    @property
    def is_gone(self) -> bool:
        """Tell whether its other pages are asked once only: each try of a dead host costs its time."""
        return self.silences >= (_SILENCES if self.has_answered else 1)

    def note(self, results: Sequence[Result]) -> None:
        """Learn from what became of a page; one that was sent to another host proves that this one lives."""
        end = results[0]
        if end.final_url and host_of(end.final_url) == self.name and end.cause in _GONE:
            self.silences += 1
        elif end.final_url:
            self.has_answered, self.silences = True, 0


async def survey(
    questions: Iterable[Question], fetch: Fetch, limits: Limits, *, rate: float, observe: Observe
) -> None:
    """Ask all questions; `observe` is told each result as soon as it is known.

    `rate` is in requests a second to one host. A cancelled survey has told what it knew.
    """
    fetch = Turns(rate, longest_pause=limits.seconds).polite(fetch)
    run = _Run(fetch, limits, observe)
    run.add(_pages(questions, observe))
    await run.all()


class _Run:
    def __init__(self, fetch: Fetch, limits: Limits, observe: Observe) -> None:
        self._fetch = fetch
        self._limits = limits
        self._observe = observe
        self._robots = Robots(fetch)
        self._left = 0  # pages that nobody has taken yet
        # Hosts that can bear one more, longest waiting first; each is in it once at most. None: go home.
        self._ready: asyncio.Queue[_Host | None] = asyncio.Queue()

    def add(self, pages: Iterable[Asked]) -> None:
        hosts: dict[str, _Host] = {}
        for page in pages:
            name = host_of(page.address)
            if name not in hosts:
                hosts[name] = _Host(name)
            hosts[name].waiting.append(page)
            self._left += 1
        for host in hosts.values():
            self._ready.put_nowait(host)

    async def all(self) -> None:
        """Check every page."""
        workers = [asyncio.create_task(self._work()) for _ in range(min(_MOST_WORKERS, self._left))]
        try:
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)

    async def _work(self) -> None:
        """Check a page of the next host that can bear it, until no page is left."""
        while self._left and (host := await self._ready.get()):
            page = host.waiting.popleft()
            host.under_way += 1
            if host.can_bear_more:
                self._ready.put_nowait(host)
            self._left -= 1
            if not self._left:
                for _ in range(_MOST_WORKERS):
                    self._ready.put_nowait(None)
            await self._check(host, page)
            host.under_way -= 1
            if host.waiting and host.under_way == AT_ONCE - 1:  # it bore no more until now
                self._ready.put_nowait(host)

    async def _check(self, host: _Host, page: Asked) -> None:
        limits = self._limits.without_retries() if host.is_gone else self._limits
        results = await check(page, self._fetch, limits, self._robots)
        host.note(results)
        for result in results:
            self._observe(result)


def _pages(questions: Iterable[Question], observe: Observe) -> Iterable[Asked]:
    """Return the pages to be asked, each with all the links to it; what is no address is told at once."""
    pages: dict[str, Asked] = {}
    links: dict[str, dict[str, str | None]] = {}
    for question in questions:
        address = parse(question.url)
        if address is None:
            observe(_unaskable(question.url))
            continue
        to_page = links.setdefault(address.sent, {})
        to_page[question.url] = address.fragment
        pages[address.sent] = Asked(address.sent, to_page, question.etag, question.last_modified)
    return pages.values()


def _unaskable(url: str) -> Result:
    if url.lower().startswith(("http:", "https:", "//")):
        return Result(url=url, verdict=Verdict.BROKEN, cause="malformed", evidence=messages.malformed(url))
    return Result(url=url, verdict=Verdict.IGNORED, cause="scheme", evidence=messages.not_of_the_web())
