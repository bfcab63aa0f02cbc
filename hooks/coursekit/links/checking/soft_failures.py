"""Pages that answer 200 and are not there: soft 404s, parked domains, deep links thrown to a home page.

Suspicion comes from words and redirects; proof from a sibling, an address beside the page's that nobody has
made: a site that shows it the same thing shows it to everything.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from coursekit.links.checking import vocabulary
from coursekit.links.checking.page import Page
from coursekit.links.checking.visit import Visit
from coursekit.links.checking.vocabulary import one_of

_SHORT = 1500  # characters: a page that says no more may say in its text, not its title, that it is none

_FAILURES = one_of("""
    404 410 page-?404 page-?introuvable page-?non-?trouvee page-?inexistante page-?missing introuvable
    inexistant not-?found page-?not-?found not-?found-?page err(?:or|eur)s?-?(?:404|page)? missing gone
    unavailable invalid-?(?:url|page) no-?page nicht-?gefunden no-?encontrada? non-?trovata? fehler
""")
_FAILURE = re.compile(rf"(?:^|[/_.=-]){_FAILURES}(?:\.\w{{2,5}})?(?:[/_.&=-]|$)", re.IGNORECASE)
_SEARCH = re.compile(r"/(?:search|recherche|rechercher|suche|buscar|cerca)(?:\.\w+)?/?$", re.IGNORECASE)

_HOME = re.compile(
    r"(?:index|default|home|accueil|main|start|welcome|bienvenue)(?:\.\w{2,5})?", re.IGNORECASE
)
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?", re.IGNORECASE)
_DOCUMENTS = one_of("""
    pdf docx? xlsx? pptx? od[tsp] zip t?gz tar 7z rar png jpe?g gif webp mp[34] csv ipynb exe iso deb dmg
""")
_HTML = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_DOCUMENT = re.compile(rf"\.{_DOCUMENTS}$", re.IGNORECASE)


def says_missing(page: Page) -> bool:
    """Tell whether a page says that it is not there."""
    in_text = len(page.text) < _SHORT and vocabulary.MISSING.are_in(page.text)
    if page.is_shell:
        return in_text and not page.has_root
    return in_text or _is_headed_missing(page)


def _is_headed_missing(page: Page) -> bool:
    return any(vocabulary.MISSING.are_in(told[:300]) for told in (page.title, page.heading))


def is_sent_to_failure(visit: Visit) -> bool:
    """Tell whether redirects led to an address that says it is no page."""
    if not visit.hops:
        return False
    start, end = urlsplit(visit.start.sent), urlsplit(visit.address.sent)
    return bool(_FAILURE.search(f"{end.path}?{end.query}".replace("?", "/"))) and not _FAILURE.search(
        start.path
    )


def is_sent_to_search(visit: Visit) -> bool:
    """Tell whether redirects led from a page to the site's search."""
    start, end = urlsplit(visit.start.sent), urlsplit(visit.address.sent)
    return bool(visit.hops and _SEARCH.search(end.path)) and not _SEARCH.search(start.path)


def withholds(page: Page | None) -> bool:
    """Tell whether a page says that it is not for everybody, or not for now."""
    return (
        page is not None
        and len(page.text) < _SHORT
        and vocabulary.WITHHELD.are_in(f"{page.title}\n{page.text}")
    )


def owns_up(page: Page | None) -> bool:
    """Tell whether a page says that it is not there in so many words, and hardly anything else."""
    return page is not None and len(page.text) < _SHORT and _is_headed_missing(page)


def is_no_document(visit: Visit) -> bool:
    """Tell whether the address of a document, a PDF say, shows a page."""
    page = visit.page
    if page is None or page.is_shell or not _HTML.search(page.html[:2000]):
        return False  # a document that its server calls HTML begins otherwise
    return bool(_DOCUMENT.search(urlsplit(visit.start.sent).path))


def is_sent_home(visit: Visit) -> bool:
    """Tell whether redirects led from a page to the home page of a site."""
    if not visit.hops or (visit.address.fragment or "").startswith(("!", "/")):  # a route of an application
        return False
    start, end = _segments(urlsplit(visit.start.sent).path), _segments(urlsplit(visit.address.sent).path)
    if not end:
        return bool(start)
    same = same_site(visit.start.sent, visit.address.sent)
    return same and len(end) < len(start) and start[: len(end)] == end  # of a part of the site


def is_surely_thrown_home(visit: Visit) -> bool:
    """Tell whether a page in a folder, which no site means its home by, led to its own site's home."""
    start, end = urlsplit(visit.start.sent), urlsplit(visit.address.sent)
    if not same_site(visit.start.sent, visit.address.sent) or start.query or end.query:
        return False
    shows_itself = visit.page is not None and not visit.page.is_shell  # else a script may yet show the page
    if _segments(end.path):
        return False
    return len(_segments(start.path)) >= 2 and (visit.moved_for_good or shows_itself)


def _segments(path: str) -> list[str]:
    """Return the parts of a path that say more than "the home page, in such a language"."""
    segments = [one for one in path.split("/") if one]
    while segments and (
        _HOME.fullmatch(segments[-1]) or (len(segments) == 1 and _LANGUAGE.fullmatch(segments[0]))
    ):
        segments.pop()
    return segments


def same_site(one: str, other: str) -> bool:
    """Tell whether two addresses are of one host, `www.` aside."""
    return _bare(one) == _bare(other)


def _bare(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
