"""Whose turn it is, by a clock that only moves when somebody waits for it."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable
from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.links.checking.exchange import Answer, Failure, Request, Trouble
from coursekit.links.checking.politeness import AT_ONCE, Turns, host_of


class Clock:
    """A time that jumps to the next sleeper's when nobody has anything to do."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._order = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        future = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + seconds, next(self._order), future))
        await future

    async def run(self, tasks: list[asyncio.Task[None]]) -> None:
        while not all(task.done() for task in tasks):
            for _ in range(8):  # as many steps as any task takes between two sleeps
                await asyncio.sleep(0)
            if self._sleepers:
                self.now, _, future = heapq.heappop(self._sleepers)
                if not future.done():
                    future.set_result(None)
        await asyncio.gather(*tasks)


Reply = Callable[[Request, int], Answer | Failure]  # of a request, the how-manieth of all


def good(request: Request, _: int) -> Answer:
    return reply(request, 200)


def reply(request: Request, status: int, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(request.url, status, named, (), b"", True, 0.0)


class Log:
    """What servers saw."""

    def __init__(self, clock: Clock, answer: Reply, seconds: Callable[[str], float]) -> None:
        self.starts: list[tuple[float, str]] = []  # seconds since the first moment, URL
        self.most: dict[str, int] = {}  # host -> exchanges at once
        self._clock = clock
        self._answer = answer
        self._seconds = seconds
        self._under_way: dict[str, int] = {}

    async def fetch(self, request: Request) -> Answer | Failure:
        host = host_of(request.url)
        self.starts.append((round(self._clock.now - 1000.0, 6), request.url))
        self._under_way[host] = self._under_way.get(host, 0) + 1
        self.most[host] = max(self.most.get(host, 0), self._under_way[host])
        number = len(self.starts)
        try:
            await self._clock.sleep(self._seconds(request.url))
        finally:
            self._under_way[host] -= 1
        return self._answer(request, number)

    def times(self, host: str) -> list[float]:
        return [start for start, url in self.starts if host_of(url) == host]


def run(
    urls: list[str],
    answer: Reply = good,
    seconds: Callable[[str], float] = lambda url: 0.2,
    *,
    rate: float = 10,
    cancel: tuple[int, ...] = (),
) -> Log:
    async def main() -> Log:
        clock = Clock()
        log = Log(clock, answer, seconds)
        turns = Turns(rate, longest_pause=30, clock=clock, sleep=clock.sleep)
        fetch = turns.polite(log.fetch)

        async def ask(url: str) -> None:
            await fetch(Request(url, 30, 1000))

        tasks = [asyncio.create_task(ask(url)) for url in urls]
        await asyncio.sleep(0)
        for number in cancel:
            tasks[number].cancel()
        await clock.run([task for number, task in enumerate(tasks) if number not in cancel])
        return log

    return asyncio.run(main())


def pages(number: int, host: str = "a.example") -> list[str]:
    return [f"http://{host}/{page}" for page in range(number)]


def test_first_come_first_served_and_evenly_spaced() -> None:
    log = run(pages(25))
    assert [url for _, url in log.starts] == pages(25)
    assert log.times("a.example") == pytest.approx([page / 10 for page in range(25)])


def test_never_more_than_so_many_at_once() -> None:
    log = run(pages(40), seconds=lambda url: 5.0)
    assert log.most == {"a.example": AT_ONCE}


def test_nobody_waits_for_another_host() -> None:
    slow = [url for host in ("b.example", "c.example") for url in pages(50, host)]
    log = run([*slow, *pages(5)], seconds=lambda url: 0.1 if "a.example" in url else 25.0)
    assert log.times("a.example") == pytest.approx([0, 0.1, 0.2, 0.3, 0.4])


def test_a_host_is_its_name_and_port() -> None:
    assert host_of("http://user@A.example:8080/x") == "a.example:8080"
    assert host_of("http://a.example/") == host_of("https://a.example/x?y#z") == "a.example"
    log = run(["http://a.example/", "http://a.example:8080/"])
    assert [start for start, _ in log.starts] == [0, 0]


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("form", ["7", "date"])
def test_a_host_is_left_alone_as_long_as_it_asks(status: int, form: str) -> None:
    if form == "date":
        form = formatdate(time.time() + 8, usegmt=True)

    def answer(request: Request, number: int) -> Answer:
        return reply(request, status, retry_after=form) if number == 1 else good(request, number)

    log = run([*pages(6), *pages(6, "b.example")], answer, seconds=lambda url: 0.05)
    first, *others = log.times("a.example")
    assert first == 0
    assert 6.9 <= min(others) <= 8.2  # a date has whole seconds
    assert log.times("b.example")[-1] < 1


def test_what_asks_for_too_long_is_not_waited_for() -> None:
    log = run(pages(5), lambda request, _: reply(request, 503, retry_after="3600"))
    assert log.times("a.example")[-1] < 5


def test_what_only_asks_for_peace_is_not_waited_for_for_ever() -> None:
    log = run(pages(200), lambda request, _: reply(request, 429, retry_after="30"))
    assert len(log.starts) == 200
    assert log.times("a.example")[-1] < 3 * 31 + 200 / (10 * 0.125)


def test_a_complaint_halves_the_rate_once_however_many_were_under_way() -> None:
    log = run(
        pages(20), lambda request, number: reply(request, 429 if number <= 3 else 200), lambda url: 0.25
    )
    times = log.times("a.example")
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert max(gaps) == pytest.approx(0.2, abs=0.011)
    assert gaps[-1] < max(gaps)  # and it recovers


def test_a_server_that_bears_five_a_second_answers_all_in_time() -> None:
    seen: list[float] = []
    refused = 0

    async def main() -> None:
        clock = Clock()

        async def server(request: Request) -> Answer | Failure:
            nonlocal refused
            recent = [start for start in seen if clock.now - start < 1]
            if len(recent) >= 5:
                refused += 1
                return reply(request, 429, retry_after="1")
            seen.append(clock.now)
            return good(request, 0)

        fetch = Turns(10, longest_pause=30, clock=clock, sleep=clock.sleep).polite(server)

        async def ask(url: str) -> None:
            for _ in range(4):
                answer = await fetch(Request(url, 30, 1000))
                if isinstance(answer, Answer) and answer.status == 200:
                    return
            raise AssertionError(url)

        await clock.run([asyncio.create_task(ask(url)) for url in pages(100)])

    asyncio.run(main())
    assert len(seen) == 100
    assert refused < 30


def test_failures_change_nothing() -> None:
    log = run(pages(5), lambda request, _: Failure(request.url, Trouble.RESET, "", 0.0))
    assert log.times("a.example") == pytest.approx([0, 0.1, 0.2, 0.3, 0.4])


@given(
    st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=40),
    st.sets(st.integers(0, 39)),
    st.floats(0.01, 8),
)
def test_cancelled_ones_hold_nobody_up(hosts: list[str], cancelled: set[int], seconds: float) -> None:
    urls = [f"http://{host}/{number}" for number, host in enumerate(hosts)]
    gone = tuple(number for number in cancelled if number < len(urls))
    log = run(urls, seconds=lambda url: seconds, cancel=gone)
    left = {url for number, url in enumerate(urls) if number not in gone}
    assert left <= {url for _, url in log.starts}
    assert max(log.most.values(), default=0) <= AT_ONCE
    for host in set(hosts):
        gaps = itertools.pairwise(log.times(host))
        assert all(later - earlier >= 0.1 - 1e-6 for earlier, later in gaps)
