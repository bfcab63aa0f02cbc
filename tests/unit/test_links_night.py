"""From night to night: who is reported, since when, and on which nights nothing counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.links.checking.exchange import Trouble
from coursekit.links.checking.results import Result, Verdict
from coursekit.links.history.ledger import Entry, Ledger
from coursekit.links.history.night import Night, Standing, State, advance
from coursekit.links.history.outage import network_down

DAY = date(2026, 11, 1)
URL = "https://example.org/a#b"


def result(verdict: Verdict | str, url: str = URL, **known: Any) -> Result:
    return Result(url=url, verdict=Verdict(verdict), **{"cause": str(verdict), "evidence": "preuve", **known})


def run(*nights: tuple[int, str], after: int = 2) -> list[Standing]:
    """Live through nights, each a day from the first and a verdict; empty: the link was not asked."""
    ledger: Ledger = {}
    standings = []
    for days, verdict in nights:
        results = [result(verdict)] if verdict else []
        night = advance(ledger, results, day=DAY + timedelta(days=days), wanted=[URL], nights=after)
        [standing] = night.standings
        assert night.ledger == {URL: standing.entry}
        ledger = night.ledger
        standings.append(standing)
    return standings


@pytest.mark.parametrize(
    ("nights", "states"),
    [
        ([(0, "ok"), (1, "redirected"), (2, "flaky"), (3, "blocked")], "good moved good good"),
        ([(0, "broken"), (1, "broken"), (2, "broken")], "suspect new persistent"),
        ([(0, "timeout"), (1, "broken-anchor"), (2, "timeout")], "suspect new persistent"),
        ([(0, "broken"), (1, "ok"), (2, "broken"), (3, "flaky")], "suspect good suspect good"),
        ([(0, "broken"), (0, "broken"), (0, "broken"), (1, "broken")], "suspect suspect suspect new"),
        ([(0, "broken"), (1, "broken"), (1, "broken"), (2, "broken")], "suspect new new persistent"),
        ([(0, "broken"), (1, "blocked"), (2, "broken")], "suspect good new"),
        ([(0, "broken"), (0, "blocked"), (0, "broken")], "suspect good suspect"),
        ([(0, "broken"), (1, "broken"), (2, "blocked"), (3, "broken")], "suspect new good persistent"),
        ([(0, "broken"), (1, "broken"), (2, "ignored"), (3, "broken")], "suspect new ignored persistent"),
        ([(0, "broken"), (1, "broken"), (2, ""), (3, "broken")], "suspect new persistent persistent"),
        ([(0, "broken"), (1, ""), (2, "broken")], "suspect suspect new"),
        ([(0, "broken"), (1, "broken"), (2, "ok"), (2, "ok"), (3, "")], "suspect new fixed fixed good"),
        ([(0, "broken"), (1, "broken"), (2, "redirected"), (3, "")], "suspect new fixed moved"),
        ([(0, "broken"), (1, "broken"), (2, "blocked"), (3, "flaky")], "suspect new good fixed"),
        ([(0, "ignored"), (1, "ignored"), (2, "broken")], "ignored ignored suspect"),
    ],
)
def test_states(nights: Sequence[tuple[int, str]], states: str) -> None:
    assert " ".join(standing.state for standing in run(*nights)) == states


@pytest.mark.parametrize("after", [1, 3])
def test_as_many_nights_as_asked_for(after: int) -> None:
    states = [standing.state for standing in run(*((day, "broken") for day in range(5)), after=after)]
    assert states.index(State.NEW) == after - 1
    assert states.count(State.SUSPECT) == after - 1


def test_what_is_remembered() -> None:
    *_, standing = run((0, "ok"), (2, "ok"), (5, "broken"), (7, "broken"), (8, "blocked"), (9, ""))
    assert standing.entry == Entry(
        url=URL,
        verdict=Verdict.BLOCKED,
        cause="blocked",
        evidence="preuve",
        first_seen=DAY,
        last_asked=date(2026, 11, 9),
        last_good=date(2026, 11, 3),
        failing_since=date(2026, 11, 6),
        last_failed=date(2026, 11, 8),
        failures=2,
        reported=date(2026, 11, 8),
    )
    *_, standing = run((0, "broken"), (1, "broken"), (3, "ok"), (5, "flaky"))
    assert standing.entry == Entry(
        url=URL,
        verdict=Verdict.FLAKY,
        cause="flaky",
        evidence="preuve",
        first_seen=DAY,
        last_asked=date(2026, 11, 6),
        last_good=date(2026, 11, 6),
        good_since=date(2026, 11, 4),
        mended=date(2026, 11, 4),
    )


def test_an_ignored_link_keeps_what_was_known() -> None:
    before, ignored = run((0, "ok"), (1, "ignored"))
    assert ignored.entry == before.entry
    assert (ignored.result, ignored.asked) == (result("ignored"), False)


def test_a_link_that_is_not_due_is_remade() -> None:
    first = result(
        "redirected",
        status=301,
        final_url="https://b/",
        suggestion="https://b/",
        etag='"x"',
        requests=2,
        seconds=1.5,
    )
    night = advance({}, [first], day=DAY, wanted=[URL])
    [standing] = advance(night.ledger, [], day=DAY + timedelta(days=1), wanted=[URL]).standings
    assert standing == Standing(
        replace(first, requests=0, seconds=0.0), night.ledger[URL], State.MOVED, asked=False
    )


def test_validators_outlive_an_answer_without_them() -> None:
    night = advance({}, [result("ok", status=200, etag='"x"')], day=DAY, wanted=[URL])
    for status, etag in ((304, '"x"'), (200, None)):
        again = advance(night.ledger, [result("ok", status=status)], day=DAY, wanted=[URL])
        assert again.ledger[URL].etag == etag


def test_a_night_cut_short_leaves_out_what_was_never_asked() -> None:
    night = advance({}, [result("ok", "https://a/")], day=DAY, wanted=["https://b/", "https://a/"])
    assert [standing.result.url for standing in night.standings] == list(night.ledger) == ["https://a/"]


def test_a_removed_link_keeps_its_past_for_a_month() -> None:
    ledger = advance({}, [result("broken")], day=DAY, wanted=[URL]).ledger
    for days in (1, 30):
        night = advance(ledger, [result("broken")], day=DAY + timedelta(days=days), wanted=[])
        assert night.standings == ()
        ledger = night.ledger
        assert ledger[URL].absent_since == date(2026, 11, 2)
    assert advance(ledger, [], day=DAY + timedelta(days=31), wanted=[]).ledger == {}
    [unasked] = advance(ledger, [], day=DAY + timedelta(days=31), wanted=[URL]).standings
    assert unasked.entry.absent_since is None
    [back] = advance(ledger, [result("broken")], day=DAY + timedelta(days=31), wanted=[URL]).standings
    assert (back.state, back.entry.first_seen, back.entry.absent_since) == (State.NEW, DAY, None)


# -- what always holds ---------------------------------------------------------------------------------

VERDICTS = st.sampled_from(Verdict)


@given(st.lists(st.tuples(st.integers(0, 2), VERDICTS), min_size=1), st.integers(1, 3))
def test_reported_on_the_nth_night_in_a_row(nights: list[tuple[int, Verdict]], after: int) -> None:
    day, dead, days = 0, set(), []
    for step, verdict in nights:
        day += step
        days.append((day, str(verdict)))
        if verdict.is_dead:
            dead.add(day)
        elif verdict not in (Verdict.BLOCKED, Verdict.IGNORED):
            dead.clear()
    last = run(*days, after=after)[-1]
    assert last.entry.failures == len(dead)
    assert (last.entry.reported is not None) == (len(dead) >= after)
    assert last.entry.failing_since == (DAY + timedelta(days=min(dead)) if dead else None)


RESULTS = st.lists(
    st.builds(
        result,
        VERDICTS,
        st.builds("https://{}.example/{}".format, st.sampled_from("abcdefgh"), st.sampled_from("ab")),
        cause=st.sampled_from(["dns", "http-404"]),
        status=st.none() | st.sampled_from([200, 404]),
    )
)
WANTED = [f"https://{host}.example/{page}" for host in "abcdefgh" for page in "ab"]


@given(st.lists(RESULTS, min_size=1, max_size=4), st.randoms())
def test_a_night_twice_is_one_night_in_any_order(nights: list[list[Result]], random: Any) -> None:
    ledger: Ledger = {}
    for days, results in enumerate(nights):
        day = DAY + timedelta(days=days)
        night = advance(ledger, results, day=day, wanted=WANTED)
        shuffled = random.sample(results, len(results))
        assert advance(ledger, shuffled, day=day, wanted=reversed(WANTED)) == night  # type: ignore[arg-type]
        assert advance(night.ledger, results, day=day, wanted=WANTED) == night
        assert night.ledger is ledger or not night.network_down
        ledger = night.ledger


# -- nights without network ----------------------------------------------------------------------------


def from_hosts(verdict: str, count: int, cause: str, first: int = 0, **known: Any) -> list[Result]:
    hosts = range(first, first + count)
    return [result(verdict, f"https://host-{number}.example/", cause=cause, **known) for number in hosts]


def good(count: int, first: int = 0) -> list[Result]:
    return from_hosts("ok", count, "ok", first, status=200)


def silent(count: int, first: int = 0, cause: str = Trouble.DNS) -> list[Result]:
    return from_hosts("timeout" if cause == Trouble.TIMEOUT else "broken", count, cause, first)


def night_of(results: list[Result], ledger: Ledger | None = None, days: int = 0) -> Night:
    wanted = [result.url for result in results]
    return advance(ledger or {}, results, day=DAY + timedelta(days=days), wanted=wanted)


@pytest.mark.parametrize("cause", ["dns", "refused", "unreachable", "reset", "timeout", "tls"])
def test_a_first_night_without_network(cause: str) -> None:
    night = night_of(silent(5, cause=cause))
    assert night == Night(DAY, {}, (), network_down=True)


@pytest.mark.parametrize(
    "results",
    [
        [],
        silent(4),  # too few to tell
        silent(4) + good(1, 4),
        silent(40) + good(10, 40),  # an old course
        silent(5) + from_hosts("broken", 2, "http-404", 5, status=404),
        silent(5) + from_hosts("blocked", 2, "http-403", 5, status=403),
        from_hosts("broken", 9, "http-500", status=500),
        from_hosts("broken", 9, Trouble.DNS, status=301),  # a redirect is an answer
        from_hosts("broken", 9, "malformed"),
        from_hosts("ignored", 9, "ignored"),
        [*silent(5), result("ok", "https://host-0.example/b")],  # one of five did answer
        [result("broken", f"https://example.org/{number}", cause="dns") for number in range(99)],
    ],
)
def test_a_first_night_with_network(results: list[Result]) -> None:
    assert not network_down(results, {})


def test_an_ignored_or_malformed_link_is_no_answer() -> None:
    others = from_hosts("ignored", 9, "ignored", 5) + from_hosts("broken", 9, "malformed", 20)
    assert network_down(silent(5) + others, {})


def test_a_captive_portal_is_no_answer() -> None:
    private = from_hosts("ignored", 5, Trouble.PRIVATE)
    assert network_down(private, night_of(good(5)).ledger)
    assert not network_down(private, {})  # links of a course to the reader's own machine
    assert not network_down(private, night_of(private).ledger)
    assert network_down(from_hosts("blocked", 5, "http-511", status=511), {})


@pytest.mark.parametrize(
    ("lost", "answering", "down"),
    [(1, 0, False), (2, 0, True), (2, 1, True), (2, 2, False), (6, 5, True), (5, 6, False)],
)
def test_hosts_that_were_there_weigh_more(lost: int, answering: int, down: bool) -> None:
    first = night_of(good(lost + answering))
    second = night_of(silent(lost) + good(answering, lost), first.ledger, days=1)
    assert second.network_down == down
    if down:
        assert second.ledger is first.ledger
        assert [standing.result for standing in second.standings] == [
            standing.entry.remade() for standing in first.standings
        ]


def test_hosts_that_were_dead_before_prove_nothing() -> None:
    first = night_of(silent(8) + good(2, 8))
    assert not first.network_down
    assert not network_down(silent(8), first.ledger)
    second = night_of(silent(8), first.ledger, days=1)
    assert {standing.state for standing in second.standings} == {State.NEW}
    assert network_down(silent(10), first.ledger)


def test_a_host_that_said_404_was_there() -> None:
    first = night_of(from_hosts("broken", 2, "http-404", status=404))
    assert network_down(silent(2), first.ledger)


def test_ports_are_servers_of_their_own() -> None:
    results = [result("broken", f"http://127.0.0.1:{port}/", cause="refused") for port in range(9000, 9005)]
    assert network_down(results, {})
