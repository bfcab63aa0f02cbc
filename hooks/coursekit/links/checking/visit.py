"""One visit: an address followed through its redirects to a page, or to the end of the road."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from coursekit.links.checking.addresses import Address, join
from coursekit.links.checking.exchange import Answer, Failure
from coursekit.links.checking.page import Page, is_html, read

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

    end: Answer | Failure  # the last thing that came
    address: Address  # of the end, with the fragment that redirects kept
    hops: tuple[Hop, ...]
    dead_end: DeadEnd | None
    page: Page | None  # what the end shows, when it is HTML

    @property
    def moved_for_good(self) -> bool:
        """Tell whether every hop was permanent, and there was one."""
        return bool(self.hops) and all(hop.permanent for hop in self.hops)


@dataclass(slots=True)
class _Cookies:
    """The cookies of one visit (RFC 6265, without paths and dates, which a visit outlives neither)."""

    kept: dict[tuple[str, str], str] = field(default_factory=dict)  # domain, name -> value

    def take(self, host: str, lines: tuple[str, ...]) -> None:
        for line in lines[:50]:
            try:
                jar = SimpleCookie(line[:4096])
            except CookieError:
                continue
            for name, morsel in jar.items():
                domain = morsel["domain"].lstrip(".").lower()
                if domain and not (host == domain or host.endswith(f".{domain}")):
                    continue
                self.kept[f".{domain}" if domain else host, name] = morsel.coded_value

    def header(self, host: str) -> str:
        return "; ".join(
            f"{name}={value}"
            for (domain, name), value in self.kept.items()
            if host == domain or (domain.startswith(".") and f".{host}".endswith(domain))
        )


async def visit(start: Address, get: Get) -> Visit:
    """Follow an address."""
    cookies = _Cookies()
    hops: list[Hop] = []
    seen: set[tuple[str, str]] = set()
    here = start
    while True:
        cookie = cookies.header(here.host)
        seen.add((here.sent, cookie))
        end = await get(here.sent, cookie)
        if isinstance(end, Failure):
            return Visit(end, here, tuple(hops), None, None)
        cookies.take(here.host, end.cookies)
        page = read(end) if is_html(end) else None
        location, permanent = _next(end, page)
        if location is None:
            return Visit(end, here, tuple(hops), None, page)
        target = join(here, location)
        if target is None or not urlsplit(target.sent).hostname:
            return Visit(end, here, tuple(hops), DeadEnd.NO_TARGET, page)
        if end.status == 200 and target.sent == here.sent:  # a page that reloads itself
            return Visit(end, here, tuple(hops), None, page)
        hops.append(Hop(here.sent, target.sent, end.status, permanent))
        here = target
        if (here.sent, cookies.header(here.host)) in seen:
            return Visit(end, here, tuple(hops), DeadEnd.LOOP, page)
        if len(hops) > MOST_HOPS:
            return Visit(end, here, tuple(hops), DeadEnd.TOO_MANY, page)


def _next(answer: Answer, page: Page | None) -> tuple[str | None, bool]:
    """Return where an answer sends on, "" for nowhere, and whether for good; None: it is the end."""
    if answer.status in _REDIRECTS:
        return answer.headers.get("location", "").strip() or "\0", answer.status in _PERMANENT
    if answer.status == 200 and page and page.refresh and page.refresh[0] <= _REFRESH_SECONDS:
        return page.refresh[1], False
    return None, False
