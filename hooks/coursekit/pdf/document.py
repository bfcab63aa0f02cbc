"""A book, or a part of it -> the files that Typst makes a PDF of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from importlib.resources import files
from urllib.parse import urljoin

from coursekit.pdf import messages
from coursekit.pdf.book import Book, Course, Page
from coursekit.pdf.chapters import Chapters, Composed, Flaws, Options, Read
from coursekit.pdf.measures import Paper
from coursekit.pdf.part import Part
from coursekit.pdf.prose import says_something, showable
from coursekit.pdf.syntax import array, boolean, call, points, string

MAIN = "main.typ"
TEMPLATE = "template.typ"
LOOKS = "looks.typ"  # of boxes; the template reads it


def compose(book: Book, part: Part, options: Options, read: Read, flaws: Flaws | None = None) -> Composed:
    """Return the files of one document."""
    flaws = flaws or Flaws()
    chapters = Chapters(book, part, options, read, flaws)
    unshowable = flaws.characters
    names: list[str] = []
    composed = chapters.composed
    for number, course in enumerate(part.courses, 1):
        if _has_title(part, course):
            names.append(f"course-{number}.typ")
            composed.files[names[-1]] = _code([call("course-title", _shown(course.title, unshowable))])
        for page in course.pages:
            names.append(chapters.prefix(page) + ".typ")
            composed.files[names[-1]] = _code(chapters.chapter(page, top=_top(part, course)))
    if gathered := chapters.corrections():
        names.append("corrections.typ")
        composed.files[names[-1]] = _code(gathered)
    composed.files.update(template(book))
    composed.files[MAIN] = _main(book, part, options, names, unshowable).encode()
    return composed


def template(book: Book) -> dict[str, bytes]:
    """Return the files that any code of a book needs."""
    return {
        TEMPLATE: files(__package__).joinpath(TEMPLATE).read_bytes(),
        LOOKS: _looks(book).encode(),
    }


def _top(part: Part, course: Course) -> int:
    """Return the level of the titles of a course's pages."""
    return 2 if _has_title(part, course) else 1


def _has_title(part: Part, course: Course) -> bool:
    return part.scope == "site" and says_something(course.title)


def _code(parts: Iterable[str]) -> bytes:
    body = "\n".join(parts)
    return f'#import "{TEMPLATE}": *\n#{{\n{body}\n}}\n'.encode()


def _looks(book: Book) -> str:
    looks = (
        f"{string(name)}: (color: rgb({string(look.color)}), icon: bytes({string(look.icon)})), "
        for name, look in book.looks.items()
    )
    return f"#let looks = ({''.join(looks) or ':'})\n"


def _shown(text: str, unshowable: frozenset[str]) -> str:
    return string(showable(text, unshowable))


def _main(book: Book, part: Part, options: Options, names: Sequence[str], unshowable: frozenset[str]) -> str:
    paper = options.paper
    title = next(filter(says_something, (part.title, book.title, _origin(book, part))), messages.untitled())
    licence = _common(page.licence for page in part.pages)
    settings = {
        "title": _shown(title, unshowable),
        "course": _shown(_course(part), unshowable),
        "site": _shown(book.title, unshowable),
        "authors": array(_shown(author, unshowable) for author in _authors(book, part)),
        "licence": _shown(licence, unshowable),
        "date": _date(max((page.date for page in part.pages), default="")),
        "revision": _shown(_latest(part).revision if part.pages else "", unshowable),
        "origin": string(_origin(book, part)),
        "keywords": array(string(tag) for tag in _keywords(part)),
        "language": string(book.language),
        "paper": _paper(paper),
        "size": points(paper.size),
        "numbered": boolean(options.numbered),
        "depth": str(options.depth),
        "compact": boolean(part.scope == "page"),
    }
    lines = [f'#import "{TEMPLATE}": *', f"#show: {call('book.with', **settings)}"]
    return "\n".join([*lines, *(f'#include "{name}"' for name in names)]) + "\n"


def _paper(paper: Paper) -> str:
    sides = {"width": paper.width, "height": paper.height, "margin": paper.margin}
    return "(" + ", ".join(f"{name}: {points(value)}" for name, value in sides.items()) + ")"


def _course(part: Part) -> str:
    return part.courses[0].title if part.scope == "page" and part.courses else ""


def _authors(book: Book, part: Part) -> list[str]:
    named = list(dict.fromkeys(author for page in part.pages for author in page.authors))
    return named or ([book.author] if book.author else [])


def _common(values: Iterable[str]) -> str:
    """Return what all pages say, if they agree."""
    said = set(values)
    return said.pop() if len(said) == 1 else ""


def _latest(part: Part) -> Page:
    return max(part.pages, key=lambda page: page.date)


def _date(day: str) -> str:
    """Return a day as Typst's value; `2026-11-23`, anything else is none."""
    try:
        known = date.fromisoformat(day)
    except ValueError:
        return "none"
    return call("datetime", year=str(known.year), month=str(known.month), day=str(known.day))


def _origin(book: Book, part: Part) -> str:
    if not book.url:
        return ""
    if part.scope == "page" and part.pages:
        return urljoin(book.url, part.pages[0].url)
    return urljoin(book.url, f"{part.courses[0].folder}/") if part.scope == "course" else book.url


def _keywords(part: Part) -> list[str]:
    return list(dict.fromkeys(tag for page in part.pages for tag in page.tags))
