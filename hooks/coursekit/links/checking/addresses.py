"""Addresses as people write them, and as they are sent: what browsers do of the WHATWG URL Standard."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import quote, unquote, urljoin, urlsplit

# Left as written: `%` (escapes stand), and what the standard's path and query percent-encode sets leave out.
_SAFE_PATH = "%/:!$&'()*+,;=@~[]-._|"
_SAFE_QUERY = "%/:!$&()*+,;=@~?[]-._|^`{}\\"
_EDGES = "".join(map(chr, range(33)))  # control characters and the space
_DROPPED = re.compile(r"[\t\n\r]+")
_ABSOLUTE = re.compile(r"(?:(https?):[/\\]{0,2}|[/\\]{2})", re.IGNORECASE)  # browsers mend `http:/host`
# What browsers follow from no redirect.
_REFUSED = re.compile("(?:javascript|vbscript|data|file|about|blob):", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"[\w~-]+(?:\.[\w~-]+)*\.?", re.ASCII)
_MOST_NAME = 253  # characters of a host's name, RFC 1035


class Address(NamedTuple):
    """Where a URL leads."""

    sent: str  # absolute, ASCII, without fragment
    fragment: str | None  # as written; None when there is none, which is not the empty one

    @property
    def host(self) -> str:
        """The host's name in lower case, an IPv6 address without its brackets."""
        return urlsplit(self.sent).hostname or ""

    @property
    def whole(self) -> str:
        """Return the address with its fragment."""
        return self.sent if self.fragment is None else f"{self.sent}#{self.fragment}"


@lru_cache(maxsize=8192)  # a site links to the same places again and again
def parse(url: str) -> Address | None:
    """Return the address that browsers take a URL for; None when it is none of the web's."""
    clean = _clean(url)
    try:
        return _parse(clean, "") if _SCHEME.match(clean) else None
    except ValueError:  # of urllib and idna alike
        return None


def join(base: Address, location: str) -> Address | None:
    """Return where a `Location` seen at `base` leads; its fragment wins over base's (RFC 9110, 10.2.2)."""
    location = _clean(location)
    try:
        if not _ABSOLUTE.match(location):
            asked, hash_, fragment = location.partition("#")
            path, mark, query = asked.partition("?")
            location = urljoin(base.sent, path.replace("\\", "/") + mark + query) + hash_ + fragment
        target = _parse(location, urlsplit(base.sent).scheme)
    except ValueError:
        return None
    if target and target.fragment is None:
        return Address(target.sent, base.fragment)
    return target


def leaves_the_web(location: str) -> bool:
    """Tell whether a `Location` is for another program than a browser, as `mailto:` is."""
    clean = _clean(location)
    return bool(_SCHEME.match(clean)) and not _ABSOLUTE.match(clean) and not _REFUSED.match(clean)


def _clean(url: str) -> str:
    return _DROPPED.sub("", url.strip(_EDGES))


def _parse(url: str, scheme: str) -> Address | None:
    """Raises ValueError."""
    start = _ABSOLUTE.match(url)
    if not start:
        return None
    scheme = (start[1] or scheme).lower()
    head, hash_, fragment = url[start.end() :].partition("#")
    rest, mark, query = head.partition("?")
    parts = urlsplit(f"{scheme}://{rest.replace(chr(92), '/')}")
    if not parts.hostname:
        return None
    place = _host(parts.hostname)
    if parts.port is not None and parts.port != _DEFAULT_PORTS[scheme]:
        place = f"{place}:{parts.port}"
    user, at, _ = parts.netloc.rpartition("@")
    path = _without_dots(_quoted(parts.path, _SAFE_PATH)) or "/"
    sent = f"{scheme}://{_quoted(user, _SAFE_PATH)}{at}{place}{path}{mark}"
    if not _is_text(fragment):
        fragment = _quoted(fragment, _SAFE_QUERY)
    return Address(sent + _quoted(query, _SAFE_QUERY), fragment if hash_ else None)


def _is_text(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _quoted(text: str, safe: str) -> str:
    """Return text with what may not be sent percent-encoded; bytes that are not UTF-8 stay what they are.

    Raises ValueError for a lone surrogate that no byte stands behind.
    """
    return quote(text, safe, errors="surrogateescape")


def _host(name: str) -> str:
    if ":" in name:
        return f"[{name}]"
    if "%" in name:
        name = unquote(name, errors="strict").lower()
    if not name.isascii():
        name = _ascii(name)
    if not _NAME.fullmatch(name) or len(name) > _MOST_NAME:
        raise ValueError(name)
    return name


def _ascii(name: str) -> str:
    """Return an international name as it is sent; browsers take emoji too, which IDNA 2008 does not."""
    import idna  # noqa: PLC0415 - few names need it

    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except idna.IDNAError:
        if normalize("NFKC", name) != name:
            raise  # what is another character for browsers too may be a dot or a slash
        labels = name.lower().split(".")
        return ".".join(
            label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}"
            for label in labels
        )


def _without_dots(path: str) -> str:
    """Return a path without `.` and `..` segments (RFC 3986, 5.2.4), `%2e` taken for a dot as browsers do."""
    if "/." not in path and "%2e" not in path.lower():
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for position, segment in enumerate(segments):
        dots = segment.lower().replace("%2e", ".")
        if dots == "..":
            del kept[-1:]
        elif dots != ".":
            kept.append(segment)
        if dots in (".", "..") and position == len(segments) - 1:
            kept.append("")
    return "/" + "/".join(kept)
