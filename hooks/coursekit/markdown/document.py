"""What the front end found in a page beside its elements: links and problems, with their lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from coursekit.problem import Problem

# `embed`: a frame, a film, a sound.
LinkKind = Literal["link", "image", "embed"]


@dataclass(frozen=True, slots=True)
class Link:
    """One link or image, once per occurrence."""

    url: str  # destination as written, percent-encoded where a URL must be; not yet resolved
    text: str  # visible text, or the image's text alternative; empty for raw HTML
    line: int  # 1-based line in the author's file
    kind: LinkKind
    raw: bool = False  # written as raw HTML, which MkDocs leaves as it is


@dataclass(slots=True)
class Document:
    """What one page's source says beside its text; filled while its elements are built."""

    links: list[Link] = field(default_factory=list)  # in the order of the source
    problems: list[Problem] = field(default_factory=list)  # author's mistakes, lines of the author's file


Resolve = Callable[[Link], str]  # gives the URL to write for a link
Observe = Callable[[Document], None]  # is told of each document once it is parsed


def as_written(link: Link) -> str:
    """Resolve a link to itself: the `Resolve` of a page that stands alone."""
    return link.url
