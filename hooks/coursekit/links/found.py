"""What the links of one page lead to, while it is read and afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypedDict

from coursekit.links import registered
from coursekit.links.history import rows
from coursekit.links.registered import InternalLink, Occurrence


class Found(TypedDict):
    """What the links of one page lead to; JSON gives it back as it is."""

    external: str  # rows of build/links.json
    internal: str
    embedded: list[tuple[str, str]]  # (LinkKind, URL) of images and the like of other sites
    images: dict[str, str]  # URL as written -> image's source URI
    fragments: list[tuple[int, str, str, str]]  # (line, URL as written, source URI, place) of links to places
    problems: list[tuple[int, str]]  # (line, message)


@dataclass(slots=True)
class Gathered:
    """The links of a page that is being read."""

    occurrences: list[Occurrence] = field(default_factory=list)
    internal: list[InternalLink] = field(default_factory=list)
    images: dict[str, str] = field(default_factory=dict)
    fragments: list[tuple[int, str, str, str]] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)

    def found(self) -> Found:
        """Return what there is to know of them, sorted as in build/links.json."""
        return Found(
            external=registered.dump_rows(sorted(self.occurrences)),
            internal=registered.dump_rows(sorted(self.internal)),
            embedded=[(one.kind, one.url) for one in self.occurrences if one.kind != "link"],
            images=self.images,
            fragments=self.fragments,
            problems=self.problems,
        )


def joined(one: Found, other: Found) -> Found:
    """Return what is known of a page that was read on after `found` had been asked for."""
    return Found(
        external=rows.join([one["external"], other["external"]]),
        internal=rows.join([one["internal"], other["internal"]]),
        embedded=[*one["embedded"], *other["embedded"]],
        images=one["images"] | other["images"],
        fragments=[*one["fragments"], *other["fragments"]],
        problems=[*one["problems"], *other["problems"]],
    )
