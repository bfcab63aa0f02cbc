"""How fast PDFs are made, beside browsers: `python -m tests.bench.pdf_speed [--corpus FOLDER]`.

The course page from Markdown to PDF; a whole site as one book, with its memory and the words that it has of
its pages; then twenty pages of that site beside Chromium's print and, where it is installed, WeasyPrint: both
print the site's pages as they are. The site is built from FOLDER's Markdown; without it, from pages made of
the course's with words of their own. Ends with 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import functools
import importlib.util
import logging
import multiprocessing
import re
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path

from markdown import Markdown

from coursekit.encoding import read
from coursekit.markdown.diagrams import draw
from coursekit.markdown.front_matter import split
from coursekit.pdf.book import Book, Course, Page, load
from coursekit.pdf.part import Part
from coursekit.pdf.shelf import Document, Shelf, page_count
from tests.browser.chromium import NoBrowserError, find_browser
from tests.building import build
from tests.pdf.words import chapter_texts, coverage
from tests.site_settings import markdown_settings

COURSE = Path(__file__).parents[2] / "docs/kubernetes/bonnes-pratiques.md"
_SEED_SECONDS = 2.0
_BOOK_SECONDS, _BOOK_MEGABYTES = 30.0, 1200.0
_SHARE = 0.999  # of the words of each page
_LEAST_RATIO = 7.0
_GENERATED = 110  # pages, which have as many words as some 170 of a usual course
_BESIDE = 20


def main(argv: Sequence[str] | None = None) -> int:
    """Print what each took; return 1 when a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.pdf_speed")
    parser.add_argument("--corpus", type=Path, help="dossier de pages Markdown, composé comme un seul site")
    folder = parser.parse_args(argv).corpus
    pages = dict(_tree(folder) if folder else _generated())
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        missed = [_seed(root)]
        built = build(root, pages, site_url="https://cours.example/")
        if built.returncode:
            print("\n".join(built.log[-5:]), file=sys.stderr)
            return 2
        book = load((root / "build" / "book.json").read_bytes())
        missed += [_whole(root, book), _words(root, book), _beside(root, book, pages)]
    return int(any(missed))


def _tree(folder: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield str(file.relative_to(folder)), file.read_bytes()


def _generated() -> Iterator[tuple[str, bytes]]:
    """Yield pages that have no long word in common: Typst remembers what it has set."""
    text = read(COURSE.read_bytes()).text
    for number in range(_GENERATED):
        own = re.sub(r"(?<=\w{7})\b(?=[ ,.])", str(number), text)
        yield f"cours-{number % 10}/page-{number}.md", own.encode()


def _seed(root: Path) -> bool:
    """Time one page in this process, which has set nothing yet."""
    start = time.perf_counter()
    page = Page(str(COURSE), "page/", "Page", _converted([COURSE.read_bytes()])[0])
    book = Book("Cours", "https://cours.example/", (Course("", "", (page,)),))
    _set(root, book, Part("page", page.title, book.courses))
    seconds = time.perf_counter() - start
    print(f"la page du cours, du Markdown au PDF : {seconds:.2f} s (au plus {_SEED_SECONDS:.0f})")
    return seconds > _SEED_SECONDS


def _whole(root: Path, book: Book) -> bool:
    """Time the site's book in a process of its own, whose memory is its."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_set_alone, args=(root, theirs))
    process.start()
    theirs.close()
    seconds, megabytes, sides = ours.recv()
    process.join()
    print(
        f"le livre du site, {len(book.pages)} pages web, {sides} pages : {seconds:.1f} s"
        f" (au plus {_BOOK_SECONDS:.0f}), {megabytes:.0f} Mo (au plus {_BOOK_MEGABYTES:.0f})"
    )
    return bool(seconds > _BOOK_SECONDS or megabytes > _BOOK_MEGABYTES)


def _set_alone(root: Path, answer: Connection) -> None:
    start = time.perf_counter()
    book = load((root / "build" / "book.json").read_bytes())
    pdf = _set(root, book, Part("site", book.title, book.courses))
    seconds = time.perf_counter() - start
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    answer.send((seconds, kilobytes / 1024, page_count(pdf)))


def _words(root: Path, book: Book) -> bool:
    """Look for every word of each page in the book."""
    flat = (Course("", "", book.pages),)
    texts = chapter_texts(_set(root, book, Part("site", book.title, flat), contents=0))
    found = {page.url: coverage(page.html, text) for page, text in zip(book.pages, texts, strict=True)}
    words, lost = (sum(one.words for one in found.values()), sum(len(one.lost) for one in found.values()))
    poor = {url: one for url, one in found.items() if one.share < _SHARE}
    print(f"mots des pages qui sont dans le PDF : {1 - lost / max(words, 1):.3%} de {words}")
    for url, one in poor.items():
        print(f"  {url} : {one.share:.2%}, sans {' '.join(one.lost[:8])}")
    return bool(poor)


def _beside(root: Path, book: Book, pages: Mapping[str, bytes]) -> bool:
    """Time the same pages by all; the conversion of their Markdown is counted for each."""
    chosen = book.pages[:: max(len(book.pages) // _BESIDE, 1)][:_BESIDE]
    sources = [pages.get(page.source.removeprefix("docs/"), b"") for page in chosen]
    start = time.perf_counter()
    _converted(sources)
    conversion = time.perf_counter() - start
    start = time.perf_counter()
    _set(root, book, Part("site", book.title, (Course("", "", chosen),)))
    ours = conversion + time.perf_counter() - start
    print(f"{len(chosen)} pages, leur conversion comprise ({conversion:.1f} s) : {ours:.1f} s")
    is_missed = False
    addresses = [page.url for page in chosen]
    for name, print_pages in (("Chromium", _by_chromium), ("WeasyPrint", _by_weasyprint)):
        start = time.perf_counter()
        if not print_pages(root / "site", addresses):
            print(f"{name:10} n'est pas installé : sans comparaison")
            continue
        seconds = conversion + time.perf_counter() - start
        print(f"{name:10} {seconds:6.1f} s, {seconds / ours:5.1f} fois plus (au moins {_LEAST_RATIO:.0f})")
        is_missed |= seconds < ours * _LEAST_RATIO
    return is_missed


def _by_chromium(site: Path, addresses: Sequence[str]) -> bool:
    from playwright.sync_api import sync_playwright

    try:
        browser = find_browser()
    except NoBrowserError:
        return False
    if browser is None:
        return False
    with _served(site) as base, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = chromium.new_page()
        for address in addresses:
            page.goto(base + address)
            page.pdf(format="A4", tagged=True, outline=True)
        chromium.close()
    return True


def _by_weasyprint(site: Path, addresses: Sequence[str]) -> bool:
    if importlib.util.find_spec("weasyprint") is None:
        return False
    weasyprint = importlib.import_module("weasyprint")
    logging.getLogger("weasyprint").disabled = True
    with _served(site) as base:
        for address in addresses:
            weasyprint.HTML(base + address).write_pdf(pdf_variant="pdf/ua-1")
    return True


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Serve a folder on the loopback interface; yield its URL."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


def _converted(sources: Sequence[bytes]) -> list[str]:
    settings = markdown_settings()
    settings["extension_configs"]["coursekit.markdown"]["draw"] = draw
    # A new instance a page, as MkDocs does.
    return [Markdown(**settings).convert(split(read(source).text).body) for source in sources]


def _set(root: Path, book: Book, part: Part, *, contents: int | None = None) -> bytes:
    settings = book.settings if contents is None else replace(book.settings, contents=contents)
    return Shelf(book, root / "build" / "pdf", root, settings, 0).bound(Document("", part))[0]


if __name__ == "__main__":
    sys.exit(main())
