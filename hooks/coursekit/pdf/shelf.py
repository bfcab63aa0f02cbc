"""The PDFs of a site in a folder: what there is to make, and what is made already.

Beside `press`, the one module of this room that reads and writes files. A PDF is made anew only when what it
is made from has changed: its pages, the site's looks and images, the settings, the code and the fonts.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache, partial
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from coursekit.files import write_atomically
from coursekit.pdf import messages
from coursekit.pdf.book import Book, Course, Page
from coursekit.pdf.chapters import Options
from coursekit.pdf.editions import Edition
from coursekit.pdf.measures import PAPERS
from coursekit.pdf.part import Part, Scope
from coursekit.pdf.press import press
from coursekit.pdf.settings import Settings
from coursekit.pdf.typesetting import NotSetError, Typeset, typeset
from coursekit.problem import Problem

INDEX = "index.json"  # what the folder holds, and what it was made from
_SITE = "tout-le-site"
_STANDARD, _ARCHIVAL = "ua-1", "a-3a"
_PAGES = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)")


@dataclass(frozen=True, slots=True)
class Document:
    """One PDF to make."""

    name: str  # its file, relative to the folder: `kubernetes/tp.pdf`
    part: Part

    @property
    def key(self) -> tuple[Scope, str]:
        """Return what it is the PDF of: a page's URL, a course's folder, or the site."""
        scope, course = self.part.scope, self.part.courses[0]
        return scope, {"page": course.pages[0].url, "course": course.folder, "site": ""}[scope]


@dataclass(frozen=True, slots=True)
class Made:
    """One PDF, made now or before."""

    name: str
    fingerprint: str  # of all that it is made from
    pages: int  # of paper; 0: Typst refuses it, and there is no file
    problems: Mapping[str, list[Problem]]  # by a page's source
    is_new: bool = True


def documents(book: Book, scopes: Sequence[str], settings: Settings) -> list[Document]:
    """Return the PDFs of a site, or those of some scopes, smallest first."""
    suffix = "-etudiant.pdf" if settings.edition == "student" else ".pdf"
    found: list[Document] = []
    if "page" in scopes:
        for course in book.courses:
            for page in course.pages:
                part = Part("page", page.title, (Course(course.title, course.folder, (page,)),))
                found.append(Document(_name(page) + suffix, part))
    if "course" in scopes:
        found += [
            Document(course.folder + suffix, Part("course", course.title, (course,)))
            for course in book.courses
            if course.title and course.folder
        ]
    if "site" in scopes and book.courses:
        found.append(Document(_SITE + suffix, Part("site", book.title, book.courses)))
    return found


def _name(page: Page) -> str:
    """Return the name of a page's PDF, without its ending; that of a folder's own page is `index`."""
    path = unquote(page.url).removesuffix(".html").removesuffix("index")
    parts = [part for part in path.split("/") if part not in ("", ".", "..")]
    is_index = PurePosixPath(page.source).stem.lower() in ("index", "readme")
    return "/".join([*parts, "index"] if is_index else parts)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of PDFs of one site."""

    book: Book
    folder: Path
    root: Path  # what the files of `book.images` are relative to
    settings: Settings
    timestamp: int | None = None  # the date in each PDF, seconds since 1970; None: of its newest page

    def make(self, wanted: Sequence[Document]) -> Iterator[Made]:
        """Make the PDFs that are not up to date; yield all as they come, those that Typst refuses too."""
        known = _known(self.folder)
        # Typst lets other threads run; two, for a book of 180 pages takes a gigabyte. The largest first, so
        # that none is left alone at the end.
        largest_first = sorted(wanted, key=lambda one: -sum(len(page.html) for page in one.part.pages))
        with ThreadPoolExecutor(max_workers=2) as pool:
            tasks = [
                pool.submit(self._bind, document, known.get(document.name)) for document in largest_first
            ]
            try:
                for task in as_completed(tasks):
                    made = task.result()
                    known[made.name] = made
                    yield made
            finally:
                pool.shutdown(cancel_futures=True)
                _note(self.folder, known)

    def up_to_date(self, wanted: Sequence[Document]) -> list[Made]:
        """Return the PDFs that are there and need not be made anew."""
        known = _known(self.folder)
        there = [one for one in wanted if one.name in known]
        return [known[one.name] for one in there if known[one.name].fingerprint == self._fingerprint(one)]

    def bound(self, document: Document, fingerprint: str = "") -> tuple[bytes, Made]:
        """Return a PDF, and what there is to know of it; no bytes if Typst refuses it whatever is done."""
        try:
            done = self._typeset(document.part)
        except NotSetError as error:
            told = Problem(0, messages.not_set(document.name, str(error)))
            return b"", Made(document.name, "", 0, {document.part.pages[0].source: [told]})
        return done.pdf, Made(document.name, fingerprint, page_count(done.pdf), done.problems)

    def _typeset(self, part: Part) -> Typeset:
        timestamp = _newest(part) if self.timestamp is None else self.timestamp
        standards = [_STANDARD, *([_ARCHIVAL] if self.settings.archive else [])]

        def pressed(files: Mapping[str, bytes], main: str, *, checked: bool = True) -> bytes:
            kept = standards if checked else []
            return press(files, main, self.folder, standards=kept, timestamp=timestamp)

        return typeset(self.book, part, options(self.settings), cache(partial(_read, self.root)), pressed)

    def _bind(self, document: Document, before: Made | None) -> Made:
        fingerprint = self._fingerprint(document)
        if before and before.fingerprint == fingerprint:
            return before
        pdf, made = self.bound(document, fingerprint)
        if pdf:
            write_atomically(self.folder / document.name, pdf)
        return made

    def _fingerprint(self, document: Document) -> str:
        """Return a digest of everything that a PDF is made from."""
        book, part = self.book, document.part
        said = [asdict(part), book.title, book.url, book.language, book.author, self.timestamp]
        looks = {name: look._asdict() for name, look in book.looks.items()}
        digest = hashlib.sha256(_engine())
        told = json.dumps([said, looks, asdict(self.settings)], sort_keys=True)
        digest.update(told.encode("utf-8", "replace"))
        html = unquote("".join(page.html for page in part.pages))
        for url, file in sorted(book.images.items()):
            if unquote(url).rpartition("/")[2] in html:
                digest.update(url.encode() + (_read(self.root, file) or b""))
        return digest.hexdigest()


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF of Typst's has: the largest count in its tree of pages."""
    return max(map(int, _PAGES.findall(pdf)), default=0)


def told(made: Iterable[Made]) -> list[tuple[str, Problem]]:
    """Return what authors should know, each once, with the page's source."""
    return sorted({(source, one) for each in made for source, told in each.problems.items() for one in told})


def epoch(environment: Mapping[str, str]) -> int | None:
    """Return SOURCE_DATE_EPOCH (reproducible-builds.org/specs/source-date-epoch), None without one."""
    said = environment.get("SOURCE_DATE_EPOCH", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 12 else None


def options(settings: Settings) -> Options:
    """Return the typesetter's options of a site's settings."""
    corrections = "left-out" if settings.edition == "student" else settings.corrections
    return Options(
        edition=Edition(corrections, settings.answer_lines),
        paper=PAPERS[settings.paper],
        numbered=settings.numbered,
        depth=settings.contents,
        print_urls=settings.print_urls,
    )


def _newest(part: Part) -> int:
    """Return the day of the last change of some pages, in seconds since 1970; 0 where it is not known."""
    day = max((page.date for page in part.pages), default="")
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) if day else 0


def _read(root: Path, file: str) -> bytes | None:
    try:
        return (root / file).read_bytes()
    except OSError:
        return None


@cache
def _engine() -> bytes:
    """Return a digest of the code and the fonts that PDFs are made with."""
    digest = hashlib.sha256()
    for package in ("typst", "fontpkg-inter", "fontpkg-jetbrains-mono", "selectolax"):
        digest.update(f"{package} {version(package)}\n".encode())
    folder = Path(str(files("coursekit.pdf")))
    for file in sorted(folder.rglob("*")):
        if file.suffix in (".py", ".typ", ".ttf"):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.digest()


def _known(folder: Path) -> dict[str, Made]:
    """Return what the folder holds; a list that cannot be read is none."""
    try:
        rows = json.loads((folder / INDEX).read_bytes())
        return {name: _row(name, row) for name, row in rows.items() if (folder / name).is_file()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _row(name: str, row: Mapping[str, Any]) -> Made:
    problems = {
        source: [Problem(line, message) for line, message in told] for source, told in row["problems"].items()
    }
    return Made(name, row["fingerprint"], row["pages"], problems, is_new=False)


def _note(folder: Path, known: Mapping[str, Made]) -> None:
    rows = {
        made.name: {
            "fingerprint": made.fingerprint,
            "pages": made.pages,
            "problems": {
                source: [[one.line, one.message] for one in told] for source, told in made.problems.items()
            },
        }
        for made in known.values()
    }
    write_atomically(folder / INDEX, json.dumps(rows, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
