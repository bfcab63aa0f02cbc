"""Addresses as authors write them: the server takes only what a browser sends of them."""

from __future__ import annotations

from typing import Unpack

from tests.links.web import Asked, Reply
from tests.links.wild.case import MISSING, PAGE, Case, More, alive, dead


def _sends(label: str, written: str, sent: str, **more: Unpack[More]) -> Case:
    """Return a link whose path and query reach the server so, letter by letter."""

    def answer(asked: Asked) -> Reply:
        return PAGE if asked.path == sent else MISSING

    return alive(label, answer, written, **more)


CASES = [
    _sends("a raw accent", "/été/où", "/%C3%A9t%C3%A9/o%C3%B9"),
    _sends("an accent of Latin-1, escaped", "/%E9t%E9", "/%E9t%E9"),
    _sends("escapes in small letters", "/caf%c3%a9", "/caf%c3%a9"),
    _sends("an escape that is none", "/100%", "/100%"),
    _sends("an escape of what needs none", "/%7Eprof/%41", "/%7Eprof/%41"),
    _sends("a raw blank", "/mon cours.pdf", "/mon%20cours.pdf"),
    _sends("a plus and a blank", "/a+b%20c", "/a+b%20c"),
    _sends("two slashes", "/a//b", "/a//b"),
    _sends("parameters", "/a;v=1/b;x", "/a;v=1/b;x"),
    _sends("brackets and a bar", "/liste[1]|2", "/liste[1]|2"),
    _sends("braces", "/modele/{id}", "/modele/%7Bid%7D"),
    _sends("quotes", '/l\'"outil"', "/l'%22outil%22"),
    _sends("a backslash", "/cours\\tp.html", "/cours/tp.html"),
    _sends("an escaped backslash", "/cours%5Ctp.html", "/cours%5Ctp.html"),
    _sends("dots, escaped", "/a/%2E%2e/b/./c", "/b/c"),
    _sends("a dot at the end", "/a/b/..", "/a/"),
    _sends("a quote in the query", "/c?q='a'", "/c?q=%27a%27"),
    _sends("an accent in the query", "/c?q=été&p=a/b?c", "/c?q=%C3%A9t%C3%A9&p=a/b?c"),
    _sends("a query that says nothing", "/c?", "/c?", missed="the lone sign is left out"),
    _sends("an empty fragment", "/c?a=1#", "/c?a=1"),
    _sends("a picture character", "/🚀", "/%F0%9F%9A%80"),
    _sends("a long address", "/" + "a" * 4000, "/" + "a" * 4000),
    dead("a port that is none", lambda asked: PAGE, "http://127.0.0.1:99999/"),
    dead("a host without a name", lambda asked: PAGE, "http:///cours/"),
    dead("a host with two dots", lambda asked: PAGE, "http://cours..ecole.invalid/"),
]
