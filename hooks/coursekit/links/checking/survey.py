"""All links of a night: each page once, each host in its own time."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from coursekit.links import messages
from coursekit.links.checking.addresses import parse
from coursekit.links.checking.check import Asked, Limits, check
from coursekit.links.checking.exchange import Fetch, Trouble
from coursekit.links.checking.politeness import AT_ONCE, Turns
from coursekit.links.checking.results import Question, Result, Verdict
from coursekit.links.checking.robots import Robots

_MOST_TASKS = 1000  # pages under way; most of them wait for their turn
_GONE = (Trouble.DNS, Trouble.REFUSED, Trouble.UNREACHABLE, Trouble.TIMEOUT)

Observe = Callable[[Result], None]


@dataclass(slots=True)
class _Host:
    """The pages of one host."""

    waiting: deque[Asked] = field(default_factory=deque)
    under_way: int = 0
    is_gone: bool = False  # no connection to be had: its other pages are asked once only


async def survey(
    questions: Iterable[Question], fetch: Fetch, limits: Limits, *, rate: float, observe: Observe
) -> None:
    """Ask all questions; `observe` is told each result as soon as it is known.

    `rate` is in requests a second to one host. A cancelled survey has told what it knew.
    """
    fetch = Turns(rate).polite(fetch)
    run = _Run(fetch, limits, observe)
    for page in _pages(questions, observe):
        run.hosts.setdefault(urlsplit(page.address).netloc, _Host()).waiting.append(page)
    await run.all()


class _Run:
    def __init__(self, fetch: Fetch, limits: Limits, observe: Observe) -> None:
        self.hosts: dict[str, _Host] = {}
        self._fetch = fetch
        self._limits = limits
        self._observe = observe
        self._robots = Robots(fetch)

    async def all(self) -> None:
        """Check every page, hosts in turn."""
        ready = deque(self.hosts.values())
        tasks: dict[asyncio.Task[None], _Host] = {}
        try:
            while ready or tasks:
                while ready and len(tasks) < _MOST_TASKS:
                    host = ready.popleft()
                    tasks[asyncio.create_task(self._check(host, host.waiting.popleft()))] = host
                    host.under_way += 1
                    if host.waiting and host.under_way < AT_ONCE:
                        ready.append(host)
                done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    host = tasks.pop(task)
                    host.under_way -= 1
                    task.result()
                    if len(host.waiting) and host.under_way == AT_ONCE - 1:
                        ready.append(host)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _check(self, host: _Host, page: Asked) -> None:
        limits = self._limits.without_retries() if host.is_gone else self._limits
        results = await check(page, self._fetch, limits, self._robots)
        host.is_gone = all(result.cause in _GONE for result in results)
        for result in results:
            self._observe(result)


def _pages(questions: Iterable[Question], observe: Observe) -> Iterable[Asked]:
    """Return the pages to be asked, each with all the links to it; what is no address is told at once."""
    pages: dict[str, Asked] = {}
    for question in questions:
        address = parse(question.url)
        if address is None:
            observe(_unaskable(question.url))
            continue
        page = pages.get(address.sent)
        links = {**(page.links if page else {}), question.url: address.fragment}
        pages[address.sent] = Asked(address.sent, links, question.etag, question.last_modified)
    return pages.values()


def _unaskable(url: str) -> Result:
    if url.lower().startswith(("http:", "https:", "//")):
        return Result(url=url, verdict=Verdict.BROKEN, cause="malformed", evidence=messages.malformed(url))
    return Result(url=url, verdict=Verdict.IGNORED, cause="scheme", evidence=messages.not_of_the_web())
