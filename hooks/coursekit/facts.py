"""What pure functions give for texts: asked once a text, over all builds.

Most of it is asked of every page's HTML, and kept with it: whoever keeps a page hands it in (`Facts.know`).
The rest is kept together, in one slot, by the digest of each text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

_SLOT = "facts"

T = TypeVar("T")
Known = tuple[str, dict[str, Any]]  # digest of a text in hexadecimal; what functions give for it, by name
Get = Callable[[str, bytes], Any]
Put = Callable[[str, bytes, Any], None]


class Facts:
    """What is known of the texts of one build."""

    def __init__(self, get: Get, put: Put) -> None:
        """`get(slot, key)` returns what an earlier build has kept by `put(slot, key, value)`, or None."""
        self._get = get
        self._put = put
        self._known: dict[str, dict[str, Any]] = {}  # what somebody else keeps of texts
        self._remembered: dict[str, dict[str, Any]] = {}  # what else is remembered of texts
        self._earlier: dict[str, dict[str, Any]] | None = None  # that of earlier builds, by digest, once read
        self._digests: dict[str, bytes] = {}  # of texts

    def remember(self, function: Callable[[str], T], text: str) -> T:
        """Return what a pure function gives for a text, which JSON must give back as it is."""
        name = _name(function)
        facts = self._known.get(text)
        if facts is None or name not in facts:
            if text not in self._remembered:
                self._remembered[text] = self._of_earlier_builds().get(self.digest(text).hex()) or {}
            facts = self._remembered[text]
        if name not in facts:
            facts[name] = function(text)
        known: T = facts[name]
        return known

    def know(self, text: str, known: Known) -> None:
        """Take for granted what `known` returned of a text."""
        told, self._known[text] = known
        self._digests[text] = bytes.fromhex(told)

    def digest(self, text: str) -> bytes:
        """Return 16 bytes that stand for a text, which several stages ask for."""
        if text not in self._digests:
            self._digests[text] = digest(text)
        return self._digests[text]

    def inherit(self, facts: Facts) -> None:
        """Know what is known elsewhere, and share what will be."""
        self._known, self._remembered, self._digests = facts._known, facts._remembered, facts._digests

    def keep(self, *, is_whole: bool) -> None:
        """Keep what was remembered, without what a whole build did not ask for; forget everything."""
        now = {self.digest(text).hex(): facts for text, facts in self._remembered.items()}
        earlier = self._of_earlier_builds()
        if not is_whole:
            now = earlier | now
        if now != earlier:
            self._put(_SLOT, b"", now)
        for known in (self._known, self._remembered, self._digests):
            known.clear()

    def _of_earlier_builds(self) -> dict[str, dict[str, Any]]:
        if self._earlier is None:
            self._earlier = self._get(_SLOT, b"") or {}
        return self._earlier


_functions: dict[str, Callable[[str], Any]] = {}


def ask_of_every_page(function: Callable[[str], Any]) -> None:
    """Have `known` ask a function too."""
    _functions[_name(function)] = function


def known(html: str) -> Known:
    """Return all that builds ask of every page's HTML; JSON gives it back as it is."""
    return digest(html).hex(), {name: function(html) for name, function in _functions.items()}


def _name(function: Callable[[str], Any]) -> str:
    """Return what tells functions apart, those of a site's own hooks too."""
    return f"{function.__module__} {function.__qualname__}"


def digest(text: str | bytes) -> bytes:
    """Return 16 bytes that stand for a text."""
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return hashlib.blake2b(data, digest_size=16).digest()
