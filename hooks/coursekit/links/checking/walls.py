"""What stops a robot and lets a reader through: refusals, challenges, logins."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from coursekit.links.checking import vocabulary
from coursekit.links.checking.exchange import Answer
from coursekit.links.checking.page import Page
from coursekit.links.checking.visit import Visit
from coursekit.links.checking.vocabulary import one_of

# Refusals that say nothing of the page: RFC 9110, 6585, 7725; 406 as mod_security answers robots, 420 and 430
# as shops do for 429, 440 for a session that ended, 496 for a certificate that readers may have, 511 as the
# portals of hotels do, 999 as LinkedIn does.
REFUSALS = (401, 402, 403, 406, 407, 420, 429, 430, 440, 451, 496, 511, 999)

GONE = (404, 410)  # what protections never answer with, though their scripts may be on such pages
_SHORT = 3000  # characters: what a page that only challenges says is shorter
_BRIEF = 700  # characters: what a challenge that answers 200 says is shorter

# Headers by which protections say that they, not the site, have answered; what they then hold.
_HEADERS = {
    "cf-mitigated": ("challenge",),
    "x-amzn-waf-action": ("challenge", "captcha"),
    "x-vercel-mitigated": ("challenge", "deny"),
    "x-sucuri-block": ("",),
    "x-px-blocked": ("1",),
}
# Scripts and forms of protections.
_SCRIPTS = re.compile(
    one_of(r"""
    /cdn-cgi/challenge-platform/(?!scripts/jsd) /cdn-cgi/l/chk_ id=["']?challenge-form _cf_chl_opt
    captcha-delivery\.com window\._px\w*\s*= px-captcha px-cdn\.net _Incapsula_Resource awswaf\.com
    gokuProps ddos-guard/ /_sec/cp_challenge \bKPSDK\b /TSPD/ sgcaptcha /\.within\.website/
    anubis_challenge \bgo-away\b \bbm-verify\b altcha-widget frc-captcha /_fs-ch- /__challenge _vcrcs
    """),  # of Cloudflare's, `jsd` is on every page it serves
    re.IGNORECASE,
)
_CAPTCHA = re.compile(
    r"\b(?:g-recaptcha|h-captcha|cf-turnstile|mtcaptcha)\b|[/_.-]captcha|captcha[/_.-]", re.IGNORECASE
)

_LOGINS = one_of(r"""
    log-?in log-?on sign-?in sso saml2? oauth2? openid(?:-connect)? auth authorize authenticate
    authenticat(?:ion|or) authentification connexion se-connecter identification sessions?/new adfs cas
    wayf shibboleth(?:\.sso)? mon-?compte anmelden inloggen iniciar-?sesion
""")
_LOGIN_PATH = re.compile(rf"(?:^|[/_.-]){_LOGINS}(?:[/_.-]|$)", re.IGNORECASE)
_LOGIN_HOSTS = one_of("""
    log-?in signin sso idp cas auth accounts? identity shibboleth adfs federation wayf keycloak connexion
""")
_LOGIN_HOST = re.compile(
    rf"^(?:[\w-]+-)?{_LOGIN_HOSTS}\d?[.-]|^id\.|\.(?:auth0|okta|onelogin|b2clogin|microsoftonline)\.com$",
    re.IGNORECASE,
)
# Gates of consent, age, subscription.
_GATES = one_of("""
    consent cookie-?(?:wall|consent) gdpr rgpd privacy-?gate paywall subscribe subscription abonnement
    age-?(?:gate|check|verification) captcha challenge interstitial validate(?:-?perfdrive)? splash
    captive
""")
_GATE = re.compile(rf"(?:^|[/._-]){_GATES}(?:[/._?-]|$)", re.IGNORECASE)
# Parameters that say where to go back to, once one has logged in or agreed, in small letters.
_RETURN = re.compile(
    one_of("""
    next return returnto returnurl returnpath redirect redirecturi redirecturl redirectto continue goto
    dest destination target service relaystate samlrequest camefrom retour back backurl forward follow ru
    rurl origurl originalurl
    """)
)


def is_challenge(answer: Answer, page: Page | None) -> bool:
    """Tell whether an answer, of whatever status, comes from a protection against robots."""
    for name, values in _HEADERS.items():
        told = answer.headers.get(name)
        if told is not None and any(value in told.lower() for value in values):
            return True
    if page is None or answer.status in GONE or len(page.text) > _SHORT:
        return False
    titled = any(vocabulary.CHALLENGE_TITLE.are_in(told) for told in (page.title, page.heading))
    scripted = bool(_SCRIPTS.search(page.html[:200_000]))
    if answer.status >= 400:
        return titled or scripted or vocabulary.CHALLENGE.are_in(page.text[:1000])
    if len(page.text) > _BRIEF or not (scripted or page.has_script or _CAPTCHA.search(page.html[:200_000])):
        return False  # a page may load such a script, or tell of such things, and show all it has to show
    return titled or (scripted and _asks_for_person(page)) or _is_captcha(page)


def _asks_for_person(page: Page) -> bool:
    return page.is_shell or len(page.text) < 200 or vocabulary.CHALLENGE.are_in(page.text)


def _is_captcha(page: Page) -> bool:
    return vocabulary.CHALLENGE.are_in(page.text) and bool(_CAPTCHA.search(page.html[:200_000]))


def is_login(visit: Visit) -> bool:
    """Tell whether an address leads to a place where one says who one is, or agrees to something first."""
    start, end = urlsplit(visit.start.sent), urlsplit(visit.address.sent)
    if _is_gate(start) or start.path in ("", "/"):
        return False  # a link to the login itself, or to an application, as its author meant it
    page = visit.page
    shows_form = bool(page and page.asks_password)
    if not visit.hops:
        titled = any(vocabulary.LOGIN.are_in(told) for told in (page.title, page.heading)) if page else False
        return shows_form and titled and bool(page and len(page.text) < _SHORT / 2)
    if shows_form:
        return True
    if _would_go_back(start, end):
        return _names(start) != _names(end)
    if visit.moved_for_good:  # a page about logins may move; one is sent to log in for the time being
        return False
    says_much = page is not None and len(page.text) > _SHORT
    return _is_gate(end) and not says_much and _names(start) != _names(end)


def is_detour(visit: Visit) -> bool:
    """Tell whether redirects lead, for the time being, to an address that holds all of the link's own."""
    if visit.moved_for_good:
        return False
    start, end = urlsplit(visit.start.sent), urlsplit(visit.address.sent)
    wanted = unquote(f"{start.netloc}{start.path}")
    return any(wanted in unquote(value) for _, value in parse_qsl(end.query)[:50])


def _is_gate(place: SplitResult) -> bool:
    host = place.hostname or ""
    return any(
        (
            _LOGIN_HOST.search(host),
            _GATE.search(host),
            _LOGIN_PATH.search(place.path),
            _GATE.search(place.path),
        )
    )


def _names(place: SplitResult) -> str:
    """Return the last part of a path: a page that keeps its own has moved, and is no gate."""
    return place.path.rstrip("/").rpartition("/")[2]


def _would_go_back(start: SplitResult, end: SplitResult) -> bool:
    """Tell whether an address takes along where one came from, in a parameter that is made for it."""
    wanted = unquote(start.path)
    return len(wanted) > 1 and any(
        _RETURN.fullmatch(re.sub(r"[^a-z]", "", name.lower())) and wanted in unquote(value)
        for name, value in parse_qsl(end.query)[:50]
    )
