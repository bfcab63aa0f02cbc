"""Copies of dead pages: what the archive is asked, and what of its answers is believed."""

from __future__ import annotations

import asyncio
import json
from datetime import date

import pytest

from coursekit.links.checking.exchange import Answer, Failure, Request, Trouble
from coursekit.links.reporting.archive import archived

DEAD = {"https://exemple.fr/tp?a=1#b": date(2026, 11, 12), "https://exemple.fr/jamais": None}


def told(**closest: object) -> bytes:
    copy = {
        "available": True,
        "status": "200",
        "url": "http://web.archive.org/web/2026/https://exemple.fr/tp",
    }
    return json.dumps({"archived_snapshots": {"closest": copy | closest}}).encode()


def ask(body: bytes | None, status: int = 200) -> tuple[dict[str, str], list[str]]:
    asked = []

    async def fetch(request: Request) -> Answer | Failure:
        asked.append(request.url)
        if body is None:
            return Failure(request.url, Trouble.TIMEOUT, "", 1)
        return Answer(request.url, status, {}, (), body, True, 0)

    return dict(asyncio.run(archived(DEAD, fetch))), asked


def test_the_copy_nearest_to_the_last_good_day() -> None:
    copies, asked = ask(told())
    copy = "https://web.archive.org/web/2026/https://exemple.fr/tp"
    assert copies == dict.fromkeys(DEAD, copy)
    assert sorted(asked) == [
        "https://archive.org/wayback/available?url=https%3A%2F%2Fexemple.fr%2Fjamais",
        "https://archive.org/wayback/available?url=https%3A%2F%2Fexemple.fr%2Ftp%3Fa%3D1&timestamp=20261112",
    ]


@pytest.mark.parametrize(
    "body",
    [
        None,
        b"",
        b"[" * 100_000,
        b"\xff",
        b'{"archived_snapshots": {}}',
        b'{"archived_snapshots": {"closest": [1]}}',
        told(available=False),
        told(status="404"),
        told(url="https://web.archive.org.exemple.fr/web/1/x"),
        told(url="https://exemple.fr/web/1/x"),
        told(url="https://tom@web.archive.org/web/1/x"),
        told(url="javascript:alert(1)//web.archive.org/web/"),
        told(url="https://web.archive.org/web/1/x y"),
        told(url="https://[/web/1/x"),
        told(url=5),
    ],
)
def test_nothing_else_is_believed(body: bytes | None) -> None:
    assert ask(body)[0] == {}


def test_an_error_is_no_copy() -> None:
    assert ask(told(), status=503)[0] == {}
