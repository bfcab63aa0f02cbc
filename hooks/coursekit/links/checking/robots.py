"""What sites ask of robots in their robots.txt (RFC 9309)."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from protego import Protego

from coursekit.links.checking.addresses import Address
from coursekit.links.checking.exchange import Answer, Failure, Fetch, Request, Trouble
from coursekit.links.checking.visit import visit

AGENT = "coursekit-links"  # the name that rules may be given for
_SECONDS = 5.0  # a robots.txt that takes longer, redirects included, asks for nothing
_MAX_BYTES = 512_000  # RFC 9309, 2.5: at least 500 kibibytes are read
_MOST_STARS = 8  # of a rule; each more multiplies the time of matching


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
        left = _SECONDS

        async def get(target: str, cookie: str) -> Answer | Failure:
            nonlocal left
            if left <= 0:
                return Failure(target, Trouble.TIMEOUT, "", 0.0)
            answer = await self._fetch(
                Request(target, left, _MAX_BYTES, {"Cookie": cookie} if cookie else {})
            )
            left -= answer.seconds
            return answer

        end = (await visit(Address(url, None), get)).end
        if isinstance(end, Failure) or end.status != 200 or end.body[:512].lstrip().startswith(b"<"):
            return None  # `<`: a page that answers every address
        lines = end.body.decode("utf-8-sig", "replace").splitlines()
        return Protego.parse("\n".join(line for line in lines if line.count("*") <= _MOST_STARS))
