"""Statuses, and robots.txt."""

from __future__ import annotations

from tests.links.web import Reply, html, sent
from tests.links.wild.case import HERE, MISSING, PAGE, alive, dead, everywhere, here, in_turn, unsure, words

_HINTS = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"


def _raw(head: str, body: str = "<p>Bonjour, voici le cours.</p>") -> Reply:
    told = f"{head}\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    return Reply(raw=told.encode())


def _typed(status: int, body: str, content_type: str) -> Reply:
    return Reply(status, body.encode(), (("Content-Type", content_type),))


def _robots(text: str) -> Reply:
    return _typed(200, text, "text/plain")


STATUSES = [
    dead("404 of an API", everywhere(_typed(404, '{"message":"Not Found"}', "application/json"))),
    dead(
        "404 of a bucket", everywhere(_typed(404, "<Error><Code>NoSuchKey</Code></Error>", "application/xml"))
    ),
    dead("404 with a picture", everywhere(_typed(404, "GIF89a", "image/gif"))),
    dead("404 that says OK", everywhere(_raw("HTTP/1.1 404 OK"))),
    dead("404 by HTTP/1.0", everywhere(_raw("HTTP/1.0 404 Not Found"))),
    dead("404 after early hints", everywhere(_raw(_HINTS + "HTTP/1.1 404 Not Found"))),
    dead("404 with the menu of a large site", everywhere(html("Université de Loin", words(150), status=404))),
    # Scripts of Cloudflare's stand in every page behind it, dead ones too.
    dead(
        "404 behind Cloudflare",
        everywhere(
            html(
                "Page introuvable",
                "<script src=/cdn-cgi/scripts/5c5dd728/cloudflare-static/email-decode.min.js></script>",
                status=404,
                Server="cloudflare",
                CF_RAY="8c1f0a-CDG",
            )
        ),
    ),
    dead(
        "404 of a wiki: nobody has written it",
        everywhere(
            html(
                "Docker Swarm — Wiki",
                "<div class=noarticletext>Il n'y a pour l'instant aucun texte sur cette page.</div>",
                status=404,
            )
        ),
    ),
    dead(
        "404 of a platform: no such site",
        everywhere(html("Site not found · Pages", "<p>There isn't a site here.</p>", status=404)),
    ),
    dead("410 of a shop", everywhere(html("Ce cours n'est plus proposé", words(40), status=410))),
    dead(
        "500 with a trace, for ever",
        everywhere(html("TypeError", "<pre>at Object.app.js:12</pre>", status=500)),
    ),
    dead(
        "502, 503, 504, and 502 for ever", in_turn(*(html("Erreur", status=n) for n in (502, 503, 504, 502)))
    ),
    dead(
        "521: Cloudflare finds no server",
        everywhere(html("Web server is down", status=521, Server="cloudflare")),
    ),
    dead(
        "523: Cloudflare finds no way",
        everywhere(html("Origin is unreachable", status=523, Server="cloudflare")),
    ),
    dead(
        "526: Cloudflare is shown a bad certificate", everywhere(html("Invalid SSL certificate", status=526))
    ),
    dead("500 twice, then 404", in_turn(html("", status=500), html("", status=500), MISSING)),
    alive("200 that says Not Found", here(_raw("HTTP/1.1 200 Not Found"))),
    alive("200 without a reason", here(_raw("HTTP/1.1 200"))),
    alive("200 after early hints", here(_raw(_HINTS + "HTTP/1.1 200 OK"))),
    alive(
        "200 after 100 and 102",
        here(_raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK")),
    ),
    alive(
        "404 to what is no GET",
        lambda asked: PAGE if asked.path == HERE and asked.method == "GET" else MISSING,
    ),
    alive(
        "406 to who does not take pages",
        lambda asked: (
            PAGE if "text/html" in asked.headers.get("accept", "") else html("Not Acceptable", status=406)
        ),
    ),
    unsure(
        "300 with a choice",
        everywhere(html("Multiple Choices", "<a href=/cours/tp-docker2.html>?</a>", status=300)),
        verdicts="blocked ok",
    ),
    unsure("401 of an intranet", everywhere(html("Unauthorized", status=401, WWW_Authenticate="Negotiate"))),
    unsure("402 of a paywall", everywhere(html("Abonnez-vous", words(2), status=402))),
    unsure(
        "403 of a bucket",
        everywhere(_typed(403, "<Error><Code>AccessDenied</Code></Error>", "application/xml")),
    ),
    unsure(
        "403 after a redirect for good",
        lambda asked: sent("/articles/1") if asked.path == HERE else html("Forbidden", status=403),
    ),
    unsure("429 for ever", everywhere(html("Too Many Requests", status=429, Retry_After="86400"))),
    unsure("451 to Europeans", everywhere(html("Unavailable due to legal reasons", words(1), status=451))),
    unsure(
        "503 of a site that rests till morning",
        everywhere(html("Maintenance en cours", status=503, Retry_After="28800")),
    ),
]

ROBOTS = [
    alive(
        "robots.txt lets in below",
        here(PAGE),
        robots=_robots("User-agent: *\nDisallow: /cours\nAllow: /cours/tp-docker.html\n"),
    ),
    alive(
        "robots.txt of others",
        here(PAGE),
        robots=_robots("User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n"),
    ),
    alive("robots.txt that forbids nothing", here(PAGE), robots=_robots("User-agent: *\nDisallow:\n")),
    alive(
        "robots.txt with a mark and comments",
        here(PAGE),
        robots=_robots("\ufeffUser-agent: * # tous\r\nDisallow: /admin/ # Disallow: /\r\n"),
    ),
    alive("robots.txt that is the home page", here(PAGE), robots=html("Accueil", words(3))),
    alive("robots.txt forbidden", here(PAGE), robots=html("Forbidden", status=403)),
    alive("robots.txt round and round", here(PAGE), robots=sent("/robots.txt", 302)),
    alive("robots.txt that hangs", here(PAGE), robots=Reply(hangs=True)),
    alive("robots.txt cut", here(PAGE), robots=Reply(resets=True), verdicts="ok blocked"),
    alive("robots.txt of a megabyte", here(PAGE), robots=_robots("# rien\n" * 150_000)),
    alive(
        "robots.txt that asks for patience", here(PAGE), robots=_robots("User-agent: *\nCrawl-delay: 30\n")
    ),
    alive(
        "robots.txt on another query", here(PAGE), robots=_robots("User-agent: *\nDisallow: /*?print=1$\n")
    ),
    unsure(
        "robots.txt with a wildcard", here(PAGE), robots=_robots("User-agent: *\nDisallow: /*/tp-*.html$\n")
    ),
    unsure("robots.txt answers 500", here(PAGE), robots=html("", status=500), verdicts="ok blocked"),
]

CASES = STATUSES + ROBOTS
