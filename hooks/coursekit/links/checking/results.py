"""A link to be asked, and what is known of it once it has been."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """The kinds of links."""

    OK = "ok"
    REDIRECTED = "redirected"  # moved for good
    FLAKY = "flaky"  # failed, then worked
    BLOCKED = "blocked"  # refused to a robot: a reader may well get it
    BROKEN = "broken"
    BROKEN_ANCHOR = "broken-anchor"  # the page is there, the place in it is not
    TIMEOUT = "timeout"
    IGNORED = "ignored"  # not asked

    @property
    def is_dead(self) -> bool:
        """Tell whether a reader gets nothing of what the author meant."""
        return self in (Verdict.BROKEN, Verdict.BROKEN_ANCHOR, Verdict.TIMEOUT)


@dataclass(frozen=True, slots=True)
class Question:
    """A link to be asked."""

    url: str  # as written, fragment included
    etag: str | None = None  # validators of the last good answer, for a conditional request
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One link and what it proved to be."""

    url: str  # as written, fragment included
    verdict: Verdict
    cause: str  # a word for programs: `http-404`, `dns`, `soft-404`, `anchor` …
    evidence: str  # a sentence for people, from coursekit.links.messages
    status: int | None = None  # of the last answer
    final_url: str | None = None  # where the redirects led, fragment kept
    suggestion: str | None = None  # what to write instead
    etag: str | None = None  # validators of the last answer, for the next night
    last_modified: str | None = None
    requests: int = 0  # what it cost
    bytes: int = 0
    seconds: float = 0.0  # rounded to the millisecond
