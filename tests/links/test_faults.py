"""The faults of the web, asked all at once through the engine and a real client."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from coursekit.links.checking.check import Limits
from coursekit.links.checking.results import Question, Result
from coursekit.links.checking.survey import survey
from coursekit.network.client import Client
from tests.links.faults import CASES, Case
from tests.links.web import Asked, Reply, Web, served

_HOSTS = {f"127.0.9.{number}": case for number, case in enumerate(CASES[:250], 1)} | {
    f"127.0.10.{number}": case for number, case in enumerate(CASES[250:], 1)
}
_FAST = Limits(seconds=6, delays=(0.05, 0.1, 0.2))


def url(web: Web, host: str, case: Case) -> str:
    return f"http://{case.host or f'{host}:{web.port}'}{case.path}"


@pytest.fixture(scope="module")
def results() -> Iterator[dict[str, Result]]:
    """Return the result of each case, by its label."""

    def answer(host: str, asked: Asked) -> Reply:
        reply = _HOSTS[host].answer(asked)
        if asked.path == "/robots.txt" and b"User-agent" not in reply.body and not reply.hangs:
            return Reply(404)
        return reply

    with served(answer, tuple(_HOSTS)) as web:
        urls = {url(web, host, case): (host, case) for host, case in _HOSTS.items()}
        found: list[Result] = []

        async def ask() -> None:
            async with Client(allow_private=True) as client:
                questions = [Question(one) for one in urls]
                await survey(questions, client.fetch, _FAST, rate=100, observe=found.append)

        asyncio.run(asyncio.wait_for(ask(), 60))
        assert max(web.at_once.values()) <= 10
        by_label = {urls[one.url][1].label: one for one in found}
        assert len(by_label) == len(CASES)
        _PORTS.append(web.port)
        yield by_label


_PORTS: list[int] = []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.label)
def test_verdict(case: Case, results: dict[str, Result]) -> None:
    result = results[case.label]
    assert result.verdict in case.verdicts, result.evidence
    if case.suggestion:
        assert result.suggestion is not None
        assert result.suggestion.partition(f":{_PORTS[0]}")[2] == case.suggestion
