"""What is dead in the built site, as its author sees it: in which file, on which line."""

from __future__ import annotations

import mimetypes
import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from urllib.parse import unquote

from coursekit.links import messages
from coursekit.links.checking.addresses import parse
from coursekit.links.crawled import DeadLink
from coursekit.links.registered import InternalLink, Registered, SitePage
from coursekit.links.reporting.findings import InsideFinding
from coursekit.links.targets import readable

_Key = tuple[str, str]  # path, decoded, without final `/` or index.html; fragment, decoded


def findings(dead: Iterable[DeadLink], registered: Registered, files: Collection[str]) -> list[InsideFinding]:
    """Return each dead link at each place where it is written.

    URLs of `dead` are relative to the site's root; `files` are the paths of the site's files below it.
    What no source has written comes from the theme or a plugin: it is told once for all its pages.
    """
    return sorted(_Author(registered, files).findings(dead))


class _Author:
    """What is known of the sources."""

    def __init__(self, registered: Registered, files: Collection[str]) -> None:
        self._pages: Mapping[_Key, SitePage] = {_key(page.url): page for page in registered.pages}
        self._written: dict[tuple[_Key, _Key], list[InternalLink]] = {}
        for link in registered.internal:
            self._written.setdefault((_key(link.page), _key(link.target)), []).append(link)
        self._by_name: dict[str, list[str]] = {}
        for file in sorted(files):
            url = file.removesuffix("index.html")
            self._by_name.setdefault(_name(url), []).append(url)

    def findings(self, dead: Iterable[DeadLink]) -> Iterator[InsideFinding]:
        unwritten: dict[tuple[str, str], list[DeadLink]] = {}
        each = {
            (_key(one.page), one.target): one for one in sorted(dead, reverse=True)
        }  # not `a/index.html` too
        for one in sorted(each.values()):
            if one.fault == "malformed" and parse(one.target):
                continue  # LinkChecker knows fewer forms than browsers do: IPv6 addresses, say
            places = self._written.get((_key(one.page), _key(one.target)), [])
            for place in places:
                yield self._finding(one, place)
            if not places:
                unwritten.setdefault((one.target, one.fault), []).append(one)
        for several in unwritten.values():
            yield self._finding_without_line(several)

    def _finding(self, one: DeadLink, place: InternalLink) -> InsideFinding:
        page = self._pages.get(_key(place.page))
        course = page.course if page else ""
        message = self._message(one, 1)
        return InsideFinding(place.file, place.line, place.page, one.target, place.text, message, course)

    def _finding_without_line(self, several: Sequence[DeadLink]) -> InsideFinding:
        first = several[0]
        message = self._message(first, len(several))
        page = self._pages.get(_key(first.page))
        if page is None or len(several) > 1:
            return InsideFinding("", 0, first.page, first.target, first.text, message, "")
        return InsideFinding(page.file, 0, page.url, first.target, first.text, message, page.course)

    def _message(self, one: DeadLink, pages: int) -> str:
        url = readable(one.target)
        match one.fault:
            case "missing":
                return messages.inside_missing(_kind(one.target), url, self._nearest(one.target), pages)
            case "anchor":
                return messages.inside_anchor(url, f"#{one.near}" if one.near else "", pages)
            case "malformed":
                return messages.inside_malformed(url, pages)
            case "unreadable":
                return messages.inside_unreadable(url, pages)

    def _nearest(self, target: str) -> str:
        """Return the file of the same name that lies nearest; empty when no file has it."""
        path = unquote(target.partition("#")[0])
        alike = self._by_name.get(_name(path), [])
        return max(alike, key=lambda file: SequenceMatcher(a=file, b=path).quick_ratio(), default="")


def _key(url: str) -> _Key:
    path, _, fragment = url.partition("#")
    path = unquote(path.partition("?")[0])
    return posixpath.normpath(f"/{path}").removesuffix("/index.html").strip("/"), unquote(fragment)


def _name(path: str) -> str:
    return posixpath.basename(path.rstrip("/")).removesuffix(".html").lower()


def _kind(target: str) -> str:
    path = target.partition("#")[0].partition("?")[0]
    guess = mimetypes.guess_type(path)[0] or ""
    main, _, exact = guess.partition("/")
    if main in ("image", "font"):
        return main
    if main in ("audio", "video"):
        return "media"
    known = {
        "css": "css",
        "javascript": "script",
        "x-javascript": "script",
        "html": "page",
        "markdown": "page",
    }
    no_suffix = not posixpath.splitext(path)[1]
    return "page" if no_suffix else known.get(exact, "file")
