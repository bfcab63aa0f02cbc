"""The process in which LinkChecker crawls the built site; see coursekit.network.crawl, which starts it.

LinkChecker is GPL-2.0-or-later: this module alone imports it, in a process that does nothing else. It also
puts names into builtins, sets the default timeout of all sockets, and makes folders in the user's home
(which is a temporary one here). Its command would change the user from root to `nobody`; its library does
not, and need not: all that it reads comes from a server on this machine that serves one folder.

`python -m coursekit.network.linkchecker_child BASE`: BASE is the URL of the site's root, with its final `/`;
standard input has the URLs of its pages, one a line. Writes one JSON object a line:
`{"dead": [page, target, text, fault, near]}`, as in coursekit.links.crawled.DeadLink, `{"checked": n}` after
each URL, and at the end `{"done": true}`.
"""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import astuple
from itertools import islice
from typing import Any
from urllib.parse import urldefrag, urljoin

from linkcheck import checker, configuration, parser, plugins
from linkcheck.cache import results, robots_txt, urlqueue
from linkcheck.checker import httpurl, urlbase
from linkcheck.director import aggregator
from linkcheck.director import checker as director
from linkcheck.htmlutil import linkparse

from coursekit.links.crawled import Crawled, DeadLink

_SECONDS = 20  # for an answer of our own server
_MAX_BYTES = 64 << 20  # of a page; its search index may be larger, but no link leads there
_MAX_MEMORY = 2 << 30
_TEXT = 200  # characters of a link's text
_NODES = 50  # below a link, that its text is taken from
_URL = 4000  # characters of a URL that are told

# Beside those that LinkChecker knows.
_MORE_TAGS = {"source": ["src", "srcset"], "video": ["src", "poster"], "link": ["href", "imagesrcset"]}


class _Queue(urlqueue.UrlQueue):  # type: ignore[misc] # LinkChecker has no types
    """Sees each link of each page go by; LinkChecker itself tells of a dead URL at one page only."""

    def __init__(self, crawled: Crawled) -> None:
        super().__init__()
        self.known: dict[str, str] = {}  # URL as a page has it, made absolute -> as LinkChecker has it
        self._crawled = crawled

    def put(self, item: Any) -> None:
        if item.parent_url:
            self._note(item)
        super().put(item)

    def _note(self, item: Any) -> None:
        page = urldefrag(item.parent_url).url
        if item.has_result and not item.valid:
            self._crawled.malformed(page, item.base_url, item.name)
        elif not item.extern[0]:
            url, fragment = urldefrag(item.url)
            if absolute := _absolute(page, item.base_url):
                self.known[absolute] = url
            self._crawled.link(page, url, fragment, item.name)


class _Aggregate(aggregator.Aggregate):  # type: ignore[misc]
    def wait_for_host(self, host: str) -> None:
        """Ask at once: it is our own server; LinkChecker would sleep, with a lock that stops all threads."""


class _Results:
    """What LinkChecker calls a logger: is told of each URL that has been asked."""

    is_active = True

    def __init__(self, crawled: Crawled) -> None:
        self._crawled = crawled
        self._pages: set[str] = set()
        self._read: set[str] = set()

    def log_filter_url(self, result: Any, do_print: bool) -> None:
        if result.extern or not result.cache_url:
            return
        for url in {result.cache_url, urldefrag(result.url).url}:  # two when a folder's `/` was left out
            if not result.valid:
                self._crawled.dead(url, "missing" if result.result.startswith("404 ") else "unreadable")
            elif result.content_type in ("text/html", "application/xhtml+xml"):
                self._pages.add(url)  # good once it is read
            else:
                self._crawled.good(url, None)

    def read(self, url_data: Any) -> None:
        """Read a page: its links and its places, in one go.

        LinkChecker's own reading gathers the text of each element for its links' names and thinks anew about
        each link of the menu on each page; its check of anchors asks for a page anew with each fragment.
        """
        page = urldefrag(url_data.url).url
        known = url_data.aggregate.urlqueue.known
        known[page] = page
        places: set[str | None] = set()

        def found(url: str | None, line: int, column: int, name: str, base: str) -> None:
            target = None if base else known.get(_absolute(page, url or ""))
            if target:
                self._crawled.link(page, target, urldefrag(url or "").fragment, name)
            else:
                url_data.add_url(url, line=line, column=column, name=name, base=base)

        finder = linkparse.LinkFinder(found, linkparse.LinkTags | _MORE_TAGS)
        for element in url_data.get_soup().find_all(True):
            is_a = element.name == "a"
            places.update((element.attrs.get("id"), element.attrs.get("name") if is_a else None))
            text = _text(element) if is_a else ""
            finder.html_element(element.name, element.attrs, text, element.sourceline or 0, 0)
        for url in {url_data.cache_url, page}:
            self._read.add(url)
            self._crawled.good(url, {place for place in places if place})

    def end(self) -> None:
        """Tell of the pages that were served and could not be read."""
        for url in sorted(self._pages - self._read):
            self._crawled.dead(url, "unreadable")


def main(argv: Sequence[str]) -> int:
    """Crawl the site; return 0 once all has been told."""
    (base,) = argv
    _limit()
    crawled = Crawled(_tell_dead)
    found = _Results(crawled)
    parser.parse_html = found.read
    httpurl.HttpUrl.content_allows_robots = urlbase.UrlBase.content_allows_robots  # our own site's pages
    aggregate = _aggregate(found, _Queue(crawled))
    starts = [base, *sys.stdin.read().split()]
    for level, url in enumerate(starts):
        # Level 0 makes LinkChecker take what is below for the site; any other is as good for the rest.
        aggregate.urlqueue.put(checker.get_url_from(url, min(level, 1), aggregate))
    _check_all(aggregate, crawled)
    found.end()
    _tell(done=True)
    return 0


def _aggregate(found: _Results, queue: _Queue) -> _Aggregate:
    config = configuration.Configuration()
    config.update(
        logger=found,
        status=False,
        robotstxt=False,
        checkextern=False,
        allowedschemes=["http", "https"],
        pluginfolders=[],
        maxfilesizeparse=_MAX_BYTES,
        maxfilesizedownload=_MAX_BYTES,
        timeout=_SECONDS,
    )
    config.sanitize()
    aggregate = _Aggregate(
        config,
        queue,
        robots_txt.RobotsTxt(config["useragent"]),
        plugins.PluginManager(config),
        results.ResultCache(sys.maxsize),
    )
    aggregate.add_request_session()
    return aggregate


def _check_all(aggregate: _Aggregate, crawled: Crawled) -> None:
    """Ask for all URLs, in this thread: two took longer than one, which reading keeps busy."""
    queue = aggregate.urlqueue
    checked = 0
    while not queue.empty():
        url_data = queue.get()
        try:
            director.check_url(url_data, aggregate.logger)
        except Exception as error:
            url = urldefrag(url_data.url or "").url
            _tell_dead(DeadLink(url, url, f"{type(error).__name__}: {error}"[:_TEXT], "unreadable"))
        finally:
            queue.task_done(url_data)
        checked += 1
        _tell(checked=checked)


def _text(element: Any) -> str:
    """Return the beginning of an element's text; what is nested without end takes no longer."""
    texts = (str(node) for node in islice(element.descendants, _NODES) if isinstance(node, str))
    return " ".join("".join(texts).split())[:_TEXT]


def _absolute(page: str, url: str) -> str:
    """Return a URL as seen from a page, without its fragment; empty when it is malformed."""
    try:
        return urldefrag(urljoin(page, url)).url
    except ValueError:
        return ""


def _limit() -> None:
    """Keep this process from the network and from using up the memory, whatever a page makes it do."""

    def only_here(host: Any, *rest: Any, **named: Any) -> Any:
        if host != "127.0.0.1":
            raise socket.gaierror(socket.EAI_NONAME, str(host))
        return resolve(host, *rest, **named)

    resolve = socket.getaddrinfo
    socket.getaddrinfo = only_here
    with suppress(ImportError, OSError, ValueError):  # Windows has none; a lower limit may be set
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))


def _tell_dead(dead: DeadLink) -> None:
    _tell(dead=[value[:_URL] for value in astuple(dead)])


def _tell(**told: Any) -> None:
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
