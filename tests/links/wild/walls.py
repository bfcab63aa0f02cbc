"""Protections against robots, logins and consents, and healthy pages that look like them."""

from __future__ import annotations

from urllib.parse import quote

from tests.links.web import Reply, html, sent
from tests.links.wild.case import HERE, MISSING, Answer, alive, dead, everywhere, here, site, unsure, words

_CAS = "http://cas.ecole.example"
_IDP = "http://idp.ecole.example"
_QUEUE = "http://ecole.queue-it.example"
_COURSES = "http://cours.ecole.example"
_FORM = "<form method=post action=/entrer><input name=nom><input type=password name=mdp><button>Entrer</button></form>"
_LOGIN = html("Connexion", _FORM)


def _logs_in(target: str, page: str = "", status: int = 302) -> Answer:
    """Send every path to a login on the same host."""
    return lambda asked: _LOGIN if asked.path.startswith(page or target) else sent(target, status)


WALLS = [
    unsure(
        "Cloudflare: attention required",
        everywhere(
            html(
                "Attention Required! | Cloudflare",
                "<p>Sorry, you have been blocked. Error 1020</p>",
                status=403,
                Server="cloudflare",
            )
        ),
    ),
    unsure(
        "Cloudflare: a challenge with 200",
        everywhere(
            html(
                "Just a moment...",
                "<script>window._cf_chl_opt={cType:'managed'}</script><noscript>Enable JavaScript and cookies to continue</noscript>",
                Server="cloudflare",
                CF_Mitigated="challenge",
            )
        ),
    ),
    unsure(
        "Cloudflare: a challenge with 429",
        everywhere(
            html(
                "Un instant…",
                "<script src=/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1></script>",
                status=429,
                Server="cloudflare",
            )
        ),
    ),
    unsure(
        "Anubis",
        everywhere(
            html(
                "Making sure you're not a bot!",
                "<script type=module src=/.within.website/x/cmd/anubis/static/js/main.mjs></script>"
                "<p>Protected by Anubis from Techaro</p>",
            )
        ),
    ),
    unsure(
        "DataDome",
        everywhere(
            html(
                "ecole.example",
                "<p>Please enable JS and disable any ad blocker</p>"
                "<script src=https://ct.captcha-delivery.com/c.js></script>",
                status=403,
                X_DataDome="protected",
            )
        ),
    ),
    unsure(
        "PerimeterX",
        everywhere(
            html(
                "Access to this page has been denied",
                "<script>window._pxAppId='PXabc'</script><div id=px-captcha></div>",
                status=403,
            )
        ),
    ),
    unsure("AWS: a challenge with 202", everywhere(Reply(202, b"", (("x-amzn-waf-action", "challenge"),)))),
    unsure(
        "AWS: a captcha with 405",
        everywhere(
            html(
                "Human Verification",
                "<script src=captcha.js></script>",
                status=405,
                X_Amzn_Waf_Action="captcha",
            )
        ),
    ),
    unsure(
        "Imperva with 200",
        everywhere(
            Reply(
                200,
                b"<html><head><META NAME=robots CONTENT=noindex></head><body>"
                b"<iframe id=main-iframe src='/_Incapsula_Resource?CWUDNSAI=9&incident_id=44-1'>Request unsuccessful. "
                b"Incapsula incident ID: 44-1</iframe></body></html>",
                (("Content-Type", "text/html"),),
            )
        ),
    ),
    unsure(
        "Akamai",
        everywhere(
            html(
                "Access Denied",
                "You don't have permission to access this server. "
                "Reference #18.2d3e1502 https://errors.edgesuite.net/18.2d",
                status=403,
                Server="AkamaiGHost",
            )
        ),
    ),
    unsure(
        "F5 with 200",
        everywhere(
            html(
                "Request Rejected",
                "The requested URL was rejected. Please consult with "
                "your administrator.<br>Your support ID is: 1234567890",
            )
        ),
        missed="words of few of the protections that answer 200 are known",
    ),
    unsure(
        "Vercel", everywhere(html("Vercel Security Checkpoint", "We're verifying your browser", status=429))
    ),
    unsure("Sucuri", everywhere(html("Sucuri WebSite Firewall - Access Denied", status=403))),
    unsure(
        "DDoS-Guard",
        everywhere(
            html("DDoS-Guard", "Checking your browser before accessing", status=403, Server="ddos-guard")
        ),
    ),
    unsure(
        "a shop's robot check with 200",
        everywhere(
            html(
                "Robot Check",
                "<p>Enter the characters you see below</p>"
                "<form action=/errors/validateCaptcha><img src=c.jpg></form>",
            )
        ),
        missed="words of few of the protections that answer 200 are known",
    ),
    unsure(
        "a search engine's",
        lambda asked: (
            html("", "Our systems have detected unusual traffic", status=429)
            if asked.path.startswith("/sorry/")
            else sent("/sorry/index?continue=x", 302)
        ),
        "/search?q=docker",
    ),
    unsure("a social network's 999", everywhere(Reply(999, b"<script>window.onload=function(){}</script>"))),
    unsure(
        "one that asks for JavaScript, for every path",
        everywhere(
            html(
                "",
                "<noscript>You need to enable "
                "JavaScript to run this app.</noscript><div id=root></div><script src=/static/js/main.9d8.js></script>",
            )
        ),
        verdicts="blocked ok",
    ),
]

LOGINS = [
    unsure(
        "CAS",
        lambda asked: sent(f"{_CAS}/cas/login?service=http%3A%2F%2Fcours.ecole.example", 302),
        _COURSES + HERE,
        others={_CAS: everywhere(html("CAS – Service central d'authentification", _FORM))},
    ),
    unsure(
        "SAML",
        lambda asked: sent(f"{_IDP}/idp/profile/SAML2/Redirect/SSO?SAMLRequest=fZJ&RelayState=x", 302),
        _COURSES + HERE,
        others={_IDP: everywhere(html("Fédération d'identité", _FORM))},
    ),
    unsure(
        "SAML that wants a browser",
        lambda asked: sent(f"{_IDP}/idp/profile/SAML2/Redirect/SSO?SAMLRequest=f", 302),
        _COURSES + HERE,
        others={
            _IDP: everywhere(
                html(
                    "Stale Request",
                    "You may be seeing this page because you "
                    "used the Back button while browsing a secure web site.",
                    status=400,
                )
            )
        },
    ),
    unsure(
        "OAuth, drawn by a script",
        lambda asked: sent(
            "http://login.microsoftonline.example/common/oauth2/v2.0/authorize?client_id=1&redirect_uri=x",
            302,
        ),
        _COURSES + HERE,
        others={
            "http://login.microsoftonline.example": everywhere(
                html("Sign in to your account", "<script>$Config={}</script>")
            )
        },
    ),
    unsure("Moodle", _logs_in("/login/index.php"), "/mod/resource/view.php?id=42"),
    unsure("GitLab", _logs_in("/users/sign_in"), "/groupe/projet/-/blob/main/tp.md"),
    unsure("WordPress", _logs_in("/wp-login.php?redirect_to=%2Fcours", "/wp-login.php"), "/cours/prive/"),
    unsure("a login for good", _logs_in("/connexion?retour=/cours", "/connexion", 301)),
    unsure(
        "a forum's way in",
        lambda asked: (
            _LOGIN
            if "/auth" in asked.path
            else sent("/auth/oidc", 302)
            if asked.path == "/login"
            else sent("/login", 302)
        ),
        "/t/docker/12",
    ),
    unsure(
        "members only, with 200",
        everywhere(
            html("Accès réservé", "<p>Cette page est réservée aux membres. Identifiez-vous.</p>" + _FORM)
        ),
        verdicts="blocked ok",
    ),
    unsure(
        "access denied, with 200",
        lambda asked: (
            MISSING
            if asked.path != HERE
            else html("Accès refusé", "<p>Vous n'avez pas les droits pour voir cette page.</p>")
        ),
        verdicts="blocked ok",
    ),
    unsure(
        "a consent elsewhere",
        lambda asked: sent("http://consent.moteur.example/m?continue=x&gl=FR", 302),
        "http://video.moteur.example/watch?v=dQw4w9WgXcQ",
        others={
            "http://consent.moteur.example": everywhere(
                html("Avant de continuer", "<form><button>Tout accepter</button></form>")
            )
        },
        verdicts="blocked ok",
    ),
]

LOOK_ALIKES = [
    alive("a login in the header", here(html("TP Docker", "<header>" + _FORM + "</header>" + words()))),
    alive("a small page with a login in its menu", here(html("TP Docker", _FORM + words(2)))),
    alive(
        "Imperva's script in a healthy page",
        here(html("TP Docker", words(), head="<script src=/_Incapsula_Resource?SWJIYLWA=719d34></script>")),
    ),
    alive(
        "Cloudflare's script in a healthy page",
        here(
            html(
                "TP Docker",
                words(),
                head="<script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js></script>",
                Server="cloudflare",
            )
        ),
    ),
    alive(
        "a captcha for its form",
        here(
            html(
                "Nous écrire",
                words(2)
                + "<form><div class=g-recaptcha></div><script src=https://www.google.com/recaptcha/api.js></script></form>",
            )
        ),
    ),
    alive(
        "a lesson about protections",
        here(
            html(
                "Just a moment... : comment marche Cloudflare",
                "<p>« Checking your browser before accessing », « Making sure you're not a bot! » : pourquoi ?</p>"
                + words(),
            )
        ),
    ),
    alive("a lesson about 403", here(html("Access denied : comprendre l'erreur 403", words()))),
    alive(
        "a lesson about logins",
        site({"/login-linux.html": html("La commande login", words())}),
        "/login-linux.html",
    ),
    alive(
        "a page to sign up for a course",
        site(
            {
                "/inscription": html(
                    "Inscription au cours", words(3) + "<form><input type=email name=m></form>"
                )
            }
        ),
        "/inscription",
    ),
    dead("a login page that is gone", everywhere(html("Connexion impossible", _FORM, status=404)), "/login"),
]

MORE = [
    unsure("a login page at every address", everywhere(html("Se connecter", _FORM)), verdicts="blocked ok"),
    unsure("a school's portal, sent for good", _logs_in("/ENT/login?callback=x", "/ENT/login", 301)),
    unsure(
        "Keycloak", _logs_in("/auth/realms/ecole/protocol/openid-connect/auth?client_id=x", "/auth/realms/")
    ),
    unsure(
        "Azure's gateway",
        everywhere(html("Microsoft-Azure-Application-Gateway/v2", "<h1>403 Forbidden</h1>", status=403)),
    ),
    unsure(
        "403 to who is no reader, then 200 by cookie",
        lambda asked: html("Robot ?", status=403, Set_Cookie="h=1; Path=/"),
    ),
    unsure(
        "a queue before the door",
        lambda asked: sent(f"{_QUEUE}/?c=ecole&e=tp&t={quote(_COURSES + asked.path, '')}", 302),
        _COURSES + HERE,
        others={_QUEUE: everywhere(html("Queue-it", "<p>Vous êtes en file d'attente, patientez.</p>"))},
        verdicts="blocked ok",
    ),
    unsure(
        "a wall of cookies for good",
        lambda asked: (
            html("Nous respectons votre vie privée", "<button>Accepter</button>")
            if asked.path.startswith("/consent")
            else sent("/consent?return=/cours", 301)
        ),
        verdicts="blocked ok redirected",
    ),
    alive(
        "a lesson: the login form",
        here(
            html(
                "TP : un formulaire de connexion en PHP",
                "<pre>" + _FORM.replace("<", "&lt;") + "</pre>" + words(9),
            )
        ),
    ),
    alive(
        "a lesson sent to its new place below /login",
        site(
            {
                HERE: sent("/guides/login-nodes"),
                "/guides/login-nodes": html("Les nœuds de connexion", words(9)),
            }
        ),
        verdicts="redirected",
        suggestion="/guides/login-nodes",
    ),
]

CASES = WALLS + LOGINS + LOOK_ALIKES + MORE
