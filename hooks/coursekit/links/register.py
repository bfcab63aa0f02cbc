"""The links of a whole site, gathered page by page: internal ones checked, external ones registered."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection
from typing import BinaryIO, NamedTuple
from urllib.parse import urljoin

from coursekit import messages
from coursekit.links import registered
from coursekit.links.dimensions import UnreadableImageError, dimensions, has_dimensions
from coursekit.links.found import Found, Gathered, joined
from coursekit.links.registered import InternalLink, Occurrence, SitePage
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
        self._links: dict[LinkedPage, Gathered] = {}
        self._found: dict[LinkedPage, Found] = {}
        self._pages: list[LinkedPage] = []
        self._site = site
        self._page_url = page_url
        self._open_file = open_file
        self._anchors: dict[str, Callable[[], Collection[str]]] = {}  # by source URI
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
        links = self._links.setdefault(page, Gathered())
        if isinstance(target, Dead):
            links.problems.append((link.line, target.message))
            self._problems.append((page.path, Problem(link.line, target.message)))
            links.internal.append(_dead_link(page, link))
        elif isinstance(target, External):
            links.occurrences.append(
                Occurrence(page.path, link.line, target.url, link.text, link.kind, page.url, page.course)
            )
            return target.url
        elif isinstance(target, Internal):
            links.internal.append(self._internal_link(page, link, target))
            if target.fragment and not target.fragment.startswith(PLAIN_FRAGMENTS):
                links.fragments.append((link.line, link.url, target.file, target.fragment))
            if link.kind == "image":
                links.images[link.url] = target.file
            if not link.url.startswith("#"):
                path = self._page_url(target.file, page) if link.raw else relative(target.file, page.source)
                return path + target.ending
        return link.url

    def found(self, page: LinkedPage) -> Found:
        """Return what the links of a page that has been read lead to, for `recall`."""
        found = self._links.pop(page, Gathered()).found()
        self._found[page] = joined(self._found[page], found) if page in self._found else found
        return self._found[page]

    def recall(self, page: LinkedPage, found: Found) -> None:
        """Take note of what `found` returned when nothing that links may lead to was different."""
        self._found[page] = found
        self._problems += [(page.path, Problem(line, message)) for line, message in found["problems"]]

    def forget(self, page: LinkedPage) -> None:
        """Know nothing of the links of a page, which is to be read again."""
        self._links.pop(page, None)
        self._found.pop(page, None)

    def measure(self, page: LinkedPage, link: Link) -> Size | None:
        """Return the size of an image that has been resolved, when it is on the site and can be read."""
        images = self._links[page].images if page in self._links else {}
        if page in self._found:
            images = self._found[page]["images"] | images
        file = images.get(link.url)
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

    def add_page(self, page: LinkedPage, anchors: Callable[[], Collection[str]]) -> None:
        """Remember a page of the site; `anchors` finds the places in it that a fragment can point at."""
        self._pages.append(page)
        self._anchors[page.source] = anchors

    def check_fragments(self) -> None:
        """Check the links to places, once every page is known."""
        places: dict[str, frozenset[str]] = {}  # by source URI
        for page, found in self._all():
            for line, url, file, fragment in found["fragments"]:
                if file not in self._anchors:
                    continue
                if file not in places:
                    places[file] = frozenset(self._anchors[file]())
                if fragment not in places[file]:
                    near = nearest_anchor(fragment, places[file])
                    message = messages.dead_anchor(readable(url), f"#{near}" if near else None)
                    self._problems.append((page.path, Problem(line, message)))

    def take_problems(self) -> list[tuple[str, Problem]]:
        """Return what authors should mend, as (path, problem), found since the last call."""
        taken, self._problems = sorted(set(self._problems)), []
        return taken

    def from_elsewhere(self, kind: LinkKind) -> dict[str, list[str]]:
        """Return what pages embed from other sites, images say, by source path."""
        urls = {
            page.path: [url for one, url in found["embedded"] if one == kind] for page, found in self._all()
        }
        return {path: some for path, some in urls.items() if some}

    def dump(self, contact: str, root: str = "/") -> str:
        """Return the file of coursekit.links.registered.

        `contact` is a URL that tells who asks; `root` is the path of the published site on its host.
        """
        pages = sorted(SitePage(page.url, page.path, page.course) for page in self._pages)
        found = [found for _, found in sorted(self._all(), key=lambda one: one[0].path)]
        return registered.assemble(
            contact,
            root,
            pages=registered.dump_rows(pages),
            links=(one["external"] for one in found),
            internal=(one["internal"] for one in found),
        )

    def _all(self) -> list[tuple[LinkedPage, Found]]:
        """Return what is known of all pages, in the order in which they were read."""
        for page in list(self._links):
            self.found(page)
        return list(self._found.items())

    def _internal_link(self, page: LinkedPage, link: Link, target: Internal) -> InternalLink:
        url = posixpath.normpath(self._page_url(target.file, _ROOT) or ".")
        place = f"#{target.fragment}" if target.fragment else ""
        return InternalLink(page.path, link.line, f"{'' if url == '.' else url}{place}", link.text, page.url)


class PageLinks:
    """Answers the front end about the links of the page that is being read."""

    def __init__(self, register: Register, world: bytes) -> None:
        """`world` stands for all that links may lead to: where it is the same, so are the answers."""
        self.register = register
        self.world = world
        self.page = _ROOT

    def __call__(self, link: Link) -> str:
        """Return the URL to write for a link."""
        return self.register.resolve(self.page, link)

    def measure(self, link: Link) -> Size | None:
        """Return the size of an image that has been resolved."""
        return self.register.measure(self.page, link)

    def found(self) -> Found:
        """Return what the page's links lead to, for `recall`."""
        return self.register.found(self.page)

    def recall(self, found: Found) -> None:
        """Take note of what `found` returned in the same world."""
        self.register.recall(self.page, found)

    def forget(self) -> None:
        """Know nothing of the page's links, which are to be asked about again."""
        self.register.forget(self.page)


def _dead_link(page: LinkedPage, link: Link) -> InternalLink:
    """Return a link that leads nowhere as the built page has it: as written."""
    try:
        target = urljoin(f"/{page.url}", link.url).removeprefix("/")
    except ValueError:  # not even a URL
        target = link.url
    return InternalLink(page.path, link.line, target, link.text, page.url)
