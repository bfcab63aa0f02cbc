"""Links of the real web, judged all at once, and the score: what an author believes is measured here."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from coursekit.links.checking.check import Limits
from coursekit.links.checking.results import Question, Result, Verdict
from coursekit.links.checking.survey import survey
from coursekit.network.client import Client
from tests.links.web import CERTIFICATES, Asked, Reply, Web, html, served
from tests.links.wild.street import CASES, SUBJECTS, House, built

_LIMITS = Limits(seconds=6, delays=(0.05, 0.1, 0.2))
_DEAD = tuple(verdict for verdict in Verdict if verdict.is_dead)
_GOOD = (Verdict.OK, Verdict.REDIRECTED, Verdict.FLAKY)


@dataclass(frozen=True, slots=True)
class Night:
    """What came of asking all."""

    web: Web
    houses: dict[str, House]
    results: dict[str, Result]  # by label

    def labels(self, must: str) -> list[str]:
        return [label for label, case in CASES.items() if case.must == must]

    def share(self, must: str, verdicts: tuple[Verdict, ...]) -> float:
        """Return what part of the cases got one of these verdicts."""
        labels = self.labels(must)
        return sum(self.results[label].verdict in verdicts for label in labels) / len(labels)


async def _ask(houses: dict[str, House]) -> dict[str, Result]:
    """Ask those without names in one survey, each of the others in one of its own."""
    answered: dict[str, Result] = {}
    together = {house.url: label for label, house in houses.items() if not house.has_names}

    def note(result: Result) -> None:
        answered[together[result.url]] = result

    async with Client(allow_private=True, ca_bundle=CERTIFICATES / "ca.pem") as client:

        async def ask_alone(label: str, house: House) -> None:
            fetch = house.through(client.fetch)
            found: list[Result] = []
            await survey([Question(house.url)], fetch, _LIMITS, rate=10, observe=found.append)
            (answered[label],) = found

        await asyncio.gather(
            survey([Question(url) for url in together], client.fetch, _LIMITS, rate=10, observe=note),
            *(ask_alone(label, house) for label, house in houses.items() if house.has_names),
        )
    return answered


@pytest.fixture(scope="module")
def night() -> Iterator[Night]:
    with built() as (web, houses):
        results = asyncio.run(asyncio.wait_for(_ask(houses), 60))
        yield Night(web, houses, results)


def test_every_label_is_told_once() -> None:
    assert len(CASES) == sum(len(subject.CASES) for subject in SUBJECTS)


def test_every_link_is_answered(night: Night) -> None:
    assert set(night.results) == set(CASES)


def test_the_dead_are_found(night: Night) -> None:
    assert night.share("dead", _DEAD) >= 0.95


def test_the_living_are_not_called_dead(night: Night) -> None:
    assert night.share("alive", _DEAD) <= 0.02


def test_the_living_are_seldom_called_blocked(night: Night) -> None:
    assert night.share("alive", _GOOD) >= 0.95


def test_what_no_robot_can_know_is_not_called_dead(night: Night) -> None:
    dead = [label for label in night.labels("undecidable") if night.results[label].verdict.is_dead]
    assert set(dead) <= {label for label, case in CASES.items() if case.missed}


def test_hosts_are_asked_politely(night: Night) -> None:
    assert max(night.web.at_once.values()) <= 10
    assert set(night.web.methods) == {"GET"}


@pytest.mark.parametrize("label", CASES)
def test_verdict(label: str, night: Night, request: pytest.FixtureRequest) -> None:
    house, result = night.houses[label], night.results[label]
    if house.case.missed:
        request.applymarker(pytest.mark.xfail(reason=house.case.missed, strict=True))
    assert result.verdict in house.case.verdicts, result.evidence
    if house.suggestion:
        assert result.suggestion == house.suggestion
    elif "redirected" not in house.case.verdicts:
        assert result.suggestion is None or result.verdict is Verdict.BROKEN_ANCHOR


def test_twenty_links_to_a_host_that_takes_five_a_second() -> None:
    seen: list[float] = []
    found: list[Result] = []

    def answer(host: str, asked: Asked) -> Reply:
        if asked.path == "/robots.txt":
            return Reply(404)
        now = web.came[host][-1]
        recent = [time for time in seen if now - time < 1]
        if len(recent) >= 5:
            return html("Trop de demandes", status=429, Retry_After="1")
        seen.append(now)
        return html("Cours")

    async def ask() -> None:
        async with Client(allow_private=True) as client:
            questions = [Question(web.url(f"/tp{number}")) for number in range(20)]
            await survey(questions, client.fetch, Limits(), rate=10, observe=found.append)

    with served(answer) as web:
        asyncio.run(asyncio.wait_for(ask(), 30))
    assert len(found) == 20
    assert all(result.verdict in _GOOD for result in found)


def test_a_robots_txt_is_asked_for_once_a_host() -> None:
    async def ask() -> None:
        async with Client(allow_private=True) as client:
            questions = [Question(web.url(f"/tp{number}")) for number in range(10)]
            await survey(questions, client.fetch, Limits(), rate=100, observe=lambda result: None)

    with served(lambda host, asked: html("Cours")) as web:
        asyncio.run(asyncio.wait_for(ask(), 30))
    assert web.asked["127.0.0.1/robots.txt"] == 1


def test_private_addresses_are_left_alone() -> None:
    found: list[Result] = []

    async def ask() -> None:
        async with Client() as client:
            urls = (web.url("/"), f"http://localhost:{web.port}/", f"http://[::ffff:127.0.0.1]:{web.port}/")
            await survey(
                [Question(url) for url in urls], client.fetch, _LIMITS, rate=10, observe=found.append
            )

    with served(lambda host, asked: html("Box")) as web:
        asyncio.run(asyncio.wait_for(ask(), 30))
    assert not web.asked
    assert len(found) == 3
    assert not any(result.verdict in _GOOD for result in found)
