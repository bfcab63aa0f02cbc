"""A night as its author reads it: what wants looking at, where it is written, most read first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby

from coursekit.links.checking.results import Verdict
from coursekit.links.history.night import Night, Standing, State
from coursekit.links.registered import Occurrence


class Section(StrEnum):
    """What an author is to do with a finding, most pressing first."""

    NEW = "new"
    PERSISTENT = "persistent"
    MOVED = "moved"
    SUSPECT = "suspect"
    BLOCKED = "blocked"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One link that wants looking at."""

    url: str  # as written
    section: Section
    verdict: Verdict
    cause: str
    evidence: str
    status: int | None = None
    suggestion: str | None = None
    archived: str | None = None  # URL of a copy from about the last good date
    first_seen: date
    failing_since: date | None = None
    last_good: date | None = None
    failures: int = 0  # nights in a row


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a link is written."""

    file: str  # path of the source as its author sees it; empty for a link of no course
    line: int  # 1-based; 0: not known
    url: str
    text: str
    page: str  # URL of the page, relative to the site's root
    course: str

    @property
    def shown(self) -> str:
        """Return the place as editors take it: `docs/docker/cours.md:12`."""
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True, order=True)
class InsideFinding:
    """What is wrong with a link or a resource of the built site."""

    file: str  # path of the source as its author sees it; empty for a page without one
    line: int  # 1-based; 0: not known
    page: str  # URL of the page, relative to the site's root
    url: str  # what is asked for, relative to the site's root
    text: str
    message: str
    course: str

    @property
    def place(self) -> Place:
        """Return where it is; the URL of a page without a source stands for its file."""
        return Place(self.file or self.page or "/", self.line, self.url, self.text, self.page, self.course)


@dataclass(frozen=True, slots=True, order=True)
class Warned:
    """A line of `.linkignore` that does nothing any more."""

    line: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a night did and cost."""

    day: date
    links: int  # of the course
    asked: int
    ignored: int
    requests: int = 0
    bytes: int = 0
    seconds: float = 0.0  # spent with servers, several at once
    cut: str = ""  # why the built site was not all crawled, in a sentence; empty when it was


@dataclass(frozen=True, slots=True)
class Report:
    """A night."""

    counts: Counts
    findings: tuple[Finding, ...]
    places: tuple[Place, ...]
    inside: tuple[InsideFinding, ...] = ()
    warned: tuple[Warned, ...] = ()

    @property
    def broken(self) -> int:
        """Return how many links are reported broken, those of the built site included."""
        return sum(one.section in (Section.NEW, Section.PERSISTENT) for one in self.findings) + len(
            self.inside
        )

    def sections(self) -> Iterator[tuple[Section, int, Courses]]:
        """Yield the sections that hold something, how many findings each, and these as `section` has them."""
        placed = self._places()
        for section in Section:
            courses = list(self._section(section, placed))
            if count := sum(len(located) for _, files in courses for _, located in files):
                yield section, count, courses

    def section(self, section: Section) -> Iterator[tuple[str, list[tuple[str, list[Located]]]]]:
        """Yield the findings of a section by course, then by file: (course, [(file, [findings])]).

        Courses and files come most read first. A finding stands at its first place, and names the others.
        """
        return self._section(section, self._places())

    def _section(
        self, section: Section, placed: Mapping[str, list[Place]]
    ) -> Iterator[tuple[str, list[tuple[str, list[Located]]]]]:
        located = [
            Located(one, placed.get(one.url) or [Place("", 0, one.url, "", "", "")])
            for one in self.findings
            if one.section is section
        ]
        readers = _Readers(located)
        located.sort(key=readers.order)
        for course, of_course in groupby(located, key=lambda one: one.first.course):
            files = groupby(of_course, key=lambda one: one.first.file)
            yield course, [(file, list(of_file)) for file, of_file in files]

    def _places(self) -> Mapping[str, list[Place]]:
        by_url: dict[str, list[Place]] = {}
        for place in sorted(self.places, key=lambda place: (-weight(place.page), place)):
            by_url.setdefault(place.url, []).append(place)
        return by_url


@dataclass(frozen=True, slots=True)
class Located:
    """A finding and where it is written, its most read page first."""

    finding: Finding
    places: Sequence[Place]

    @property
    def first(self) -> Place:
        """Return the place to name first."""
        return self.places[0]

    @property
    def readers(self) -> int:
        """Return how much of the site's readers meet the link."""
        return sum(weight(page) for page in {place.page for place in self.places})


Courses = list[tuple[str, list[tuple[str, list[Located]]]]]


def weight(page: str) -> int:
    """Return how much a page is read, by its place in the site: home 4, a course's own page 2, any other 1.

    No site tells how often its pages are read; that readers pass through those is what navigation makes.
    """
    depth = page.count("/")
    return {0: 4, 1: 2}.get(depth, 1)


class _Readers:
    """How much courses and files of a section are read, for their order."""

    def __init__(self, located: Iterable[Located]) -> None:
        self._by: dict[tuple[str, str], int] = {}
        for one in located:
            for key in ((one.first.course, ""), (one.first.course, one.first.file)):
                self._by[key] = self._by.get(key, 0) + one.readers

    def order(self, one: Located) -> tuple[int, str, int, str, int, int]:
        course, file = one.first.course, one.first.file
        return (-self._by[course, ""], course, -self._by[course, file], file, one.first.line, -one.readers)


def report(
    night: Night,
    occurrences: Iterable[Occurrence],
    *,
    inside: Iterable[InsideFinding] = (),
    warned: Iterable[Warned] = (),
    archived: Mapping[str, str] | None = None,
    cut: str = "",
) -> Report:
    """Return what to tell of a night.

    `archived` gives URLs of copies by URL; `cut` says why the built site was not all crawled.
    """
    findings = [
        _finding(standing, section, (archived or {}).get(standing.result.url))
        for standing in night.standings
        if (section := section_of(standing))
    ]
    told = {one.url for one in findings}
    places = [
        Place(one.file, one.line, one.url, one.text, one.page, one.course)
        for one in occurrences
        if one.url in told
    ]
    return Report(
        replace(_counts(night), cut=cut),
        tuple(findings),
        tuple(sorted(places)),
        tuple(sorted(inside)),
        tuple(sorted(warned)),
    )


def section_of(standing: Standing) -> Section | None:
    """Return where a link is told; None for one that wants nothing."""
    if standing.state in (State.GOOD, State.IGNORED):
        return Section.BLOCKED if standing.result.verdict is Verdict.BLOCKED else None
    return Section(standing.state.value)


def _finding(standing: Standing, section: Section, archived: str | None) -> Finding:
    result, entry = standing.result, standing.entry
    return Finding(
        url=result.url,
        section=section,
        verdict=result.verdict,
        cause=result.cause,
        evidence=result.evidence,
        status=result.status,
        suggestion=result.suggestion,
        archived=archived,
        first_seen=entry.first_seen,
        failing_since=entry.failing_since,
        last_good=entry.last_good,
        failures=entry.failures,
    )


def _counts(night: Night) -> Counts:
    asked = [standing.result for standing in night.standings if standing.asked]
    return Counts(
        day=night.day,
        links=len(night.standings),
        asked=len(asked),
        ignored=sum(standing.state is State.IGNORED for standing in night.standings),
        requests=sum(result.requests for result in asked),
        bytes=sum(result.bytes for result in asked),
        seconds=round(sum(result.seconds for result in asked), 1),
    )
