"""Faults that pass: asked again, the page is there."""

from __future__ import annotations

from email.utils import formatdate
from time import time

from tests.links.web import Asked, Reply, html
from tests.links.wild.case import HERE, MISSING, PAGE, alive, dead, here, in_turn, unsure

_HANGS = Reply(hangs=True)
_CUT = Reply(resets=True)


def _error(status: int, **headers: str) -> Reply:
    return html("Erreur", status=status, **headers)


def _dated(asked: Asked) -> Reply:
    """Ask for patience until a second from now, once."""
    if asked.path != HERE:
        return MISSING
    return PAGE if asked.times > 1 else _error(429, Retry_After=formatdate(time() + 1.5, usegmt=True))


CASES = [
    alive("cut once", in_turn(_CUT, PAGE), verdicts="flaky ok"),
    alive("cut three times", in_turn(_CUT, _CUT, _CUT, PAGE), verdicts="flaky"),
    alive("hangs once", in_turn(_HANGS, PAGE), verdicts="flaky"),
    alive(
        "closed once within the head",
        in_turn(Reply(raw=b"HTTP/1.1 200 OK\r\nServ"), PAGE),
        verdicts="flaky ok",
    ),
    alive("500 twice", in_turn(_error(500), _error(500), PAGE), verdicts="flaky"),
    alive("502, cut, 504", in_turn(_error(502), _CUT, _error(504), PAGE), verdicts="flaky"),
    alive("520 once", in_turn(_error(520, Server="cloudflare"), PAGE), verdicts="flaky"),
    alive("421 once", in_turn(_error(421), PAGE), verdicts="flaky"),
    alive("408 once", in_turn(_error(408, Connection="close"), PAGE), verdicts="flaky"),
    alive("503 for a second", in_turn(_error(503, Retry_After="1"), PAGE), verdicts="flaky"),
    alive("429 for a second", in_turn(_error(429, Retry_After="1"), PAGE), verdicts="flaky ok"),
    alive("429 until a date", _dated, verdicts="flaky ok"),
    alive("429 without a word", in_turn(_error(429), _error(429), PAGE), verdicts="flaky ok"),
    alive("429 for what is no time", in_turn(_error(429, Retry_After="bientôt"), PAGE), verdicts="flaky ok"),
    alive("429 for less than nothing", in_turn(_error(429, Retry_After="-5"), PAGE), verdicts="flaky ok"),
    alive(
        "429 until a date long past",
        in_turn(_error(429, Retry_After="Fri, 31 Dec 1999 23:59:59 GMT"), PAGE),
        verdicts="flaky ok",
    ),
    alive(
        "429 for more than a number holds",
        in_turn(_error(429, Retry_After="9" * 400), PAGE),
        verdicts="flaky ok blocked",
    ),
    alive("robots.txt: too many requests", here(PAGE), robots=_error(429)),
    unsure(
        "503 today, and back tomorrow",
        in_turn(_error(503, Retry_After="86400"), PAGE),
        verdicts="blocked flaky",
    ),
    alive("503 for no time at all", in_turn(_error(503, Retry_After="0"), PAGE), verdicts="flaky"),
    alive("a handful of faults", in_turn(_error(504), _error(503), _error(500), PAGE), verdicts="flaky"),
    unsure("403, then a page", in_turn(_error(403), PAGE), verdicts="blocked flaky ok"),
    dead("500, then 410", in_turn(_error(500), _error(410))),
    dead("cut for ever", in_turn(_CUT)),
]
