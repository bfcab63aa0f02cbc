"""Redirects: those that are followed, those that lead nowhere, cookies on the way."""

from __future__ import annotations

from tests.links.web import Asked, Reply, html, sent
from tests.links.wild.case import HERE, MISSING, PAGE, Answer, alive, dead, here, site, unsure, words

OLD = "http://vieux-cours.example"
NEW = "http://nouveau-cours.example"
SAFE = "https://vieux-cours.example"
WWW = "https://www.vieux-cours.example"
_HOME = html("Accueil du département", words(20))
_SECTION = html("Installer", "<h2 id=installer>Installer</h2>" + words(5))


def _hops(count: int, status: int = 301) -> Answer:
    """Send as often on, from /0 on, then answer."""

    def answer(asked: Asked) -> Reply:
        if not asked.path[1:].isdigit():
            return MISSING
        hop = int(asked.path[1:])
        return PAGE if hop == count else sent(f"/{hop + 1}", status)

    return answer


def _needs(cookies: tuple[str, ...], otherwise: Reply, *, at: str = HERE) -> Answer:
    """Answer a path to who brings these cookies, otherwise by something else."""

    def answer(asked: Asked) -> Reply:
        brought = asked.headers.get("cookie", "")
        if asked.path.partition("?")[0] != at:
            return MISSING
        return PAGE if all(cookie in brought for cookie in cookies) else otherwise

    return answer


def _set(*cookies: str, to: str = HERE) -> Reply:
    told = tuple(("Set-Cookie", cookie) for cookie in cookies)
    lines = "".join(f"{name}: {value}\r\n" for name, value in (("Location", to), *told))
    return Reply(raw=f"HTTP/1.1 302 Found\r\n{lines}Content-Length: 0\r\n\r\n".encode())


def _to(location: bytes, status: str = "301 Moved") -> Reply:
    return Reply(
        raw=b"HTTP/1.1 %s\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % (status.encode(), location)
    )


FOLLOWED = [
    alive(
        "to a host in capitals",
        here(sent("HTTP://Nouveau-Cours.EXAMPLE/Docker")),
        verdicts="redirected",
        others={NEW: site({"/Docker": PAGE})},
        suggestion=f"{NEW}/Docker",
    ),
    alive(
        "to another host, the scheme kept",
        here(sent("//nouveau-cours.example/docker")),
        verdicts="redirected",
        others={NEW: site({"/docker": PAGE})},
        suggestion=f"{NEW}/docker",
    ),
    alive(
        "to a query of the same page",
        site({HERE: sent("?lang=fr"), f"{HERE}?lang=fr": PAGE}),
        verdicts="redirected",
        suggestion=f"{HERE}?lang=fr",
    ),
    alive(
        "to the folder",
        site({HERE: sent("./"), "/cours/": PAGE}),
        verdicts="redirected",
        suggestion="/cours/",
    ),
    alive(
        "to a place of another page",
        site({HERE: sent("/guide#installer"), "/guide": _SECTION}),
        verdicts="redirected",
        suggestion="/guide#installer",
    ),
    alive(
        "to a place, from a place",
        site({HERE: sent("/guide#installer"), "/guide": _SECTION}),
        f"{HERE}#install",
        verdicts="redirected",
        suggestion="/guide#installer",
    ),
    alive(
        "to bytes of Latin-1",
        site({HERE: _to(b"/d\xe9ploiement"), "/d%E9ploiement": PAGE}),
        verdicts="redirected",
        suggestion="/d%E9ploiement",
    ),
    alive(
        "to accents of UTF-8 in the query",
        site({HERE: _to("/cherche?q=été".encode()), "/cherche?q=%C3%A9t%C3%A9": PAGE}),
        verdicts="redirected",
        suggestion="/cherche?q=%C3%A9t%C3%A9",
    ),
    alive(
        "to an escaped slash",
        site({HERE: sent("/depot/a%2Fb"), "/depot/a%2Fb": PAGE}),
        verdicts="redirected",
        suggestion="/depot/a%2Fb",
    ),
    alive(
        "to the same place told twice",
        site(
            {
                HERE: Reply(
                    raw=b"HTTP/1.1 301 Moved\r\nLocation: /b\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"
                ),
                "/b": PAGE,
            }
        ),
        verdicts="redirected",
        suggestion="/b",
    ),
    alive(
        "to an address with a blank at its end",
        site({HERE: _to(b"  /b \t"), "/b": PAGE}),
        verdicts="redirected",
        suggestion="/b",
    ),
    alive(
        "a lower-case header and no body",
        site({HERE: Reply(raw=b"HTTP/1.1 308 \r\nlocation: /b\r\n\r\n"), "/b": PAGE}),
        verdicts="redirected",
        suggestion="/b",
    ),
    alive("20 hops", _hops(20), "/0", verdicts="redirected", suggestion="/20"),
    alive(
        "301, then 302 to a session",
        site({HERE: sent("/b"), "/b": sent("/c?sid=1", 302), "/c?sid=1": PAGE}),
        verdicts="ok redirected",
    ),
    alive("302, then 301", site({HERE: sent("/b", 302), "/b": sent("/c"), "/c": PAGE})),
    alive("307 to a mirror", here(sent(f"{NEW}/miroir/tp", 307)), others={NEW: site({"/miroir/tp": PAGE})}),
    alive(
        "http to https",
        here(sent(SAFE + HERE)),
        OLD + HERE,
        verdicts="redirected",
        others={SAFE: here()},
        suggestion=SAFE + HERE,
    ),
    alive(
        "http to https to www",
        here(sent(SAFE + HERE)),
        OLD + HERE,
        verdicts="redirected",
        others={SAFE: here(sent(WWW + HERE, 308)), WWW: here()},
        suggestion=WWW + HERE,
    ),
    alive(
        "a slash at the end",
        site({"/cours": sent("/cours/"), "/cours/": PAGE}),
        "/cours",
        verdicts="redirected ok",
        suggestion="/cours/",
    ),
    alive(
        "a page by language",
        lambda asked: (
            PAGE if asked.path == "/fr/docs" else sent("/fr/docs", 302) if asked.path == "/docs" else MISSING
        ),
        "/docs",
    ),
    alive(
        "a page by language, if one is told",
        lambda asked: (
            {"/docs": sent("/fr/docs", 302), "/fr/docs": PAGE}.get(asked.path, MISSING)
            if "accept-language" in asked.headers
            else html("", status=406)
        ),
        "/docs",
        verdicts="ok blocked",
    ),
    alive(
        "an old site, page by page to a new one",
        lambda asked: sent(NEW + asked.path),
        OLD + HERE,
        verdicts="redirected",
        others={NEW: here()},
        suggestion=NEW + HERE,
    ),
]

COOKIES = [
    alive("two cookies, both asked back", _needs(("a=1", "b=2"), _set("a=1; Path=/", "b=2; Path=/cours"))),
    alive(
        "a cookie with a date",
        _needs(("vu=oui",), _set("vu=oui; Expires=Wed, 21 Oct 2099 07:28:00 GMT; Path=/")),
    ),
    alive("a cookie with commas and quotes", _needs(('vu="a,b"',), _set('vu="a,b"; path=/'))),
    alive("a cookie without a path", _needs(("vu=1",), _set("vu=1"))),
    alive(
        "a cookie for the domain",
        site({HERE: _set("sso=1; Domain=ecole.example; Path=/", to="http://cours.ecole.example" + HERE)}),
        "http://www.ecole.example" + HERE,
        others={"http://cours.ecole.example": _needs(("sso=1",), html("Cookies ?", status=403))},
    ),
    alive(
        "a visit to see whether cookies stay",
        lambda asked: (
            sent(HERE, 302)
            if asked.path == f"{HERE}?cookieSet=1" and "k=1" in asked.headers.get("cookie", "")
            else PAGE
            if asked.path == HERE and "k=1" in asked.headers.get("cookie", "")
            else _set("k=1; Path=/", to="?cookieSet=1")
            if asked.path == HERE
            else sent("/action/cookieAbsent", 302)
            if "cookieSet" in asked.path
            else html("Cookies required", "<p>Please enable cookies.</p>")
            if asked.path == "/action/cookieAbsent"
            else MISSING
        ),
    ),
    dead(
        "a cookie that no browser brings here",
        _needs(("vu=1",), _set("vu=1; Path=/ailleurs")),
    ),
    dead("a cookie for a domain of others", _needs(("vu=1",), _set("vu=1; Domain=autre.example; Path=/"))),
    dead("a cookie taken back at once", _needs(("vu=1",), _set("vu=1; Path=/; Max-Age=0"))),
]

NOWHERE = [
    dead("21 hops", _hops(21), "/0"),
    dead("21 hops for a while", _hops(21, 302), "/0"),
    dead(
        "a folder deeper each time",
        lambda asked: sent(asked.path + "cours/") if asked.path.startswith("/cours/") else MISSING,
        "/cours/",
    ),
    dead(
        "a number higher each time",
        lambda asked: sent(f"{HERE}?n={asked.times}") if HERE in asked.path else MISSING,
    ),
    dead("http to https to http", here(sent(SAFE + HERE)), OLD + HERE, others={SAFE: here(sent(OLD + HERE))}),
    dead("for good to a page that answers 500", site({HERE: sent("/b"), "/b": html("", status=500)})),
    dead("for a while to a host that has gone", here(sent("http://disparu.invalid/tp", 307))),
    dead("for good to a port where nobody listens", here(sent("http://127.0.0.1:1/tp"))),
    dead("to a host with a blank", here(sent("http://nouveau cours/tp"))),
    dead("to a place on the reader's disk", here(sent("file:///C:/cours/tp.html", 302))),
    unsure(
        "to an application of the reader's",
        here(sent("vscode:extension/ms-python.python", 302)),
        verdicts="blocked ok",
    ),
]

HOME = [
    dead(
        "deep link to the home page, like all", lambda asked: _HOME if asked.path == "/" else sent("/", 302)
    ),
    dead(
        "deep link to index.php, like all",
        lambda asked: _HOME if asked.path == "/index.php" else sent("/index.php"),
    ),
    dead(
        "deep link to the home page by language",
        lambda asked: _HOME if asked.path == "/fr/" else sent("/fr/", 302),
    ),
    dead(
        "deep link to the home page with a reason",
        lambda asked: _HOME if asked.path.startswith("/?") else sent("/?erreur=404", 302),
    ),
    dead(
        "deep link to the home page on www",
        lambda asked: sent("http://www.vieux-cours.example/"),
        OLD + HERE,
        others={"http://www.vieux-cours.example": site({"/": _HOME})},
    ),
    dead(
        "deep link to a new site's home page, like all",
        lambda asked: sent(f"{NEW}/"),
        OLD + HERE,
        others={NEW: site({"/": html("Une autre école", words(20))})},
    ),
    dead(
        "deep link to the home page in two steps",
        lambda asked: (
            _HOME
            if asked.path == "/"
            else sent("/", 302)
            if asked.path.startswith("/accueil")
            else sent("/accueil")
        ),
    ),
    alive(
        "index.html to the home page",
        site({"/index.html": sent("/"), "/": _HOME}),
        "/index.html",
        verdicts="redirected ok",
        suggestion="/",
    ),
    alive(
        "default.aspx to the home page",
        site({"/Default.aspx": sent("/"), "/": _HOME}),
        "/Default.aspx",
        verdicts="redirected ok",
        suggestion="/",
    ),
    alive(
        "a language's home page to itself",
        site({"/fr": sent("/fr/"), "/fr/": _HOME}),
        "/fr",
        verdicts="redirected ok",
        suggestion="/fr/",
    ),
    alive(
        "a home page that moved",
        lambda asked: sent(NEW + "/") if asked.path == "/" else MISSING,
        OLD + "/",
        others={NEW: site({"/": _HOME})},
        verdicts="redirected",
        suggestion=NEW + "/",
    ),
    alive(
        "a short link to a home page",
        site({"/3xYzQ": sent(NEW + "/")}),
        "http://court.example/3xYzQ",
        others={NEW: site({"/": _HOME})},
        verdicts="redirected ok",
    ),
    alive(
        "a short link to a home page, for a while",
        site({"/tp": sent(NEW + "/", 302)}),
        "http://court.example/tp",
        others={NEW: site({"/": _HOME})},
    ),
    alive(
        "a project's folder to a host of its own",
        site({"/outil/": sent("http://outil.example/")}),
        "http://equipe.pages.example/outil/",
        others={"http://outil.example": site({"/": _HOME})},
        verdicts="redirected",
        suggestion="http://outil.example/",
    ),
    alive(
        "a folder of guides to a host of its own",
        site({"/docs/": sent("http://docs.vieux-cours.example/")}),
        OLD + "/docs/",
        others={"http://docs.vieux-cours.example": site({"/": _HOME})},
        verdicts="redirected",
        suggestion="http://docs.vieux-cours.example/",
    ),
    alive(
        "a home page to its newest edition", site({"/": sent("/fr/latest/", 302), "/fr/latest/": _HOME}), "/"
    ),
]

REFRESHED = [
    alive(
        "refreshed by a header",
        site({HERE: html("", "", Refresh="0; url=/b"), "/b": PAGE}),
        verdicts="ok redirected",
    ),
    dead("refreshed by a header to nothing", site({HERE: html("", "", Refresh="0;URL='/b'")})),
    alive(
        "refreshed every minute", here(html("Direct", words(5), head="<meta http-equiv=refresh content=60>"))
    ),
    alive(
        "refreshed to another site, for good",
        here(
            html(
                "Déménagement",
                "<a href=http://nouveau-cours.example/tp>ici</a>",
                head="<meta http-equiv='refresh' content='5;url=http://nouveau-cours.example/tp'>",
            )
        ),
        OLD + HERE,
        others={NEW: site({"/tp": PAGE})},
        verdicts="ok redirected",
    ),
    dead(
        "refreshed for ever",
        here(
            html("", "", head=f"<meta http-equiv=refresh content='0;url={HERE}?r=1'>"),
            html("", "", head=f"<meta http-equiv=refresh content='0;url={HERE}'>"),
        ),
        verdicts="broken",
    ),
    alive("a target that 200 does not need", here(html("Cours", words(5), Location="/nulle-part"))),
    dead("303 to what is not there", here(sent("/b", 303))),
    dead(
        "a deep page that alone was sent home",
        site({"/cours/2015/tp3.html": sent("/"), "/": _HOME}),
        "/cours/2015/tp3.html",
    ),
    alive(
        "a folder's index to the folder",
        site({"/cours/index.html": sent("/cours/"), "/cours/": PAGE}),
        "/cours/index.html",
        verdicts="redirected ok",
        suggestion="/cours/",
    ),
    alive(
        "a wiki to its first page",
        site({"/wiki/": sent("/wiki/Accueil", 302), "/wiki/Accueil": PAGE}),
        "/wiki/",
    ),
    alive(
        "a teacher's folder to a site of his own",
        site({"/~prof/": sent("http://prof.example/")}),
        "http://univ.example/~prof/",
        others={"http://prof.example": site({"/": _HOME})},
        verdicts="redirected",
        suggestion="http://prof.example/",
    ),
    dead(
        "a teacher's pages, all to a home page",
        lambda asked: sent("http://univ.example/"),
        "http://perso.example/~prof/tp/tp1.html",
        others={"http://univ.example": site({"/": _HOME})},
    ),
]

CASES = FOLLOWED + COOKIES + NOWHERE + HOME + REFRESHED
