"""Links on several machines: parted by host, and put together again."""

from __future__ import annotations

from argparse import ArgumentTypeError
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.links.checking.results import Result, Verdict
from coursekit.links.history.hosts import server
from coursekit.links.history.rows import UnusableFileError
from coursekit.links.history.shards import Shard, dump_results, load_results, merge

URLS = st.text() | st.builds("https://{}.example:{}/{}".format, st.text(), st.integers(), st.text())
RESULTS = st.builds(
    Result,
    url=st.sampled_from("abc") | st.text(),
    verdict=st.sampled_from(Verdict),
    cause=st.text(),
    evidence=st.text(),
    status=st.none() | st.integers(0, 999),
    final_url=st.none() | st.text(),
    requests=st.integers(0, 99),
    seconds=st.floats(0, 1e6),
)


@given(URLS, st.integers(1, 9))
def test_every_link_has_one_shard(url: str, count: int) -> None:
    assert sum(Shard(number, count).holds(url) for number in range(1, count + 1)) == 1


@pytest.mark.parametrize(
    ("url", "other"),
    [
        ("https://example.org/a", "http://EXAMPLE.org./b?c#d"),
        ("https://example.org/a", "https://someone@example.org:8443/"),
        ("https://é.example/", "https://xn--9ca.example/"),
    ],
)
def test_a_host_is_in_one_shard_however_it_is_written(url: str, other: str) -> None:
    assert server(url)[0] == server(other)[0]
    assert {number for number in range(1, 1001) if Shard(number, 1000).holds(url)} == {
        number for number in range(1, 1001) if Shard(number, 1000).holds(other)
    }


@pytest.mark.parametrize(
    "url", ["", "http://[", "http://a..b/", f"http://{'a' * 64}.example/", "http://\ud800/"]
)
def test_what_is_no_url_has_a_shard_too(url: str) -> None:
    assert Shard(1, 2).holds(url) != Shard(2, 2).holds(url)


def test_shards_are_of_a_size() -> None:
    urls = [f"https://host-{number}.example/" for number in range(2000)]
    sizes = [sum(Shard(number, 8).holds(url) for url in urls) for number in range(1, 9)]
    assert min(sizes) > 200
    assert max(sizes) < 300


@pytest.mark.parametrize("text", ["1/1", "2/2", "01/4", "1000/1000"])
def test_shards_are_read(text: str) -> None:
    number, count = text.split("/")
    assert Shard.parse(text) == Shard(int(number), int(count))


@pytest.mark.parametrize(
    "text", ["", "1", "0/2", "3/2", "-1/2", "1/2/3", "1/1001", "a/b", "1 / 2", "١/٢", "9" * 9999]
)
def test_no_shard(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="n'est pas une part K/N ; écrivez par exemple 1/4"):
        Shard.parse(text)


@given(st.lists(st.lists(RESULTS), max_size=3))
def test_parts_merge_in_any_order(parts: list[list[Result]]) -> None:
    merged = merge(parts)
    assert [result.url for result in merged] == sorted({result.url for part in parts for result in part})
    assert all(merge(order) == merged for order in permutations(parts))
    assert merge([merged, *parts]) == merged


def test_only_what_failed_twice_is_dead() -> None:
    results = [Result(url="u", verdict=verdict, cause="", evidence="") for verdict in Verdict]
    assert [result.verdict for result in merge([results])] == [Verdict.IGNORED]
    dead = [result for result in results if result.verdict.is_dead]
    for result in results:
        [kept] = merge([[result], dead])
        assert kept.verdict.is_dead == result.verdict.is_dead


@given(st.lists(RESULTS))
def test_results_come_back(results: list[Result]) -> None:
    text = dump_results(results)
    assert load_results(text) == load_results(text.encode()) == results


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[{"url": "u"}]', "le lien n° 1 est abîmé"),
        ('{"schema": 1, "links": []}', "ce JSON n'a pas la forme attendue"),
        ("[", "ce n'est pas du JSON (ligne 1)"),
    ],
)
def test_other_files_are_refused(text: str, reason: str) -> None:
    with pytest.raises(UnusableFileError) as refused:
        load_results(text)
    assert str(refused.value) == reason
