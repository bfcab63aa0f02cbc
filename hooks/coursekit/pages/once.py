"""What is the same on many pages, written once a build."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from coursekit import watched


@dataclass(frozen=True, slots=True)
class Once:
    """`{% call once("header", home | url) %}…{% endcall %}` in a template.

    Behind the part's name stands all that it depends on and that pages may differ in: the URLs that lead from
    the page to what the part shows, above all. What the first page reads for it, all others read.
    """

    _written: dict[tuple[str, ...], tuple[str, bool]] = field(default_factory=dict)

    def __call__(self, *key: str, caller: Callable[[], str]) -> str:
        """Return what stands between, written by the first page that asks under this key."""
        if key not in self._written:
            before = watched.reads()
            self._written[key] = caller(), watched.reads() > before
        text, reads_more = self._written[key]
        if reads_more:
            watched.note()
        return text
