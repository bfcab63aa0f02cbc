"""A night on several machines: each asks its hosts, and their results are put together."""

from __future__ import annotations

import hashlib
import re
from argparse import ArgumentTypeError
from collections.abc import Iterable
from dataclasses import astuple, dataclass

from coursekit.links import messages
from coursekit.links.checking.results import Result, Verdict
from coursekit.links.history import rows
from coursekit.links.history.hosts import server

_MOST = 1000  # machines; more is a slip of the pen

# Of two results for one link, the kinder is kept: who got through, got through.
_KINDEST = (
    Verdict.IGNORED,
    Verdict.OK,
    Verdict.REDIRECTED,
    Verdict.FLAKY,
    Verdict.BLOCKED,
    Verdict.TIMEOUT,
    Verdict.BROKEN_ANCHOR,
    Verdict.BROKEN,
)


@dataclass(frozen=True, slots=True)
class Shard:
    """One machine's part of the links: whole hosts, so that politeness to a host stays one machine's."""

    number: int  # from 1
    count: int

    @classmethod
    def parse(cls, text: str) -> Shard:
        """Read `K/N`; raises argparse.ArgumentTypeError with a French sentence."""
        match = re.fullmatch(r"([0-9]{1,4})/([0-9]{1,4})", text)
        number, count = (int(match[1]), int(match[2])) if match else (0, 0)
        if not 1 <= number <= count <= _MOST:
            raise ArgumentTypeError(messages.bad_shard(text, _MOST))
        return cls(number, count)

    def holds(self, url: str) -> bool:
        """Tell whether this machine asks a link.

        Its host alone decides, by its SHA-256: every machine finds the same without knowing the others' list
        of links. That balances hosts, not links; but a machine's time is that of its largest host.
        """
        digest = hashlib.sha256(server(url)[0].encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:8], "big") % self.count == self.number - 1


def merge(parts: Iterable[Iterable[Result]]) -> list[Result]:
    """Return one result a link, by URL, whatever the order of the parts; of two, the kinder.

    A shard that was run twice gives two. One of them may have met a passing trouble: only what failed in
    both is dead.
    """
    merged: dict[str, Result] = {}
    for part in parts:
        for result in part:
            other = merged.get(result.url)
            merged[result.url] = min(other, result, key=_unkindness) if other else result
    return [merged[url] for url in sorted(merged)]


def _unkindness(result: Result) -> tuple[int, str]:
    return _KINDEST.index(result.verdict), repr(astuple(result))  # the second only makes it one of two


def dump_results(results: Iterable[Result]) -> str:
    """Return results as a JSON list, a link a line, in their order."""
    return rows.dump_list(results, whole=True) + "\n"


def load_results(data: str | bytes) -> list[Result]:
    """Return what `dump_results` wrote; raises UnusableFileError, and nothing else."""
    return rows.load_list(data, Result)
