"""The ledger's file: what is written comes back, and nothing else is taken for a ledger."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coursekit.links.checking.results import Question, Verdict
from coursekit.links.history.due import due
from coursekit.links.history.ledger import Entry, Ledger, dump, load
from coursekit.links.history.rows import UnusableFileError

DAY = date(2026, 11, 23)
TEXTS = st.text() | st.sampled_from(["\ud800", "a\udfff"])  # two of them side by side, no decoder gives
DATES = st.none() | st.dates()
ENTRIES = st.builds(
    Entry,
    url=TEXTS,
    verdict=st.sampled_from(Verdict),
    cause=TEXTS,
    evidence=TEXTS,
    status=st.none() | st.integers(0, 999),
    final_url=st.none() | TEXTS,
    suggestion=st.none() | TEXTS,
    first_seen=st.dates(),
    last_asked=DATES,
    last_good=DATES,
    good_since=DATES,
    failing_since=DATES,
    last_failed=DATES,
    failures=st.integers(0, 10_000),
    reported=DATES,
    mended=DATES,
    absent_since=DATES,
    etag=st.none() | TEXTS,
    last_modified=st.none() | TEXTS,
)
LEDGERS = st.lists(ENTRIES).map(lambda entries: {entry.url: entry for entry in entries})


def entry(url: str, verdict: Verdict = Verdict.OK, **known: Any) -> Entry:
    return Entry(url=url, verdict=verdict, cause="", evidence="", **{"first_seen": DAY, **known})


# -- the file ------------------------------------------------------------------------------------------


@given(LEDGERS)
def test_what_is_written_comes_back(ledger: Ledger) -> None:
    text = dump(ledger)
    assert load(text) == load(text.encode()) == ledger  # UTF-8 writes it, whatever it holds
    assert dump(load(text)) == text


def test_a_link_is_a_line() -> None:
    ledger = {
        url: entry(url, failures=2, status=404) for url in ("https://b.example/é\u2028", "https://a.example/")
    }
    assert dump(ledger) == (
        '{"schema": 1, "links": [\n'
        '{"url": "https://a.example/", "verdict": "ok", "cause": "", "evidence": "", "status": 404, '
        '"first_seen": "2026-11-23", "failures": 2},\n'
        '{"url": "https://b.example/é\u2028", "verdict": "ok", "cause": "", "evidence": "", "status": 404, '
        '"first_seen": "2026-11-23", "failures": 2}\n'
        "]}\n"
    )
    assert load(dump({})) == {}


@given(st.binary())
@example(b"[" * 100_000)
@example(b'{"schema": 1, "links": ' + b'{"a":' * 100_000)
@example(b"9" * 5000)
@example(b'{"schema": ' + b"9" * 4000 + b', "links": []}')
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
def test_nothing_else_is_a_ledger(data: bytes) -> None:
    with pytest.raises(UnusableFileError):
        load(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["url", "status", "verdict", "links"]), inner)
    ),
    max_leaves=5,
)
KEYS = st.sampled_from(list(json.loads(dump({"u": entry("u", last_good=DAY, failures=1)}))["links"][0]))


@given(JSON, JSON, KEYS)
@example(10**400, [], "failures")
@example(float("nan"), float("inf"), "failures")
@example(0, [[]], "url")
def test_hostile_values_raise_the_one_error(value: Any, row: Any, key: str) -> None:
    sound = json.loads(dump({"u": entry("u", last_good=DAY)}))
    for document in (
        value,
        {**sound, "schema": value},
        {**sound, "links": value},
        {**sound, "links": [row]},
        {**sound, "links": [{**sound["links"][0], key: value}]},
    ):
        try:
            text = dump(load(json.dumps(document)))
        except UnusableFileError:
            continue
        assert dump(load(text)) == text


@settings(max_examples=40)  # ledgers are long to make
@given(LEDGERS.filter(bool), st.data())
def test_a_file_cut_short_is_not_read(ledger: Ledger, data: st.DataObject) -> None:
    text = dump(ledger).encode()
    with pytest.raises(UnusableFileError):
        load(text[: data.draw(st.integers(0, len(text) - 3))])  # the last two are `}` and the line's end


_URL = '"url": "u", "verdict": "ok", "cause": "", "evidence": "", "first_seen": "2026-11-23"'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "ce n'est pas du JSON (ligne 1)"),
        ('{"schema": 1, "links": [\n<<<<<<< HEAD\n', "ce n'est pas du JSON (ligne 2)"),
        (b"\xe9", "ce n'est pas du JSON lisible"),
        ("[" * 100_000, "ce n'est pas du JSON lisible"),
        ('{"schema": NaN}', "ce n'est pas du JSON lisible"),
        ("[]", "ce JSON n'a pas la forme attendue"),
        ('{"schema": true, "links": []}', "ce JSON n'a pas la forme attendue"),
        ('{"schema": 1, "links": {}}', "ce JSON n'a pas la forme attendue"),
        ('{"schema": 2}', "écrit par une version plus récente (schéma 2)"),
        ('{"schema": 0, "links": []}', "écrit par une version plus ancienne (schéma 0)"),
        (f'{{"schema": 1, "links": [{{{_URL}}}, {{}}]}}', "le lien n° 2 est abîmé"),
        (f'{{"schema": 1, "links": [{{{_URL}, "failures": true}}]}}', "le lien n° 1 est abîmé"),
        (f'{{"schema": 1, "links": [{{{_URL}, "failures": -1}}]}}', "le lien n° 1 est abîmé"),
        (f'{{"schema": 1, "links": [{{{_URL}, "status": 404.0}}]}}', "le lien n° 1 est abîmé"),
        (f'{{"schema": 1, "links": [{{{_URL}, "last_good": "hier"}}]}}', "le lien n° 1 est abîmé"),
        (f'{{"schema": 1, "links": [{{{_URL}, "verdict": "dead"}}]}}', "le lien n° 1 est abîmé"),
        (f'{{"schema": 1, "links": [{{{_URL}}}, {{{_URL}}}]}}', "un lien y est deux fois"),
    ],
)
def test_an_unusable_file_says_why(text: str | bytes, reason: str) -> None:
    with pytest.raises(UnusableFileError) as refused:
        load(text)
    assert str(refused.value) == reason


def test_a_field_of_a_later_version_is_passed_over() -> None:
    text = f'{{"schema": 1, "by": "x", "links": [{{{_URL}, "readers": [1], "etag": null}}]}}'
    assert load(text) == {"u": entry("u")}


# -- who is asked --------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(LEDGERS, st.lists(TEXTS), st.dates())
def test_what_is_not_known_to_be_well_is_asked(ledger: Ledger, new: list[str], day: date) -> None:
    questions = due([*ledger, *new], ledger, day)
    urls = [question.url for question in questions]
    assert urls == sorted(set(urls))
    for url in {*ledger, *new} - set(urls):
        assert ledger[url].verdict in (Verdict.OK, Verdict.REDIRECTED)
        last_good = ledger[url].last_good
        assert last_good is not None
        assert 0 <= (day - last_good).days < 7


def asked_after(url: str, good_days: int) -> int:
    ledger = {url: entry(url, last_good=DAY, good_since=DAY - timedelta(days=good_days))}
    return next(days for days in range(99) if due([url], ledger, DAY + timedelta(days=days)))


def test_a_first_night_does_not_come_back_at_once() -> None:
    urls = [f"https://host.example/{number}" for number in range(400)]
    for good_days, expected in ((0, range(2, 6)), (14, range(3, 7)), (500, range(4, 8))):
        rests = [asked_after(url, good_days) for url in urls]
        assert set(rests) == set(expected)
        assert min(rests.count(days) for days in expected) > 60


def test_validators_are_sent_for_what_was_good() -> None:
    known = {"last_good": DAY, "etag": '"a"', "last_modified": "Mon"}
    ledger = {
        url: entry(url, Verdict(url), **known) for url in ("ok", "redirected", "flaky", "blocked", "broken")
    }
    assert due([*ledger, "new"], ledger, DAY) == [
        Question(url) for url in ("blocked", "broken", "flaky", "new")
    ]
    assert due(ledger, ledger, DAY + timedelta(days=9)) == [
        Question("blocked"),
        Question("broken"),
        Question("flaky"),
        Question("ok", '"a"', "Mon"),
        Question("redirected", '"a"', "Mon"),
    ]
    assert [question.url for question in due(["ok"], ledger, DAY - timedelta(days=1))] == [
        "ok"
    ]  # a wrong clock
