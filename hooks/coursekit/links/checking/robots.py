"""What sites ask of robots in their robots.txt (RFC 9309)."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from protego import Protego

from coursekit.links.checking.exchange import Answer, Fetch, Request

AGENT = "coursekit-links"  # the name that rules may be given for
_SECONDS = 5.0  # a robots.txt that takes longer asks for nothing
_MAX_BYTES = 512_000  # RFC 9309, 2.5: at least 500 kibibytes are read


class Robots:
    """The rules of the hosts of a run, each asked for once, however many links wait for them."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._rules: dict[str, asyncio.Task[Protego | None]] = {}

    async def allows(self, url: str) -> bool:
        """Tell whether a robot may ask for an address; a host that has no readable rules allows all."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = asyncio.create_task(self._read(f"{site}/robots.txt"))
        rules = await asyncio.shield(self._rules[site])
        return rules is None or bool(rules.can_fetch(url, AGENT))

    async def _read(self, url: str) -> Protego | None:
        answer = await self._fetch(Request(url, _SECONDS, _MAX_BYTES))
        if not isinstance(answer, Answer) or answer.status != 200:
            return None
        if not answer.headers.get("content-type", "text/plain").lower().startswith("text/plain"):
            return None  # a page that answers every address
        return Protego.parse(answer.body.decode("utf-8", "replace"))
