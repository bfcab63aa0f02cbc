"""A site's pages as a book wants them: what a build leaves in build/book.json for those who set it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import partial
from typing import NamedTuple

from coursekit.pdf.settings import Settings

IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"})  # what their files' names end in
SCHEMA = 1  # of the file; one of another schema is not read


class UnusableBookError(ValueError):
    """A file that no build of this version has written."""


class Look(NamedTuple):
    """What tells a kind of box apart."""

    color: str  # `#0369a1`, dark enough on white
    icon: str  # SVG


class Page(NamedTuple):
    """One page of the site, as its readers see it."""

    source: str  # its path as its author knows it: `docs/kubernetes/tp.md`
    url: str  # relative to the site's root, percent-encoded: `kubernetes/tp/`, or `kubernetes/tp.html`
    title: str
    html: str  # its content, links and images relative to `url`
    lines: Mapping[str, int] = {}  # heading's identifier -> line in `source`
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    licence: str = ""
    date: str = ""  # of its last change, `2026-11-23`
    revision: str = ""  # that of the sources in which it last changed


class Course(NamedTuple):
    """Pages that belong together, in reading order."""

    title: str  # empty: pages of the site that belong to no course
    folder: str  # of `docs/`, and of the site; empty for the pages of no course
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that a PDF of the site, or of a part of it, is made from."""

    title: str  # the site's
    url: str  # of the published site, ends in `/`; empty where it is not known
    courses: tuple[Course, ...]
    language: str = "fr"  # ISO 639
    author: str = ""
    looks: Mapping[str, Look] = field(default_factory=dict)  # by class of a box
    settings: Settings = field(default_factory=Settings)  # of mkdocs.yml
    images: Mapping[str, str] = field(default_factory=dict)  # URL relative to the site's root -> file

    @property
    def pages(self) -> tuple[Page, ...]:
        """Return all pages in reading order."""
        return tuple(page for course in self.courses for page in course.pages)


def dump(book: Book) -> bytes:
    """Return the text of build/book.json."""
    return dump_anew(book, {}, b"", {})[0]


def dump_anew(
    book: Book, keys: Mapping[str, str], old: bytes, places: Mapping[str, tuple[int, int]]
) -> tuple[bytes, dict[str, tuple[int, int]]]:
    """Return the text of build/book.json, and where in it pages stand: (start, end) by key.

    What `old` says of a page is taken over: a large site's book is tens of megabytes. `keys` holds what
    stands for each page, by its source, and `places` is what was returned with `old`.
    """
    parts: list[bytes] = []
    now: dict[str, tuple[int, int]] = {}
    length = 0
    for page, told in _parts(book):
        key = keys.get(page.source, "") if page else ""
        start, end = places.get(key, (0, 0))
        parts.append(old[start:end] or told())
        if key:
            now[key] = length, length + len(parts[-1])
        length += len(parts[-1])
    return b"".join(parts), now


def _parts(book: Book) -> Iterator[tuple[Page | None, Callable[[], bytes]]]:
    """Yield the text part by part, those of pages with their page."""
    rest = {one.name: getattr(book, one.name) for one in fields(book) if one.name != "courses"}
    rest |= {"looks": {name: look._asdict() for name, look in book.looks.items()}}
    rest |= {"schema": SCHEMA, "settings": asdict(book.settings)}
    text = _json(rest)[:-1] + b',"courses":['
    for number, course in enumerate(book.courses):
        comma = b"," if number else b""
        text += b'%s{"title":%s,"folder":%s,"pages":[\n' % (comma, _json(course.title), _json(course.folder))
        for rank, page in enumerate(course.pages):
            yield None, partial(bytes, text + b",\n" if rank else text)
            text = b""
            yield page, partial(_page_json, page)
        text += b"]}"
    yield None, partial(bytes, text + b"]}\n")


def _page_json(page: Page) -> bytes:
    return _json(page._asdict())


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def load(data: bytes) -> Book:
    """Read it back; raises UnusableBookError."""
    try:
        known = json.loads(data)
        if known.pop("schema") != SCHEMA:
            raise UnusableBookError
        known["courses"] = tuple(_course(course) for course in known["courses"])
        known["looks"] = {name: Look(**look) for name, look in known["looks"].items()}
        known["settings"] = Settings(**known["settings"] | {"offer": tuple(known["settings"]["offer"])})
        return Book(**known)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnusableBookError from error


def _course(course: dict[str, object]) -> Course:
    pages = course["pages"]
    if not isinstance(pages, list):
        raise UnusableBookError
    course["pages"] = tuple(
        Page(**page | {"tags": tuple(page["tags"]), "authors": tuple(page["authors"])}) for page in pages
    )
    return Course(**course)  # type: ignore[arg-type]
