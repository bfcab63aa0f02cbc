"""Pages that answer 200 and are not there: soft 404s, parked domains, deep links thrown to a home page.

Suspicion comes from words and redirects; proof from a sibling, an address beside the page's that nobody has
made: a site that shows it the same thing shows it to everything.
"""

from __future__ import annotations

import difflib
import random
import re
import string
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from coursekit.links.checking import vocabulary
from coursekit.links.checking.page import Page
from coursekit.links.checking.visit import Visit
from coursekit.links.checking.vocabulary import one_of

_ALIKE = 0.9  # of the words of two pages, in order: what differs is the address they echo, a date, a token
_COMPARED = 400  # words
_SHORT = 1500  # characters: a page that says no more may say in its text, not its title, that it is none

_FAILURES = one_of("""
    404 410 page-?404 page-?introuvable page-?non-?trouvee page-?inexistante page-?missing introuvable
    inexistant
    not-?found page-?not-?found not-?found-?page err(?:or|eur)s?-?(?:404|page)? missing gone unavailable
    invalid-?(?:url|page) no-?page nicht-?gefunden no-?encontrada? non-?trovata? fehler
""")
_FAILURE = re.compile(rf"(?:^|[/_.=-]){_FAILURES}(?:\.\w{{2,5}})?(?:[/_.&=-]|$)", re.IGNORECASE)
_SEARCH = re.compile(r"/(?:search|recherche|rechercher|suche|buscar|cerca)(?:\.\w+)?/?$", re.IGNORECASE)

# Dealers in names, who hold those that nobody renewed, and what their pages load.
_DEALERS = one_of(r"""
    sedo sedoparking parkingcrew bodis dan afternic hugedomains parklogic above domainmarket undeveloped
    dynadot
    skenzo uniregistry namebright cashparking efty park squadhelp atom buydomains brandbucket sav parked
    voodoo
    fabulous spaceship registrar-servers parking\.(?:godaddy|namecheap|ovh|gandi|ionos|hostinger)
""")
_DEALER_HOST = re.compile(rf"(?:[\w-]+\.)*{_DEALERS}\.(?:com|net|io|domains)", re.IGNORECASE)
_DEALER_LINK = re.compile(
    rf"//{_DEALER_HOST.pattern}[/:\"'?]|//img1\.wsimg\.com/parking|adsense/domains/caf\.js|dns-parking|parking-lander"
    r"|//(?:[\w-]+\.)*parking(?:page)?\.[\w.-]+/|location(?:\.href)?\s*=\s*[\"']/lander",
    re.IGNORECASE,
)
_SALE = re.compile(
    r"for-?sale|buy-?(?:this-?)?domain|domain_profile|suspendedpage|/parking|defaultwebpage|domain-?(?:expired|parked)",
    re.IGNORECASE,
)

_HOME = re.compile(
    r"(?:index|default|home|accueil|main|start|welcome|bienvenue)(?:\.\w{2,5})?", re.IGNORECASE
)
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?", re.IGNORECASE)
_DOCUMENTS = one_of("""
    pdf docx? xlsx? pptx? od[tsp] zip t?gz tar 7z rar png jpe?g gif webp mp[34] csv ipynb exe iso deb dmg
""")
_DOCUMENT = re.compile(rf"\.{_DOCUMENTS}$", re.IGNORECASE)
# Parameters that name the thing a page shows, rather than how it is shown.
_IDENTIFIERS = one_of(r"""
    \w*id p page article\w* art doc\w* num no nr ref item post news view file fichier cours titre title
    name nom
    slug key code v url path
""")
_IDENTIFIER = re.compile(_IDENTIFIERS, re.IGNORECASE)


def sibling(url: str) -> str:
    """Return an address beside a URL's that nobody has made."""
    parts = urlsplit(url)
    folder, _, name = parts.path.rstrip("/").rpartition("/")
    suffix = match[0] if (match := re.search(r"\.[a-z]\w{0,4}$", name, re.IGNORECASE)) else ""
    slash = "/" if parts.path.endswith("/") and name else ""
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/{_nonsense()}{suffix}{slash}", "", ""))


def sibling_by_query(url: str) -> str | None:
    """Return the address of another thing that a URL's page would show; None when its query names none."""
    parts = urlsplit(url)
    fields = parse_qsl(parts.query, keep_blank_values=True)[:20]
    if not any(_IDENTIFIER.fullmatch(name) for name, _ in fields):
        return None
    asked = [(name, _other(value) if _IDENTIFIER.fullmatch(name) else value) for name, value in fields]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(asked), ""))


def _other(value: str) -> str:
    return f"9{random.randrange(10**8):08}" if value.isdigit() else _nonsense()


def _nonsense() -> str:
    return "".join(random.choices(string.ascii_lowercase, k=16))


def says_missing(page: Page) -> bool:
    """Tell whether a page says that it is not there."""
    in_text = len(page.text) < _SHORT and bool(vocabulary.MISSING.search(page.text))
    if page.is_shell:
        return in_text and not page.has_root
    return in_text or _is_headed_missing(page)


def _is_headed_missing(page: Page) -> bool:
    return any(vocabulary.MISSING.search(told[:300]) for told in (page.title, page.heading))


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


def owns_up(page: Page | None) -> bool:
    """Tell whether a page says that it is not there in so many words, and hardly anything else."""
    return page is not None and len(page.text) < _SHORT and _is_headed_missing(page)


def looks_parked(visit: Visit) -> bool:
    """Tell whether a page looks like what dealers in names show on those they hold."""
    start, end = urlsplit(visit.start.sent), urlsplit(visit.address.sent)
    if visit.hops and not _is_of_dealer(start) and _is_of_dealer(end):
        return True
    page = visit.page
    if page is None or len(page.text) >= _SHORT:
        return False
    return bool(
        vocabulary.PARKED.search(f"{page.title}\n{page.text}") or _DEALER_LINK.search(page.html[:200_000])
    )


def _is_of_dealer(place: SplitResult) -> bool:
    return bool(_DEALER_HOST.fullmatch(place.hostname or "") or _SALE.search(f"{place.path}?{place.query}"))


def looks_empty_host(visit: Visit) -> bool:
    """Tell whether a deep address shows what a web server shows before anybody has put a site there."""
    page = visit.page
    if page is None or urlsplit(visit.start.sent).path in ("", "/") or len(page.text) > 5000:
        return False
    return bool(vocabulary.DEFAULT_PAGE.search(f"{page.title}\n{page.heading}\n{page.text[:_SHORT]}"))


def is_no_document(visit: Visit) -> bool:
    """Tell whether the address of a document, a PDF say, shows a page."""
    page = visit.page
    return page is not None and not page.is_shell and bool(_DOCUMENT.search(urlsplit(visit.start.sent).path))


def is_sent_home(visit: Visit) -> bool:
    """Tell whether redirects led from a page to the home page of a site."""
    if not visit.hops or (visit.address.fragment or "").startswith(("!", "/")):  # a route of an application
        return False
    end = urlsplit(visit.address.sent)
    return not _segments(end.path) and bool(_segments(urlsplit(visit.start.sent).path))


def is_surely_thrown_home(visit: Visit) -> bool:
    """Tell whether a page in a folder, which no site means its home by, led to its own site's home."""
    start, end = urlsplit(visit.start.sent), urlsplit(visit.address.sent)
    if not same_site(visit.start.sent, visit.address.sent) or start.query or end.query:
        return False
    shows_itself = visit.page is not None and not visit.page.is_shell  # else a script may yet show the page
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


def alike(one: Visit, other: Visit) -> bool:
    """Tell whether two addresses of a site show the same, but for what they echo of themselves."""
    if one.page is None or other.page is None:
        return False
    echoed = _echoed(one) | _echoed(other)
    first, second = _words(one.page, echoed), _words(other.page, echoed)
    if first == second:
        return True
    if difflib.SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE:
        return True
    shorter, longer = sorted((len(first), len(second)))
    return 2 * shorter >= longer and _says_the_same(one.page, other.page, echoed)


def _says_the_same(one: Page, other: Page, echoed: set[str]) -> bool:
    """Tell whether two pages say under one title that they are not there: below, they may list others."""
    heads = [(_told(page.title, echoed), _told(page.heading, echoed)) for page in (one, other)]
    return heads[0] == heads[1] and any(heads[0]) and owns_up(one) and owns_up(other)


def _echoed(visit: Visit) -> set[str]:
    """Return the words of the addresses that a page may repeat."""
    urls = [visit.start.sent, visit.address.sent, *(hop.source for hop in visit.hops)]
    parts = [urlsplit(url) for url in urls]
    return {word for part in parts for word in _WORD.findall(unquote(f"{part.path} {part.query}").lower())}


_WORD = re.compile(r"[^\W_]+")


def _words(page: Page, echoed: set[str]) -> list[str]:
    """Return the first words that a page shows, without those that it repeats."""
    return _told(f"{page.title} {page.text}", echoed)[:_COMPARED]


def _told(text: str, echoed: set[str]) -> list[str]:
    return [word for word in _WORD.findall(text.lower()) if word not in echoed and not _is_token(word)]


def _is_token(word: str) -> bool:
    """Tell whether a word is a number or the name of an incident, other each time."""
    return any(character.isdigit() for character in word)
