"""Certificates that browsers take, and those that they warn of."""

from __future__ import annotations

import asyncio
import gc
import ssl
import warnings
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from yarl import URL

from coursekit.links.checking.check import Limits
from coursekit.links.checking.results import Question, Result, Verdict
from coursekit.links.checking.survey import survey
from coursekit.network import certificates, lenient
from coursekit.network.client import Client
from tests.links.web import CERTIFICATES, Reply, html, served

HOSTS = {
    "127.0.11.1": "good",
    "127.0.11.2": "expired",
    "127.0.11.3": "other-name",
    "127.0.11.4": "self-signed",
}
WORDS = {
    "127.0.11.2": "certificat expiré",
    "127.0.11.3": "certificat d'un autre nom",
    "127.0.11.4": "certificat auto-signé",
}

ENDLESS = Reply(raw=b"HTTP/1.1 200 OK\r\n\r\n" + b"A" * 100_000, hangs=True)


def asked(ca_bundle: Path | None) -> dict[str, Result]:
    results: list[Result] = []

    async def ask(urls: dict[str, str]) -> None:
        async with Client(ca_bundle=ca_bundle, allow_private=True) as client:
            questions = [Question(url) for url in urls]
            await survey(questions, client.fetch, Limits(seconds=9), rate=100, observe=results.append)

    with served(lambda host, asked: html("Cours"), tuple(HOSTS), secure=HOSTS) as web:
        urls = {f"https://{host}:{web.port}/": host for host in HOSTS}
        asyncio.run(ask(urls))
    return {urls[result.url]: result for result in results}


def test_an_authority_that_is_given_is_trusted() -> None:
    results = asked(CERTIFICATES / "ca.pem")
    assert results["127.0.11.1"].verdict is Verdict.OK
    for host, words in WORDS.items():
        assert results[host].verdict is Verdict.BROKEN
        assert words in results[host].evidence
        assert results[host].requests == 1  # no use in asking again


def test_an_unknown_authority_is_not() -> None:
    result = asked(None)["127.0.11.1"]
    assert result.verdict is Verdict.BROKEN
    assert "certificat d'une autorité inconnue" in result.evidence


def looked_at(port: int) -> Awaitable[object]:
    return certificates.shown_by("127.0.11.1", port, "127.0.11.1")


def read_leniently(port: int) -> Awaitable[object]:
    tls = ssl.create_default_context(cafile=CERTIFICATES / "ca.pem")
    url = URL(f"https://127.0.11.1:{port}/")
    end = asyncio.get_running_loop().time() + 9
    return lenient.exchange(url, "127.0.11.1", {}, tls, end=end, max_bytes=1)


@pytest.mark.parametrize("talk", [looked_at, read_leniently])
def test_no_connection_outlives_the_last_exchange(talk: Callable[[int], Awaitable[object]]) -> None:
    """A TLS goodbye that is not waited for leaves the socket open once the loop has ended."""

    async def ask(port: int) -> None:
        await talk(port)

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ResourceWarning)
        with served(lambda host, asked: ENDLESS, tuple(HOSTS), secure=HOSTS) as web:
            asyncio.run(ask(web.port))
        gc.collect()
    assert [str(one.message) for one in told] == []


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_bundle_that_cannot_be_read_is_an_error(tmp_path: Path, content: str | None) -> None:
    bundle = tmp_path / "ca.pem"
    if content is not None:
        bundle.write_text(content, "utf-8")
    with pytest.raises(OSError):  # noqa: PT011 - ssl's errors and the system's are of one kind
        Client(ca_bundle=bundle)
