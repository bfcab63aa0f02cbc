"""Pages that answer 200 and are not there: soft 404s, parked domains, deep links thrown to a home page.

Suspicion comes from words and redirects; proof from a sibling, an address beside the page's that nobody has
made: a site that shows it the same thing shows it to everything.
"""

from __future__ import annotations

import difflib
import random
import re
import string
from urllib.parse import unquote, urlsplit, urlunsplit

from coursekit.links.checking.page import Page
from coursekit.links.checking.visit import Visit

_ALIKE = 0.9  # of the words of two pages, in order: what differs is the address they echo, a date, a token
_COMPARED = 400  # words
_SHORT = 1500  # characters: a page that says no more may say in its text, not its title, that it is none

_MISSING = re.compile(
    # English
    r"\b(?:page|file|url|document|article|content|resource|site|link|post|address|video|course|lesson)s?\b[^.!?]{0,60}"
    r"\b(?:not found|(?:no longer|not|n.t) (?:be )?(?:found|exists?|available|here|live)|(?:was|has been|been) (?:removed|deleted|moved|retired)"
    r"|cannot be found|can.t be found|could ?n.t be found|does ?n.t exist|is missing|is gone|unavailable)"
    r"|\bnot found\b|\b404\b|\b410\b|(?:can.?t|can ?not|could ?n.t|unable to) (?:find|locate)|no such (?:page|file)|nothing (?:was )?(?:found )?here"
    r"|page (?:missing|gone)|(?:broken|dead) link|lost\?|looks like you.re lost|does not exist|doesn.t exist|no longer (?:exists?|available)"
    r"|whoops|oops"
    # French
    r"|introuvable|page non trouvée|non trouvée?\b|n.existe (?:pas|plus)|n.(?:est|a) (?:plus|pas) (?:disponible|été trouvée?|accessible|pu être)"
    r"|n.avons (?:pas|rien) (?:pu )?trouv|a (?:été )?(?:supprimée?|déplacée?|retirée?|disparu)|a disparu|page inexistante|oups|vous êtes perdu|aucune page"
    r"|erreur 404|plus en ligne|pas trouvé|inexistant"
    # German, Spanish, Italian, Portuguese, Dutch, Catalan, Polish
    r"|nicht (?:gefunden|verfügbar|vorhanden)|existiert nicht|nicht mehr (?:verfügbar|vorhanden)"
    r"|no (?:se )?(?:ha )?(?:encontrad[oa]|encuentra|existe|está disponible)|no hemos encontrado|no encontrada"
    r"|non (?:è stata )?trovat[oa]|non esiste|non (?:è )?(?:più )?disponibile|impossibile trovare"
    r"|não (?:foi )?(?:encontrad[oa]|existe|está disponível)|niet gevonden|bestaat niet|no s.ha trobat|nie znaleziono|nie istnieje"
    r"|не найден|не существует|見つかりません|存在しません|找不到|不存在",
    re.I,
)
_MISSING_PATH = re.compile(
    r"(?:^|[/_.?=-])(?:404|410|not-?_?found|page-?not-?found|error-?404|erreur-?404|error|erreur|introuvable|missing|notfound|unavailable|no-?longer-?available)"
    r"(?:[/_.?&=-]|$)",
    re.I,
)
_PARKED_PLACE = re.compile(
    r"sedo(?:parking)?\.com|parkingcrew\.net|bodis\.com|dan\.com|afternic\.com|hugedomains\.com|parklogic\.com"
    r"|above\.com|domainmarket\.com|undeveloped\.com|sav\.com|parking\.godaddy|godaddy\.com/(?:domainfind|forsale)"
    r"|img1\.wsimg\.com/parking|parked-content|/park\.js|dsparking|voodoo\.com|skenzo|uniregistry|namebright|cashparking"
    r"|domain-?for-?sale|buy-?(?:this-?)?domain|efty\.com|park\.io|adsense/domains|domainpark|parking-lander|/lander\b",
    re.I,
)
_PARKED_WORDS = re.compile(
    r"domain (?:name )?(?:[\w.-]+ )?(?:is|may be|might be|could be) (?:parked|available|for sale)|buy this domain|is for sale"
    r"|domain for sale|parked (?:free|domain|page)|this domain (?:has )?(?:expired|is registered|is parked)|domain has expired|domaine (?:est )?(?:à vendre|parqué|expiré)"
    r"|(?:ce|le) (?:nom de )?domaine (?:[\w.-]+ )?(?:est (?:à vendre|en vente|parqué|peut-être)|a expiré|a été (?:réservé|enregistré|acheté))"
    r"|nom de domaine (?:est )?(?:à vendre|réservé|déposé)|site en construction|under construction|coming soon|domain(?:e)? en vente"
    r"|diese domain (?:steht|ist)|domain (?:steht zum verkauf|kaufen)|dominio (?:en venta|in vendita)|account (?:has been )?suspended|site (?:is )?suspended",
    re.I,
)
_DEFAULT_WORDS = re.compile(
    r"welcome to nginx|it works!|apache2? (?:\w+ )?default page|test page for the|iis windows server|default web site page"
    r"|congratulations.{0,40}(?:installed|working)|future home of|index of /$|web server.s default page",
    re.I,
)
_HOME = re.compile(r"/?(?:index|default|home|accueil|main)?(?:\.\w{2,5})?/?", re.I)
_LANGUAGE = re.compile(r"/[a-z]{2}(?:[-_][a-z]{2})?/?", re.I)


def sibling(url: str) -> str:
    """Return an address beside a URL's that nobody has made."""
    parts = urlsplit(url)
    folder = parts.path.rstrip("/").rpartition("/")[0]
    nonsense = "".join(random.choices(string.ascii_lowercase, k=16))
    name = parts.path.rstrip("/").rpartition("/")[2]
    suffix = match[0] if (match := re.search(r"\.\w{1,5}$", name)) else ""
    slash = "/" if parts.path.endswith("/") and len(parts.path) > 1 else ""
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/{nonsense}{suffix}{slash}", "", ""))


def says_missing(page: Page) -> bool:
    """Tell whether a page says that it is not there."""
    if _MISSING.search(page.title) or _MISSING.search(page.heading):
        return True
    return len(page.text) < _SHORT and bool(_MISSING.search(page.text))


def looks_parked(visit: Visit) -> bool:
    """Tell whether a page looks like what dealers in names show on those they hold."""
    ends = urlsplit(visit.address.sent)
    if visit.hops and _PARKED_PLACE.search(f"{ends.hostname}{ends.path}"):
        return True
    page = visit.page
    if page is None:
        return False
    if len(page.text) < _SHORT and _PARKED_WORDS.search(f"{page.title} {page.text}"):
        return True
    return len(page.text) < _SHORT and bool(_PARKED_PLACE.search(page.html[:200_000]))


def looks_empty_host(visit: Visit) -> bool:
    """Tell whether a deep address shows what a web server shows before anybody has put a site there."""
    page = visit.page
    return bool(page and len(page.text) < 5000 and _DEFAULT_WORDS.search(f"{page.title} {page.text[:1000]}"))


def is_sent_to_failure(visit: Visit) -> bool:
    """Tell whether redirects led to an address that says it is no page."""
    if not visit.hops:
        return False
    start, end = urlsplit(visit.hops[0].source), urlsplit(visit.address.sent)
    return bool(_MISSING_PATH.search(f"{end.path}?{end.query}")) and not _MISSING_PATH.search(start.path)


def is_sent_home(visit: Visit) -> bool:
    """Tell whether redirects led from a page to the home page of a site."""
    if not visit.hops:
        return False
    start, end = urlsplit(visit.hops[0].source), urlsplit(visit.address.sent)
    at_home = _HOME.fullmatch(end.path) or _LANGUAGE.fullmatch(end.path)
    was_home = _HOME.fullmatch(start.path) or _LANGUAGE.fullmatch(start.path)
    return bool(at_home) and not was_home and not start.query


def is_deep(url: str) -> bool:
    """Tell whether an address is of a page in a folder, which no site means its home by."""
    segments = [one for one in urlsplit(url).path.split("/") if one]
    while segments and (_HOME.fullmatch(segments[-1]) or _LANGUAGE.fullmatch(f"/{segments[-1]}")):
        segments.pop()
    return len(segments) >= 2


def same_site(one: str, other: str) -> bool:
    """Tell whether two addresses are of one host, `www.` aside."""
    return _bare(one) == _bare(other)


def _bare(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def alike(one: Visit, other: Visit) -> bool:
    """Tell whether two addresses of a site show the same, but for what they echo of themselves."""
    if one.page is None or other.page is None:
        return one.page is other.page
    echoed = _echoed(one) | _echoed(other)
    first, second = _words(one.page, echoed), _words(other.page, echoed)
    if first == second:
        return True
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE


def _echoed(visit: Visit) -> set[str]:
    """Return the words of the addresses that a page may repeat."""
    urls = [visit.address.sent, *(hop.source for hop in visit.hops)]
    return {word for url in urls for word in re.findall(r"\w+", unquote(urlsplit(url).path).lower())}


def _words(page: Page, echoed: set[str]) -> list[str]:
    """Return the first words that a page shows, without those that it repeats."""
    said = f"{page.title} {page.text[:8000]}".lower()
    return [word for word in re.findall(r"\w+", said) if word not in echoed and not word.isdigit()][
        :_COMPARED
    ]
