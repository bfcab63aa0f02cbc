"""Which server a URL asks."""

from __future__ import annotations

from urllib.parse import urlsplit


def server(url: str) -> tuple[str, int | None]:
    """Return the host of a URL, in lower-case ASCII, and its port if one is written.

    `https://É.example./a` and `http://xn--9ca.example` are one host. What is no URL is its own host.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url, None
    try:
        return host.encode("idna").decode("ascii").lower() or url, port
    except UnicodeError:  # an empty or overlong label: as written
        return host, port
