"""The faults of the web, each on a host of its own: what a server does, and what is true of the link.

What a reader would get is told, and « cassé » is never a guess. Statuses are RFC 9110's; the marks of
protections are those of their own pages.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from tests.links.web import Asked, Reply, html, sent

Answer = Callable[[Asked], Reply]


@dataclass(frozen=True, slots=True)
class Case:
    """One link."""

    label: str
    verdicts: tuple[str, ...]  # those that are right
    answer: Answer
    path: str = "/cours/page"
    suggestion: str | None = None  # path on the same host
    host: str | None = None  # instead of a host of the web's: nobody answers there


CASES: list[Case] = []


LONG = "<p>" + "Un paragraphe du cours, avec ce qu'il faut de mots pour en être un. " * 40 + "</p>"
GOOD = html("Travaux pratiques", LONG)
NONE = html("404", "<p>Rien ici.</p>", status=404)


def only(path: str, reply: Reply, otherwise: Reply = NONE) -> Answer:
    """Answer one path, and all others otherwise."""
    return lambda asked: reply if asked.path.partition("?")[0] == path else otherwise


def always(reply: Reply) -> Answer:
    """Answer every path the same."""
    return lambda asked: reply


def in_turn(*replies: Reply, path: str = "/cours/page") -> Answer:
    """Answer a path by one reply after another, the last one for ever."""
    return lambda asked: replies[min(asked.times, len(replies)) - 1] if asked.path == path else NONE


def case(label: str, verdicts: str, answer: Answer, path: str = "/cours/page", **more: str) -> None:
    """Add a case."""
    CASES.append(Case(label, tuple(verdicts.split()), answer, path, **more))


PAGE = "/cours/page"

# -- statuses
for status in (400, 404, 405, 409, 410, 414, 416, 422, 423, 424, 431):
    case(f"status {status}", "broken", always(html("Erreur", status=status)))
for status in (500, 501, 502, 504, 505, 507, 508, 520, 522, 525, 530):
    case(f"status {status} for ever", "broken", always(html("Erreur", status=status)))
for status in (401, 402, 403, 406, 407, 429, 451, 999):
    case(f"status {status}", "blocked", always(html("Non", status=status)))
for status in (200, 201, 202, 203, 206):
    case(f"status {status}", "ok", only(PAGE, Reply(status, GOOD.body, GOOD.headers)))
case("204, nothing to show", "ok", only(PAGE, Reply(204)))
case("a helpful 404", "broken", always(html("Oups", LONG + "<form>Chercher</form>", status=404)))
case("404 with a home page's look", "broken", always(html("Bienvenue", LONG, status=404)))
case("503 without a word", "broken", always(html("Service indisponible", status=503)))
case("503, back in an hour", "blocked", always(html("Maintenance", status=503, Retry_After="3600")))

# -- redirects
case(
    "301 with a relative target",
    "redirected",
    only(PAGE, sent("autre"), GOOD),
    suggestion="/cours/autre",
)
case("301 to ../", "redirected", only(PAGE, sent("../tp/autre"), GOOD), suggestion="/tp/autre")
case(
    "308, then 301",
    "redirected",
    lambda a: {PAGE: sent("/b", 308), "/b": sent("/c/d")}.get(a.path, GOOD),
    suggestion="/c/d",
)
case("trailing slash", "redirected ok", only(PAGE, sent(PAGE + "/"), GOOD), suggestion=PAGE + "/")
case(
    "301 with a space",
    "redirected",
    only(PAGE, sent("/un deux"), only("/un%20deux", GOOD)(Asked("/un%20deux", {}, 1))),
    suggestion="/un%20deux",
)
case("302 for a language", "ok redirected", only("/", sent("/fr/", 302), GOOD), "/")
case("302 to a session", "ok", lambda a: sent(f"{PAGE}?sid=42", 302) if a.path == PAGE else GOOD)
case("303", "ok", only(PAGE, sent("/resultat", 303), GOOD))
case("307 round and round", "broken", lambda a: sent("/b", 307) if a.path == PAGE else sent(PAGE, 307))
case("to itself", "broken", always(sent(PAGE)))
case(
    "25 hops",
    "broken",
    lambda a: sent(f"/h{int(a.path[2:] or 0) + 1 if a.path.startswith('/h') else 1}"),
)
case(
    "15 hops",
    "redirected",
    lambda a: (
        GOOD if a.path == "/h15" else sent(f"/h{int(a.path[2:]) + 1 if a.path.startswith('/h') else 1}")
    ),
    suggestion="/h15",
)
case("301 to 410", "broken", only(PAGE, sent("/b"), html("Parti", status=410)))
case("301 to a mail", "blocked", always(sent("mailto:a@b.example")))
case("301 to a script", "broken", always(sent("javascript:void(0)")))
case("301 to no URL", "broken", always(sent("http://[")))
case("301 without a target", "broken", always(Reply(301)))
case("302 to a vanished host", "broken", always(sent("http://hote-parti.invalid/", 302)))
case(
    "cookie wall that opens",
    "ok",
    lambda a: (
        GOOD
        if "ok=1" in a.headers.get("cookie", "")
        else sent(PAGE, 302, Set_Cookie="ok=1; Path=/; HttpOnly")
    ),
)
case(
    "cookie set by another page",
    "ok",
    lambda a: (
        sent(PAGE, 302, Set_Cookie="ok=1; Path=/")
        if a.path == "/pose"
        else GOOD
        if "ok=1" in a.headers.get("cookie", "")
        else sent("/pose", 302)
    ),
)
case(
    "refresh to a good page",
    "ok",
    only(PAGE, html("Un instant", head='<meta http-equiv="refresh" content="0;url=/b">'), GOOD),
)
case(
    "refresh to nothing",
    "broken",
    only(PAGE, html("Ailleurs", head="<META HTTP-EQUIV='Refresh' CONTENT='0; URL=/b'>")),
)
case(
    "a page that reloads itself",
    "ok",
    only(PAGE, html("Direct", LONG, head='<meta http-equiv="refresh" content="300">')),
)
case(
    "a refresh for those without script",
    "ok",
    only(
        PAGE,
        html(
            "Cours",
            LONG,
            head='<noscript><meta http-equiv="refresh" content="0;url=/sans-script"></noscript>',
        ),
    ),
)

# -- deep links thrown home, and what only looks so
case(
    "301 home",
    "broken",
    lambda a: html("Accueil", LONG) if a.path == "/" else sent("/"),
    "/cours/2018/tp.html",
)
case(
    "302 home",
    "broken",
    lambda a: html("Accueil", LONG) if a.path == "/" else sent("/", 302),
    "/blog/2018/billet",
)
case(
    "301 to the home of a language",
    "broken",
    lambda a: html("Accueil", LONG) if a.path == "/fr/" else sent("/fr/"),
    "/fr/docs/v1/guide",
)
case(
    "one segment home, as any",
    "broken",
    lambda a: html("Accueil", LONG) if a.path == "/" else sent("/"),
    "/guide",
)
case(
    "index.html is the home",
    "redirected",
    only("/index.html", sent("/"), html("Accueil", LONG)),
    "/index.html",
    suggestion="/",
)
case(
    "language is the home",
    "redirected",
    only("/fr", sent("/fr/"), html("Accueil", LONG)),
    "/fr",
    suggestion="/fr/",
)
case(
    "one segment home, it alone",
    "redirected",
    lambda a: sent("/") if a.path == "/boutique" else html("Accueil", LONG) if a.path == "/" else NONE,
    "/boutique",
    suggestion="/",
)

# -- walls
CHALLENGE = html(
    "Just a moment...",
    "<p>Enable JavaScript and cookies to continue</p>",
    head='<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script>',
)
for status in (200, 403, 503):
    case(
        f"Cloudflare's challenge, {status}",
        "blocked",
        always(Reply(status, CHALLENGE.body, CHALLENGE.headers)),
    )
case(
    "Cloudflare's challenge by its header",
    "blocked",
    always(html("…", status=503, cf_mitigated="challenge")),
)
case(
    "Anubis",
    "blocked",
    always(
        html(
            "Making sure you&#39;re not a bot!",
            '<img src="/.within.website/x/cmd/anubis/static/img/pensive.webp"><p>Loading...</p>',
            head='<script src="/.within.website/x/cmd/anubis/static/js/main.mjs"></script>',
        )
    ),
)
case(
    "DataDome",
    "blocked",
    always(
        html(
            "exemple.fr",
            '<script src="https://ct.captcha-delivery.com/c.js"></script><p>Please enable JS and disable any ad blocker</p>',
            status=403,
        )
    ),
)
case(
    "DataDome, 200",
    "blocked",
    always(
        Reply(
            200,
            b'<html><head><title>exemple.fr</title></head><body><p>Please enable JS and disable any ad blocker</p><script src="https://ct.captcha-delivery.com/c.js"></script></body></html>',
            (("Content-Type", "text/html"),),
        )
    ),
)
case(
    "Imperva, 200",
    "blocked",
    always(
        Reply(
            200,
            b'<html><head><META NAME="robots" CONTENT="noindex,nofollow"></head><body><iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31">Request unsuccessful. Incapsula incident ID: 1</iframe></body></html>',
            (("Content-Type", "text/html"),),
        )
    ),
)
case(
    "AWS WAF, 202",
    "blocked",
    always(
        Reply(
            202,
            b"<html><head><title></title></head><body><script src='https://x.token.awswaf.com/challenge.js'></script></body></html>",
            (("Content-Type", "text/html"), ("x-amzn-waf-action", "challenge")),
        )
    ),
)
case(
    "AWS WAF, 405",
    "blocked",
    always(
        html(
            "Human Verification",
            '<script src="https://x.captcha.awswaf.com/captcha.js"></script>',
            status=405,
            x_amzn_waf_action="captcha",
        )
    ),
)
case(
    "PerimeterX",
    "blocked",
    always(html("Access to this page has been denied", '<div id="px-captcha"></div>', status=403)),
)
case(
    "Akamai",
    "blocked",
    always(
        html(
            "Access Denied",
            "You don't have permission to access this page on this server. Reference #18.1",
            status=403,
        )
    ),
)
case(
    "Vercel",
    "blocked",
    always(html("Vercel Security Checkpoint", status=429, x_vercel_mitigated="challenge")),
)
case(
    "login by 302",
    "blocked ok redirected",
    lambda a: (
        html("Connexion", "<form><input name=u><input type=password name=p></form>")
        if a.path.startswith("/connexion")
        else sent("/connexion?retour=" + a.path, 302)
    ),
)
case(
    "login by 301",
    "blocked ok redirected",
    lambda a: (
        html("Identification", '<input type="password">')
        if a.path.startswith("/users/sign_in")
        else sent("/users/sign_in")
    ),
)
case(
    "single sign-on",
    "blocked ok redirected",
    lambda a: html("CAS", LONG) if a.path.startswith("/cas/login") else sent("/cas/login?service=x", 302),
)
case(
    "a link to the login itself",
    "ok blocked",
    only("/login", html("Connexion", '<input type="password">')),
    "/login",
)
case(
    "a page with a login box",
    "ok",
    only(PAGE, html("Forum", LONG + '<form><input type="password"></form>')),
)
case(
    "a 404 of a site that has a protection",
    "broken",
    always(
        html(
            "Introuvable",
            "<p>Rien. Ce site est protégé par reCAPTCHA.</p>",
            head='<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>',
            status=404,
        )
    ),
)
case(
    "a short page of a site that has a protection",
    "ok",
    only(
        PAGE,
        html(
            "Bonjour",
            "<p>Court.</p>",
            head='<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>',
        ),
    ),
)
case(
    "a page about logins that moved",
    "redirected",
    only(PAGE, sent("/docs/auth/"), GOOD),
    suggestion="/docs/auth/",
)
case(
    "a page about captchas",
    "ok",
    only(PAGE, html("Le captcha, comment ça marche", LONG + "Cloudflare dit « Just a moment... »")),
)
case("a page about access rights", "ok", only(PAGE, html("Résoudre « Access denied » avec sudo", LONG)))
case(
    "robots may not",
    "blocked ok",
    lambda a: (
        Reply(200, b"User-agent: *\nDisallow: /cours/\n", (("Content-Type", "text/plain"),))
        if a.path == "/robots.txt"
        else GOOD
    ),
)
case(
    "robots may, elsewhere not",
    "ok",
    lambda a: (
        Reply(
            200, b"User-agent: *\nDisallow: /prive/\nDisallow: /*/secret\n", (("Content-Type", "text/plain"),)
        )
        if a.path == "/robots.txt"
        else GOOD
    ),
)
case("robots.txt is a page", "ok", lambda a: GOOD if a.path in (PAGE, "/robots.txt") else NONE)
case("robots.txt fails", "ok", lambda a: html("Erreur", status=500) if a.path == "/robots.txt" else GOOD)
case("robots.txt hangs", "ok flaky", lambda a: Reply(hangs=True) if a.path == "/robots.txt" else GOOD)

# -- pages that are not there, with status 200
for label, title, text in (
    ("English", "Page Not Found", "The page you requested could not be found."),
    ("English, no longer", "Documentation", "This page is no longer available."),
    ("English, moved on", "Oops!", "Looks like you're lost. We can't find that page."),
    ("French", "Page non trouvée", "La page que vous cherchez n'existe pas ou plus."),
    ("French, soft", "Oups", "Cette page a disparu."),
    ("French, article", "Le journal", "Cet article n'est plus disponible."),
    ("German", "Seite nicht gefunden", "Die angeforderte Seite existiert nicht."),
    ("Spanish", "Página no encontrada", "La página que busca no existe."),
    ("Italian", "Pagina non trovata", "La pagina richiesta non esiste."),
    ("Portuguese", "Página não encontrada", "A página não existe."),
    ("Dutch", "Pagina niet gevonden", "Deze pagina bestaat niet."),
    ("a number only", "404", ""),
    ("error 404", "Error 404", "Go back home."),
):
    case(f"soft 404: {label}", "broken", always(html(title, f"<p>{text}</p>")))
case(
    "soft 404 that repeats the address",
    "broken",
    lambda a: html("Not found", f"<p>Sorry, {a.path} was not found on this server.</p>"),
)
case("soft 404 with a menu", "broken", always(html("Page introuvable", LONG)))
case(
    "soft 404 that dates itself",
    "broken",
    lambda a: html(
        "Page not found", f"<p>Nothing at this address. Request {a.times}7731, {len(a.path)}.</p>"
    ),
)
case(
    "soft 404 by a redirect",
    "broken",
    lambda a: html("Erreur", "<p>Page introuvable.</p>") if a.path == "/404" else sent("/404", 302),
)
case(
    "soft 404 by a redirect, with a name",
    "broken",
    lambda a: html("Hum", "<p>Rien.</p>") if a.path == "/not-found" else sent("/not-found", 302),
)
case("a page about 404", "ok", only(PAGE, html("Erreur 404 : page introuvable", LONG)))
case(
    "a short page about 404",
    "ok",
    only(PAGE, html("404 Not Found", "<p>Le serveur n'a pas trouvé la page.</p>")),
)
case("a billet named Not found", "ok", only(PAGE, html("Not found", "<p>Un poème.</p>")))
case(
    "a search without results",
    "ok",
    lambda a: (
        html("Recherche", "<p>Aucun résultat : introuvable.</p>") if a.path.startswith("/recherche") else NONE
    ),
    "/recherche?q=zzz",
)
case("one page for every address", "ok", always(html("Bienvenue", "<p>Le même texte partout.</p>")))
SHELL = Reply(
    200,
    b'<!doctype html><html><head><title>App</title></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div><script src="/static/js/main.js"></script></body></html>',
    (("Content-Type", "text/html"),),
)
case("an application for every address", "ok", always(SHELL))
case("an application's shell with a place", "ok blocked", always(SHELL), "/app#reglages")
case("an empty page", "broken ok", only(PAGE, Reply(200, b"", (("Content-Type", "text/html"),))))

# -- names that changed hands
for label, body in (
    (
        "Sedo",
        '<p>Diese Domain steht zum Verkauf.</p><script src="https://img.sedoparking.com/js/x.js"></script>',
    ),
    ("for sale", "<p>The domain perdu.example is for sale. Buy this domain now.</p>"),
    ("French", "<p>Ce nom de domaine est à vendre. Faites une offre.</p>"),
    ("GoDaddy", "<p>This domain is parked free, courtesy of GoDaddy.com</p>"),
    ("lander", '<script>window.onload=function(){window.location.href="/lander"}</script>'),
):
    case(f"parked: {label}", "broken", always(html("perdu.example" if label != "lander" else "", body)))
case(
    "parked, by a redirect",
    "broken",
    lambda a: (
        html("perdu.example", "<p>This domain may be for sale.</p>")
        if a.path.startswith("/lander")
        else sent("/lander?domain=perdu.example", 302)
    ),
)
case(
    "a page about selling domains",
    "ok",
    only(
        PAGE,
        html("Vendre un nom de domaine", LONG + "Si « this domain is for sale » s'affiche, il est parqué."),
    ),
)
case(
    "a host without a site",
    "broken ok",
    always(
        html(
            "Welcome to nginx!",
            "<p>If you see this page, the nginx web server is successfully installed and working.</p>",
        )
    ),
)
case(
    "a tutorial that shows nginx",
    "ok",
    only(PAGE, html("Installer nginx", LONG + "Welcome to nginx!")),
)

# -- places in pages
for label, fragment, body, verdicts in (
    ("an id", "install", '<h2 id="install">I</h2>', "ok"),
    ("an id without quotes", "install", "<h2 class=a id=install>I</h2>", "ok"),
    ("an id in single quotes", "install", "<h2 id='install'>I</h2>", "ok"),
    ("an id in capitals", "install", '<H2 ID="install">I</H2>', "ok"),
    ("an id after a quoted >", "install", '<h2 data-x="a > b" id="install">I</h2>', "ok"),
    ("an id over lines", "install", '<h2\n  class="t"\n  id="install"\n>I</h2>', "ok"),
    ("a name", "vieux", '<a class="x" name="vieux"></a>', "ok"),
    ("accents composed", "pr%C3%A9requis", "<h2 id='prérequis'>P</h2>", "ok"),
    ("accents apart", "pr%C3%A9requis", "<h2 id='pre\u0301requis'>P</h2>", "ok"),
    ("escapes in lower case", "pr%c3%a9requis", "<h2 id='prérequis'>P</h2>", "ok"),
    ("an entity", "a%26b", "<h2 id='a&amp;b'>P</h2>", "ok"),
    ("GitHub's prefix", "usage", '<h2 id="user-content-usage">U</h2>', "ok"),
    ("the top", "top", "<p>x</p>", "ok"),
    ("nothing after #", "", "<p>x</p>", "ok"),
    ("words", ":~:text=cours%20ici", "<p>Le cours\nici</p>", "ok"),
    ("words with context", ":~:text=avant-,le%20cours,fin,-apres", "<p>avant le cours fin apres</p>", "ok"),
    ("an id and words", "a:~:text=x", '<p id="a">x</p>', "ok"),
    ("a dotted section", "Histoire_et_.C3.A9volution", '<span id="Histoire_et_.C3.A9volution"></span>', "ok"),
    ("a symbol's id", "icone", '<svg><symbol id="icone"></symbol></svg>', "ok"),
    ("gone", "installation", '<h2 id="demarrage">D</h2>', "broken-anchor"),
    ("only in a comment", "fin", '<!-- <h2 id="fin">F</h2> --><h2 id="a">x</h2>', "broken-anchor"),
    ("only in a script", "fin", "<h2 id=a>x</h2><script>var b = '<h2 id=fin>'</script>", "broken-anchor"),
    ("only in a text", "fin", "<h2 id=a>id=\"fin\"</h2>", "broken-anchor"),
    ("only in an attribute's text", "fin", '<p id=a title=\'<b id="fin">\'>x</p>', "broken-anchor"),
    ("only as data", "fin", '<p id=a data-id="fin">x</p>', "broken-anchor"),
    ("another case", "Install", '<h2 id="install">I</h2>', "broken-anchor"),
):  # fmt: skip
    case(f"place: {label}", verdicts, only(PAGE, html("Places", LONG + body)), f"{PAGE}#{fragment}")
case(
    "place: lines of code",
    "ok",
    only(PAGE, html("Code", LONG, head="<script src=a.js></script>")),
    PAGE + "#L10-L20",
)
case(
    "place: a route",
    "ok",
    only(PAGE, html("App", LONG, head="<script src=a.js></script>")),
    PAGE + "#/guide/intro",
)
case(
    "place: a state",
    "ok",
    only(PAGE, html("Carte", LONG, head="<script src=a.js></script>")),
    PAGE + "#map=5/46.4/2.2",
)
case(
    "place: a page of a PDF",
    "ok",
    only("/a.pdf", Reply(200, b"%PDF-1.7\n" + b"x" * 9000, (("Content-Type", "application/pdf"),))),
    "/a.pdf#page=12",
)
case(
    "place: a time of a film",
    "ok",
    only("/a.mp4", Reply(200, b"\0" * 9000, (("Content-Type", "video/mp4"),))),
    "/a.mp4#t=30",
)
case("place: on a page that is gone", "broken", always(NONE), PAGE + "#a")
case(
    "place: kept by a redirect",
    "redirected",
    only(PAGE, sent("/neuf"), html("N", LONG + "<i id=a></i>")),
    PAGE + "#a",
    suggestion="/neuf#a",
)
case(
    "place: given by a redirect",
    "redirected",
    only(PAGE, sent("/neuf#b"), html("N", LONG + "<i id=b></i>")),
    PAGE,
    suggestion="/neuf#b",
)
case(
    "place: lost by a redirect",
    "broken-anchor",
    only(PAGE, sent("/neuf"), html("N", LONG + "<i id=b></i>")),
    PAGE + "#a",
)
case(
    "place: far below",
    "ok",
    only(PAGE, html("Long", "<p>" + "mot " * 600_000 + "</p><h2 id=fin>F</h2>")),
    PAGE + "#fin",
)

# -- bodies
BODY = html("Corps", LONG + "<h2 id=fin>F</h2>").body
KIND = ("Content-Type", "text/html; charset=utf-8")
case(
    "gzip",
    "ok",
    only(PAGE, Reply(200, gzip.compress(BODY), (KIND, ("Content-Encoding", "gzip")))),
    PAGE + "#fin",
)
case(
    "deflate",
    "ok",
    only(PAGE, Reply(200, zlib.compress(BODY), (KIND, ("Content-Encoding", "deflate")))),
    PAGE + "#fin",
)
case("gzip that is none", "ok", only(PAGE, Reply(200, BODY, (KIND, ("Content-Encoding", "gzip")))))
case(
    "gzip cut short",
    "ok",
    only(PAGE, Reply(200, gzip.compress(BODY)[:-30], (KIND, ("Content-Encoding", "gzip")))),
)
case(
    "UTF-16",
    "ok",
    only(PAGE, Reply(200, BODY.decode().encode("utf-16"), (("Content-Type", "text/html; charset=utf-16"),))),
    PAGE + "#fin",
)
case(
    "Latin-1 said to be UTF-8",
    "ok",
    only(PAGE, Reply(200, BODY.decode().encode("latin-1", "replace"), (KIND,))),
    PAGE + "#fin",
)
case(
    "an unknown charset",
    "ok",
    only(PAGE, Reply(200, BODY, (("Content-Type", "text/html; charset=utf-99"),))),
    PAGE + "#fin",
)
case(
    "JSON",
    "ok",
    only("/a.json", Reply(200, b'{"a": 1}', (("Content-Type", "application/json"),))),
    "/a.json",
)
case(
    "an image",
    "ok",
    only("/a.png", Reply(200, b"\x89PNG\r\n" + b"\0" * 99_999, (("Content-Type", "image/png"),))),
    "/a.png",
)
case(
    "an archive without a type",
    "ok",
    only("/a.tgz", Reply(200, gzip.compress(b"x" * 99_999))),
    "/a.tgz",
)

# -- the wire
RAW = b"Content-Type: text/html\r\n\r\n<title>x</title><p>Bonjour"
case("HTTP/1.0", "ok", only(PAGE, Reply(raw=b"HTTP/1.0 200 OK\r\n" + RAW)))
case("no reason", "ok", only(PAGE, Reply(raw=b"HTTP/1.1 200\r\nConnection: close\r\n" + RAW)))
case(
    "bare line feeds",
    "ok",
    only(PAGE, Reply(raw=b"HTTP/1.1 200 OK\nConnection: close\nContent-Type: text/html\n\n<p>Bonjour")),
)
case(
    "100 first",
    "ok",
    only(PAGE, Reply(raw=b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nConnection: close\r\n" + RAW)),
)
case(
    "103 first",
    "ok",
    only(
        PAGE,
        Reply(
            raw=b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\nConnection: close\r\n"
            + RAW
        ),
    ),
)
case(
    "chunks",
    "ok",
    only(
        PAGE,
        Reply(
            raw=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\n<p>ab\r\n0\r\n\r\n"
        ),
    ),
)
case(
    "chunks without an end",
    "ok",
    only(
        PAGE,
        Reply(
            raw=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\n<p>ab\r\n"
        ),
    ),
)
case(
    "less than promised",
    "ok",
    only(PAGE, Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n" + RAW)),
)
case(
    "a body that stops",
    "ok",
    only(PAGE, Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n" + RAW, hangs=True)),
)
case("silence", "timeout", only(PAGE, Reply(hangs=True)))
case("half a head", "timeout broken", only(PAGE, Reply(raw=b"HTTP/1.1 200 OK\r\nContent-", hangs=True)))
case("cut", "broken", only(PAGE, Reply(resets=True)))
case("cut in the head", "broken", only(PAGE, Reply(raw=b"HTTP/1.1 200 OK\r\nContent-")))
case("closed without a word", "broken", only(PAGE, Reply(raw=b"")))
case("no HTTP", "broken", only(PAGE, Reply(raw=b"220 smtp.example ESMTP\r\n")))
case("nobody listens", "broken", always(NONE), host="127.0.9.250:9")
case("no such host", "broken", always(NONE), host="hote-parti.invalid")

# -- what passes
case("500 once", "flaky ok", in_turn(html("E", status=500), GOOD))
case("502, 503, then well", "flaky ok", in_turn(html("E", status=502), html("E", status=503), GOOD))
case("three times 504, then well", "flaky ok", in_turn(*[html("E", status=504)] * 3, GOOD))
case("429, a second", "flaky ok", in_turn(html("E", status=429, Retry_After="1"), GOOD))
case("429 without a date", "flaky ok", in_turn(html("E", status=429), GOOD))
case("503, a second", "flaky ok", in_turn(html("E", status=503, Retry_After="1"), GOOD))
case("408, then well", "flaky ok", in_turn(html("E", status=408), GOOD))
case("cut once", "flaky ok", in_turn(Reply(resets=True), GOOD))
case("silence once", "flaky ok", in_turn(Reply(hangs=True), GOOD))
case("429 for ever", "blocked", always(html("E", status=429, Retry_After="2")))

# -- addresses
case("accents", "ok", only("/caf%C3%A9", GOOD), "/café")
case("escaped accents", "ok", only("/caf%C3%A9", GOOD), "/caf%C3%A9")
case("an escaped slash", "ok", only("/a%2Fb", GOOD), "/a%2Fb")
case("parentheses", "ok", only("/wiki/Docker_(logiciel)", GOOD), "/wiki/Docker_(logiciel)")
case("a plus and a comma", "ok", only("/a+b,c", GOOD), "/a+b,c")
case(
    "a query with signs",
    "ok",
    lambda a: GOOD if a.path == "/q?a=1&b=%26&c=d/e?f" else NONE,
    "/q?a=1&b=%26&c=d/e?f",
)
case("dots", "ok", only("/b", GOOD), "/a/../b")
case("a space", "ok", only("/a%20b", GOOD), "/a b")
case("a double slash", "ok", only("//a//b", GOOD), "//a//b")
case("brackets", "ok", lambda a: GOOD if a.path in ("/a[1]", "/a%5B1%5D") else NONE, "/a[1]")
