"""The cookies of one visit, each sent to its own hosts only (RFC 6265)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

_MOST = 50  # cookies of an answer that are kept, as many as browsers keep of a host
_LONGEST = 4096  # characters


@dataclass(slots=True)
class Cookies:
    """What servers have asked to be told again. Dates do not matter within one visit."""

    _kept: dict[tuple[str, str, str], str] = field(default_factory=dict)  # domain, path, name -> value

    def take(self, host: str, path: str, lines: Iterable[str]) -> None:
        """Keep what the `Set-Cookie` lines of a host's answer say, for a request of `path`."""
        for line in list(lines)[:_MOST]:
            pair, *attributes = line[:_LONGEST].split(";")
            name, equals, value = (part.strip() for part in pair.partition("="))
            settings = dict(_setting(attribute) for attribute in attributes)
            domain = settings.get("domain", "").lstrip(".").lower()
            if not equals or not name or not _is_sendable(pair):
                continue
            if domain and host != domain and not (host.endswith(f".{domain}") and "." in domain):
                continue  # of somebody else
            folder = settings.get("path", "")
            folder = folder if folder.startswith("/") else path.rpartition("/")[0] or "/"
            key = (f".{domain}" if domain else host, folder, name)
            if settings.get("max-age", "1").startswith(("0", "-")):
                self._kept.pop(key, None)
            else:
                self._kept[key] = value

    def header(self, host: str, path: str) -> str:
        """Return the value of `Cookie` for a path of a host; empty when there is nothing to tell it."""
        return "; ".join(
            f"{name}={value}"
            for (domain, folder, name), value in self._kept.items()
            if host == domain or (domain.startswith(".") and f".{host}".endswith(domain))
            if path == folder or path.startswith(folder.rstrip("/") + "/")
        )


def _setting(attribute: str) -> tuple[str, str]:
    name, _, value = attribute.partition("=")
    return name.strip().lower(), value.strip()


def _is_sendable(pair: str) -> bool:
    """Tell whether a cookie can go into a header: whoever sets one with a line's end wants another."""
    return pair.isascii() and pair.isprintable()
