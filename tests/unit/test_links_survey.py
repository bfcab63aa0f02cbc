"""A night's links: each page once, each host in its own time, against a web that is a function."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.links.checking.check import Limits
from coursekit.links.checking.exchange import Answer, Failure, Request, Trouble
from coursekit.links.checking.politeness import AT_ONCE, host_of
from coursekit.links.checking.results import Question, Result, Verdict
from coursekit.links.checking.survey import survey

FAST = 1_000_000.0  # requests a second: politeness has tests of its own
LIMITS = Limits(seconds=9, delays=(0.0, 0.0, 0.0))
PAGE = b"<!DOCTYPE html><title>Cours</title><h2 id=fin>Fin</h2><p>Contenu du cours.</p>"

Reply = Callable[[str], Answer | Failure]  # to a URL


def page(url: str, status: int = 200, **headers: str) -> Answer:
    return Answer(url, status, {"content-type": "text/html", **headers}, (), PAGE, True, 0.0)


def failure(url: str, trouble: Trouble) -> Failure:
    return Failure(url, trouble, "", 0.0)


class Web:
    """What was asked of it."""

    def __init__(self, reply: Reply = page) -> None:
        self.asked: Counter[str] = Counter()
        self.requests: list[Request] = []
        self.most: Counter[str] = Counter()  # host -> pages at once
        self._reply = reply
        self._under_way: Counter[str] = Counter()

    async def fetch(self, request: Request) -> Answer | Failure:
        host = host_of(request.url)
        self._under_way[host] += 1
        self.most[host] = max(self.most[host], self._under_way[host])
        await asyncio.sleep(0)
        self._under_way[host] -= 1
        if request.url.endswith("/robots.txt"):
            return page(request.url, 404)
        self.asked[request.url] += 1
        self.requests.append(request)
        return self._reply(request.url)


def ask(web: Web, *questions: str | Question) -> list[Result]:
    results: list[Result] = []
    asked = (Question(one) if isinstance(one, str) else one for one in questions)
    asyncio.run(survey(asked, web.fetch, LIMITS, rate=FAST, observe=results.append))
    return results


def test_a_page_is_asked_once_for_all_its_links() -> None:
    web = Web()
    urls = ["http://a.example/x", "http://a.example/x#fin", "HTTP://A.example:80/x#non", "http://a.example/x"]
    results = {result.url: result for result in ask(web, *urls)}
    assert web.asked == {"http://a.example/x": 1}
    assert {url: result.verdict for url, result in results.items()} == {
        urls[0]: Verdict.OK,
        urls[1]: Verdict.OK,
        urls[2]: Verdict.BROKEN_ANCHOR,
    }
    assert sum(result.requests for result in results.values()) == 1


def test_what_is_no_address_is_told_without_asking() -> None:
    web = Web()
    results = {result.url: result for result in ask(web, "http://[::1/", "mailto:a@b.fr", "http://", "")}
    assert not web.asked
    assert results["http://[::1/"].verdict is results["http://"].verdict is Verdict.BROKEN
    assert results["mailto:a@b.fr"].verdict is results[""].verdict is Verdict.IGNORED


def test_validators_are_sent() -> None:
    web = Web(lambda url: page(url, 304))
    (result,) = ask(web, Question("http://a.example/x", '"v1"', "Mon, 23 Nov 2026 00:00:00 GMT"))
    assert web.requests[0].headers == {
        "If-None-Match": '"v1"',
        "If-Modified-Since": "Mon, 23 Nov 2026 00:00:00 GMT",
    }
    assert result.verdict is Verdict.OK
    assert result.etag == '"v1"'


@pytest.mark.parametrize("trouble", [Trouble.DNS, Trouble.REFUSED, Trouble.UNREACHABLE, Trouble.TIMEOUT])
def test_the_other_links_of_a_dead_host_are_asked_once(trouble: Trouble) -> None:
    web = Web(lambda url: failure(url, trouble))
    results = ask(web, *[f"http://a.example/{number}" for number in range(500)])
    assert len(results) == 500
    assert all(result.cause == trouble for result in results)
    tries = Counter(web.asked.values())
    assert tries[4] <= AT_ONCE  # those that were under way when the first one was given up
    assert tries[1] == 500 - tries[4]


def test_a_living_host_is_not_dead_for_one_page() -> None:
    web = Web(lambda url: failure(url, Trouble.TIMEOUT) if url.endswith("/7") else page(url))
    ask(web, *[f"http://a.example/{number}" for number in range(100)], "http://a.example/x/7")
    assert web.asked["http://a.example/7"] == web.asked["http://a.example/x/7"] == 4


def test_a_host_that_leads_to_a_dead_one_is_not_dead() -> None:
    def reply(url: str) -> Answer | Failure:
        if host_of(url) == "dead.example":
            return failure(url, Trouble.DNS)
        return page(url, 301, location=f"http://dead.example{url[-3:]}")

    web = Web(reply)
    results = ask(web, *[f"http://a.example/{number}" for number in range(10, 60)])
    assert {result.cause for result in results} == {"dns"}
    assert all(web.asked[f"http://a.example/{number}"] == 4 for number in range(10, 60))


def test_a_host_that_dies_on_the_way_is_noticed() -> None:
    def reply(url: str) -> Answer | Failure:
        return page(url) if int(url.rpartition("/")[2]) < 50 else failure(url, Trouble.REFUSED)

    web = Web(reply)
    ask(web, *[f"http://a.example/{number}" for number in range(300)])
    assert sum(web.asked[f"http://a.example/{number}"] == 1 for number in range(50, 300)) > 200


def test_thousands_of_links_on_one_host() -> None:
    web = Web()
    results = ask(web, *[f"http://a.example/{number}" for number in range(2000)])
    assert len(results) == 2000
    assert set(web.asked.values()) == {1}
    assert web.most["a.example"] <= AT_ONCE


def test_ten_thousand_places_of_one_page() -> None:
    web = Web()
    assert len(ask(web, *[f"http://a.example/x#{number}" for number in range(10_000)])) == 10_000
    assert web.asked == {"http://a.example/x": 1}


def test_hosts_that_hang_hold_no_other_up() -> None:
    async def main() -> list[Result]:
        web = Web()
        results: list[Result] = []
        others_done = asyncio.Event()

        async def fetch(request: Request) -> Answer | Failure:
            if "slow" in request.url:
                await others_done.wait()
            return await web.fetch(request)

        def observe(result: Result) -> None:
            results.append(result)
            if len(results) == 20 * 20:
                others_done.set()

        slow = [f"http://slow{host}.example/{number}" for host in range(20) for number in range(40)]
        quick = [f"http://quick{host}.example/{number}" for host in range(20) for number in range(20)]
        questions = [Question(url) for url in (*slow, *quick)]
        async with asyncio.timeout(60):
            await survey(questions, fetch, LIMITS, rate=FAST, observe=observe)
        return results

    results = asyncio.run(main())
    assert len(results) == 20 * 60
    assert all("quick" in result.url for result in results[: 20 * 20])


def test_a_cancelled_survey_has_told_what_it_knew() -> None:
    async def main() -> list[Result]:
        web = Web()
        results: list[Result] = []
        all_but_one = asyncio.Event()

        async def fetch(request: Request) -> Answer | Failure:
            if request.url.endswith("/hangs"):
                await asyncio.Event().wait()
            return await web.fetch(request)

        def observe(result: Result) -> None:
            results.append(result)
            if len(results) == 30:
                all_but_one.set()

        questions = [Question(f"http://a.example/{end}") for end in ("hangs", *range(30))]
        task = asyncio.create_task(survey(questions, fetch, LIMITS, rate=FAST, observe=observe))
        await all_but_one.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return results

    assert len(asyncio.run(main())) == 30


def test_nothing_to_ask() -> None:
    assert ask(Web()) == []


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(0, 5), st.sampled_from(["", "#fin", "#non"])),
        max_size=80,
    ),
    st.sets(st.sampled_from("abc")),
)
def test_each_link_is_told_once(links: list[tuple[str, int, str]], dead: set[str]) -> None:
    web = Web(lambda url: failure(url, Trouble.DNS) if url[7] in dead else page(url))
    urls = [f"http://{host}.example/{number}{fragment}" for host, number, fragment in links]
    results = ask(web, *urls)
    assert sorted(result.url for result in results) == sorted(set(urls))
    assert all(result.verdict.is_dead for result in results if result.url[7] in dead)
    assert max(web.most.values(), default=0) <= AT_ONCE
