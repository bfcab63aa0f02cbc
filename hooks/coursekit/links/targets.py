"""Where a link of a page leads: to a file of the site, to another site, or nowhere.

A site-absolute link (`/docker/cours`) is looked up in the sources, else on the author's published site, the
origin. A relative one may name a source (`tp.md`) or, as authors of other generators write it, a page (`tp`).
A path that begins with an alias (`@assets/logo.svg`) starts in the folder that the site says.
"""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple
from unicodedata import normalize
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

from coursekit import messages
from coursekit.links.checking.addresses import parse

if TYPE_CHECKING:
    from coursekit.markdown.document import Link

# The beginning of a host name whose `https://` was left out; a lone `cours.md` is a file.
_HOST = re.compile(r"www\.[^/]+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?=/)", re.IGNORECASE)
# Fragments that need no element: the top of the page, and text fragments.
PLAIN_FRAGMENTS = ("top", ":~:")

_SUFFIXES = ("", ".md", "/index.md", "/README.md")
# CommonMark's way with brackets, which is right in a path, makes a name that no browser takes.
_IPV6 = re.compile(r"^(https?://(?:[^/?#]*@)?)%5B([\da-f:.]+)%5D(?=[:/?#]|$)", re.IGNORECASE)
_LACKS_COLON = re.compile("https?//", re.IGNORECASE)
_WITH_SLASHES = re.compile("https?://[^/?#]", re.IGNORECASE)  # browsers take any number of slashes
_SCHEME = re.compile(r"([a-z]+)[:;]?/{0,2}(?:https?:/{0,2})?(.*)", re.IGNORECASE | re.DOTALL)
_STRAY = re.compile(r"""[\s"'<>«»“”]""")
_LOOKS_ALIASED = re.compile(r"(?:@[\w-]*|~)/")

# Why a file of docs/ is not on the site, by the setting of MkDocs: `draft_docs`, or `exclude_docs`.
Absence = Literal["draft", "excluded"]


class Internal(NamedTuple):
    """A file of the site."""

    file: str  # source URI below docs/, such as `docker/cours.md`
    fragment: str  # decoded, without `#`; empty when the link has none
    ending: str  # `?query#fragment` as written


class External(NamedTuple):
    """A page of another site."""

    url: str  # absolute


@dataclass(frozen=True, slots=True)
class Other:
    """What no page answers: `mailto:`, `tel:`, `data:` …"""


class Dead(NamedTuple):
    """A link that leads nowhere."""

    message: str  # the author's sentence, likely mend included


Target = Internal | External | Other | Dead


@dataclass(frozen=True, slots=True)
class Site:
    """What a link can lead to."""

    files: Collection[str]  # source URIs below docs/, pages and assets alike
    origin: str | None = None  # base URL of the author's published site
    # Prefix of a path -> folder: `assets/`, or empty for docs/ itself.
    aliases: Mapping[str, str] = field(default_factory=dict)
    absent: Mapping[str, Absence] = field(default_factory=dict)  # source URIs of docs/ that are not published
    _by_stem: dict[str, list[str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _nearest_stems: dict[str, str | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def target(self, link: Link, source: str) -> Target:
        """Return where a link of the page whose source URI is `source` leads."""
        if not link.url:
            return Dead(messages.empty_link(image=link.kind == "image"))
        try:
            parts = urlsplit(link.url)
        except ValueError:
            return _malformed(link.url)
        if parts.scheme in ("http", "https") or link.url.startswith("//"):
            url = _IPV6.sub(r"\1[\2]", link.url if parts.scheme else f"https:{link.url}")
            return External(url) if _is_of_the_web(url) else _malformed(link.url)
        if parts.scheme:
            return _malformed(link.url) if _is_slip(parts.scheme) else Other()
        return self._local(link, source, parts)

    def _local(self, link: Link, source: str, parts: SplitResult) -> Target:
        written = unquote(parts.path)
        path = self._unaliased(written)
        if not path:
            file: str | None = source  # even a draft, which no other page can link to
        else:
            file = _find(path, source, self.files)
        if file:
            ending = urlunsplit(("", "", "", parts.query, parts.fragment))
            return Internal(file, unquote(parts.fragment), ending)
        if absent := _find(path, source, self.absent):
            return Dead(messages.unpublished(readable(link.url), self.absent[absent]))
        if path.startswith("/") and path == written:
            if not self.origin:
                return Dead(messages.no_origin(readable(link.url)))
            return External(f"{self.origin.rstrip('/')}/{link.url.lstrip('/')}")
        return Dead(self._missing(link, path, written, source))

    def _unaliased(self, path: str) -> str:
        """Return a path with its alias, the longest that fits, replaced by the folder it stands for."""
        prefix = max((prefix for prefix in self.aliases if path.startswith(prefix)), key=len, default=None)
        return path if prefix is None else f"/{self.aliases[prefix]}{path.removeprefix(prefix)}"

    def _missing(self, link: Link, path: str, written: str, source: str) -> str:
        if _LACKS_COLON.match(link.url):
            return messages.malformed_url(readable(link.url), _mended(readable(link.url)))
        message = messages.missing_image if link.kind == "image" else messages.dead_link
        url = readable(link.url)
        if path != written:  # the suggestion starts at the root, as the place that was looked at does
            near = self._nearest(path, "")
            return message(url, near, path.lstrip("/"))
        if alias := _LOOKS_ALIASED.match(path):
            return messages.unknown_alias(url, alias[0], image=link.kind == "image")
        if link.kind == "link" and _HOST.match(path):
            return message(url, f"https://{url}")
        return message(url, self._nearest(path, source))

    def _nearest(self, path: str, source: str) -> str | None:
        """Return the path, relative to `source`, of the file whose name is nearest to the one written."""
        wanted = next(_candidates(path, source))
        stem = self._nearest_stem(_stem(wanted))
        if stem is None:
            return None
        likeness = difflib.SequenceMatcher(b=wanted)

        def alike(file: str) -> float:
            likeness.set_seq1(file)
            return likeness.ratio()

        return _path(max(self._stems()[stem], key=alike), source)

    def _nearest_stem(self, stem: str) -> str | None:
        """Return the nearest name: slow on a large site, and a missing image is often on many pages."""
        if stem not in self._nearest_stems:
            near = difflib.get_close_matches(stem, self._stems(), n=1, cutoff=0.75)
            self._nearest_stems[stem] = near[0] if near else None
        return self._nearest_stems[stem]

    def _stems(self) -> dict[str, list[str]]:
        if not self._by_stem:
            for file in sorted(self.files):
                self._by_stem.setdefault(_stem(file), []).append(file)
        return self._by_stem


def _find(path: str, source: str, files: Collection[str]) -> str | None:
    if not files:
        return None
    # Some systems take accented names apart (NFD), and authors type them composed (NFC).
    for spelling in dict.fromkeys((path, normalize("NFC", path), normalize("NFD", path))):
        for candidate in _candidates(spelling, source):
            if candidate in files:
                return candidate
    return None


def _stem(file: str) -> str:
    return posixpath.splitext(posixpath.basename(file))[0].lower()


def relative(file: str, source: str) -> str:
    """Return the URL path that leads from one source to another, as MkDocs expects it in Markdown."""
    return quote(_path(file, source))


def _path(file: str, source: str) -> str:
    return posixpath.relpath(file, posixpath.dirname(source) or ".")


def readable(url: str) -> str:
    """Return a URL as its author reads it: accents, not their percent signs."""
    decoded = unquote(url, errors="surrogateescape")
    return decoded if decoded.isprintable() else url


def _is_of_the_web(url: str) -> bool:
    """Tell whether a URL that begins in `http:` or `https:` is an address that browsers can open."""
    is_whole = _WITH_SLASHES.match(url) and parse(url)
    return bool(is_whole) and urlsplit(url).netloc not in ("http:", "https:")  # a scheme written twice


def _is_slip(scheme: str) -> bool:
    """Tell whether a scheme is a drive letter, a path on the author's own disk, or `http` mistyped."""
    return len(scheme) == 1 or scheme == "file" or _web_scheme(scheme) is not None


def _web_scheme(scheme: str) -> str | None:
    """Return `http` or `https`, whichever is nearest to what is written, if one is near."""
    near = difflib.get_close_matches(scheme.lower(), ("https", "http"), n=1, cutoff=0.75)
    return near[0] if near else None


def _malformed(url: str) -> Dead:
    return Dead(messages.malformed_url(readable(url), _mended(readable(url))))


def _mended(url: str) -> str | None:
    """Return the address that was most likely meant by one that is none, if it can be told.

    Mends a mistyped or doubled scheme, slashes or a colon left out, and in the name of the host quotes,
    spaces, and commas for dots.
    """
    match = _SCHEME.fullmatch(url)
    scheme = _web_scheme(match[1]) if match else None
    if not match or not scheme:
        return None
    host, slash, path = match[2].partition("/")
    host = _STRAY.sub("", host).replace(",", ".")
    mended = f"{scheme}://{host}{slash}{path}"
    return mended if "." in host.strip(".") and _is_of_the_web(mended) else None


def _candidates(path: str, source: str) -> Iterator[str]:
    """Yield the source URIs that `path` may mean, likeliest first; none lies outside the site."""
    base = "" if path.startswith("/") else posixpath.dirname(source)
    joined = posixpath.normpath(posixpath.join(base, path.lstrip("/"))).removeprefix("./")
    stem = joined.removesuffix(".html")
    for candidate in dict.fromkeys((joined, stem)):
        for suffix in _SUFFIXES:
            yield posixpath.normpath(candidate + suffix)


def nearest_anchor(fragment: str, anchors: Collection[str]) -> str | None:
    """Return the anchor an author most likely meant by `fragment`, if one is near."""
    folded = {_folded(anchor): anchor for anchor in sorted(anchors)}
    matches = difflib.get_close_matches(_folded(fragment), folded, n=1)
    return folded[matches[0]] if matches else None


def _folded(anchor: str) -> str:
    return normalize("NFKD", anchor.lower()).encode("ascii", "ignore").decode().replace("-", "")
