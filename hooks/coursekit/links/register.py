"""The links of a whole site, gathered page by page: internal ones checked, external ones registered."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection
from typing import BinaryIO, NamedTuple
from urllib.parse import urljoin

from coursekit import messages
from coursekit.links import registered
from coursekit.links.dimensions import UnreadableImageError, dimensions, has_dimensions
from coursekit.links.registered import InternalLink, Occurrence, Registered, SitePage
from coursekit.links.targets import (
    PLAIN_FRAGMENTS,
    Dead,
    External,
    Internal,
    Site,
    nearest_anchor,
    readable,
    relative,
)
from coursekit.markdown.document import Link, LinkKind, Size
from coursekit.problem import Problem


class LinkedPage(NamedTuple):
    """A page of the site, as links see it."""

    source: str  # source URI below docs/, such as `docker/cours.md`
    path: str  # the source as its author sees it, such as `docs/docker/cours.md`
    url: str  # URL of the page, relative to the site's root

    @property
    def course(self) -> str:
        """The first folder of the source; empty for a page at the root."""
        folder, slash, _ = self.source.partition("/")
        return folder if slash else ""


_ROOT = LinkedPage("", "", "")


class Register:
    """Resolves links and remembers them."""

    def __init__(
        self, site: Site, page_url: Callable[[str, LinkedPage], str], open_file: Callable[[str], BinaryIO]
    ) -> None:
        """`page_url(source, page)` gives the URL that leads from a page to the file of a source URI.

        `open_file(source)` opens that file; it may raise OSError.
        """
        self.occurrences: list[Occurrence] = []
        self._internal: list[tuple[LinkedPage, Link, Internal]] = []
        self._dead: list[tuple[LinkedPage, Link]] = []
        self._pages: dict[str, LinkedPage] = {}  # by source URI
        self._site = site
        self._page_url = page_url
        self._open_file = open_file
        self._anchors: dict[str, Collection[str]] = {}
        self._fragments: list[tuple[LinkedPage, Link, Internal]] = []
        self._images: dict[tuple[str, str], str] = {}  # page's source URI, URL -> image's source URI
        self._sizes: dict[str, Size | UnreadableImageError | None] = {}  # by source URI
        self._problems: list[tuple[str, Problem]] = []

    def resolve(self, page: LinkedPage, link: Link) -> str:
        """Return the URL to write for a link of `page`, and remember the link.

        In Markdown, that is a path from source to source, which MkDocs turns into a URL; raw HTML gets the
        URL itself. A relative URL in raw HTML that is right as it stands, seen from the page, is left alone.
        """
        target = self._site.target(link, page.source)
        if link.raw and isinstance(target, Dead) and isinstance(self._site.target(link, page.url), Internal):
            return link.url
        if isinstance(target, Dead):
            self._problems.append((page.path, Problem(link.line, target.message)))
            self._dead.append((page, link))
        elif isinstance(target, External):
            self.occurrences.append(
                Occurrence(page.path, link.line, target.url, link.text, link.kind, page.url, page.course)
            )
            return target.url
        elif isinstance(target, Internal):
            self._internal.append((page, link, target))
            if target.fragment and not target.fragment.startswith(PLAIN_FRAGMENTS):
                self._fragments.append((page, link, target))
            if link.kind == "image":
                self._images[page.source, link.url] = target.file
            if not link.url.startswith("#"):
                path = self._page_url(target.file, page) if link.raw else relative(target.file, page.source)
                return path + target.ending
        return link.url

    def measure(self, page: LinkedPage, link: Link) -> Size | None:
        """Return the size of an image that has been resolved, when it is on the site and can be read."""
        file = self._images.get((page.source, link.url))
        if file is None or not has_dimensions(file):
            return None
        if file not in self._sizes:
            self._sizes[file] = self._size(file)
        size = self._sizes[file]
        if isinstance(size, UnreadableImageError):
            self._problems.append(
                (page.path, Problem(link.line, messages.unreadable_image(readable(link.url))))
            )
            return None
        return size

    def _size(self, file: str) -> Size | UnreadableImageError | None:
        try:
            with self._open_file(file) as opened:
                return dimensions(opened, file)
        except UnreadableImageError as error:
            return error
        except OSError:
            return None  # MkDocs will say so when it copies the file

    def add_page(self, page: LinkedPage, anchors: Collection[str]) -> None:
        """Remember a page of the site, and the places in it that a fragment can point at."""
        self._pages[page.source] = page
        self._anchors[page.source] = anchors

    def check_fragments(self) -> None:
        """Check the links to places, once every page is known."""
        for page, link, target in self._fragments:
            known = self._anchors.get(target.file)
            if known is not None and target.fragment not in known:
                near = nearest_anchor(target.fragment, known)
                message = messages.dead_anchor(readable(link.url), f"#{near}" if near else None)
                self._problems.append((page.path, Problem(link.line, message)))
        self._fragments.clear()

    def take_problems(self) -> list[tuple[str, Problem]]:
        """Return what authors should mend, as (path, problem), found since the last call."""
        taken, self._problems = sorted(set(self._problems)), []
        return taken

    def from_elsewhere(self, kind: LinkKind) -> dict[str, list[str]]:
        """Return what pages embed from other sites, images say, by source path."""
        urls: dict[str, list[str]] = {}
        for occurrence in self.occurrences:
            if occurrence.kind == kind:
                urls.setdefault(occurrence.file, []).append(occurrence.url)
        return urls

    def dump(self, contact: str, root: str = "/") -> str:
        """Return the file of coursekit.links.registered.

        `contact` is a URL that tells who asks; `root` is the path of the published site on its host.
        """
        pages = (SitePage(page.url, page.path, page.course) for page in self._pages.values())
        internal = [self._internal_link(*found) for found in self._internal]
        internal += [_dead_link(*found) for found in self._dead]
        return registered.dump(
            Registered(contact, tuple(self.occurrences), tuple(internal), tuple(pages), root)
        )

    def _internal_link(self, page: LinkedPage, link: Link, target: Internal) -> InternalLink:
        url = posixpath.normpath(self._page_url(target.file, _ROOT) or ".")
        place = f"#{target.fragment}" if target.fragment else ""
        return InternalLink(page.path, link.line, f"{'' if url == '.' else url}{place}", link.text, page.url)


def _dead_link(page: LinkedPage, link: Link) -> InternalLink:
    """Return a link that leads nowhere as the built page has it: as written."""
    try:
        target = urljoin(f"/{page.url}", link.url).removeprefix("/")
    except ValueError:  # not even a URL
        target = link.url
    return InternalLink(page.path, link.line, target, link.text, page.url)
