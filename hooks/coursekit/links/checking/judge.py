"""What a visit proves of a page: the rules of verdicts.

A doubt is never « broken »: what looks dead without being proved so is sound, or blocked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from coursekit.links import messages
from coursekit.links.checking import parked, siblings, soft_failures, walls
from coursekit.links.checking.exchange import Answer, Failure, Trouble
from coursekit.links.checking.fragments import Found, find
from coursekit.links.checking.results import Verdict
from coursekit.links.checking.visit import DeadEnd, Visit
from coursekit.links.checking.waiting import retry_after
from coursekit.links.targets import nearest_anchor

_LONG_PAUSE = 60.0  # seconds of `Retry-After`: who asks for more is in maintenance, not in trouble

VisitSibling = Callable[[str], Awaitable[Visit]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is true of every link to a page."""

    verdict: Verdict
    cause: str
    evidence: str

    @property
    def is_alive(self) -> bool:
        """Tell whether readers get a page."""
        return self.verdict in (Verdict.OK, Verdict.REDIRECTED, Verdict.FLAKY)


async def judge(seen: Visit, visit_sibling: VisitSibling) -> Judgement:
    """Return what a visit proves; a sibling of the page is visited only when the page arouses suspicion."""
    if isinstance(seen.end, Failure):
        return _without_answer(seen, seen.end)
    judgement = _by_answer(seen, seen.end) or await _soft_failure(seen, visit_sibling)
    if judgement:
        return judgement
    if seen.moved_for_good:
        return Judgement(Verdict.REDIRECTED, "moved", messages.moved(seen.hops[0].status, seen.address.sent))
    target = seen.address.sent if seen.hops else None
    return Judgement(Verdict.OK, "ok", messages.answers(seen.end.status, target))


def _without_answer(seen: Visit, failure: Failure) -> Judgement:
    through = seen.address.sent if seen.hops else None
    evidence = messages.no_answer(failure.trouble, failure.detail, through)
    if failure.trouble is Trouble.PRIVATE:
        return Judgement(Verdict.BLOCKED if seen.hops else Verdict.IGNORED, failure.trouble, evidence)
    if failure.trouble is Trouble.TLS_CHAIN:
        return Judgement(Verdict.BLOCKED, failure.trouble, evidence)
    verdict = Verdict.TIMEOUT if failure.trouble is Trouble.TIMEOUT else Verdict.BROKEN
    return Judgement(verdict, failure.trouble, evidence)


def _by_answer(seen: Visit, answer: Answer) -> Judgement | None:
    """Return what the last answer proves by itself; None for one that shows a page."""
    status = answer.status
    if seen.dead_end:
        verdict = Verdict.BLOCKED if seen.dead_end is DeadEnd.OTHER_PROGRAM else Verdict.BROKEN
        return Judgement(verdict, seen.dead_end, messages.dead_end(seen.dead_end, seen.address.sent))
    if wall := _wall(seen, answer):
        return wall
    if status >= 400:
        through = seen.address.sent if seen.hops else None
        return Judgement(Verdict.BROKEN, f"http-{status}", messages.failed(status, through))
    is_page = answer.headers.get("content-type", "text/html").startswith("text/html")
    if status == 200 and is_page and not answer.body and answer.complete:
        return Judgement(Verdict.BROKEN, "empty", messages.empty_page())
    return None


def _wall(seen: Visit, answer: Answer) -> Judgement | None:
    """Return what keeps a robot, and perhaps nobody else, from the page."""
    status = answer.status
    if walls.is_challenge(answer, seen.page):
        return Judgement(Verdict.BLOCKED, "challenge", messages.challenged(status))
    was_sent = bool(seen.hops) and status not in walls.GONE  # a login may refuse who comes without a session
    if (status < 400 or was_sent) and walls.is_login(seen):
        return Judgement(Verdict.BLOCKED, "login", messages.asks_login(seen.address.sent))
    if status in walls.REFUSALS:
        return Judgement(Verdict.BLOCKED, f"http-{status}", messages.refused(status))
    if status == 503 and (retry_after(answer) or 0.0) >= _LONG_PAUSE:
        return Judgement(Verdict.BLOCKED, "http-503", messages.in_maintenance())
    return None


async def _soft_failure(seen: Visit, visit_sibling: VisitSibling) -> Judgement | None:
    """Return how a page that answers well is none; None when nothing proves it."""
    if soft_failures.is_sent_home(seen):
        return await _sent_home(seen, visit_sibling)
    suspicion = _suspicion(seen)
    if suspicion is None:
        return None
    withheld = soft_failures.withholds(seen.shown)
    if soft_failures.is_sent_to_failure(seen) and soft_failures.owns_up(seen.shown) and not withheld:
        evidence = messages.sent_to_failure(seen.address.sent, _said(seen))
        return Judgement(Verdict.BROKEN, "soft-404", evidence)
    if soft_failures.is_sent_to_search(seen) and (thrown := await _catch_all(seen, visit_sibling)):
        return thrown
    return await _same_for_all(seen, suspicion, visit_sibling)


async def _sent_home(seen: Visit, visit_sibling: VisitSibling) -> Judgement | None:
    """Return the judgement of a page whose readers are sent to a home page."""
    if walls.is_detour(seen):
        return Judgement(Verdict.BLOCKED, "detour", messages.detour(seen.address.sent))
    if soft_failures.is_surely_thrown_home(seen):
        return Judgement(Verdict.BROKEN, "home", messages.sent_home(seen.address.sent, None))
    return await _catch_all(seen, visit_sibling)


def _suspicion(seen: Visit) -> str | None:
    """Return the cause that a page that answers well may have failed for."""
    if parked.looks_parked(seen):
        return "parked"
    if seen.shown is None:
        return None
    if soft_failures.says_missing(seen.shown):
        return "soft-404"
    if soft_failures.is_sent_to_failure(seen) or soft_failures.is_sent_to_search(seen):
        return "soft-404"
    if parked.looks_empty_host(seen):
        return "default-page"
    return "no-document" if soft_failures.is_no_document(seen) else None


async def _catch_all(seen: Visit, visit_sibling: VisitSibling) -> Judgement | None:
    """Return the judgement of a page whose invented sibling is sent to the same place."""
    invented = siblings.beside(seen.start.sent)
    sibling = await visit_sibling(invented)
    if not _is_page(sibling) or sibling.address.sent.partition("?")[0] != seen.address.sent.partition("?")[0]:
        return None
    return Judgement(Verdict.BROKEN, "home", messages.sent_home(seen.address.sent, invented))


async def _same_for_all(seen: Visit, suspicion: str, visit_sibling: VisitSibling) -> Judgement | None:
    """Return the judgement of a page that looks like that of an invented sibling."""
    starts = [seen.start.sent]
    if seen.hops and not soft_failures.is_sent_to_failure(seen) and suspicion != "parked":
        starts = [seen.address.sent]  # redirects made for this page alone tell nothing of others
    invented = [siblings.beside(starts[0]), siblings.by_query(starts[0])]
    numbered = siblings.by_number(starts[0])
    if numbered and not seen.hops:
        invented = [numbered]  # the words behind a number are often not read
    for url in filter(None, invented):
        sibling = await visit_sibling(url)
        if not _is_page(sibling) or (not seen.hops and sibling.address.sent == seen.start.sent):
            continue  # whoever corrects an address knows the page
        if siblings.alike(seen, sibling) or (suspicion == "parked" and parked.looks_parked(sibling)):
            if suspicion != "parked" and soft_failures.withholds(seen.shown):
                return Judgement(Verdict.BLOCKED, "withheld", messages.withheld(_said(seen)))
            return Judgement(Verdict.BROKEN, suspicion, messages.same_as_sibling(suspicion, _said(seen), url))
    return None


def _said(visit: Visit) -> str:
    """Return what a page calls itself."""
    return (visit.shown.title or visit.shown.heading or visit.shown.text) if visit.shown else ""


def _is_page(visit: Visit) -> bool:
    """Tell whether a visit ended as that of a page does; a site that says no tells what it lacks."""
    return isinstance(visit.end, Answer) and visit.end.status < 400 and visit.dead_end is None


def judge_fragment(judgement: Judgement, seen: Visit, fragment: str | None) -> tuple[Judgement, str | None]:
    """Return what becomes of a link to a place of a page, and the nearest place when it is not there."""
    wanted = seen.address.fragment if seen.address.fragment is not None else fragment
    if not wanted or not judgement.is_alive or isinstance(seen.end, Failure) or seen.end.status == 304:
        return judgement, None
    found = find(wanted, seen.page)
    if found is Found.YES or (found is Found.UNKNOWN and seen.page is None):
        return judgement, None
    if found is Found.UNKNOWN:
        evidence = messages.place_unknown(judgement.evidence, wanted)
        return Judgement(judgement.verdict, judgement.cause, evidence), None
    near = nearest_anchor(wanted, seen.page.anchors) if seen.page else None
    return Judgement(Verdict.BROKEN_ANCHOR, "anchor", messages.place_missing(wanted, near)), near
