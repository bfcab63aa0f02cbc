"""Addresses as people write them, and as they are sent: what browsers do of the WHATWG URL Standard."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

import idna

# Left as written: `%` (escapes stand), and what the standard's path and query percent-encode sets leave out.
_SAFE = "%/:!$&'()*+,;=@~?[]-._|^`{}\\"
_SAFE_PATH = _SAFE.translate({ord(c): None for c in "?^`{}\\"})
_SAFE_QUERY = _SAFE.translate({ord("'"): None})
_DROPPED = re.compile(r"[\t\n\r]+")
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
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


def parse(url: str) -> Address | None:
    """Return the address that browsers take a URL for; None when it is none of the web's."""
    try:
        return _parse(_DROPPED.sub("", url.strip("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e \t\r\n")))
    except ValueError:  # of urllib and idna alike
        return None


def join(base: Address, location: str) -> Address | None:
    """Return where a `Location` seen at `base` leads; its fragment wins over base's (RFC 9110, 10.2.2)."""
    location = _DROPPED.sub("", location.strip()).replace("\\", "/")
    try:
        target = parse(urljoin(base.sent, location))
    except ValueError:
        return None
    if target and target.fragment is None:
        return Address(target.sent, base.fragment)
    return target


def _parse(url: str) -> Address | None:
    head, hash_, fragment = url.partition("#")
    scheme, _, rest = head.partition(":")
    if scheme.lower() not in _DEFAULT_PORTS:
        return None
    rest, mark, query = rest.partition("?")
    parts = urlsplit(f"{scheme.lower()}:{rest.replace(chr(92), '/')}")
    if not parts.hostname:
        return None
    place = _host(parts.hostname)
    if parts.port is not None and parts.port != _DEFAULT_PORTS[parts.scheme]:
        place = f"{place}:{parts.port}"
    user, at, _ = parts.netloc.rpartition("@")
    path = _without_dots(quote(parts.path, _SAFE_PATH, errors="surrogateescape"))
    asked = quote(query, _SAFE_QUERY, errors="surrogateescape")
    sent = f"{parts.scheme}://{quote(user, _SAFE_PATH)}{at}{place}{path or '/'}{mark if query else ''}{asked}"
    return Address(sent, fragment if hash_ else None)


def _host(name: str) -> str:
    if ":" in name:
        return f"[{name}]"
    if name.isascii():
        if not re.fullmatch(r"[\w.~-]+", name) or ".." in name or len(name) > 253:
            raise ValueError(name)
        return name
    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except idna.InvalidCodepoint:
        return _host_with_symbols(name)


def _host_with_symbols(name: str) -> str:
    """Return a name with symbols (`☃.net`), which IDNA 2008 refuses and browsers take: UTS 46, section 4."""
    labels = idna.uts46_remap(name, std3_rules=False).split(".")
    host = ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels
    )
    if not re.fullmatch(r"[\w.~-]+", host, re.ASCII):
        raise ValueError(name)
    return host


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
