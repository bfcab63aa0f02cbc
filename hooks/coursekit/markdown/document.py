"""What the front end found in a page beside its elements, each with its line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from coursekit.problem import Problem

# `embed`: a frame, a film, a sound.
LinkKind = Literal["link", "image", "embed"]

Size = tuple[int, int]  # width and height of an image, in CSS pixels, neither of them 0


class Link(NamedTuple):
    """One link or image, once per occurrence."""

    url: str  # destination as written, percent-encoded where a URL must be; not yet resolved
    text: str  # visible text, or the image's text alternative; empty for raw HTML
    line: int  # 1-based line in the author's file
    kind: LinkKind
    raw: bool = False  # written as raw HTML, which MkDocs leaves as it is


class Heading(NamedTuple):
    """One heading; those of raw HTML are not known."""

    level: int  # 1 to 6
    text: str  # visible text
    identifier: str  # that of the element, chosen by the author or made from the text
    line: int  # 1-based line in the author's file


class Directive(NamedTuple):
    """One container, whichever way its author wrote it."""

    name: str  # as written
    line: int  # 1-based line in the author's file of its opening


@dataclass(slots=True)
class Document:
    """What one page's source says beside its text; filled while its elements are built."""

    headings: list[Heading] = field(default_factory=list)  # in the order of the page, as are all of these
    directives: list[Directive] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)  # author's mistakes, lines of the author's file

    def as_values(self) -> list[Any]:
        """Return what JSON gives back as it is, for `from_values`; links are not among it."""
        return [self.headings, self.directives, self.problems]

    @classmethod
    def from_values(cls, values: Sequence[Any]) -> Document:
        """Return the document, without its links, of what `as_values` returned."""
        headings, directives, problems = values
        return cls(
            headings=[Heading(*one) for one in headings],
            directives=[Directive(*one) for one in directives],
            problems=[Problem(*one) for one in problems],
        )


Resolve = Callable[[Link], str]  # gives the URL to write for a link
Measure = Callable[[Link], Size | None]  # gives the size of an image of the site, as far as it is known
Observe = Callable[[Document], None]  # is told of each document once it is parsed


def as_written(link: Link) -> str:
    """Resolve a link to itself: the `Resolve` of a page that stands alone."""
    return link.url


def unmeasured(link: Link) -> None:
    """Know no image's size: the `Measure` of a page that stands alone."""
