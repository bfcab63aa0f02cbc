"""What is known of a link once it has been asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


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

    def as_json(self) -> dict[str, Any]:
        """Return the result as JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Result:
        """Return what `as_json` gave; raises ValueError, KeyError or TypeError for anything else."""
        return cls(**{**row, "verdict": Verdict(row["verdict"])})
