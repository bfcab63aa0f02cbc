"""What a case is, and the short words that cases are written in."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypedDict, Unpack

from tests.links.web import Asked, Reply, Talk, html

Answer = Callable[[Asked], Reply]
Must = Literal["dead", "alive", "undecidable"]
HERE = "/cours/tp-docker.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One link."""

    label: str
    must: Must  # what it is for a reader; undecidable: no robot can know, so that it must not be called dead
    verdicts: tuple[str, ...]  # those that are right
    url: str  # with its fragment; a path stands on an address of the case's own
    answer: Answer  # of the host that the link names
    others: Mapping[str, Answer] = field(default_factory=dict)  # origin, such as `https://b.example` -> same
    suggestion: str | None = None  # what to write instead; a path stands on the case's own address
    robots: Reply | None = None  # what /robots.txt answers; None: 404
    certificate: str | ssl.SSLContext | None = None  # for https on the case's own address
    stranger: Talk | None = None  # instead of `answer`: speaks before it is asked
    missed: str | None = None  # what the engine does not know; the mark must go once it does


def words(count: int = 60) -> str:
    """Return as many sentences of a page that has something to say."""
    return "".join(
        f"<p>Étape {n} : lancez le conteneur, lisez sa sortie, notez ce que vous observez.</p>"
        for n in range(count)
    )


PAGE = html("Travaux pratiques : Docker", words())
MISSING = html("Not Found", "<p>Not Found</p>", status=404)


def site(pages: Mapping[str, Reply], otherwise: Reply = MISSING) -> Answer:
    """Answer these paths, their queries included, and all others otherwise."""
    return lambda asked: pages.get(asked.path, otherwise)


def here(reply: Reply = PAGE, otherwise: Reply = MISSING) -> Answer:
    """Answer the path of most cases, and all others otherwise."""
    return site({HERE: reply}, otherwise)


def everywhere(reply: Reply) -> Answer:
    """Answer every path the same."""
    return lambda asked: reply


def in_turn(*replies: Reply) -> Answer:
    """Answer by one reply after another, the last one for ever; of other paths nothing is known."""
    return lambda asked: replies[min(asked.times, len(replies)) - 1] if asked.path == HERE else MISSING


def echo(page: Callable[[str], Reply]) -> Answer:
    """Answer by a page that names the path."""
    return lambda asked: page(asked.path)


class More(TypedDict, total=False):
    """What a case may say besides: fields of Case."""

    others: Mapping[str, Answer]
    suggestion: str
    robots: Reply
    certificate: str | ssl.SSLContext
    stranger: Talk
    missed: str


def dead(label: str, answer: Answer, url: str = HERE, verdicts: str = "broken", **more: Unpack[More]) -> Case:
    """Return a link that a reader gets nothing from."""
    return Case(label=label, must="dead", answer=answer, url=url, verdicts=tuple(verdicts.split()), **more)


def alive(label: str, answer: Answer, url: str = HERE, verdicts: str = "ok", **more: Unpack[More]) -> Case:
    """Return a link that works."""
    return Case(label=label, must="alive", answer=answer, url=url, verdicts=tuple(verdicts.split()), **more)


def unsure(
    label: str, answer: Answer, url: str = HERE, verdicts: str = "blocked", **more: Unpack[More]
) -> Case:
    """Return a link that a robot cannot judge."""
    told = tuple(verdicts.split())
    return Case(label=label, must="undecidable", answer=answer, url=url, verdicts=told, **more)
