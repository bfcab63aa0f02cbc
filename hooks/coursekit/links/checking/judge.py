"""What a visit proves of a page: the rules of verdicts.

A doubt is never « broken »: what looks dead without being proved so is sound, or blocked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from coursekit.links import messages
from coursekit.links.checking import soft_failures, walls
from coursekit.links.checking.exchange import Answer, Failure, Trouble
from coursekit.links.checking.fragments import Found, find
from coursekit.links.checking.page import Page
from coursekit.links.checking.results import Verdict
from coursekit.links.checking.visit import Visit
from coursekit.links.targets import nearest_anchor

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
    if seen.dead_end:
        return Judgement(Verdict.BROKEN, seen.dead_end, messages.dead_end(seen.dead_end, seen.address.sent))
    by_status = _by_status(seen, seen.end)
    if by_status:
        return by_status
    soft = await _soft_failure(seen, seen.end, visit_sibling)
    if soft:
        return soft
    if seen.moved_for_good:
        return Judgement(Verdict.REDIRECTED, "moved", messages.moved(seen.hops[0].status, seen.address.sent))
    target = seen.address.sent if seen.hops else None
    return Judgement(Verdict.OK, "ok", messages.answers(seen.end.status, target))


def _without_answer(seen: Visit, failure: Failure) -> Judgement:
    through = seen.address.sent if seen.hops else None
    evidence = messages.no_answer(failure.trouble, failure.detail, through)
    if failure.trouble is Trouble.PRIVATE:
        return Judgement(Verdict.BLOCKED if seen.hops else Verdict.IGNORED, failure.trouble, evidence)
    verdict = Verdict.TIMEOUT if failure.trouble is Trouble.TIMEOUT else Verdict.BROKEN
    return Judgement(verdict, failure.trouble, evidence)


def _by_status(seen: Visit, answer: Answer) -> Judgement | None:
    """Return what a status proves by itself; None for one that shows a page."""
    status = answer.status
    through = seen.address.sent if seen.hops else None
    if walls.is_challenge(answer, seen.page):
        return Judgement(Verdict.BLOCKED, "challenge", messages.challenged(status))
    if walls.is_login(seen) and status < 500 and status not in (404, 410):
        return Judgement(Verdict.BLOCKED, "login", messages.asks_login(seen.address.sent))
    if status in walls.REFUSALS:
        return Judgement(Verdict.BLOCKED, f"http-{status}", messages.refused(status))
    if status == 503 and "retry-after" in answer.headers:
        return Judgement(Verdict.BLOCKED, "http-503", messages.in_maintenance())
    if status >= 400:
        return Judgement(Verdict.BROKEN, f"http-{status}", messages.failed(status, through))
    return None


async def _soft_failure(seen: Visit, answer: Answer, visit_sibling: VisitSibling) -> Judgement | None:
    """Return how a page that answers well is none; None when nothing proves it."""
    start = seen.hops[0].source if seen.hops else seen.address.sent
    if answer.status == 200 and not answer.body and answer.complete and _shows_html(answer):
        return Judgement(Verdict.BROKEN, "empty", messages.empty_page())
    if seen.moved_for_good and soft_failures.is_sent_home(seen) and soft_failures.is_deep(start):
        if soft_failures.same_site(start, seen.address.sent):
            return Judgement(Verdict.BROKEN, "home", messages.sent_home(seen.address.sent, None))
    suspicion = _suspicion(seen)
    if suspicion is None:
        return None
    sibling = await visit_sibling(soft_failures.sibling(start))
    if not isinstance(sibling.end, Answer) or sibling.end.status >= 400 or sibling.dead_end:
        return None  # the site tells what it has from what it has not
    asked = sibling.hops[0].source if sibling.hops else sibling.address.sent
    if suspicion == "home":
        if sibling.address.sent != seen.address.sent:
            return None
        return Judgement(Verdict.BROKEN, "home", messages.sent_home(seen.address.sent, asked))
    if not soft_failures.alike(seen, sibling):
        return None
    title = seen.page.title if seen.page else ""
    return Judgement(Verdict.BROKEN, suspicion, messages.same_as_sibling(suspicion, title, asked))


def _shows_html(answer: Answer) -> bool:
    return answer.headers.get("content-type", "text/html").startswith("text/html")


def _suspicion(seen: Visit) -> str | None:
    """Return the cause that a page that answers well may have failed for."""
    page: Page | None = seen.page
    if page and not page.is_shell:
        if soft_failures.looks_parked(seen):
            return "parked"
        if soft_failures.says_missing(page) or soft_failures.is_sent_to_failure(seen):
            return "soft-404"
        if soft_failures.looks_empty_host(seen) and urlsplit(seen.address.sent).path != "/":
            return "default-page"
    elif page and soft_failures.looks_parked(seen):
        return "parked"
    return "home" if soft_failures.is_sent_home(seen) else None


def judge_fragment(judgement: Judgement, seen: Visit, fragment: str | None) -> tuple[Judgement, str | None]:
    """Return what becomes of a link to a place of a page, and the nearest place when it is not there."""
    wanted = seen.address.fragment if seen.address.fragment is not None else fragment
    if not wanted or not judgement.is_alive or isinstance(seen.end, Failure):
        return judgement, None
    if seen.end.status == 304:
        return judgement, None
    found = find(wanted, seen.page)
    if found is Found.UNKNOWN:
        return (
            Judgement(judgement.verdict, judgement.cause, messages.place_unknown(judgement.evidence, wanted)),
            None,
        )
    if found is Found.YES or seen.page is None:
        return judgement, None
    near = nearest_anchor(wanted, seen.page.anchors)
    return Judgement(Verdict.BROKEN_ANCHOR, "anchor", messages.place_missing(wanted, near)), near
