"""What hosts show that have no site: parked names, and web servers that nobody has set up."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from coursekit.links.checking import vocabulary
from coursekit.links.checking.visit import Visit
from coursekit.links.checking.vocabulary import one_of

_SHORT = 1500  # characters: what such pages say is shorter
_MOST_READ = 200_000  # characters of HTML in which a dealer's script is looked for

# Dealers in names, who hold those that nobody renewed, and what their pages load.
_DEALERS = one_of(r"""
    sedo sedoparking parkingcrew bodis dan afternic hugedomains parklogic above domainmarket undeveloped
    dynadot skenzo uniregistry namebright cashparking efty park squadhelp atom buydomains brandbucket sav
    parked voodoo fabulous spaceship registrar-servers
    parking\.(?:godaddy|namecheap|ovh|gandi|ionos|hostinger)
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


def looks_parked(visit: Visit) -> bool:
    """Tell whether a page looks like what dealers in names show on those they hold."""
    start, end = urlsplit(visit.start.sent), urlsplit(visit.address.sent)
    if visit.hops and not _is_of_dealer(start) and _is_of_dealer(end):
        return True
    page = visit.page
    if page is None or len(page.text) >= _SHORT:
        return False
    return bool(
        vocabulary.PARKED.are_in(f"{page.title}\n{page.text}") or _DEALER_LINK.search(page.html[:_MOST_READ])
    )


def _is_of_dealer(place: SplitResult) -> bool:
    return bool(_DEALER_HOST.fullmatch(place.hostname or "") or _SALE.search(f"{place.path}?{place.query}"))


def looks_empty_host(visit: Visit) -> bool:
    """Tell whether a deep address shows what a web server shows before anybody has put a site there."""
    page = visit.page
    if page is None or urlsplit(visit.start.sent).path in ("", "/") or len(page.text) > 5000:
        return False
    return vocabulary.DEFAULT_PAGE.are_in(f"{page.title}\n{page.heading}\n{page.text[:_SHORT]}")
