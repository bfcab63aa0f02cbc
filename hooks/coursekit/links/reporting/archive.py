"""Copies of dead pages in the Internet Archive.

The Wayback Machine's availability API (https://archive.org/help/wayback_api.php) gives the copy of a URL that
is nearest to a moment: `{"archived_snapshots": {"closest": {"available": true, "status": "200", "url": …}}}`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import date
from urllib.parse import quote, urlsplit

from coursekit.links.checking.exchange import Answer, Fetch, Request

_API = "https://archive.org/wayback/available"
_ARCHIVE = "web.archive.org"
_SECONDS = 20.0  # of a question: the archive is slow
_MAX_BYTES = 65_536
_AT_ONCE = 3
_MOST = 200  # questions a night; more dead links than that have one cause, which no copy mends


async def archived(dead: Mapping[str, date | None], fetch: Fetch) -> Mapping[str, str]:
    """Return the URL of a copy of each dead link that has one, by its URL.

    `dead` gives the last day on which a link was good, if any: its copy is looked for about then. What the
    archive does not answer has no copy.
    """
    slots = asyncio.Semaphore(_AT_ONCE)

    async def copy_of(url: str, day: date | None) -> tuple[str, str | None]:
        async with slots:
            return url, _copy(await fetch(Request(_question(url, day), _SECONDS, _MAX_BYTES)))

    found = await asyncio.gather(*(copy_of(url, day) for url, day in sorted(dead.items())[:_MOST]))
    return {url: copy for url, copy in found if copy}


def _question(url: str, day: date | None) -> str:
    moment = f"&timestamp={day:%Y%m%d}" if day else ""
    return f"{_API}?url={quote(url.partition('#')[0], safe='')}{moment}"


def _copy(answer: object) -> str | None:
    """Return the copy that an answer tells of; nothing of it is believed but an address of the archive's."""
    if not isinstance(answer, Answer) or answer.status != 200:
        return None
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError):
        return None
    match told:
        case {"archived_snapshots": {"closest": {"available": True, "status": "200", "url": str(url)}}}:
            secure = "https://" + url.removeprefix("http://").removeprefix("https://")
            return secure if _is_of_the_archive(secure) else None
    return None


def _is_of_the_archive(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return (
        parts.netloc == _ARCHIVE and parts.path.startswith("/web/") and url.isprintable() and " " not in url
    )
