"""One visit: an address followed through its redirects to a page, or to the end of the road."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from coursekit.links.checking.addresses import Address, join, leaves_the_web
from coursekit.links.checking.cookies import Cookies
from coursekit.links.checking.exchange import Answer, Failure
from coursekit.links.checking.page import Page, read, read_text, refresh

MOST_HOPS = 20  # what browsers follow
_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_REFRESH_SECONDS = 5  # of a `<meta http-equiv=refresh>` that a reader takes for a redirect

# Sends a GET to an absolute ASCII URL, with the value of `Cookie`.
Get = Callable[[str, str], Awaitable[Answer | Failure]]


class DeadEnd(StrEnum):
    """Why redirects lead to no page."""

    LOOP = "redirect-loop"
    TOO_MANY = "too-many-redirects"
    NO_TARGET = "bad-redirect"  # no Location, or one that is no address
    OTHER_PROGRAM = "other-scheme"  # to what a browser hands on: `mailto:`, the store of a telephone …


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect."""

    source: str  # ASCII URL, without fragment
    target: str
    status: int  # 200 for a refresh
    permanent: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """Where an address leads."""

    start: Address
    end: Answer | Failure  # the last thing that came
    address: Address  # of the end, with the fragment that redirects kept
    hops: tuple[Hop, ...] = ()
    dead_end: DeadEnd | None = None
    page: Page | None = None  # what the end shows, when it is HTML

    @property
    def shown(self) -> Page | None:
        """Return what readers see: a page, or a short text in its place."""
        if self.page is None and isinstance(self.end, Answer):
            return read_text(self.end)
        return self.page

    @property
    def moved_for_good(self) -> bool:
        """Tell whether every hop was permanent, and there was one."""
        return bool(self.hops) and all(hop.permanent for hop in self.hops)


async def visit(start: Address, get: Get) -> Visit:
    """Follow an address."""
    cookies = Cookies()
    hops: list[Hop] = []
    seen: set[tuple[str, str]] = set()
    here = start
    while True:
        cookie = cookies.header(here.host, _path(here))
        seen.add((here.sent, cookie))
        end = await get(here.sent, cookie)
        if isinstance(end, Failure):
            return Visit(start, end, here, tuple(hops))
        cookies.take(here.host, _path(here), end.cookies)
        page = read(end)
        location, permanent = _next(end, page)
        if location is None:
            return Visit(start, end, here, tuple(hops), None, page)
        target = join(here, location)
        if target is None:
            dead_end = DeadEnd.OTHER_PROGRAM if leaves_the_web(location) else DeadEnd.NO_TARGET
            return Visit(start, end, here, tuple(hops), dead_end, page)
        if end.status not in _REDIRECTS and target.sent == here.sent:  # a page that reloads itself
            return Visit(start, end, here, tuple(hops), None, page)
        hops.append(Hop(here.sent, target.sent, end.status, permanent))
        here = target
        if (here.sent, cookies.header(here.host, _path(here))) in seen:
            return Visit(start, end, here, tuple(hops), DeadEnd.LOOP, page)
        if len(hops) > MOST_HOPS:
            return Visit(start, end, here, tuple(hops), DeadEnd.TOO_MANY, page)


def _path(address: Address) -> str:
    return urlsplit(address.sent).path or "/"


def _next(answer: Answer, page: Page | None) -> tuple[str | None, bool]:
    """Return where an answer sends on, "" for nowhere, and whether for good; None: it is the end."""
    if answer.status in _REDIRECTS:
        return answer.headers.get("location", "").strip() or "http://", answer.status in _PERMANENT
    if answer.status == 200:
        told = refresh(answer.headers.get("refresh", "")) or (page and page.refresh)
        if told and told[0] <= _REFRESH_SECONDS:
            return told[1], False
    return None, False
