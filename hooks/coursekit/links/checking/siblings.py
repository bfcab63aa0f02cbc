"""Addresses that nobody has made, and whether they show what a page shows: what tells a page from none."""

from __future__ import annotations

import difflib
import random
import re
import string
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from coursekit.links.checking.page import Page
from coursekit.links.checking.soft_failures import owns_up
from coursekit.links.checking.visit import Visit
from coursekit.links.checking.vocabulary import one_of

_ALIKE = 0.9  # of the words of two pages, in order: what differs is the address they echo, a date, a token
_COMPARED = 400  # words
_WORD = re.compile(r"[^\W_]+")

# Parameters that name the thing a page shows, rather than how it is shown.
_IDENTIFIERS = one_of(r"""
    \w*id p page article\w* art doc\w* num no nr ref item post news view file fichier cours titre title
    name nom slug key code v url path
""")
_IDENTIFIER = re.compile(_IDENTIFIERS, re.IGNORECASE)

_THING = re.compile(r"(?!(?:19|20)\d\d$)\d{3,12}")


def beside(url: str) -> str:
    """Return an address beside a URL's that nobody has made."""
    parts = urlsplit(url)
    folder, _, name = parts.path.rstrip("/").rpartition("/")
    suffix = match[0] if (match := re.search(r"\.[a-z]\w{0,4}$", name, re.IGNORECASE)) else ""
    slash = "/" if parts.path.endswith("/") and name else ""
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/{_nonsense()}{suffix}{slash}", "", ""))


def by_query(url: str) -> str | None:
    """Return the address of another thing that a URL's page would show; None when its query names none."""
    parts = urlsplit(url)
    fields = parse_qsl(parts.query, keep_blank_values=True)[:20]
    if not any(_IDENTIFIER.fullmatch(name) for name, _ in fields):
        return None
    asked = [(name, _other(value) if _IDENTIFIER.fullmatch(name) else value) for name, value in fields]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(asked), ""))


def by_number(url: str) -> str | None:
    """Return the address of another thing where a number in front of the last words names it, or None.

    Forums and shops answer `/questions/8812/any-words` by the page of that number. Years, months and days
    name nothing.
    """
    parts = urlsplit(url)
    segments = parts.path.split("/")
    for place in range(len(segments) - 2, 0, -1):
        if _THING.fullmatch(segments[place]) and segments[-1]:
            segments[place] = f"9{random.randrange(10**8):08}"
            return urlunsplit((parts.scheme, parts.netloc, "/".join(segments), "", ""))
    return None


def _other(value: str) -> str:
    return f"9{random.randrange(10**8):08}" if value.isdigit() else _nonsense()


def _nonsense() -> str:
    return "".join(random.choices(string.ascii_lowercase, k=16))


def alike(one: Visit, other: Visit) -> bool:
    """Tell whether two addresses of a site show the same, but for what they echo of themselves."""
    here, there = one.shown, other.shown
    if here is None or there is None:
        return False
    echoed = _echoed(one) | _echoed(other)
    first, second = _words(here, echoed), _words(there, echoed)
    if first == second:
        return True
    if difflib.SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE:
        return True
    shorter, longer = sorted((len(first), len(second)))
    return 2 * shorter >= longer and _says_the_same(here, there, echoed)


def _says_the_same(one: Page, other: Page, echoed: set[str]) -> bool:
    """Tell whether two pages say under one title that they are not there: below, they may list others."""
    heads = [(_told(page.title, echoed), _told(page.heading, echoed)) for page in (one, other)]
    return heads[0] == heads[1] and any(heads[0]) and owns_up(one) and owns_up(other)


def _echoed(visit: Visit) -> set[str]:
    """Return the words of the addresses that a page may repeat."""
    urls = [visit.start.sent, visit.address.sent, *(hop.source for hop in visit.hops)]
    parts = [urlsplit(url) for url in urls]
    return {word for part in parts for word in _WORD.findall(unquote(f"{part.path} {part.query}").lower())}


def _words(page: Page, echoed: set[str]) -> list[str]:
    """Return the first words that a page shows, without those that it repeats."""
    return _told(f"{page.title} {page.text[:8000]}", echoed)[:_COMPARED]


def _told(text: str, echoed: set[str]) -> list[str]:
    return [word for word in _WORD.findall(text.lower()) if word not in echoed and not _is_token(word)]


def _is_token(word: str) -> bool:
    """Tell whether a word is a number or the name of an incident, other each time."""
    return any(character.isdigit() for character in word)
