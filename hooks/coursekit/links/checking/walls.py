"""What stops a robot and lets a reader through: refusals, challenges, logins."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from coursekit.links.checking.exchange import Answer
from coursekit.links.checking.page import Page
from coursekit.links.checking.visit import Visit

# Refusals that say nothing of the page: RFC 9110, 6585, 7725; 406 as mod_security answers robots, 999 as
# LinkedIn does.
REFUSALS = (401, 402, 403, 406, 407, 429, 451, 999)

_SHORT = 3000  # characters: what a page that only challenges says is shorter

# Headers by which protections say that they, not the site, have answered.
_HEADERS = {
    "cf-mitigated": "challenge",
    "x-amzn-waf-action": "",
    "x-vercel-mitigated": "",
    "x-datadome": "",
    "x-px-blocked": "",
    "x-sucuri-block": "",
}
# Addresses of the scripts of protections.
_SCRIPTS = re.compile(
    r"/cdn-cgi/challenge-platform/h/|_cf_chl_opt|/cdn-cgi/l/chk_|captcha-delivery\.com|\.within\.website/|px-captcha|px-cdn\.net"
    r"|_Incapsula_Resource|awswaf\.com|awsWafCookieDomainList|ddos-guard|/_sec/cp_challenge|\bKPSDK\b"
    r"|id=[\"']?challenge-form|friendlycaptcha|/TSPD/|sgcaptcha|\bgo-away\b|altcha",
    re.I,
)
_WORDS = re.compile(
    r"just a moment|un instant\b|checking (?:if the site|your browser|that you)|verif(?:y|ying) (?:that )?you are"
    r"|making sure you.?re not a bot|are you (?:a )?(?:human|robot)|(?:i.?m|you.?re|you are) not a (?:robot|bot)"
    r"|unusual traffic|pardon our interruption|attention required!|enable javascript and cookies to continue"
    r"|access (?:to this page has been )?denied|accès (?:refusé|interdit)|request unsuccessful|security check"
    r"|vérification de sécurité|vous n.êtes pas un robot|êtes-vous (?:un )?(?:humain|robot)|bot detection"
    r"|ddos protection|request blocked|you have been blocked|automated (?:access|requests)"
    r"|zugriff verweigert|acceso denegado|accesso negato|human verification",
    re.I,
)
_LOGIN_PATH = re.compile(
    r"(?:^|[/_.?&=-])(?:log-?in|sign-?in|signin|sso|saml2?|oauth2?|auth|authorize|authenticate|authentification"
    r"|connexion|identification|session/new|users/sign_in|wp-login|cas|openid-connect|account/login|adfs)(?:[/_.?&=-]|$)",
    re.I,
)
_LOGIN_HOST = re.compile(
    r"^(?:login|signin|sso|idp|cas|auth|accounts?|id|identity|shibboleth|adfs|federation|keycloak|connexion)[.-]"
    r"|\.(?:auth0|okta|onelogin)\.com$",
    re.I,
)
_CONSENT = re.compile(
    r"(?:^|[/._-])(?:consent|cookie-?wall|gdpr|rgpd|privacy-gate|paywall|subscribe)(?:[/._?-]|$)", re.I
)


def is_challenge(answer: Answer, page: Page | None) -> bool:
    """Tell whether an answer, of whatever status, comes from a protection against robots."""
    for name, value in _HEADERS.items():
        if name in answer.headers and value in answer.headers[name].lower():
            return True
    if page is None or len(page.text) > _SHORT:
        return False
    titled = bool(_WORDS.search(f"{page.title} {page.heading}"))
    scripted = bool(_SCRIPTS.search(page.html))
    if answer.status in (404, 410):  # sites put the script of their protection into every page, these too
        return titled and scripted
    if answer.status >= 300:
        return scripted or titled or bool(_WORDS.search(page.text[:1000]))
    if page.heading and len(page.text) > 1000:
        return False
    said_or_empty = len(page.text) < 200 or page.is_shell or bool(_WORDS.search(page.text[:1000]))
    return titled or (scripted and said_or_empty)


def is_login(visit: Visit) -> bool:
    """Tell whether redirects led to a place where one says who one is, or agrees to something first."""
    if not visit.hops:
        return False
    start, end = urlsplit(visit.hops[0].source), urlsplit(visit.address.sent)
    if _LOGIN_PATH.search(start.path) or _LOGIN_HOST.search(start.hostname or ""):
        return False  # a link to the login itself
    if visit.page and visit.page.asks_password:
        return True
    if visit.moved_for_good:  # a page about logins may move too; one is sent to log in for the time being
        return False
    elsewhere = start.hostname != end.hostname
    if _LOGIN_PATH.search(end.path) or (elsewhere and _LOGIN_HOST.search(end.hostname or "")):
        return True
    return bool(_CONSENT.search(f"{end.hostname}{end.path}" if elsewhere else end.path))
