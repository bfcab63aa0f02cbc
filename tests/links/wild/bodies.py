"""Bodies: how they are coded, how long they say to be, what they say to be."""

from __future__ import annotations

import gzip
import zlib

from tests.links.web import Reply, html
from tests.links.wild.case import HERE, Case, alive, dead, here, words

_HTML = ("Content-Type", "text/html; charset=utf-8")
_BODY = html("Travaux pratiques", words(30) + "<h2 id=fin>Fin</h2>").body
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def _coded(label: str, coding: str, body: bytes, *, place: bool = True) -> Case:
    """Return a page in a content coding, with a link to its last heading."""
    reply = Reply(200, body, (_HTML, ("Content-Encoding", coding)))
    return alive(label, here(reply), HERE + ("#fin" if place else ""))


def _deflate(body: bytes, bits: int) -> bytes:
    press = zlib.compressobj(wbits=bits)
    return press.compress(body) + press.flush()


def _typed(label: str, content_type: str | None, body: bytes = _BODY) -> Case:
    told = (("Content-Type", content_type),) if content_type is not None else ()
    return alive(label, here(Reply(200, body, told)))


def _raw(label: str, rest: bytes) -> Case:
    return alive(label, here(Reply(raw=_HEAD + rest)))


def _chunks(*chunks: bytes) -> bytes:
    return b"".join(b"%X\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)


_CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
_ENDLESS = gzip.compress(b"\0" * 50_000_000)

CASES = [
    _coded("gzip, and rubbish after it", "gzip", gzip.compress(_BODY) + b"\r\n<!-- 0.2 s -->"),
    _coded("gzip without its end", "gzip", gzip.compress(_BODY)[:-8]),
    _coded("gzip in two parts", "gzip", gzip.compress(_BODY[:900]) + gzip.compress(_BODY[900:])),
    _coded("gzip by its old name", "x-gzip", gzip.compress(_BODY)),
    _coded("gzip in capitals", "GZIP", gzip.compress(_BODY)),
    _coded("gzip of gzip", "gzip, gzip", gzip.compress(gzip.compress(_BODY)), place=False),
    _coded("gzip of 50 MB of nothing", "gzip", _ENDLESS, place=False),
    _coded("deflate as the standard has it", "deflate", _deflate(_BODY, 15)),
    _coded("deflate as servers have it", "deflate", _deflate(_BODY, -15)),
    _coded("no coding, told", "identity", _BODY),
    _coded("a coding that is none", "UTF-8", _BODY, place=False),
    _coded("gzip that is none", "gzip", _BODY, place=False),
    _raw("longer than told", b"Content-Length: 40\r\n\r\n" + _BODY),
    _raw(
        "as long as told twice",
        b"Content-Length: %d\r\nContent-Length: %d\r\n\r\n%s" % (len(_BODY), len(_BODY), _BODY),
    ),
    _raw(
        "chunks, extended, with trailers", _CHUNKED + b"5;a=b\r\nBonjo\r\n02\r\nur\r\n0\r\nX-Sum: 1\r\n\r\n"
    ),
    _raw("chunks, and a length besides", b"Content-Length: 3\r\n" + _CHUNKED + _chunks(_BODY, b"")),
    _raw("chunks that do not end", _CHUNKED + _chunks(_BODY)),
    _raw("chunks that end in rubbish", _CHUNKED + _chunks(_BODY) + b"zzzz\r\n"),
    _raw("shorter than told", b"Content-Length: 90000\r\n\r\n" + _BODY),
    _raw("a length that is no number, then the end", b"Connection: close\r\n\r\n" + _BODY),
    _typed("no type", None),
    _typed("an empty type", ""),
    _typed("a page as a download", "application/octet-stream"),
    _typed("a type in pieces", 'text/html;; charset="utf-8'),
    _typed("a charset that is none", "text/html; charset=klingon-1"),
    _typed("a charset of accents", "text/html; charset=été"),
    _typed("data", "application/json", b'{"cours": []}'),
    _typed("an empty list", "application/json", b"[]"),
    _typed("a feed", "application/rss+xml", b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>"),
    _typed("a picture", "image/png", b"\x89PNG\r\n\x1a\n" + b"\0" * 900),
    _typed("a script", "text/javascript", b"console.log('404 not found')"),
    _typed("a page in UTF-16", "text/html", "\ufeff<title>Cours</title><p>Été".encode("utf-16-be")),
    _typed(
        "a page that lies about its charset", "text/html; charset=utf-8", "<p>Été à Orléans".encode("latin-1")
    ),
    _typed("a page of zeros", "text/html", b"\0" * 3000),
    _typed("tags that nobody closes", "text/html", b"<div>" * 60_000),
    alive(
        "an archive to keep",
        here(
            Reply(
                200,
                b"PK\3\4" + b"\0" * 99_000,
                (
                    ("Content-Type", "application/zip"),
                    ("Content-Disposition", 'attachment; filename="tp.zip"'),
                ),
            )
        ),
    ),
    dead("nothing, of type page", here(Reply(200, b"", (_HTML,)))),
]
