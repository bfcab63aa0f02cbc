"""The pages of one document, each written as a chapter that links may lead to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

from coursekit.html_tree import Element, parse
from coursekit.pdf import levels, messages, prose
from coursekit.pdf.blocks import plain_text
from coursekit.pdf.book import Book, Page
from coursekit.pdf.destinations import Destination, find, within_site
from coursekit.pdf.editions import Edition, Taken, take_out
from coursekit.pdf.measures import PAPERS, Paper
from coursekit.pdf.part import Part
from coursekit.pdf.rules import take_out_idle
from coursekit.pdf.syntax import call, joined, paragraph, printable, string
from coursekit.pdf.writer import Frame, Node, Writer, runs
from coursekit.problem import Problem

Read = Callable[[str], bytes | None]  # a file of book.images -> its content, None if it cannot be read

IMAGES = "images/"  # where a document's images are


@dataclass(frozen=True, slots=True)
class Options:
    """How a document is made, whatever is in it."""

    edition: Edition = field(default_factory=Edition)
    paper: Paper = PAPERS["a4"]
    numbered: bool = False  # headings carry numbers
    depth: int = 3  # of the contents
    print_urls: bool = False


@dataclass(frozen=True, slots=True)
class Flaws:
    """What earlier tries have shown not to work."""

    characters: frozenset[str] = frozenset()  # that no font has
    images: frozenset[str] = frozenset()  # names of files that cannot be set
    blocks: frozenset[tuple[str, int]] = frozenset()  # a page's URL, number of a block of its text


@dataclass(frozen=True, slots=True)
class Composed:
    """The files of one document, and what its authors should know."""

    files: dict[str, bytes] = field(default_factory=dict)  # by relative names
    problems: dict[str, list[Problem]] = field(default_factory=dict)  # by a page's source
    blocks: dict[tuple[str, int], str] = field(default_factory=dict)  # as in Flaws -> expression


@dataclass(slots=True)
class _Chapter:
    page: Page
    prefix: str  # of its labels
    body: Element
    corrections: list[Taken]  # that stand at the end
    identifiers: frozenset[str]
    wanted: set[str] = field(default_factory=set)  # identifiers that links of the document lead to

    @property
    def trees(self) -> list[Element]:
        return [self.body, *(one.box for one in self.corrections)]


class Chapters:
    """The chapters of one document."""

    def __init__(self, book: Book, part: Part, options: Options, read: Read, flaws: Flaws) -> None:
        """Read all pages: links are written when it is known where they lead."""
        self.composed = Composed()
        self._book, self._scope, self._options = book, part.scope, options
        self._read, self._flaws = read, flaws
        self._chapters = {
            page.url: _read(page, f"p{number}", options.edition) for number, page in enumerate(part.pages, 1)
        }
        self._paths = {unquote(url).removesuffix("index.html"): url for url in self._chapters}
        self._images = {unquote(url): file for url, file in book.images.items()}
        self._gathered: list[str] = []
        for chapter in self._chapters.values():
            self._want(chapter)

    def prefix(self, page: Page) -> str:
        """Return what the names of a page's files and labels begin with."""
        return self._chapters[page.url].prefix

    def chapter(self, page: Page, top: int) -> list[str]:
        """Return the expressions of a page whose title has level `top`."""
        chapter = self._chapters[page.url]
        title = _title(chapter.body)
        writer = self._writer(chapter, top)
        frame = Frame(self._options.paper.line)
        tags = joined(prose.text(" · ".join(page.tags), writer.unshowable) if page.tags else [])
        plain = levels.title(title) if title else self._named(page)
        anchors = writer.anchors(title) if title else []
        shown = writer.inlines(title.children if title else [plain], frame)
        head = string(writer.showable(plain))
        parts = [call("chapter", str(top), string(_label(chapter, "")), shown, head, tags), *anchors]
        rest = [node for node in chapter.body.children if node is not title]
        parts += self._blocks(writer, page, rest)
        if page.licence:
            parts.append(
                call(
                    "page-licence", joined(prose.text(messages.page_licence(page.licence), writer.unshowable))
                )
            )
        self._gather(writer, chapter, frame)
        parts += [
            call("anchor", string(_label(chapter, identifier)))
            for identifier in sorted(chapter.wanted - writer.written - {""})
            if identifier in chapter.identifiers
        ]
        self.composed.files.update({IMAGES + name: data for name, data in writer.assets.items()})
        if missing := sorted(char for char in self._flaws.characters if char in page.html):
            writer.problems.append(Problem(0, messages.characters_left_out(missing)))
        if writer.problems:
            self.composed.problems[page.source] = writer.problems
        return parts

    def _named(self, page: Page) -> str:
        """Return a page's title, which PDF/UA wants to be there."""
        title = " ".join(printable(page.title).split())
        return title if prose.says_something(title) else page.url

    def _blocks(self, writer: Writer, page: Page, nodes: list[Node]) -> list[str]:
        """Return the expressions of a page's text, one for each block: what cannot be set is replaced."""
        frame = Frame(self._options.paper.line)
        parts: list[str] = []
        for number, run in enumerate(runs(nodes)):
            if (page.url, number) in self._flaws.blocks:
                writer.problem(messages.block_not_set())
                plain = prose.unmarked(prose.collapsed(plain_text(run)))
                expression = paragraph(joined(prose.text(plain, writer.unshowable)))
            else:
                expression = joined(writer.run(run, frame))
            self.composed.blocks[page.url, number] = expression
            parts.append(expression)
        return parts

    def corrections(self) -> list[str]:
        """Return what the chapters written so far have left for the end."""
        if not self._gathered:
            return []
        level = 2 if self._scope == "page" else 1
        return [call("corrections-title", str(level), string(messages.corrections())), *self._gathered]

    def _gather(self, writer: Writer, chapter: _Chapter, frame: Frame) -> None:
        if not chapter.corrections:
            return
        writer.levels = levels.Levels(2)
        if self._scope != "page":
            name = string(writer.showable(self._named(chapter.page)))
            self._gathered.append(call("head", "2", "1", name, name))
        for number, correction in enumerate(chapter.corrections, 1):
            label = string(f"{chapter.prefix} correction {number}")
            self._gathered.append(call("gathered", label, string(writer.showable(correction.of))))
            self._gathered += writer.block(correction.box, frame)

    def _want(self, chapter: _Chapter) -> None:
        """Note where the links of a page lead."""
        for tree in chapter.trees:
            for element in tree.walk():
                href = element.attributes.get("href") if element.tag == "a" else None
                if not href or "headerlink" in element.classes:
                    continue
                target = self._find(chapter.page, href)
                if target and target.page:
                    self._chapters[target.page].wanted.add(target.identifier)

    def _find(self, page: Page, href: str) -> Destination | None:
        return find(page.url, href, self._paths, self._book.url)

    def _target(self, destination: Destination) -> str:
        chapter = self._chapters[destination.page]
        known = destination.identifier in chapter.identifiers
        return _label(chapter, destination.identifier if known else "")

    def _image(self, page: Page, source: str) -> bytes | None:
        path = within_site(page.url, source)
        file = self._images.get(path) if path is not None else None
        return self._read(file) if file else None

    def _writer(self, chapter: _Chapter, top: int) -> Writer:
        return Writer(
            find=lambda href: self._find(chapter.page, href),
            wanted=frozenset(chapter.wanted & chapter.identifiers),
            label=lambda identifier: _label(chapter, identifier),
            target=self._target,
            image=lambda source: self._image(chapter.page, source),
            levels=levels.Levels(top),
            lines=chapter.page.lines,
            looks=self._book.looks,
            print_urls=self._options.print_urls,
            answer_lines=self._options.edition.lines,
            prefix=chapter.prefix,
            unshowable=self._flaws.characters,
            unusable=self._flaws.images,
            notes=_notes(chapter.body),
        )


def _read(page: Page, prefix: str, edition: Edition) -> _Chapter:
    body = parse(page.html)
    take_out_idle(body)
    taken = take_out(body, edition)
    kept = taken if edition.corrections == "at-end" else []
    identifiers = frozenset(
        element.attributes["id"]
        for tree in [body, *(one.box for one in kept)]
        for element in tree.walk()
        if "id" in element.attributes
    )
    return _Chapter(page, prefix, body, kept, identifiers)


def _label(chapter: _Chapter, identifier: str) -> str:
    return f"{chapter.prefix}#{identifier}"


def _title(body: Element) -> Element | None:
    """Return the h1 that a page begins with."""
    first = next((child for child in body.children if not isinstance(child, str) or child.strip()), None)
    is_title = isinstance(first, Element) and first.tag == "h1" and first.is_shown and levels.title(first)
    return first if is_title and isinstance(first, Element) else None


def _notes(body: Element) -> dict[str, Element]:
    """Return the footnotes, wherever the page gathers them."""
    lists = [one for one in body.walk() if {"footnote", "footnotes"} & set(one.classes)]
    items = [item for one in lists for item in one.walk() if item.tag == "li"]
    return {item.attributes["id"]: item for item in items if "id" in item.attributes}
