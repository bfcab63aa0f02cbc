"""Images of other sites, each asked for once, as a polite reader would."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path

from coursekit.links import messages as told
from coursekit.links.checking.addresses import parse
from coursekit.links.checking.exchange import Answer, Failure, Fetch, Request
from coursekit.links.checking.politeness import Turns
from coursekit.links.checking.visit import visit
from coursekit.network.client import Client
from coursekit.offline import messages
from coursekit.offline.pictures import Picture, picture

_SECONDS = 30.0  # for an image, its redirects included, waiting one's turn at a host aside
_MOST_BYTES = 15_000_000  # of an image: what a page can well hold
_AT_ONCE = 16  # images, so that their bytes fit into memory
_RATE = 5.0  # requests a second to one host
_ACCEPT = "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5"

# Is told an address, and its image or why there is none, in a few French words.
Observe = Callable[[str, Picture | str], None]


async def fetch_pictures(
    urls: Iterable[str],
    observe: Observe,
    *,
    contact: str,
    ca_bundle: Path | None = None,
    allow_private: bool = False,
) -> None:
    """Ask for all images; `observe` is told each as soon as it is known.

    `contact` is a URL that tells servers who asks, or empty. `robots.txt` is for robots that wander: these
    addresses were chosen by an author, whose readers' browsers ask them too. Raises OSError for a bundle of
    certificates that cannot be read.
    """
    slots = asyncio.Semaphore(_AT_ONCE)
    async with Client(contact=contact, ca_bundle=ca_bundle, allow_private=allow_private) as client:
        fetch = Turns(_RATE, longest_pause=_SECONDS).polite(client.fetch)

        async def one(url: str) -> None:
            async with slots:
                observe(url, await _picture(url, fetch))

        async with asyncio.TaskGroup() as group:
            for url in dict.fromkeys(urls):
                group.create_task(one(url))


async def _picture(url: str, fetch: Fetch) -> Picture | str:
    """Return an image, or why there is none."""
    address = parse(url)
    if address is None:
        return messages.bad_address()
    left = _SECONDS

    async def get(target: str, cookie: str) -> Answer | Failure:
        nonlocal left
        headers = {"Accept": _ACCEPT} | ({"Cookie": cookie} if cookie else {})
        answer = await fetch(Request(target, max(left, 0.1), _MOST_BYTES + 1, headers, whole=True))
        left -= answer.seconds
        return answer

    seen = await visit(address, get)
    if isinstance(seen.end, Failure):
        return told.trouble_in_short(seen.end.trouble)
    if seen.dead_end is not None:
        return messages.bad_redirect()
    if seen.end.status != 200:
        return messages.answered(seen.end.status)
    if not seen.end.complete or len(seen.end.body) > _MOST_BYTES:
        return messages.cut_off(_MOST_BYTES // 1_000_000)
    return picture(seen.end.body) or messages.no_image()
