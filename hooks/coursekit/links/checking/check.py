"""One page asked, until it is known what becomes of the links to it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

from coursekit.links import messages
from coursekit.links.checking.addresses import Address
from coursekit.links.checking.exchange import Answer, Failure, Fetch, Request, Trouble
from coursekit.links.checking.judge import Judgement, judge, judge_fragment
from coursekit.links.checking.results import Result, Verdict
from coursekit.links.checking.robots import Robots
from coursekit.links.checking.visit import Visit, visit
from coursekit.links.checking.waiting import retry_after

_PASSING_STATUSES = (408, 421, 425, 429, 500, 502, 503, 504, *range(520, 528), 530)
_PASSING_TROUBLES = (
    Trouble.DNS,
    Trouble.REFUSED,
    Trouble.UNREACHABLE,
    Trouble.RESET,
    Trouble.TIMEOUT,
    Trouble.PROTOCOL,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a URL may cost."""

    seconds: float = 30.0  # in all, waiting one's turn at a host aside
    delays: tuple[float, ...] = (0.5, 1.5, 3.0)  # seconds before each retry; their number is that of retries
    max_bytes: int = 5_000_000  # of a page in which a place is looked for
    glance: int = 262_144  # bytes of any other page

    @property
    def attempt(self) -> float:
        """Return how long one attempt may take: a server that hangs once must not use up all there is."""
        return self.seconds / 3

    def without_retries(self) -> Limits:
        """Return the same for a host that is known to be gone."""
        return replace(self, delays=())


@dataclass(frozen=True, slots=True)
class Asked:
    """A page, and the links to it."""

    address: str  # absolute, ASCII, without fragment
    links: Mapping[str, str | None]  # URL as written -> its fragment
    etag: str | None = None
    last_modified: str | None = None


@dataclass(slots=True)
class _Cost:
    """What a page has cost so far."""

    requests: int = 0
    bytes: int = 0
    seconds: float = 0.0  # of exchanges and of pauses before retries


async def check(asked: Asked, fetch: Fetch, limits: Limits, robots: Robots) -> list[Result]:
    """Return what each link to a page proves to be."""
    if not await robots.allows(asked.address):
        return _results(
            asked, None, Judgement(Verdict.BLOCKED, "robots", messages.refused_by_robots()), _Cost()
        )
    asking = _Asking(asked, fetch, limits)
    seen = await asking.visit_patiently()
    judgement = await judge(seen, asking.visit_sibling)
    if asking.failed and judgement.is_alive:
        evidence = messages.worked_at_last(asking.failed, judgement.evidence)
        judgement = Judgement(Verdict.FLAKY, "flaky", evidence)
    return _results(asked, seen, judgement, asking.cost)


class _Asking:
    """The requests for one page, within their bounds."""

    def __init__(self, asked: Asked, fetch: Fetch, limits: Limits) -> None:
        self.cost = _Cost()
        self.failed: list[str] = []  # what the attempts before the last one met
        self._asked = asked
        self._fetch = fetch
        self._limits = limits
        self._attempt_ends = 0.0

    async def visit_patiently(self) -> Visit:
        """Visit the page again, after a pause, while it fails in a way that may pass."""
        start = Address(self._asked.address, None)
        share = self._limits.attempt
        for delay in (*self._limits.delays, None):
            self._attempt_ends = min(self.cost.seconds + share, self._limits.seconds)
            seen = await visit(start, self._get)
            if isinstance(seen.end, Failure) and seen.end.trouble is Trouble.TIMEOUT:
                share = self._limits.seconds  # whoever is that slow gets all that is left
            pause = _pause(seen, delay)
            if pause is None or self.cost.seconds + pause >= self._limits.seconds:
                break
            self.failed.append(_told(seen))
            await asyncio.sleep(pause)
            self.cost.seconds += pause
        return seen

    async def visit_sibling(self, url: str) -> Visit:
        """Visit another address of the site, once, in what time is left."""
        self._attempt_ends = min(self.cost.seconds + self._limits.attempt, self._limits.seconds)
        return await visit(Address(url, None), self._get)

    async def _get(self, url: str, cookie: str) -> Answer | Failure:
        seconds = self._attempt_ends - self.cost.seconds
        if seconds <= 0:
            return Failure(url, Trouble.TIMEOUT, "", 0.0)
        headers = {"Cookie": cookie} if cookie else {}
        looks_for_place = any(self._asked.links.values())
        if url == self._asked.address and not looks_for_place:
            if self._asked.etag:
                headers["If-None-Match"] = self._asked.etag
            if self._asked.last_modified:
                headers["If-Modified-Since"] = self._asked.last_modified
        most = self._limits.max_bytes if looks_for_place else self._limits.glance
        answer = await self._fetch(Request(url, seconds, most, headers))
        self.cost.requests += 1
        self.cost.seconds += answer.seconds
        if isinstance(answer, Answer):
            self.cost.bytes += len(answer.body)
        return answer


def _pause(seen: Visit, delay: float | None) -> float | None:
    """Return how many seconds to wait before asking again; None: no use, or enough."""
    if delay is None:
        return None
    wait = delay * random.uniform(0.75, 1.25)  # so that links that failed together are not asked together
    if isinstance(seen.end, Failure):
        return wait if seen.end.trouble in _PASSING_TROUBLES else None
    if seen.end.status in _PASSING_STATUSES and seen.dead_end is None:
        return max(wait, retry_after(seen.end) or 0.0)
    return None


def _told(seen: Visit) -> str:
    if isinstance(seen.end, Failure):
        return messages.trouble_in_short(seen.end.trouble)
    return str(seen.end.status)


def _results(asked: Asked, seen: Visit | None, judgement: Judgement, cost: _Cost) -> list[Result]:
    results = []
    for url, fragment in asked.links.items():
        results.append(_result(asked, url, fragment, seen=seen, judgement=judgement, cost=cost))
        cost = _Cost()  # told once a page
    return results


def _result(
    asked: Asked,
    url: str,
    fragment: str | None,
    *,
    seen: Visit | None,
    judgement: Judgement,
    cost: _Cost,
) -> Result:
    near = end = final = suggestion = None
    if seen:
        judgement, near = judge_fragment(judgement, seen, fragment)
        kept = seen.address.fragment if seen.address.fragment is not None else fragment
        final = Address(seen.address.sent, kept).whole
        end = seen.end if isinstance(seen.end, Answer) else None
        if judgement.verdict is Verdict.REDIRECTED:
            suggestion = final
        elif near:
            base = final if seen.moved_for_good else url
            suggestion = f"{base.partition('#')[0]}#{near}"
    keeps = end is not None and judgement.verdict is Verdict.OK and seen is not None and not seen.hops
    return Result(
        url=url,
        verdict=judgement.verdict,
        cause=judgement.cause,
        evidence=judgement.evidence,
        status=end.status if end else None,
        final_url=final,
        suggestion=suggestion,
        etag=(end.headers.get("etag") or asked.etag) if end and keeps else None,
        last_modified=(end.headers.get("last-modified") or asked.last_modified) if end and keeps else None,
        requests=cost.requests,
        bytes=cost.bytes,
        seconds=round(cost.seconds, 3),
    )
