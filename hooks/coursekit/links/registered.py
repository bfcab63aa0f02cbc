"""What a build tells the link checker: build/links.json, written and read here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coursekit.links.history import rows

SCHEMA = 3  # raised when a field changes its meaning


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One external link or image, once per place it is written."""

    file: str  # path of the source as its author sees it, such as `docs/docker/cours.md`
    line: int  # 1-based, front matter counted
    url: str  # absolute
    text: str  # visible text or text alternative; empty for raw HTML
    kind: str  # one of coursekit.markdown.document.LinkKind
    page: str  # URL of the page, relative to the site's root
    course: str  # first folder of the source; empty for a page at the root


@dataclass(frozen=True, slots=True, order=True)
class InternalLink:
    """One link or image to a file of the site, or to none, once per place it is written."""

    file: str  # path of the source as its author sees it
    line: int  # 1-based, front matter counted
    target: str  # URL of the file, relative to the site's root, its fragment decoded; a dead one as written
    text: str
    page: str  # URL of the page that holds it, relative to the site's root


@dataclass(frozen=True, slots=True, order=True)
class SitePage:
    """One page of the site that has a source."""

    url: str  # relative to the site's root; empty for the home page
    file: str  # path of the source as its author sees it
    course: str


@dataclass(frozen=True, slots=True)
class Registered:
    """All of it."""

    contact: str  # URL that tells servers who asks; empty when none is known
    links: tuple[Occurrence, ...] = ()
    internal: tuple[InternalLink, ...] = ()
    pages: tuple[SitePage, ...] = ()
    root: str = "/"  # path of the published site on its host, such as `/cours/`


@dataclass(frozen=True, slots=True)
class _Site:
    contact: str
    root: str = "/"


def dump(registered: Registered) -> str:
    """Return the file's text, sorted, one link a line, so that two builds can be compared."""
    return assemble(
        registered.contact,
        registered.root,
        pages=dump_rows(sorted(registered.pages)),
        links=[dump_rows(sorted(registered.links))],
        internal=[dump_rows(sorted(registered.internal))],
    )


def assemble(contact: str, root: str, *, pages: str, links: Iterable[str], internal: Iterable[str]) -> str:
    """Return the file's text, of rows that `dump_rows` returned: links by their source's path."""
    tables = {"pages": pages, "links": rows.join(links), "internal": rows.join(internal)}
    return rows.dump_tables(SCHEMA, site=dump_rows([_Site(contact, root)]), **tables)


def dump_rows(some: Iterable[Occurrence | InternalLink | SitePage | _Site]) -> str:
    """Return rows as they stand in the file, one a line."""
    return rows.dump_rows(some)


def load(data: str | bytes) -> Registered:
    """Return what `dump` wrote; raises rows.UnusableFileError."""
    kinds = {"site": _Site, "pages": SitePage, "links": Occurrence, "internal": InternalLink}
    tables = rows.load_tables(data, schema=SCHEMA, kinds=kinds)
    site = next(iter(tables["site"]), _Site(""))
    return Registered(
        site.contact,
        tuple(tables["links"]),
        tuple(tables["internal"]),
        tuple(tables["pages"]),
        site.root,
    )
