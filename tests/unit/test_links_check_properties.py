"""Whatever a server sends, and whatever an author wrote, there is a verdict, in good time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.links.checking import vocabulary
from coursekit.links.checking.addresses import Address, join, parse
from coursekit.links.checking.check import Asked, Limits, check
from coursekit.links.checking.exchange import Answer, Failure, Request, Trouble
from coursekit.links.checking.fragments import find
from coursekit.links.checking.page import Page
from coursekit.links.checking.results import Verdict
from coursekit.links.checking.robots import Robots

_MARKUP = st.lists(
    st.sampled_from(
        [
            "<",
            ">",
            "<!--",
            "-->",
            "<script>",
            "</script",
            "<title>",
            "</title>",
            "<h1>",
            "</h1>",
            "<a id=",
            '"',
            "'",
            "=",
            "<meta http-equiv=refresh content='0;url=/b'>",
            "<template>",
            "<noscript>",
            "&#",
            " ",
            "/",
            "x",
            "é",
            "404",
        ]
    ),
    max_size=40,
).map("".join)
_BODIES = st.one_of(st.binary(max_size=200), _MARKUP.map(str.encode))
_VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "/",
            "/b",
            "http://h.example/a",
            "//",
            "http://[",
            "0; url=/b",
            "text/html; charset=utf-7",
            "text/html",
        ]
    ),
    st.sampled_from(
        [
            "text/html; charset=idna",
            "text/plain",
            "3",
            "Wed, 01 Jan 2025 00:00:00 -0000",
            "\udce9",
            "a=b; Domain=",
        ]
    ),
)
_HEADERS = st.dictionaries(
    st.sampled_from(
        ["location", "content-type", "refresh", "retry-after", "etag", "cf-mitigated", "last-modified"]
    ),
    _VALUES,
)
_ANSWERS = st.one_of(
    st.tuples(st.integers(100, 999), _HEADERS, _BODIES, st.booleans(), st.lists(_VALUES, max_size=2)),
    st.sampled_from(Trouble),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(_ANSWERS, min_size=1, max_size=4), st.text(max_size=9))
def test_any_answers_make_a_verdict(answers: list[object], fragment: str) -> None:
    asked = []

    async def fetch(request: Request) -> Answer | Failure:
        assert request.url.isascii()
        assert request.url.isprintable()
        assert all(value.isprintable() for value in request.headers.values())
        asked.append(request.url)
        one = answers[len(asked) % len(answers)]
        if isinstance(one, Trouble):
            return Failure(request.url, one, "", 0.1)
        assert isinstance(one, tuple)
        status, headers, body, complete, cookies = one
        assert isinstance(headers, Mapping)
        return Answer(request.url, status, headers, tuple(cookies), body, complete, 0.1)

    page = Asked("https://h.example/a/b", {"https://h.example/a/b": None, "https://h.example/a/b#": fragment})
    results = asyncio.run(check(page, fetch, Limits(seconds=9, delays=(0, 0, 0)), Robots(fetch)))
    assert [result.url for result in results] == list(page.links)
    for result in results:
        assert result.evidence.isprintable()
        for told in (result.evidence, result.final_url or "", result.suggestion or ""):
            told.encode()
        assert result.seconds <= 9
    assert len(asked) < 150


@given(st.text(max_size=60))
def test_any_address_is_sent_as_ascii_or_not_at_all(url: str) -> None:
    for prefix in ("", "http://", "https://h.example/"):
        address = parse(prefix + url)
        if address:
            assert address.sent.isascii()
            assert address.sent.isprintable()
            assert " " not in address.sent
            assert parse(address.sent) == Address(address.sent, None)
        join(Address("https://h.example/a?b", None), prefix + url)


_HOSTILE = [
    "<",
    "<a ",
    "<title",
    "<title>",
    "<!--",
    "<h1>",
    "<script",
    "<script>",
    '<a b="',
    "<a b='>",
    "</",
    "<!",
    "<meta ",
]
_HOSTILE += [
    "<a id=1 \x00",
    '<p "',
    "<x-y>",
    "<div id=a>  ",
    "&#",
    "<noscript><noscript>",
    "<input type ",
    "<div id=a> \n",
    "=",
]


@pytest.mark.parametrize("piece", _HOSTILE)
def test_reading_is_linear(piece: str) -> None:
    def seconds(characters: int) -> float:
        start = time.perf_counter()
        page = Page(piece * (characters // len(piece)), complete=True)
        _ = page.title, page.text, page.is_shell, page.asks_password, page.refresh
        find("loin", page)
        return time.perf_counter() - start

    assert seconds(200_000) < 20 * seconds(25_000) + 0.05  # eight times as much; squares would be 64


def test_a_place_far_down_is_found() -> None:
    assert "loin" in Page(f"<p>{'a' * 1_500_000}</p><h2 id=loin>L</h2>", complete=True).anchors


@pytest.mark.parametrize(
    "phrases", [vocabulary.MISSING, vocabulary.PARKED, vocabulary.DEFAULT_PAGE, vocabulary.CHALLENGE]
)
def test_every_phrase_has_a_stem_worth_looking_for(phrases: vocabulary.Phrases) -> None:
    assert all(len(stem.strip()) >= 3 for stem, _ in phrases.by_stem)


@given(st.data())
def test_a_phrase_has_its_stem(data: st.DataObject) -> None:
    stem, expression = data.draw(st.sampled_from(vocabulary.MISSING.by_stem + vocabulary.WITHHELD.by_stem))
    assert stem in data.draw(st.from_regex(expression))


def test_robots_are_asked_once_for_many() -> None:
    asked = []

    async def fetch(request: Request) -> Answer | Failure:
        asked.append(request.url)
        await asyncio.sleep(0)
        return Answer(
            request.url, 200, {"content-type": "text/plain"}, (), b"User-agent: *\nDisallow: /a", True, 0.1
        )

    async def ask() -> list[bool]:
        robots = Robots(fetch)
        return await asyncio.gather(*(robots.allows(f"https://h.example/{path}") for path in "abcab"))

    assert asyncio.run(ask()) == [False, True, True, False, True]
    assert asked == ["https://h.example/robots.txt"]


def test_an_unchanged_page_is_sound() -> None:
    sent: list[Mapping[str, str]] = []

    async def fetch(request: Request) -> Answer | Failure:
        sent.append(request.headers)
        if request.headers.get("If-None-Match") == '"x"':
            return Answer(request.url, 304, {}, (), b"", True, 0.1)
        return Answer(
            request.url, 200, {"content-type": "text/html", "etag": '"x"'}, (), b"<p id=a>A</p>", True, 0.1
        )

    def ask(links: dict[str, str | None]) -> list[Verdict]:
        page = Asked("https://h.example/a", links, etag='"x"')
        results = asyncio.run(check(page, fetch, Limits(delays=()), Robots(fetch)))
        assert all(result.etag == '"x"' for result in results if result.verdict is Verdict.OK)
        return [result.verdict for result in results]

    assert ask({"https://h.example/a": None}) == [Verdict.OK]
    assert sent[-1]["If-None-Match"] == '"x"'
    assert ask({"https://h.example/a#b": "b"}) == [Verdict.BROKEN_ANCHOR]  # a place wants the whole page
