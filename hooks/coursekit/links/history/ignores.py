"""`.linkignore`: the links that an author does not want to be asked.

    # En travaux tout l'hiver
    https://example.org/tp/          # jusqu'au 2027-01-31 : en travaux
    https://*.example.net            # le pare-feu de l'école
    intranet.example

A line holds an address, which stands for itself and for all below it: `https://example.org/tp` matches
`https://example.org/tp/1`, `…/tp?a` and `…/tp#b`, not `…/tp2`. `*` stands for any characters, none too: in
the host, of the host; after it, `/` too (`*/*.pdf`: all PDF files). Without scheme it stands for all schemes.
Accents may be written as such or percent-encoded. A comment begins with `#` after a space or at the start of
the line; there, `jusqu'au` and a date, the last day on which the line counts.

No regular expressions: what is dangerous in them to write (`.`) and to run (time) is nothing that addresses
need. Matching is linear in the length of the address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from urllib.parse import unquote

from coursekit.links import messages
from coursekit.links.checking.results import Result, Verdict
from coursekit.problem import Problem

_COMMENT = re.compile(r"(?:^|\s)#(.*)", re.DOTALL)
_EXPIRING = re.compile(r"jusqu", re.IGNORECASE)
_EXPIRY = re.compile(r"(?i:jusqu['’]au)\s+([0-9]{4}-[0-9]{2}-[0-9]{2})(?![^\s:])\s*:?(.*)", re.DOTALL)
_REGULAR_EXPRESSION = re.compile(r"\\|^\^|^https\?:|\.\*|\$$")
_ADDRESS = re.compile(r"(?:([^/?#]*)://)?([^/?#]*)(.*)", re.DOTALL)
_ENDS = ("", "/", "?", "#")  # what may follow an address that stands for all below it


@dataclass(frozen=True, slots=True)
class Address:
    """A URL as patterns see it."""

    scheme: str  # in lower case; empty where none is written
    host: str  # in lower case, port included
    rest: str  # from the path on, percent signs decoded

    @classmethod
    def of(cls, url: str) -> Address:
        """Take a URL apart."""
        scheme, host, rest = _ADDRESS.fullmatch(url).groups()  # type: ignore[union-attr] # matches anything
        return cls((scheme or "").lower(), _decoded(host.lower()), _decoded(rest or "/"))


@dataclass(frozen=True, slots=True)
class Ignore:
    """A line of `.linkignore`."""

    line: int  # 1-based
    pattern: str  # as written
    until: date | None  # the last day on which it counts
    reason: str  # the rest of the comment, may be empty
    scheme: str  # empty: any
    host: tuple[str, ...]  # what stands between the `*`; port included
    rest: tuple[str, ...]  # the same, from the path on

    def is_about(self, host: str) -> bool:
        """Tell whether links to a host may be ignored."""
        return _matches(self.host, host, lambda text, place: place == len(text))

    def matches(self, address: Address) -> bool:
        """Tell whether a link is ignored."""
        return (
            self.scheme in ("", address.scheme)
            and self.is_about(address.host)
            and _matches(self.rest, address.rest, _may_end)
        )


@dataclass(frozen=True, slots=True)
class Ignored:
    """What `.linkignore` does to the links of a course."""

    results: tuple[Result, ...]  # of the ignored links, by URL
    asked: tuple[str, ...]  # the other links, sorted
    problems: tuple[Problem, ...]  # lines that expired, or match nothing


def parse(text: str) -> tuple[list[Ignore], list[Problem]]:
    """Return the lines of `.linkignore` and what is wrong with the others, which do not count."""
    ignores, problems = [], []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        comment = _COMMENT.search(line)
        pattern = (line[: comment.start()] if comment else line).strip()
        if not pattern:
            continue
        try:
            until, reason = _expiry(comment[1].strip() if comment else "")
            ignores.append(Ignore(number, pattern, until, reason, *_parts(pattern)))
        except _MalformedError as error:
            problems.append(Problem(number, str(error)))
    return ignores, problems


def apply(ignores: Sequence[Ignore], urls: Iterable[str], day: date) -> Ignored:
    """Part the links of the whole course into those to ask and those that a line ignores, the first one."""
    current = [ignore for ignore in ignores if ignore.until is None or day <= ignore.until]

    @cache  # a course has many links to few hosts
    def on_host(host: str) -> list[Ignore]:
        return [ignore for ignore in current if ignore.is_about(host)]

    results, asked = [], []
    used: set[int] = set()  # lines
    for url in sorted(set(urls)):
        address = Address.of(url)
        matching = [ignore for ignore in on_host(address.host) if ignore.matches(address)]
        used.update(ignore.line for ignore in matching)
        if matching:
            results.append(_result(url, matching[0]))
        else:
            asked.append(url)
    problems = []
    for ignore in ignores:
        if ignore.until is not None and day > ignore.until:
            since = (ignore.until + timedelta(days=1)).isoformat()  # no overflow: `day` is later
            problems.append(Problem(ignore.line, messages.expired_ignore(ignore.pattern, since)))
        elif ignore.line not in used:
            problems.append(Problem(ignore.line, messages.unused_ignore(ignore.pattern)))
    return Ignored(tuple(results), tuple(asked), tuple(problems))


def _decoded(text: str) -> str:
    return unquote(text, errors="surrogateescape")


def _matches(pieces: tuple[str, ...], text: str, may_end: Callable[[str, int], bool]) -> bool:
    """Tell whether `text` is made of the pieces, with anything between them, up to where it may end."""
    first, *others = pieces
    if not text.startswith(first):
        return False
    place = len(first)
    if not others:
        return may_end(text, place)
    for piece in others[:-1]:  # the leftmost place of each leaves most for the next
        place = text.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    last = others[-1]
    return not last or any(may_end(text, place) for place in _ends(last, text, place))


def _ends(piece: str, text: str, start: int) -> Iterator[int]:
    """Yield where the occurrences of a piece end, from `start` on."""
    while (start := text.find(piece, start)) >= 0:
        yield start + len(piece)
        start += 1


def _may_end(rest: str, place: int) -> bool:
    """Tell whether an address stands for all below it here: `place` is where it ends in a longer one."""
    return rest[place : place + 1] in _ENDS or rest[place - 1 : place] in _ENDS


def _result(url: str, ignore: Ignore) -> Result:
    evidence = messages.ignored_link(ignore.line, ignore.reason)
    return Result(url=url, verdict=Verdict.IGNORED, cause="ignored", evidence=evidence)


class _MalformedError(ValueError):
    """A line that cannot be followed, told in one sentence."""


def _expiry(comment: str) -> tuple[date | None, str]:
    if not _EXPIRING.match(comment):
        return None, comment
    match = _EXPIRY.fullmatch(comment)
    try:
        until = date.fromisoformat(match[1]) if match else None
    except ValueError:
        until = None
    if match is None or until is None:
        raise _MalformedError(messages.bad_expiry())
    return until, match[2].strip()


def _parts(pattern: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return the scheme, the host and the rest of a pattern; raises _MalformedError."""
    if re.search(r"\s", pattern):
        raise _MalformedError(messages.several_patterns())
    if _REGULAR_EXPRESSION.search(pattern):
        suggestion = re.sub(r"^\^?(https\?://)?|\\|\.(?=\*)|\$$", "", pattern)
        raise _MalformedError(messages.regular_expression(pattern, suggestion))
    scheme, host, rest = _ADDRESS.fullmatch(pattern).groups()  # type: ignore[union-attr] # matches anything
    if not re.search(r"\w", host + rest):
        raise _MalformedError(messages.ignores_everything(pattern))
    pieces = [tuple(_decoded(piece) for piece in part.split("*")) for part in (host.lower(), rest)]
    return ("" if "*" in (scheme or "*") else scheme.lower()), pieces[0], pieces[1]
