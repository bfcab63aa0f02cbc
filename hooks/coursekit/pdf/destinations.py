"""Where the links of a book lead: inside it, to the published site, or to another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

# A site that does not exist (RFC 2606): what resolves to it is a page or a file of ours.
_SITE = "https://site.invalid/"
_OPENABLE = frozenset({"http", "https", "mailto", "tel", "ftp", "ftps", "sftp", "ssh", "irc", "ircs", "xmpp"})


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a link leads: to one of the two."""

    page: str = ""  # URL of a page of the book, relative to the site's root
    identifier: str = ""  # of an element on it, empty for its beginning
    url: str = ""  # of a page elsewhere


def within_site(page: str, href: str) -> str | None:
    """Return what `href` on the page at `page` leads to, relative to the site's root and without fragment.

    Both are URLs; a page's folder stands for its `index.html`. None: it leads to another site, or nowhere.
    """
    try:
        absolute = urldefrag(urljoin(_SITE + page, href.strip())).url
        parts = urlsplit(absolute)
    except ValueError:  # `http://[` and the like
        return None
    if (parts.scheme, parts.netloc) != ("https", "site.invalid"):
        return None
    return unquote(parts.path).removeprefix("/").removesuffix("index.html")


def find(page: str, href: str, pages: Mapping[str, str], site: str) -> Destination | None:
    """Return where `href` on the page at `page` leads; None where no reader of a PDF can go.

    `pages` are the pages of the book: path, decoded -> URL; `site` is the published site's URL, or empty.
    """
    path = within_site(page, href)
    try:
        if path is not None:
            fragment = urldefrag(href.strip()).fragment
            if path in pages:
                return Destination(page=pages[path], identifier=unquote(fragment))
            return Destination(url=urljoin(site + page, href.strip())) if site else None
        absolute = href.strip()
        if absolute.startswith("//"):
            absolute = "https:" + absolute
        return Destination(url=absolute) if urlsplit(absolute).scheme.lower() in _OPENABLE else None
    except ValueError:
        return None
